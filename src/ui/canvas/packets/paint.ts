// Draws packets on a 2D canvas: one path a colour and frame. Requests are solid tags that point right, responses
// outlined tags that point left; both carry their request's number.
import type { Route } from "../../layout/route.ts";
import { pointAt, type Point } from "../../layout/route.ts";
import type { Flight, Mark, Packet } from "./flight.ts";

export interface Colours {
  req: string;
  res: string;
  onReq: string;
  resInk: string;
  cluster: string;
  surface: string;
  fail: string;
  reqSoft: string;
  ink: string;
  mono: string;
}

export function readColours(element: Element): Colours {
  const style = getComputedStyle(element);
  const get = (name: string): string => style.getPropertyValue(name).trim();
  return {
    req: get("--req"),
    res: get("--res"),
    onReq: get("--on-req"),
    resInk: get("--res-ink"),
    cluster: get("--cluster"),
    surface: get("--surface"),
    fail: get("--fail"),
    reqSoft: get("--req-soft"),
    ink: get("--ink-2"),
    mono: get("--mono"),
  };
}

const TAIL = 34;
const BOUNCE = 20;
const spot: Point = { x: 0, y: 0 };

/** The tag's outline around (x, y), pointing right or left; wide enough for its number. */
function tag(path: Path2D, x: number, y: number, half: number, right: boolean): void {
  const s = right ? 1 : -1;
  path.moveTo(x - s * half, y - 5.5);
  path.quadraticCurveTo(x - s * half, y - 8.5, x - s * (half - 3), y - 8.5);
  path.lineTo(x + s * (half - 4), y - 8.5);
  path.lineTo(x + s * (half + 4), y);
  path.lineTo(x + s * (half - 4), y + 8.5);
  path.lineTo(x - s * (half - 3), y + 8.5);
  path.quadraticCurveTo(x - s * half, y + 8.5, x - s * half, y + 5.5);
  path.closePath();
}

export function halfWidth(id: number): number {
  return Math.max(10, String(id).length * 3.3 + 5);
}

function tail(path: Path2D, route: Route, at: number, behind: number): void {
  const from = at - behind / Math.max(1, route.length);
  for (let i = 0; i <= 5; i++) {
    pointAt(route, from + ((at - from) * i) / 5, spot);
    if (i === 0) path.moveTo(spot.x, spot.y);
    else path.lineTo(spot.x, spot.y);
  }
}

/** How much of a dropped packet is left: it fades over the last part of its way. */
function strength(packet: Packet): number {
  if (packet.leg.lost !== "dropped") return 1;
  const done = packet.leg.direction === "request" ? packet.at : 1 - packet.at;
  return done < 0.55 ? 1 : Math.max(0.12, 1 - (done - 0.55) / 0.4);
}

export function paintPackets(
  context: CanvasRenderingContext2D,
  packets: readonly Packet[],
  colours: Colours,
): void {
  paintTags(
    context,
    packets.filter((packet) => packet.leg.direction === "request" && packet.leg.lost !== "dropped"),
    colours,
    true,
  );
  paintTags(
    context,
    packets.filter((packet) => packet.leg.direction === "response" && packet.leg.lost !== "dropped"),
    colours,
    false,
  );
  for (const packet of packets) {
    if (packet.leg.lost !== "dropped") continue;
    context.globalAlpha = strength(packet);
    paintTags(context, [packet], colours, packet.leg.direction === "request");
    context.globalAlpha = 1;
  }
}

function paintTags(
  context: CanvasRenderingContext2D,
  packets: readonly Packet[],
  colours: Colours,
  request: boolean,
): void {
  if (packets.length === 0) return;
  const tails = new Path2D();
  const dots = new Path2D();
  const colour = request ? colours.req : colours.res;
  const alpha = context.globalAlpha;
  for (const packet of packets) tail(tails, packet.route, packet.at, request ? TAIL : -TAIL);
  context.globalAlpha = alpha * 0.28;
  context.strokeStyle = colour;
  context.lineWidth = 5;
  context.lineCap = "round";
  context.stroke(tails);
  context.globalAlpha = alpha;
  context.font = `650 10.5px ${colours.mono}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const packet of packets) {
    pointAt(packet.route, packet.at, spot);
    if (packet.leg.purpose === "connect") {
      dots.moveTo(spot.x + 3, spot.y);
      dots.arc(spot.x, spot.y, 3, 0, Math.PI * 2);
      continue;
    }
    // Each tag is closed before the next, so that a later one covers an earlier one with its number.
    const shape = new Path2D();
    tag(shape, spot.x, spot.y, halfWidth(packet.journey.id), request);
    context.fillStyle = request ? colours.req : colours.cluster;
    context.strokeStyle = request ? colours.cluster : colours.res;
    context.lineWidth = request ? 1.5 : 2;
    context.fill(shape);
    context.stroke(shape);
    context.fillStyle = request ? colours.onReq : colours.resInk;
    context.fillText(String(packet.journey.id), spot.x + (request ? -0.5 : 0.5), spot.y + 0.5);
  }
  context.fillStyle = colour;
  context.fill(dots);
}

/** Where a lost packet stopped: at its end when refused, before it when it vanished. */
export function lostAt(mark: Pick<Mark, "leg">): number {
  const done = mark.leg.lost === "dropped" ? 0.95 : 1;
  return mark.leg.direction === "request" ? done : 1 - done;
}

export function paintMarks(
  context: CanvasRenderingContext2D,
  marks: readonly Mark[],
  colours: Colours,
): void {
  if (marks.length === 0) return;
  for (const mark of marks) {
    if (mark.leg.lost === "refused") paintBounce(context, mark, colours);
  }
  const halos = new Path2D();
  const diamonds = new Path2D();
  const crosses = new Path2D();
  for (const mark of marks) {
    if (mark.age > 0.8) continue;
    pointAt(mark.route, lostAt(mark), spot);
    diamond(halos, spot, 12.5);
    diamond(diamonds, spot, 10.5);
    cross(crosses, spot, 3.4);
  }
  for (const mark of marks) {
    if (mark.age <= 0.8) continue;
    context.globalAlpha = (1 - mark.age) / 0.2;
    pointAt(mark.route, lostAt(mark), spot);
    const own = new Path2D();
    const ownCross = new Path2D();
    diamond(own, spot, 10.5);
    cross(ownCross, spot, 3.4);
    fillMark(context, own, ownCross, colours);
    context.globalAlpha = 1;
  }
  context.fillStyle = colours.cluster;
  context.fill(halos);
  fillMark(context, diamonds, crosses, colours);
}

function fillMark(
  context: CanvasRenderingContext2D,
  diamonds: Path2D,
  crosses: Path2D,
  colours: Colours,
): void {
  context.fillStyle = colours.fail;
  context.fill(diamonds);
  context.strokeStyle = colours.surface;
  context.lineWidth = 2.2;
  context.lineCap = "round";
  context.stroke(crosses);
}

function diamond(path: Path2D, at: Point, r: number): void {
  path.moveTo(at.x, at.y - r);
  path.lineTo(at.x + r, at.y);
  path.lineTo(at.x, at.y + r);
  path.lineTo(at.x - r, at.y);
  path.closePath();
}

function cross(path: Path2D, at: Point, r: number): void {
  path.moveTo(at.x - r, at.y - r);
  path.lineTo(at.x + r, at.y + r);
  path.moveTo(at.x + r, at.y - r);
  path.lineTo(at.x - r, at.y + r);
}

/** A refused packet springs back a little from where it was refused. */
function paintBounce(context: CanvasRenderingContext2D, mark: Mark, colours: Colours): void {
  const time = Math.min(1, mark.age * 4);
  if (time >= 1) return;
  const back = (BOUNCE * Math.sin((time * Math.PI) / 2)) / Math.max(1, mark.route.length);
  pointAt(mark.route, mark.leg.direction === "request" ? 1 - back : back, spot);
  const shape = new Path2D();
  tag(shape, spot.x - 14, spot.y, halfWidth(mark.journey.id), true);
  context.globalAlpha = 1 - time;
  context.fillStyle = colours.req;
  context.fill(shape);
  context.globalAlpha = 1;
}

export type { Flight };
