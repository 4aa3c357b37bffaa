// The other lanes: Services, doors and Ingresses in the wall, load balancers, clients outside and inside, and targets
// outside the cluster. Cards wish for the height of what they are connected with.
import type { Card, CardId } from "./cards.ts";
import { DOOR_STACK } from "./entries.ts";
import type { Draft } from "./scene.ts";
import { cardHeight } from "./sizes.ts";
import { placeLane, type Span, type Wish } from "./slots.ts";

/** Room between a card that the wall steps around and the wall. */
const MARGIN = 14;

export interface Entries {
  left: number;
  bottom: number;
  bays: Span[];
  notches: Span[];
}

function centreOf(draft: Draft, id: CardId): number | undefined {
  const rect = draft.rects.get(id);
  return rect && rect.y + rect.h / 2;
}

function mean(values: readonly (number | undefined)[], fallback: number): number {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? fallback : known.reduce((sum, value) => sum + value, 0) / known.length;
}

function put(
  draft: Draft,
  cards: readonly Card[],
  centre: (card: Card) => number,
  x: number,
  w: number,
  blocked: readonly Span[],
  top = draft.geometry.top,
): void {
  const wishes: Wish[] = cards.map((card) => ({
    id: card.id,
    h: cardHeight(card, draft.geometry),
    centre: centre(card),
  }));
  for (const [id, span] of placeLane(wishes, draft.before.spans, blocked, top, draft.geometry.gap)) {
    draft.spans.set(id, span);
    draft.rects.set(id, { x, y: span.y, w, h: span.h });
  }
}

/** Stretches that the given cards take, with room around them. */
function stretches(draft: Draft, ids: readonly CardId[], margin: number): Span[] {
  return ids.flatMap((id) => {
    const rect = draft.rects.get(id);
    return rect ? [{ y: rect.y - margin, h: rect.h + 2 * margin }] : [];
  });
}

export function placeEntries(draft: Draft, podsBottom: number): Entries {
  const { topology, geometry } = draft;
  const middle = middleRow(draft);
  const services = [...topology.services].sort(
    (a, b) => Number(b.card.ports.some((p) => p.nodePort)) - Number(a.card.ports.some((p) => p.nodePort)),
  );
  const podCentre = (id: CardId): number => {
    const part = topology.services.find((entry) => entry.card.id === id);
    const cards = [...(part?.pods.keys() ?? [])].map((pod) => topology.cardOfPod.get(pod) ?? "");
    return mean(
      [...new Set(cards)].slice(0, 40).map((card) => centreOf(draft, card)),
      middle,
    );
  };
  const groups = topology.groups.length > 0;
  put(
    draft,
    services.map((part) => part.card),
    (card) => (groups ? podCentre(card.id) : middle),
    geometry.service.x,
    geometry.service.w,
    [],
  );

  const inside = topology.clients.filter((part) => part.card.inside).map((part) => part.card);
  const oldBays = inside.flatMap((card) => {
    const span = draft.before.spans.get(card.id);
    return span ? [{ y: span.y - MARGIN, h: span.h + 2 * MARGIN }] : [];
  });
  placeWaysIn(draft, middle, oldBays);
  const outside = topology.clients.filter((part) => !part.card.inside);
  const targets = new Map(topology.clients.map((part) => [part.card.id, part]));
  const wished = (card: Card): number => {
    const edges = topology.edges.filter((edge) => edge.from === card.id).map((edge) => edge.to);
    return targets.has(card.id)
      ? mean(
          edges.map((id) => centreOf(draft, id)),
          middle,
        )
      : middle;
  };
  put(
    draft,
    outside.map((part) => part.card),
    wished,
    geometry.client.x,
    geometry.client.w,
    oldBays,
  );

  const ways = [...topology.doors, ...topology.ingresses].map((card) => card.id);
  const balancers = topology.services.flatMap((part) => part.loadBalancer?.id ?? []);
  const taken = stretches(draft, [...outside.map((part) => part.card.id), ...ways, ...balancers], MARGIN);
  put(draft, inside, wished, geometry.client.x, geometry.client.w, taken);

  const outsideThings = outside.length + ways.length + balancers.length;
  const bays = stretches(
    draft,
    inside.map((card) => card.id),
    MARGIN,
  );
  const content = Math.max(podsBottom, ...[...draft.rects.values()].map((rect) => rect.y + rect.h));
  const notches = placeTargets(draft, content);
  const last = Math.max(content, ...notches.map((notch) => notch.y + notch.h - MARGIN));
  return {
    left: outsideThings === 0 && inside.length > 0 ? 2 : geometry.wall.left,
    bottom: last + geometry.gap,
    bays: outsideThings === 0 ? [] : bays,
    notches,
  };
}

/** The line of the middle node's first pod; doors stand on such lines. */
function middleRow(draft: Draft): number {
  const { topology, geometry } = draft;
  const line = (id: CardId): number | undefined => {
    const rect = draft.rects.get(id);
    return rect && rect.y + geometry.node.header + geometry.pod.h / 2;
  };
  const lines = topology.nodes.map((node) => line(node.id)).filter((value) => value !== undefined);
  if (lines.length === 0) {
    const groups = topology.groups.map((group) => centreOf(draft, group.id));
    return mean(groups, geometry.top + 160);
  }
  return lines[Math.floor((lines.length - 1) / 2)]!;
}

function placeWaysIn(draft: Draft, middle: number, bays: readonly Span[]): void {
  const { topology, geometry } = draft;
  const doorLine = (card: Card): number => {
    if (card.type !== "door" || card.id === DOOR_STACK) {
      const served = topology.edges.filter((edge) => edge.from === card.id && edge.to.startsWith("svc/"));
      return mean(
        served.map((edge) => centreOf(draft, edge.to)),
        middle,
      );
    }
    const rect = draft.rects.get(`node/${card.node}`);
    return rect ? rect.y + geometry.node.header + geometry.pod.h / 2 : middle;
  };
  put(draft, topology.doors, doorLine, geometry.door.x, geometry.door.w, bays);
  const doors = stretches(
    draft,
    topology.doors.map((door) => door.id),
    0,
  );
  put(draft, topology.ingresses, doorLine, geometry.ingress.x, geometry.ingress.w, [...bays, ...doors]);
  const balancers = topology.services.flatMap((part) => part.loadBalancer ?? []);
  const service = (card: Card): number => {
    const own = topology.edges
      .filter((edge) => edge.from === card.id)
      .map((edge) => centreOf(draft, edge.to));
    return mean(own, middle);
  };
  put(draft, balancers, service, geometry.loadBalancer.x, geometry.loadBalancer.w, bays);
}

/** Targets outside the cluster stand below the pods, in a notch of the wall. */
function placeTargets(draft: Draft, content: number): Span[] {
  const { topology, geometry } = draft;
  const cards = topology.services.flatMap((part) => part.target ?? []);
  if (cards.length === 0) return [];
  const lane = [...topology.nodes.map((n) => n.id), ...topology.groups.map((g) => g.id), "node/"];
  const taken = stretches(draft, lane, MARGIN + 8);
  const bottom = Math.max(0, ...taken.map((span) => span.y + span.h));
  put(
    draft,
    cards,
    () => (topology.nodes.length === 0 ? content : bottom + 40),
    geometry.node.x,
    geometry.node.w,
    taken,
  );
  return stretches(
    draft,
    cards.map((card) => card.id),
    MARGIN,
  );
}
