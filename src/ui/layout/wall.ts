// The cluster's wall: a rectangle that steps around clients that are inside (a bay to the left) and around targets that
// are outside (a notch from the right), with rounded corners.
import type { Span } from "./slots.ts";

export interface WallShape {
  left: number;
  right: number;
  top: number;
  bottom: number;
  radius: number;
  /** Left edge of bays, for clients inside. */
  bayLeft: number;
  bays: readonly Span[];
  /** Right edge where a notch is cut. */
  notchRight: number;
  notches: readonly Span[];
}

interface Slab {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

function inside(y: number, spans: readonly Span[]): boolean {
  return spans.some((span) => y > span.y && y < span.y + span.h);
}

/** Horizontal slabs of the shape, top down, neighbours with equal edges merged. */
function slabsOf(shape: WallShape): Slab[] {
  const cuts = [shape.top, shape.bottom];
  for (const span of [...shape.bays, ...shape.notches]) cuts.push(span.y, span.y + span.h);
  const ys = [...new Set(cuts)].filter((y) => y >= shape.top && y <= shape.bottom).sort((a, b) => a - b);
  const slabs: Slab[] = [];
  for (let i = 0; i + 1 < ys.length; i++) {
    const middle = (ys[i]! + ys[i + 1]!) / 2;
    const left = inside(middle, shape.bays) ? shape.bayLeft : shape.left;
    const right = inside(middle, shape.notches) ? shape.notchRight : shape.right;
    const last = slabs.at(-1);
    if (last && last.left === left && last.right === right) last.bottom = ys[i + 1]!;
    else slabs.push({ top: ys[i]!, bottom: ys[i + 1]!, left, right });
  }
  return slabs;
}

/** SVG path of the wall. */
export function wallPath(shape: WallShape): string {
  const slabs = slabsOf(shape);
  const points: [number, number][] = [];
  for (const slab of slabs) points.push([slab.right, slab.top], [slab.right, slab.bottom]);
  for (const slab of [...slabs].reverse()) points.push([slab.left, slab.bottom], [slab.left, slab.top]);
  return roundedPolygon(withoutDoubles(points), shape.radius);
}

function withoutDoubles(points: readonly [number, number][]): [number, number][] {
  return points.filter(([x, y], index) => {
    const [px, py] = points[(index + points.length - 1) % points.length]!;
    const [nx, ny] = points[(index + 1) % points.length]!;
    const same = px === x && py === y;
    const straight = (px === x && nx === x) || (py === y && ny === y);
    return !same && !straight;
  });
}

function roundedPolygon(points: readonly [number, number][], radius: number): string {
  const parts: string[] = [];
  for (let i = 0; i < points.length; i++) {
    const [x, y] = points[i]!;
    const [px, py] = points[(i + points.length - 1) % points.length]!;
    const [nx, ny] = points[(i + 1) % points.length]!;
    const before = Math.hypot(x - px, y - py);
    const after = Math.hypot(nx - x, ny - y);
    const r = Math.min(radius, before / 2, after / 2);
    const ax = x + ((px - x) / before) * r;
    const ay = y + ((py - y) / before) * r;
    const bx = x + ((nx - x) / after) * r;
    const by = y + ((ny - y) / after) * r;
    parts.push(
      `${i === 0 ? "M" : "L"}${round(ax)} ${round(ay)}Q${round(x)} ${round(y)} ${round(bx)} ${round(by)}`,
    );
  }
  return `${parts.join("")}Z`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
