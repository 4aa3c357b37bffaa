// The lane of the pods: a row for each node with its pods inside, workloads as dot grids below, and a frame for pods
// that no node has taken yet.
import type { CardId, GroupCard, NodeCard } from "./cards.ts";
import type { Draft, Size } from "./scene.ts";
import { cardHeight, groupWidth } from "./sizes.ts";
import { assignPlaces, placeLane, type Span, type Wish } from "./slots.ts";

/** The frame of pods without a node. */
export const NOWHERE = "node/";

const MIN_ROWS = 2;
const MAX_ROWS = 4;

export interface NodeLane {
  rows: number;
  places: Map<string, (string | null)[]>;
  order: string[];
  right: number;
  bottom: number;
}

/** Rows of pods that each node has room for: decided once, while no pod stands yet. */
function rowsFor(draft: Draft, size: Size): number {
  const { topology, before } = draft;
  const standing = [...before.places.values()].some((places) => places.length > 0);
  if (standing && before.rows > 0) return before.rows;
  const inGroups = topology.groups.reduce((sum, group) => sum + group.total, 0);
  const nodes = Math.max(1, topology.nodes.length);
  const counts = new Map<string, number>();
  for (const pod of topology.pods) counts.set(pod.node ?? "", (counts.get(pod.node ?? "") ?? 0) + 1);
  const wanted = Math.max(0, ...counts.values(), Math.ceil((topology.wanted - inGroups) / nodes));
  // A row to spare for the next pod, where the window is tall enough for it.
  const spare = (rowHeight(draft, MIN_ROWS) + draft.geometry.gap * 0.7) * nodes < size.height;
  return Math.min(MAX_ROWS, Math.max(spare ? MIN_ROWS : 1, wanted));
}

export function placeNodes(draft: Draft, size: Size): NodeLane {
  const { topology, geometry, before } = draft;
  const rows = rowsFor(draft, size);
  const byNode = new Map<string, string[]>();
  for (const pod of topology.pods) {
    const list = byNode.get(pod.node ?? "");
    if (list) list.push(pod.id);
    else byNode.set(pod.node ?? "", [pod.id]);
  }
  const shown =
    topology.groups.length === 0 ? topology.nodes : topology.nodes.filter((n) => byNode.has(n.name));
  const order = assignPlaces(
    before.nodes,
    shown.map((node) => node.name),
  );
  const places = new Map<string, (string | null)[]>();
  for (const [node, pods] of byNode) places.set(node, assignPlaces(before.places.get(node) ?? [], pods));

  const spans = laneSpans(draft, shown, order, byNode.has(""), rows, size);
  const lane: NodeLane = { rows, places, order: order.map((name) => name ?? ""), right: 0, bottom: 0 };
  for (const node of shown) frame(draft, node.id, node.name, spans.get(node.id)!, rows, lane);
  if (byNode.has("")) frame(draft, NOWHERE, "", spans.get(NOWHERE)!, rows, lane);
  for (const group of topology.groups) {
    const span = spans.get(group.id)!;
    const w = groupWidth(group, geometry);
    draft.rects.set(group.id, { x: geometry.node.x, y: span.y, w, h: span.h });
    lane.right = Math.max(lane.right, geometry.node.x + w);
    lane.bottom = Math.max(lane.bottom, span.y + span.h);
  }
  return lane;
}

function rowHeight(draft: Draft, rows: number): number {
  const { pod, node } = draft.geometry;
  return node.header + rows * pod.h + (rows - 1) * pod.gapY + (node.pad === 0 ? 2 : node.pad + 2);
}

function laneSpans(
  draft: Draft,
  shown: readonly NodeCard[],
  order: readonly (string | null)[],
  waiting: boolean,
  rows: number,
  size: Size,
): Map<string, Span> {
  const { geometry, before, topology } = draft;
  const height = rowHeight(draft, rows);
  // Spare height spreads the rows, so that a tall canvas isn't empty below.
  const lines = shown.length + topology.groups.length * 1.2;
  const spare = (size.height - geometry.top * 2 - height * shown.length) / Math.max(1, lines);
  const gap = Math.max(geometry.gap * 0.7, Math.min(spare * 0.6, geometry.gap * 2.2));
  const wishes: Wish[] = shown.map((node) => ({
    id: node.id,
    h: height,
    centre: geometry.top + order.indexOf(node.name) * (height + gap) + height / 2,
  }));
  const below = geometry.top + order.length * (height + gap);
  if (waiting) wishes.push({ id: NOWHERE, h: height, centre: below + height / 2 });
  let next = below;
  for (const group of topology.groups) {
    const h = groupHeight(group, draft);
    wishes.push({ id: group.id, h, centre: next + h / 2 });
    next += h + gap;
  }
  const spans = placeLane(wishes, before.spans, [], geometry.top, geometry.gap * 0.7);
  for (const [id, span] of spans) draft.spans.set(id, span);
  return spans;
}

function groupHeight(group: GroupCard, draft: Draft): number {
  return cardHeight(group, draft.geometry);
}

/** A node's frame, as tall as its pods need now, and the pods' rectangles: down the first column, then the second. */
function frame(draft: Draft, id: CardId, name: string, span: Span, rows: number, lane: NodeLane): void {
  const { node, pod } = draft.geometry;
  const places = lane.places.get(name) ?? [];
  const columns = Math.max(1, Math.ceil(places.length / rows));
  const used = Math.max(1, Math.min(rows, places.length));
  const w = columns * pod.w + (columns - 1) * pod.gapX + 2 * node.pad;
  const h = rowHeight(draft, used);
  draft.rects.set(id, { x: node.x, y: span.y, w, h });
  lane.right = Math.max(lane.right, node.x + w);
  lane.bottom = Math.max(lane.bottom, span.y + h);
  places.forEach((card, index) => {
    if (card === null) return;
    const column = Math.floor(index / rows);
    const row = index % rows;
    draft.rects.set(card, {
      x: node.x + node.pad + column * (pod.w + pod.gapX),
      y: span.y + node.header + row * (pod.h + pod.gapY),
      w: pod.w,
      h: pod.h,
    });
  });
}
