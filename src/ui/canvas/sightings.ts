// Who asked lately and where their first packets went, remembered so that every packet has a card to start from and
// an edge to run along. Bounded; the newest win.
import type { Journey } from "#cluster/trace/types";
import { placeId, type Sighting, type Sightings } from "../layout/input.ts";

const MAX_TARGETS = 3;
const MAX_SIGHTINGS = 40;

/** Without these clients, which were removed: what they last asked makes no stranger of them. */
export function withoutClients(seen: Sightings, names: ReadonlySet<string>): Sightings {
  const kept = [...seen].filter(([, { place }]) => !(place.kind === "client" && names.has(place.name)));
  return kept.length === seen.size ? seen : new Map(kept);
}

/** Adds what these journeys show; returns the same map when nothing is new. */
export function withSightings(before: Sightings, journeys: Iterable<Journey>): Sightings {
  let next: Map<string, Sighting> | null = null;
  for (const journey of journeys) {
    if (journey.client.program === "probe") continue;
    const leg = journey.legs[0];
    if (!leg) continue;
    const { place, program } = journey.client;
    const id = placeId(place);
    const first = leg.via?.[0] === undefined ? leg.to : null;
    const known = (next ?? before).get(id);
    const target = first && placeId(first);
    if (known && (target === null || known.targets.some((entry) => placeId(entry) === target))) continue;
    next ??= new Map(before);
    const targets = first ? [first, ...(known?.targets ?? [])].slice(0, MAX_TARGETS) : (known?.targets ?? []);
    next.delete(id);
    next.set(id, { place, program, targets });
    for (const oldest of next.keys()) {
      if (next.size <= MAX_SIGHTINGS) break;
      next.delete(oldest);
    }
  }
  return next ?? before;
}
