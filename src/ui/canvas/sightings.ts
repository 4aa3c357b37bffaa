// Who asked lately and where their first packets went, remembered so that every packet has a card to start from and
// an edge to run along. Bounded; the newest win.
import type { ClientSpec } from "#cluster/clients/types";
import type { Journey, Place } from "#cluster/trace/types";
import { NO_SIGHTINGS, placeId, type Sighting, type Sightings } from "../layout/input.ts";

const MAX_TARGETS = 3;
const MAX_SIGHTINGS = 40;
/** New journeys are looked for among this many of the newest. */
const SCAN = 60;

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

const isOf = (place: Place, names: ReadonlySet<string>): boolean =>
  place.kind === "client" && names.has(place.name);

/** Without these clients, which were removed: what they last asked makes no stranger of them. */
function withoutClients(seen: Sightings, names: ReadonlySet<string>): Sightings {
  const kept = [...seen].filter(([, { place }]) => !isOf(place, names));
  return kept.length === seen.size ? seen : new Map(kept);
}

/** Names of clients that were there once and are no more. */
function removedClients(
  before: ReadonlySet<string>,
  old: readonly ClientSpec[],
  clients: readonly ClientSpec[],
): ReadonlySet<string> {
  const removed = new Set([...before, ...old.map(({ name }) => name)]);
  for (const { name } of clients) removed.delete(name);
  return removed;
}

function newest(journeys: ReadonlyMap<number, Journey>): Journey[] {
  const all = [...journeys.values()];
  return all.length > SCAN ? all.slice(-SCAN) : all;
}

export interface SightingsKeeper {
  /** What is known after these journeys; the same map while nothing is new. */
  look: (journeys: ReadonlyMap<number, Journey>, clients: readonly ClientSpec[]) => Sightings;
  forget: () => void;
}

export function createSightings(): SightingsKeeper {
  let seen: Sightings = NO_SIGHTINGS;
  let journeys: ReadonlyMap<number, Journey> | null = null;
  let clients: readonly ClientSpec[] = [];
  let removed: ReadonlySet<string> = new Set();
  return {
    look: (nextJourneys, nextClients) => {
      if (nextJourneys === journeys && nextClients === clients) return seen;
      if (nextClients !== clients) {
        removed = removedClients(removed, clients, nextClients);
        seen = withoutClients(seen, removed);
      }
      [journeys, clients] = [nextJourneys, nextClients];
      seen = withSightings(
        seen,
        newest(journeys).filter((journey) => !isOf(journey.client.place, removed)),
      );
      return seen;
    },
    forget: () => {
      seen = NO_SIGHTINGS;
      journeys = null;
      clients = [];
      removed = new Set();
    },
  };
}
