// How an edge runs between two cards: cubics with horizontal tangents, a straight channel past lanes in between, a
// trunk with rounded corners for Ingress traffic. Each route is a list of segments and a polyline to travel along.

export interface Rect {
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface Point {
  x: number;
  y: number;
}

/** An SVG path and the same as a polyline, with the length up to each of its points. */
export interface Route {
  d: string;
  xs: Float32Array;
  ys: Float32Array;
  lengths: Float32Array;
  length: number;
}

const CUBIC_STEPS = 22;
const CORNER_STEPS = 6;

/** Draws and records at the same time. */
export class Pen {
  private readonly parts: string[] = [];
  private readonly points: Point[] = [];
  private at: Point;

  constructor(start: Point) {
    this.at = start;
    this.parts.push(`M${fixed(start.x)} ${fixed(start.y)}`);
    this.points.push(start);
  }

  line(to: Point): this {
    if (to.x === this.at.x && to.y === this.at.y) return this;
    this.parts.push(`L${fixed(to.x)} ${fixed(to.y)}`);
    this.points.push(to);
    this.at = to;
    return this;
  }

  /** Horizontal tangents at both ends. The handle keeps steep curves round: max(0.55 dx, min(44, |dy|)). */
  cubic(to: Point): this {
    const from = this.at;
    const dx = to.x - from.x;
    const dy = to.y - from.y;
    if (Math.abs(dy) < 0.5 && dx > 0) return this.line(to);
    const handle = Math.max(0.55 * Math.abs(dx), Math.min(44, Math.abs(dy)));
    const c1 = { x: from.x + handle, y: from.y };
    const c2 = { x: to.x - handle, y: to.y };
    return this.bezier(c1, c2, to);
  }

  bezier(c1: Point, c2: Point, to: Point): this {
    const from = this.at;
    this.parts.push(
      `C${fixed(c1.x)} ${fixed(c1.y)} ${fixed(c2.x)} ${fixed(c2.y)} ${fixed(to.x)} ${fixed(to.y)}`,
    );
    for (let i = 1; i <= CUBIC_STEPS; i++) {
      const t = i / CUBIC_STEPS;
      const u = 1 - t;
      this.points.push({
        x: u * u * u * from.x + 3 * u * u * t * c1.x + 3 * u * t * t * c2.x + t * t * t * to.x,
        y: u * u * u * from.y + 3 * u * u * t * c1.y + 3 * u * t * t * c2.y + t * t * t * to.y,
      });
    }
    this.at = to;
    return this;
  }

  /** A quarter turn around `corner` towards `next`, at most `radius` wide. */
  corner(corner: Point, next: Point, radius: number): this {
    const before = Math.hypot(corner.x - this.at.x, corner.y - this.at.y);
    const after = Math.hypot(next.x - corner.x, next.y - corner.y);
    const r = Math.min(radius, before, after / 2);
    if (r < 1) return this.line(corner);
    const a = toward(corner, this.at, r);
    const b = toward(corner, next, r);
    this.line(a);
    this.parts.push(`Q${fixed(corner.x)} ${fixed(corner.y)} ${fixed(b.x)} ${fixed(b.y)}`);
    for (let i = 1; i <= CORNER_STEPS; i++) {
      const t = i / CORNER_STEPS;
      const u = 1 - t;
      this.points.push({
        x: u * u * a.x + 2 * u * t * corner.x + t * t * b.x,
        y: u * u * a.y + 2 * u * t * corner.y + t * t * b.y,
      });
    }
    this.at = b;
    return this;
  }

  done(): Route {
    return measured(this.parts.join(""), this.points);
  }
}

function toward(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return {
    x: from.x + ((to.x - from.x) / length) * distance,
    y: from.y + ((to.y - from.y) / length) * distance,
  };
}

function fixed(value: number): number {
  return Math.round(value * 10) / 10;
}

function measured(d: string, points: readonly Point[]): Route {
  const n = points.length;
  const xs = new Float32Array(n);
  const ys = new Float32Array(n);
  const lengths = new Float32Array(n);
  let length = 0;
  for (let i = 0; i < n; i++) {
    const point = points[i]!;
    xs[i] = point.x;
    ys[i] = point.y;
    if (i > 0) length += Math.hypot(point.x - xs[i - 1]!, point.y - ys[i - 1]!);
    lengths[i] = length;
  }
  return { d, xs, ys, lengths, length };
}

/** Several routes travelled one after the other. */
export function joined(routes: readonly Route[]): Route {
  const points: Point[] = [];
  for (const route of routes) {
    for (let i = 0; i < route.xs.length; i++) points.push({ x: route.xs[i]!, y: route.ys[i]! });
  }
  // One subpath, so that dashes run on over the joints.
  const d = routes.map((route, index) => (index === 0 ? route.d : route.d.replace("M", "L"))).join("");
  return measured(d, points);
}

/** The point at a fraction of the way; written into `out` so that a frame allocates nothing. */
export function pointAt(route: Route, fraction: number, out: Point): Point {
  const { xs, ys, lengths, length } = route;
  const want = Math.min(1, Math.max(0, fraction)) * length;
  let low = 0;
  let high = lengths.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (lengths[middle]! <= want) low = middle;
    else high = middle;
  }
  const span = lengths[high]! - lengths[low]!;
  const part = span === 0 ? 0 : (want - lengths[low]!) / span;
  out.x = xs[low]! + (xs[high]! - xs[low]!) * part;
  out.y = ys[low]! + (ys[high]! - ys[low]!) * part;
  return out;
}

/** The first or last pixels of a route, for the stubs of a cut edge. */
export function part(route: Route, from: number, to: number): string {
  const out: Point = { x: 0, y: 0 };
  const steps = 8;
  let d = "";
  for (let i = 0; i <= steps; i++) {
    pointAt(route, from + ((to - from) * i) / steps, out);
    d += `${i === 0 ? "M" : "L"}${fixed(out.x)} ${fixed(out.y)}`;
  }
  return d;
}
