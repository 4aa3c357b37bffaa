// Many packets at once: a soft band along each route, a dot for each packet, one numbered sample, and the rate.
import type { Journey } from "#cluster/trace/types";
import { pointAt, type Point, type Route } from "../../layout/route.ts";
import type { Packet } from "./flight.ts";
import { paintPackets, type Colours } from "./paint.ts";

const BAND = 12;
const LANE = 2.75;
/** The rate counts requests of so many virtual ms. */
const WINDOW = 1000;
const spot: Point = { x: 0, y: 0 };
const ahead: Point = { x: 0, y: 0 };

export interface Band {
  route: Route;
  packets: Packet[];
}

export function bandsOf(packets: readonly Packet[]): Band[] {
  const bands = new Map<Route, Band>();
  for (const packet of packets) {
    const band = bands.get(packet.route);
    if (band) band.packets.push(packet);
    else bands.set(packet.route, { route: packet.route, packets: [packet] });
  }
  return [...bands.values()];
}

/** Requests per virtual second that began on each first route. */
export function ratesOf(recent: readonly Journey[], now: number): number {
  let count = 0;
  for (const journey of recent) {
    if (journey.parent === undefined && journey.startedAt > now - WINDOW && journey.startedAt <= now) count++;
  }
  return count * (1000 / WINDOW);
}

export function paintBands(
  context: CanvasRenderingContext2D,
  packets: readonly Packet[],
  recent: readonly Journey[],
  now: number,
  colours: Colours,
  rateText: (rate: number) => string,
): void {
  const bands = bandsOf(packets);
  context.lineCap = "butt";
  context.lineJoin = "round";
  context.lineWidth = BAND;
  context.strokeStyle = colours.reqSoft;
  const ground = new Path2D();
  for (const { route } of bands) trace(ground, route);
  context.stroke(ground);
  const requests = new Path2D();
  const responses = new Path2D();
  for (const packet of packets) dot(packet.leg.direction === "request" ? requests : responses, packet);
  context.fillStyle = colours.req;
  context.fill(requests);
  context.fillStyle = colours.cluster;
  context.fill(responses);
  context.strokeStyle = colours.res;
  context.lineWidth = 1.25;
  context.stroke(responses);
  const samples = bands.flatMap((band) => sampleOf(band) ?? []);
  paintPackets(context, samples, colours, null);
  paintRate(context, bands, ratesOf(recent, now), colours, rateText);
}

function trace(path: Path2D, route: Route): void {
  for (let i = 0; i < route.xs.length; i++) {
    if (i === 0) path.moveTo(route.xs[0]!, route.ys[0]!);
    else path.lineTo(route.xs[i]!, route.ys[i]!);
  }
}

function dot(path: Path2D, packet: Packet): void {
  pointAt(packet.route, packet.at, spot);
  pointAt(packet.route, packet.at + 2 / Math.max(2, packet.route.length), ahead);
  const dx = ahead.x - spot.x;
  const dy = ahead.y - spot.y;
  const length = Math.hypot(dx, dy) || 1;
  const side = packet.leg.direction === "request" ? -LANE : LANE;
  const x = spot.x - (dy / length) * side;
  const y = spot.y + (dx / length) * side;
  path.moveTo(x + 2.25, y);
  path.arc(x, y, 2.25, 0, Math.PI * 2);
}

/** One request a band keeps its number: the highest multiple of ten, so that the sample doesn't flicker. */
export function sampleOf(band: Band): Packet | null {
  let best: Packet | null = null;
  for (const packet of band.packets) {
    if (packet.leg.direction !== "request" || packet.leg.purpose === "connect") continue;
    const rank = (id: number): number => (id % 100 === 0 ? 3 : id % 10 === 0 ? 2 : 1);
    if (best === null || rank(packet.journey.id) > rank(best.journey.id)) best = packet;
  }
  return best;
}

/** The rate stands above the busiest band. */
function paintRate(
  context: CanvasRenderingContext2D,
  bands: readonly Band[],
  rate: number,
  colours: Colours,
  rateText: (rate: number) => string,
): void {
  const busiest = [...bands].sort((a, b) => b.packets.length - a.packets.length)[0];
  if (!busiest) return;
  pointAt(busiest.route, 0.5, spot);
  context.font = `560 11px ${colours.mono}`;
  context.textAlign = "center";
  context.textBaseline = "bottom";
  context.lineWidth = 4;
  context.strokeStyle = colours.cluster;
  context.strokeText(rateText(rate), spot.x, spot.y - 10);
  context.fillStyle = colours.ink;
  context.fillText(rateText(rate), spot.x, spot.y - 10);
}
