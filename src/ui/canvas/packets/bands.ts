// Many packets at once: a soft band along each route, a dot for each packet, one numbered sample, and the rate.
import type { Journey } from "#cluster/trace/types";
import { pointAt, type Point, type Route } from "../../layout/route.ts";
import type { Scene } from "../../layout/scene.ts";
import { pillsSize } from "../../layout/sizes.ts";
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

/** Requests per virtual second through each Service, by its key. */
export function ratesOf(recent: readonly Journey[], now: number): Map<string, number> {
  const rates = new Map<string, number>();
  for (const journey of recent) {
    if (journey.startedAt <= now - WINDOW || journey.startedAt > now) continue;
    const service = journey.legs.find((leg) => leg.via !== undefined)?.via?.[0];
    if (service !== undefined) rates.set(service, (rates.get(service) ?? 0) + 1000 / WINDOW);
  }
  return rates;
}

export function paintBands(
  context: CanvasRenderingContext2D,
  scene: Scene,
  packets: readonly Packet[],
  recent: readonly Journey[],
  now: number,
  colours: Colours,
  rateText: (rate: number) => string,
): void {
  const bands = bandsOf(packets);
  context.save();
  context.clip(besidePills(scene), "evenodd");
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
  context.restore();
  const samples = bands.flatMap((band) => sampleOf(band) ?? []);
  paintPackets(context, samples, colours, null);
  paintRates(context, scene, ratesOf(recent, now), colours, rateText);
}

/** Everything but the ports on Service cards: a band runs behind them, as the track does. */
function besidePills(scene: Scene): Path2D {
  const path = new Path2D();
  path.rect(-10_000, -10_000, 40_000, 40_000);
  for (const { card } of scene.topology.services) {
    const rect = scene.rects.get(card.id);
    if (!rect || card.ports.length === 0 || card.serviceType === "ExternalName") continue;
    const { w, h } = pillsSize(card, scene.geometry);
    path.roundRect(rect.x + (rect.w - w) / 2, rect.y + (rect.h - h) / 2, w, h, 14);
  }
  return path;
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

/** A Service's rate stands where its line leaves it. */
function paintRates(
  context: CanvasRenderingContext2D,
  scene: Scene,
  rates: ReadonlyMap<string, number>,
  colours: Colours,
  rateText: (rate: number) => string,
): void {
  const { service, node } = scene.geometry;
  context.font = `560 11px ${colours.mono}`;
  context.textAlign = "center";
  context.textBaseline = "bottom";
  context.lineJoin = "round";
  context.lineWidth = 4;
  for (const [key, rate] of rates) {
    const rect = scene.rects.get(`svc/${key}`);
    if (!rect) continue;
    const x = (service.x + service.w + node.x) / 2;
    const y = rect.y + rect.h / 2 - 14;
    context.strokeStyle = colours.cluster;
    context.strokeText(rateText(rate), x, y);
    context.fillStyle = colours.ink;
    context.fillText(rateText(rate), x, y);
  }
}
