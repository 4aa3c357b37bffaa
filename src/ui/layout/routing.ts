// Which way an edge takes past the cards between its ends.
import type { CardId, EdgeKind } from "./cards.ts";
import { joined, Pen, type Point, type Rect, type Route } from "./route.ts";
import type { Draft } from "./scene.ts";

/** What routing needs of a draft or a finished scene. */
export type Ground = Pick<Draft, "geometry" | "topology" | "entries"> & { rects: ReadonlyMap<CardId, Rect> };

const CHANNEL = 13;
const TRUNK = 28;
const CORNER = 14;

export function routeEdge(ground: Ground, from: CardId, to: CardId, kind: EdgeKind): Route | null {
  const a = ground.rects.get(from);
  const b = ground.rects.get(to);
  if (!a || !b) return null;
  const start: Point = { x: a.x + a.w, y: portOut(ground, from, a, kind) };
  if (b.x < start.x - 4) return backwards(a, b);
  const end: Point = { x: b.x, y: portIn(b, kind, ground) + (ground.entries.get(`${from}>${to}`) ?? 0) };
  const pen = new Pen(start);
  // All packets of an Ingress share one channel, wherever they end.
  const passage = channelFor(ground, from, to, start, kind === "direct" ? { x: end.x, y: start.y } : end);
  if (kind === "direct") return trunk(pen, ground, b, end, passage?.y ?? start.y);
  if (passage) pen.cubic({ x: passage.from, y: passage.y }).line({ x: passage.to, y: passage.y });
  return toCard(pen, ground, to, b, end);
}

/**
 * An Ingress asks for endpoints on the side where its Services stand, and sends its packets off on the other, so that
 * both lines don't cross.
 */
function portOut(ground: Ground, from: CardId, rect: Rect, kind: EdgeKind): number {
  const centre = rect.y + rect.h / 2;
  if (!from.startsWith("ingress")) return centre;
  const asked = ground.topology.edges.filter((edge) => edge.from === from && edge.kind === "lookup");
  let sum = 0;
  for (const edge of asked) {
    const service = ground.rects.get(edge.to);
    if (service) sum += service.y + service.h / 2 - centre;
  }
  const above = sum <= 0;
  return centre + rect.h * 0.2 * ((kind === "lookup") === above ? -1 : 1);
}

function portIn(rect: Rect, kind: EdgeKind, ground: Ground): number {
  const centre = rect.y + rect.h / 2;
  return kind === "direct" ? centre + Math.min(16, ground.geometry.pod.h * 0.26) : centre;
}

/** Into a card; pods of further columns are reached through the gap above them. */
function toCard(pen: Pen, ground: Ground, to: CardId, rect: Rect, end: Point): Route {
  const { node, pod } = ground.geometry;
  const first = node.x + node.pad;
  if (!to.startsWith("pod/") || rect.x <= first + 1) return pen.cubic(end).done();
  const gap = rect.y - pod.gapY / 2;
  return pen
    .cubic({ x: node.x, y: gap })
    .line({ x: rect.x - pod.gapX + 2, y: gap })
    .cubic(end)
    .done();
}

/** Ingress traffic: a channel over the Services, then one trunk in front of the pods. */
function trunk(pen: Pen, ground: Ground, rect: Rect, end: Point, channel: number): Route {
  const { service, node, pod } = ground.geometry;
  const x = Math.min(node.x - TRUNK * (ground.geometry.profile === "wide" ? 1 : 0.5), node.x - 10);
  const clear = service.x - CHANNEL;
  const further = rect.x > node.x + node.pad + 1;
  const entry = further ? rect.y + rect.h + pod.gapY / 2 : end.y;
  pen.cubic({ x: clear, y: channel });
  if (Math.abs(entry - channel) < 2) pen.line({ x: node.x, y: entry });
  else {
    pen.corner({ x, y: channel }, { x, y: entry }, CORNER);
    pen.corner({ x, y: entry }, { x: node.x, y: entry }, CORNER);
  }
  if (!further) return pen.line({ x: end.x, y: entry }).done();
  return pen
    .line({ x: rect.x - pod.gapX + 2, y: entry })
    .cubic(end)
    .done();
}

/** From a pod back to a Service on its left: the request leaves where others enter. */
function backwards(a: Rect, b: Rect): Route {
  const start = { x: a.x, y: a.y + a.h * 0.3 };
  const end = { x: b.x + b.w, y: b.y + b.h / 2 };
  const bend = Math.max(20, (start.x - end.x) * 0.55);
  return new Pen(start).bezier({ x: start.x - bend, y: start.y }, { x: end.x + bend, y: end.y }, end).done();
}

/** Cards that lines have to go around, by the rectangles that hold them: all but the last lane. */
const standing = new WeakMap<ReadonlyMap<CardId, Rect>, [CardId, Rect][]>();

function standingOf(ground: Ground): [CardId, Rect][] {
  let found = standing.get(ground.rects);
  if (!found) {
    found = [...ground.rects].filter(([id]) => !/^(pod|node|group|target)\//.test(id));
    standing.set(ground.rects, found);
  }
  return found;
}

interface Passage {
  y: number;
  from: number;
  to: number;
}

/** A height at which nothing stands between both ends, and the stretch to keep it; null when no lane is skipped. */
function channelFor(ground: Ground, from: CardId, to: CardId, start: Point, end: Point): Passage | null {
  const obstacles: Rect[] = [];
  for (const [id, rect] of standingOf(ground)) {
    if (id !== from && id !== to && rect.x >= start.x && rect.x + rect.w <= end.x) obstacles.push(rect);
  }
  if (obstacles.length === 0) return null;
  const left = Math.min(...obstacles.map((rect) => rect.x));
  const right = Math.max(...obstacles.map((rect) => rect.x + rect.w));
  const clear = (y: number): boolean =>
    obstacles.every((r) => y < r.y - CHANNEL + 5 || y > r.y + r.h + CHANNEL - 5);
  const candidates = [start.y, end.y];
  for (const rect of obstacles) candidates.push(rect.y - CHANNEL, rect.y + rect.h + CHANNEL);
  let best: number | null = null;
  const cost = (y: number): number => Math.abs(y - start.y) * 1.2 + Math.abs(y - end.y);
  for (const y of candidates) {
    if (y > 6 && clear(y) && (best === null || cost(y) < cost(best))) best = y;
  }
  return { y: best ?? start.y, from: left - 10, to: right + 10 };
}

/** The way of a packet along a chain of cards, through the bodies of the cards in between. */
export function routeThrough(ground: Ground, chain: readonly CardId[], kind: EdgeKind): Route | null {
  const routes: Route[] = [];
  for (let i = 0; i + 1 < chain.length; i++) {
    const route = routeEdge(ground, chain[i]!, chain[i + 1]!, kind);
    if (!route) return null;
    const last = routes.at(-1);
    if (last) routes.push(across(last, route));
    routes.push(route);
  }
  return routes.length === 0 ? null : joined(routes);
}

function across(before: Route, after: Route): Route {
  const end = before.xs.length - 1;
  return new Pen({ x: before.xs[end]!, y: before.ys[end]! })
    .line({ x: after.xs[0]!, y: after.ys[0]! })
    .done();
}
