// Draws packets on a 2D canvas: one path a colour and frame. Requests are solid tags that point right, responses
// outlined tags that point left; both carry their request's number.
import type { Route } from "../../layout/route.ts";
import { pointAt, type Point } from "../../layout/route.ts";
import type { Mark, Packet } from "./flight.ts";

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

/** The selected request is drawn first of all, so that it keeps its number in a crowd. */
export function paintPackets(
  context: CanvasRenderingContext2D,
  packets: readonly Packet[],
  colours: Colours,
  selected: number | null,
): void {
  const ordered =
    selected === null ? packets : [...packets].sort((a, b) => rank(a, selected) - rank(b, selected));
  const whole = ordered.filter((packet) => packet.leg.lost !== "dropped");
  paintTags(
    context,
    whole.filter((packet) => packet.leg.direction === "response"),
    colours,
    false,
  );
  paintTags(
    context,
    whole.filter((packet) => packet.leg.direction === "request"),
    colours,
    true,
  );
  for (const packet of packets) {
    if (packet.leg.lost !== "dropped") continue;
    context.globalAlpha = strength(packet);
    paintTags(context, [packet], colours, packet.leg.direction === "request");
    context.globalAlpha = 1;
  }
}

function rank(packet: Packet, selected: number): number {
  return packet.journey.id === selected ? 0 : 1;
}

/** A tag nearer to an earlier one than this would hide its number, so it becomes a dot. */
const ROOM_Y = 14;
const placedX: number[] = [];
const placedY: number[] = [];
const placedHalf: number[] = [];

function crowded(x: number, y: number, half: number): boolean {
  for (let i = 0; i < placedX.length; i++) {
    const near = Math.abs(placedX[i]! - x) < placedHalf[i]! + half + 4;
    if (near && Math.abs(placedY[i]! - y) < ROOM_Y) return true;
  }
  placedX.push(x);
  placedY.push(y);
  placedHalf.push(half);
  return false;
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
  const tags = new Path2D();
  const numbers: { text: string; x: number; y: number }[] = [];
  placedX.length = placedY.length = placedHalf.length = 0;
  for (const packet of packets) {
    pointAt(packet.route, packet.at, spot);
    const { x, y } = spot;
    const half = halfWidth(packet.journey.id);
    if (packet.leg.purpose === "connect" || crowded(x, y, half)) {
      dots.moveTo(x + 3, y);
      dots.arc(x, y, 3, 0, Math.PI * 2);
      continue;
    }
    tail(tails, packet.route, packet.at, request ? TAIL : -TAIL);
    tag(tags, x, y, half, request);
    numbers.push({ text: String(packet.journey.id), x: x + (request ? -0.5 : 0.5), y: y + 0.5 });
  }
  const colour = request ? colours.req : colours.res;
  strokeTails(context, tails, colour);
  dotStyle(context, colours, request);
  context.fill(dots);
  context.stroke(dots);
  context.fillStyle = request ? colours.req : colours.cluster;
  context.strokeStyle = request ? colours.cluster : colours.res;
  context.lineWidth = request ? 1.5 : 2;
  context.fill(tags);
  context.stroke(tags);
  context.font = `650 10.5px ${colours.mono}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = request ? colours.onReq : colours.resInk;
  for (const { text, x, y } of numbers) context.fillText(text, x, y);
}

function strokeTails(context: CanvasRenderingContext2D, tails: Path2D, colour: string): void {
  const alpha = context.globalAlpha;
  context.globalAlpha = alpha * 0.28;
  context.strokeStyle = colour;
  context.lineWidth = 5;
  context.lineCap = "round";
  context.stroke(tails);
  context.globalAlpha = alpha;
}

/** Request dots are solid, response dots are rings, as their tags are. */
function dotStyle(context: CanvasRenderingContext2D, colours: Colours, request: boolean): void {
  context.fillStyle = request ? colours.req : colours.cluster;
  context.strokeStyle = request ? colours.cluster : colours.res;
  context.lineWidth = request ? 1 : 1.5;
}

/** Where a lost packet stopped: at its end when refused, before it when it vanished. */
function lostAt(mark: Pick<Mark, "leg">): number {
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
