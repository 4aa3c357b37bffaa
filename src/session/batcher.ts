// Collects what the page must be told: changed objects (each once, its last state), grown journeys, clients.
import type { Cluster } from "#cluster/cluster";
import type { Change } from "#cluster/machine/component";
import type { ClusterSettings } from "#cluster/settings";
import type { Journey } from "#cluster/trace/types";
import { journeyOf } from "#cluster/trace/unpacked";
import type { Batch, JourneyGrowth, ObjectChange } from "./protocol.ts";

/** Journeys that a fresh page is told of. */
const FIRST_JOURNEYS = 200;

interface Batcher {
  /** Not yet drained, by "Kind/namespace/name". */
  readonly changed: ReadonlyMap<string, ObjectChange>;
  drain(state: Pick<Batch, "speed" | "playing" | "followed" | "actionCount">): Batch | undefined;
}

export function createBatcher(cluster: Cluster, settings: ClusterSettings): Batcher {
  const changed = new Map<string, ObjectChange>();
  cluster.onPublish((change) => noteChange(changed, change));
  for (const object of cluster.allObjects())
    noteChange(changed, { type: "ADDED", kind: object.kind as Change["kind"], object });
  const told: Told = new Map();
  let fresh = true;
  let sent = { now: -1, speed: -1, playing: false, clients: -1, followed: null as number | null };
  return {
    changed,
    drain: (state) => {
      const changedJourneys = cluster.drainJourneys();
      const clientsVersion = cluster.clientsVersion();
      const same =
        sent.now === cluster.now &&
        sent.speed === state.speed &&
        sent.playing === state.playing &&
        sent.followed === state.followed &&
        sent.clients === clientsVersion;
      if (!fresh && same && changed.size === 0 && changedJourneys.length === 0) return undefined;
      const clients = cluster.clients();
      const batch: Batch = {
        type: "batch",
        now: cluster.now,
        ...state,
        changes: [...changed.values()],
        ...split(told, fresh ? cluster.recentJourneys(FIRST_JOURNEYS) : changedJourneys.map(journeyOf)),
        clients: clients.map(({ status }) => status),
        faults: cluster.faults(),
        stoppedNodes: cluster.stoppedNodes(),
        reset: fresh,
        ...(sent.clients !== clientsVersion ? { clientSpecs: clients.map(({ spec }) => spec) } : {}),
        ...(fresh ? { settings } : {}),
      };
      changed.clear();
      fresh = false;
      sent = {
        now: cluster.now,
        speed: state.speed,
        playing: state.playing,
        clients: clientsVersion,
        followed: state.followed,
      };
      return batch;
    },
  };
}

/** How much of each journey under way the page was told: a journey is sent once, and then only what is appended. */
type Told = Map<number, { legs: number; steps: number }>;

function split(told: Told, changed: readonly Journey[]): Pick<Batch, "journeys" | "grown"> {
  const journeys: Journey[] = [];
  const grown: JourneyGrowth[] = [];
  for (const journey of changed) {
    const { id, legs, steps, end } = journey;
    const before = told.get(id);
    if (before) {
      const growth = { id, legs: legs.slice(before.legs), steps: steps.slice(before.steps) };
      grown.push(end ? { ...growth, end } : growth);
    } else journeys.push(journey);
    if (end) told.delete(id);
    else told.set(id, { legs: legs.length, steps: steps.length });
  }
  return { journeys, grown };
}

function noteChange(changed: Map<string, ObjectChange>, change: Change): void {
  const { name, namespace } = change.object.metadata;
  const key = namespace ? `${namespace}/${name}` : name;
  changed.set(
    `${change.kind}/${key}`,
    change.type === "DELETED"
      ? { type: "delete", kind: change.kind, key }
      : { type: "set", kind: change.kind, key, object: change.object },
  );
}
