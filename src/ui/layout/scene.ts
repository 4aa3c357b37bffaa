// The picture as data: every card with its rectangle, the wall, the routed edges. From a topology, the canvas's size
// and the memory of where things stood; pure and deterministic.
import type { Card, CardId, Edge, NodeCard } from "./cards.ts";
import type { Geometry } from "./geometry.ts";
import { geometryFor } from "./geometry.ts";
import type { LayoutInput } from "./input.ts";
import { placeEntries } from "./placeEntries.ts";
import { NOWHERE, placeNodes } from "./placeNodes.ts";
import type { Rect, Route } from "./route.ts";
import { routeEdge } from "./routing.ts";
import { NO_SLOTS, type Slots, type Span } from "./slots.ts";
import { cardsOf, topologyOf, type Topology } from "./topology.ts";
import { wallPath } from "./wall.ts";

export interface Size {
  width: number;
  height: number;
}

export interface PlacedEdge extends Edge {
  id: string;
  route: Route;
}

export interface Scene {
  geometry: Geometry;
  topology: Topology;
  cards: Card[];
  rects: ReadonlyMap<CardId, Rect>;
  entries: ReadonlyMap<string, number>;
  edges: PlacedEdge[];
  edgeById: ReadonlyMap<string, PlacedEdge>;
  wall: { d: string; left: number; right: number; bottom: number };
  /** Everything, for fitting the view. */
  bounds: { width: number; height: number };
  /** Changes whenever a place or an edge changes; caches of routes hang on it. */
  version: number;
}

/** What the layout works on: rectangles are filled in lane by lane. */
export interface Draft {
  topology: Topology;
  geometry: Geometry;
  before: Slots;
  rects: Map<CardId, Rect>;
  /** Where several Services' edges enter one card: how far from its centre each does, by edge id. */
  entries: ReadonlyMap<string, number>;
  spans: Map<string, Span>;
}

let versions = 0;

/** Lays the cluster out. Pass the slots that came back the last time, so that nothing that stands moves. */
export function layoutScene(
  input: LayoutInput,
  size: Size,
  before: Slots = NO_SLOTS,
): { scene: Scene; slots: Slots } {
  const topology = topologyOf(input, before.collapsed);
  const needsBalancer = topology.services.some((part) => part.loadBalancer !== null);
  const geometry = geometryFor(size.width, needsBalancer);
  const epoch = `${geometry.profile}${geometry.profile === "small" && needsBalancer ? "+lb" : ""}`;
  const memory = before.epoch === epoch ? before : NO_SLOTS;
  const draft: Draft = {
    topology,
    geometry,
    before: memory,
    rects: new Map(),
    entries: entryOffsets(topology.edges),
    spans: new Map(),
  };

  const nodes = placeNodes(draft, size);
  const wall = placeEntries(draft, nodes.bottom);
  const edges = routedEdges(draft);
  const content = Math.max(wall.bottom, lowest(edges) + geometry.gap);
  const bottom = Math.max(content, size.height);
  const { bays, notches } = wall;
  const shape = {
    left: wall.left,
    right: Math.max(geometry.wall.right, nodes.right + (geometry.node.pad || 6)),
    top: 0,
    bottom,
    radius: geometry.wall.radius,
    bayLeft: 2,
    bays: bays.map((bay) => reachingEdge(bay, bottom)),
    notchRight: geometry.node.x - 22,
    notches: notches.map((notch) => reachingEdge(notch, bottom)),
  };
  const cards = cardsOf(topology);
  if (draft.rects.has(NOWHERE)) cards.splice(cards.indexOf(topology.pods[0]!), 0, nowhere(topology));
  const scene: Scene = {
    geometry,
    topology,
    cards: cards.filter((card) => draft.rects.has(card.id)),
    rects: draft.rects,
    entries: draft.entries,
    edges,
    edgeById: new Map(edges.map((edge) => [edge.id, edge])),
    wall: { d: wallPath(shape), left: shape.left, right: shape.right, bottom },
    bounds: { width: Math.max(geometry.width, shape.right + 8), height: content },
    version: ++versions,
  };
  const slots: Slots = {
    epoch,
    rows: nodes.rows,
    spans: draft.spans,
    places: nodes.places,
    nodes: nodes.order,
    collapsed: topology.collapsed,
  };
  return { scene, slots };
}

/** How far down lines run, so that channels below all cards are still inside the wall. */
function lowest(edges: readonly PlacedEdge[]): number {
  let y = 0;
  for (const { kind, route } of edges) {
    if (kind === "direct") for (const value of route.ys) y = Math.max(y, value);
  }
  return y;
}

/** The frame of the pods that no node has taken. */
function nowhere(topology: Topology): NodeCard {
  const pods = topology.pods.filter((pod) => pod.node === null).length;
  return { type: "node", id: NOWHERE, name: "", ip: "", ready: true, stopped: false, cordoned: false, pods };
}

/** A bay near the wall's bottom takes the rest of it too: a sliver of wall would say nothing. */
function reachingEdge(span: Span, bottom: number): Span {
  const y = span.y < 24 ? -1 : span.y;
  const end = span.y + span.h > bottom - 40 ? bottom + 1 : span.y + span.h;
  return { y, h: end - y };
}

/** Distance between the edges of two Services that enter the same card. */
const ENTRY_GAP = 11;

function entryOffsets(edges: readonly Edge[]): Map<string, number> {
  const byTarget = new Map<CardId, string[]>();
  for (const edge of edges) {
    if (!edge.from.startsWith("svc/")) continue;
    const list = byTarget.get(edge.to);
    if (list) list.push(`${edge.from}>${edge.to}`);
    else byTarget.set(edge.to, [`${edge.from}>${edge.to}`]);
  }
  const offsets = new Map<string, number>();
  for (const ids of byTarget.values()) {
    if (ids.length === 1 || ids.length > 4) continue;
    ids.forEach((id, index) => offsets.set(id, (index - (ids.length - 1) / 2) * ENTRY_GAP));
  }
  return offsets;
}

function routedEdges(draft: Draft): PlacedEdge[] {
  const placed: PlacedEdge[] = [];
  for (const edge of draft.topology.edges) {
    const route = routeEdge(draft, edge.from, edge.to, edge.kind);
    if (route) placed.push({ ...edge, id: `${edge.from}>${edge.to}`, route });
  }
  return placed;
}
