// The other lanes: Services, doors and Ingresses in the wall, load balancers, clients outside and inside, and targets
// outside the cluster. Cards wish for the height of what they are connected with.
import type { Card, CardId } from "./cards.ts";
import { DOOR_STACK } from "./entries.ts";
import type { Draft } from "./scene.ts";
import { cardHeight } from "./sizes.ts";
import type { ServiceParts } from "./services.ts";
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
  gap = draft.geometry.gap,
): void {
  const wishes: Wish[] = cards.map((card) => ({
    id: card.id,
    h: cardHeight(card, draft.geometry),
    centre: centre(card),
  }));
  for (const [id, span] of placeLane(wishes, draft.before.spans, blocked, draft.geometry.top, gap)) {
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
  placeServices(draft, middle, podsBottom);
  const { outside, inside } = placeSides(draft, middle);
  const content = Math.max(podsBottom, ...[...draft.rects.values()].map((rect) => rect.y + rect.h));
  const notches = placeTargets(draft, content);
  const last = Math.max(content, ...notches.map((notch) => notch.y + notch.h - MARGIN));
  const onlyInside = outside.length === 0 && inside.length > 0 && topology.doors.length === 0;
  return {
    left: onlyInside ? 2 : geometry.wall.left,
    bottom: last + geometry.gap,
    bays: onlyInside ? [] : stretches(draft, inside, MARGIN),
    notches,
  };
}

/** Services with doors come first, in the middle row; where workloads are dot grids, each stands beside its own. */
function placeServices(draft: Draft, middle: number, podsBottom: number): void {
  const { topology, geometry } = draft;
  const doors = (part: ServiceParts): number => (part.card.ports.some((port) => port.nodePort) ? 1 : 0);
  const services = [...topology.services].sort((a, b) => doors(b) - doors(a));
  const parts = new Map(services.map((part) => [part.card.id, part]));
  const podCentre = (card: Card): number => {
    const part = parts.get(card.id);
    // Services for something outside stand low, where their targets are.
    if (part?.target && services.length > 1) return podsBottom;
    if (topology.groups.length === 0) return middle;
    const cards = [...(parts.get(card.id)?.pods.keys() ?? [])].map(
      (pod) => topology.cardOfPod.get(pod) ?? "",
    );
    return mean(
      [...new Set(cards)].slice(0, 40).map((id) => centreOf(draft, id)),
      middle,
    );
  };
  const { x, w } = geometry.service;
  put(
    draft,
    services.map((part) => part.card),
    podCentre,
    x,
    w,
    [],
    geometry.gap * 1.3,
  );
}

/** Doors, Ingresses, balancers and outside clients, then the clients that are inside where none of those stand. */
function placeSides(draft: Draft, middle: number): { outside: CardId[]; inside: CardId[] } {
  const { topology, geometry, before } = draft;
  const clients = topology.clients.map((part) => part.card);
  const inside = clients.filter((card) => card.inside);
  const bays = inside.flatMap((card) => {
    const span = before.spans.get(card.id);
    return span ? [{ y: span.y - MARGIN, h: span.h + 2 * MARGIN }] : [];
  });
  placeWaysIn(draft, middle, bays);
  const wished = (card: Card): number => {
    const asked = topology.edges.filter((edge) => edge.from === card.id);
    return mean(
      asked.map((edge) => centreOf(draft, edge.to)),
      middle,
    );
  };
  const outside = clients.filter((card) => !card.inside);
  const { x, w } = geometry.client;
  put(draft, outside, wished, x, w, bays);
  const balancers = topology.services.flatMap((part) => part.loadBalancer ?? []);
  const others = [...outside, ...topology.doors, ...topology.ingresses, ...balancers].map((card) => card.id);
  const taken = stretches(draft, others, MARGIN);
  const below = Math.max(0, ...taken.map((span) => span.y + span.h + MARGIN));
  const low = (card: Card): number => Math.max(wished(card), below + geometry.client.h / 2);
  put(draft, inside, others.length > 0 ? low : wished, x, w, taken);
  return { outside: others, inside: inside.map((card) => card.id) };
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
  const servedBy = (card: Card): number => {
    const served = topology.edges.filter((edge) => edge.from === card.id && edge.to.startsWith("svc/"));
    return mean(
      served.map((edge) => centreOf(draft, edge.to)),
      middle,
    );
  };
  const doorLine = (card: Card): number => {
    if (card.type !== "door" || card.id === DOOR_STACK) return servedBy(card);
    const rect = draft.rects.get(`node/${card.node}`);
    if (rect) return rect.y + geometry.node.header + geometry.pod.h / 2;
    // No frame to stand in front of: doors are spread around the Services that they lead to.
    const place = topology.doors.indexOf(card) - (topology.doors.length - 1) / 2;
    return servedBy(card) + place * (geometry.door.h + geometry.gap);
  };
  put(draft, topology.doors, doorLine, geometry.door.x, geometry.door.w, bays);
  const doors = stretches(
    draft,
    topology.doors.map((door) => door.id),
    0,
  );
  const last = doors.at(-1);
  const below = (card: Card): number =>
    last ? last.y + last.h + geometry.gap + cardHeight(card, geometry) / 2 : doorLine(card);
  put(draft, topology.ingresses, below, geometry.ingress.x, geometry.ingress.w, [...bays, ...doors]);
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
