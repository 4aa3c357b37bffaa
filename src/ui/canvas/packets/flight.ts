// Which packets are under way at a moment of virtual time, and which marks of lost ones still linger. Pure: reads
// journeys, writes plain lists that the painter draws.
import type { Journey, Leg } from "#cluster/trace/types";
import { ingressOf, wayOfLeg } from "../../layout/places.ts";
import type { Route } from "../../layout/route.ts";
import { routeThrough } from "../../layout/routing.ts";
import type { Scene } from "../../layout/scene.ts";

/** Lost packets leave a mark for so long, in wall time while the clock runs. */
export const MARK_MS = 1500;
/** Handshakes and other short hops are drawn only where they take at least this long on the wall. */
const VISIBLE_MS = 60;
/** Above so many in flight the packets become bands; they turn back below the second number. */
export const BAND_FROM = 150;
export const BAND_UNTIL = 110;

export interface Packet {
  journey: Journey;
  leg: Leg;
  route: Route;
  /** 0 to 1 along the route in the request's direction. */
  at: number;
}

export interface Mark {
  journey: Journey;
  leg: Leg;
  route: Route;
  /** 0 to 1: how much of its time has passed. */
  age: number;
}

export interface Flight {
  packets: Packet[];
  marks: Mark[];
}

/** Routes of legs by their chain of cards, for one scene; a packet costs a look-up. */
export class RouteCache {
  private version = -1;
  private readonly byChain = new Map<string, Route | null>();
  private byLeg = new WeakMap<Leg, Route | null>();
  /** Journeys that are over and lost nothing: there is nothing of them to draw any more. */
  readonly over = new WeakSet<Journey>();

  routeOf(scene: Scene, journey: Journey, leg: Leg, parent: Journey | undefined): Route | null {
    if (scene.version !== this.version) {
      this.version = scene.version;
      this.byChain.clear();
      this.byLeg = new WeakMap();
    }
    const known = this.byLeg.get(leg);
    if (known !== undefined) return known;
    const way = wayOfLeg(scene, journey, leg, ingressOf(journey, parent));
    let route: Route | null = null;
    if (way) {
      const key = `${way.kind}|${way.chain.join(">")}`;
      const cached = this.byChain.get(key);
      route = cached === undefined ? routeThrough(scene, way.chain, way.kind) : cached;
      this.byChain.set(key, route);
    }
    this.byLeg.set(leg, route);
    return route;
  }
}

/** Journeys that may have something to draw: not ended, or ended a moment ago. */
export function recentJourneys(
  journeys: ReadonlyMap<number, Journey>,
  now: number,
  lingerMs: number,
): Journey[] {
  const recent: Journey[] = [];
  for (const journey of journeys.values()) {
    const last = journey.legs.at(-1);
    if (last && last.end >= now - lingerMs) recent.push(journey);
  }
  return recent;
}

/**
 * What to draw at `now`. `pace` is virtual ms per wall ms; `since` remembers the running wall time at which a lost
 * packet was first seen to be lost, so that its mark lingers in wall time.
 */
export function flightAt(
  scene: Scene,
  recent: readonly Journey[],
  all: ReadonlyMap<number, Journey>,
  now: number,
  pace: number,
  cache: RouteCache,
  since: Map<Leg, number>,
  runningWall: number,
  still = false,
): Flight {
  const packets: Packet[] = [];
  const marks: Mark[] = [];
  for (const journey of recent) {
    if (cache.over.has(journey)) continue;
    if (isOver(journey, now)) {
      cache.over.add(journey);
      continue;
    }
    const parent = journey.parent === undefined ? undefined : all.get(journey.parent);
    for (const leg of journey.legs) {
      if (leg.start > now) continue;
      if (now < leg.end) {
        const span = leg.end - leg.start;
        if (!worthDrawing(journey, leg, pace)) continue;
        const route = cache.routeOf(scene, journey, leg, parent);
        if (!route) continue;
        // Without motion a packet waits where its leg begins, then jumps.
        const done = still ? 0 : (now - leg.start) / span;
        packets.push({ journey, leg, route, at: leg.direction === "request" ? done : 1 - done });
      } else if (leg.lost !== undefined && journey.client.program !== "probe") {
        const first = since.get(leg) ?? runningWall;
        since.set(leg, first);
        const age = (runningWall - first) / MARK_MS;
        if (age >= 1) continue;
        const route = cache.routeOf(scene, journey, leg, parent);
        if (route) marks.push({ journey, leg, route, age });
      }
    }
  }
  return { packets, marks };
}

function isOver({ end, legs }: Journey, now: number): boolean {
  return end !== undefined && end.at <= now && legs.every((leg) => leg.end <= now && leg.lost === undefined);
}

function worthDrawing(journey: Journey, leg: Leg, pace: number): boolean {
  if (leg.purpose === "data" && journey.client.program !== "probe") return true;
  return pace > 0 ? (leg.end - leg.start) / pace >= VISIBLE_MS : leg.end - leg.start >= VISIBLE_MS;
}
