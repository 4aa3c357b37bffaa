// The worker's inside without the worker: a scenario's cluster, its pace, and what changed since the last batch.
// Knows no clock of its own; whoever drives it says how much wall time went by.
import { actionProblem } from "#cluster/action-check";
import type { Action, TimedAction } from "#cluster/actions";
import { createCluster, type Cluster } from "#cluster/cluster";
import type { ApiRequest, ApiResponse } from "#cluster/apiserver/client";
import type { Change } from "#cluster/machine/component";
import { TYPES } from "#api/types.gen";
import { applyFile, deleteFile, type DocumentReport } from "#kubectl/manifests/run";
import { speedNow, type Pace } from "./pace.ts";
import type { Batch, ObjectChange, Scenario, ScenarioFile } from "./protocol.ts";

/** Version of the simulation's model; goes up when the same scenario may run differently. */
export const MODEL = 1;
/** Skipping gives up after this much idle virtual time. */
const SKIP_LIMIT_MS = 600_000;
/** A step looks at the world in pieces no longer than this. */
const STEP_GRAIN_MS = 1;

export interface Engine {
  readonly cluster: Cluster;
  readonly pace: Pace;
  followed: number | null;
  setPace(pace: Pace): void;
  act(action: Action): void;
  /** `record` keeps a request that changes something for links. */
  request(request: ApiRequest, record: boolean): ApiResponse;
  apply(files: readonly ScenarioFile[], namespace: string): DocumentReport[];
  delete(files: readonly ScenarioFile[], namespace: string): DocumentReport[];
  /** Moves virtual time on for `wallMs` of wall time, as long as `hasTime()` says so. */
  tick(wallMs: number, hasTime: () => boolean): void;
  step(): void;
  skip(): void;
  /** What changed since the last call, or undefined if nothing did. */
  drain(): Batch | undefined;
  exportScenario(): Scenario;
}

/** Starts a scenario: applies its files at time 0, warms up, and replays its actions at their times. */
export function createEngine(scenario: Scenario): Engine {
  const cluster = createCluster(scenario.settings);
  const actions: TimedAction[] = [];
  const changes = new Map<string, ObjectChange>();
  cluster.onPublish((change) => noteChange(changes, change));
  let pending = [...scenario.actions].sort((a, b) => a.at - b.at);
  let pace: Pace = { playing: true, speed: 1 };
  let fresh = true;
  let sentNow = -1;
  let sentSpeed = -1;
  let clientsVersion = -1;
  let followed: number | null = null;

  const perform = (action: Action): void => {
    if (actionProblem(action)) return;
    actions.push({ at: cluster.now, action });
    cluster.act(action);
  };
  /** Runs to `time`, performing recorded actions on the way. */
  const runUntil = (time: number): void => {
    while (pending.length > 0 && pending[0]!.at <= time) {
      const next = pending[0]!;
      pending = pending.slice(1);
      if (next.at > cluster.now) cluster.runUntil(next.at);
      perform(next.action);
    }
    cluster.runUntil(time);
  };
  const nextAt = (): number | undefined => {
    const times = [cluster.nextAt(), pending[0]?.at].filter((time) => time !== undefined);
    return times.length > 0 ? Math.min(...times) : undefined;
  };
  const handleRecording = (request: ApiRequest): ApiResponse => {
    const response = cluster.handle(request);
    if (request.method !== "GET") actions.push({ at: cluster.now, action: { type: "api", request } });
    return response;
  };
  const run = (
    files: readonly ScenarioFile[],
    namespace: string,
    verb: typeof applyFile,
    record: boolean,
  ): DocumentReport[] => {
    const handle = record ? handleRecording : (request: ApiRequest) => cluster.handle(request);
    return files.flatMap((file) => verb(file.name, file.text, { handle, namespace, types: TYPES }));
  };
  const journeyOf = (id: number | null) => (id === null ? undefined : cluster.journey(id));
  const speed = (): number => speedNow(pace, journeyOf(followed), cluster.now);

  for (const client of scenario.clients) {
    const action: Action = { type: "setClient", client };
    if (!actionProblem(action)) cluster.act(action);
  }
  run(
    scenario.files.filter((file) => scenario.applied.includes(file.name)),
    "default",
    applyFile,
    false,
  );
  if (scenario.warmUpMs) runUntil(scenario.warmUpMs);

  return {
    cluster,
    get pace() {
      return pace;
    },
    get followed() {
      return followed;
    },
    set followed(id) {
      followed = id;
    },
    setPace: (next) => {
      pace = next;
    },
    act: perform,
    request: (request, record) => (record ? handleRecording(request) : cluster.handle(request)),
    apply: (files, namespace) => run(files, namespace, applyFile, true),
    delete: (files, namespace) => run(files, namespace, deleteFile, true),
    tick: (wallMs, hasTime) => {
      let left = wallMs;
      while (left > 0 && hasTime()) {
        // In small pieces, because the speed of a followed request changes from hop to hop.
        const piece = followed === null ? left : Math.min(left, 8);
        runUntil(cluster.now + piece * speed());
        left -= piece;
        if (followed !== null && journeyOf(followed)?.end) followed = null;
      }
    },
    step: () => advanceToInterest(cluster, runUntil, nextAt, changes, STEP_GRAIN_MS),
    skip: () => advanceToInterest(cluster, runUntil, nextAt, changes, Infinity),
    drain: () => {
      const journeys = cluster.drainJourneys();
      const current = speed();
      const clients = cluster.clients();
      const specsChanged = cluster.clientsVersion() !== clientsVersion;
      clientsVersion = cluster.clientsVersion();
      if (
        !fresh &&
        cluster.now === sentNow &&
        changes.size === 0 &&
        journeys.length === 0 &&
        current === sentSpeed &&
        !specsChanged
      ) {
        return undefined;
      }
      const batch: Batch = {
        type: "batch",
        now: cluster.now,
        speed: current,
        playing: pace.playing,
        changes: [...changes.values()],
        journeys: fresh ? cluster.recentJourneys(200) : journeys,
        clients: clients.map(({ status }) => status),
        faults: cluster.faults(),
        stoppedNodes: cluster.stoppedNodes(),
        followed,
        reset: fresh,
        actionCount: actions.length,
        ...(fresh || specsChanged ? { clientSpecs: clients.map(({ spec }) => spec) } : {}),
        ...(fresh ? { settings: scenario.settings } : {}),
      };
      changes.clear();
      [fresh, sentNow, sentSpeed] = [false, cluster.now, current];
      return batch;
    },
    exportScenario: () => ({
      model: MODEL,
      ...(scenario.title ? { title: scenario.title } : {}),
      settings: scenario.settings,
      files: scenario.files,
      clients: scenario.clients,
      actions,
      applied: scenario.applied,
      ...(scenario.warmUpMs ? { warmUpMs: scenario.warmUpMs } : {}),
    }),
  };
}

function noteChange(changes: Map<string, ObjectChange>, change: Change): void {
  const { name, namespace } = change.object.metadata;
  const key = namespace ? `${namespace}/${name}` : name;
  const id = `${change.kind}/${key}`;
  // Deleted and made again in one batch must come after whatever was noted before.
  changes.delete(id);
  changes.set(
    id,
    change.type === "DELETED"
      ? { type: "delete", kind: change.kind, key }
      : { type: "set", kind: change.kind, key, object: change.object },
  );
}

/** Kinds whose changes are worth stopping for; heartbeats and bookkeeping are not. */
const OF_INTEREST = new Set([
  "Pod",
  "Service",
  "EndpointSlice",
  "Ingress",
  "Deployment",
  "ReplicaSet",
  "ReplicationController",
]);

function advanceToInterest(
  cluster: Cluster,
  runUntil: (time: number) => void,
  nextAt: () => number | undefined,
  changes: ReadonlyMap<string, ObjectChange>,
  grain: number,
): void {
  const limit = cluster.now + SKIP_LIMIT_MS;
  const recorded = cluster.journeyVersion();
  const hop = grain === Infinity ? undefined : cluster.nextLegEdge();
  const known = changes.size;
  for (let next = nextAt(); next !== undefined && next <= limit; next = nextAt()) {
    if (hop !== undefined && hop < next) return runUntil(hop);
    runUntil(next);
    if (cluster.journeyVersion() !== recorded) return;
    if (changes.size > known && [...changes.values()].some((change) => OF_INTEREST.has(change.kind))) return;
  }
  runUntil(hop !== undefined && hop < limit ? hop : cluster.now);
}
