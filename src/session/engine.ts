// The worker's inside without the worker: a scenario's cluster, its pace, and what changed since the last batch.
// Knows no clock of its own; whoever drives it says how much wall time went by.
import type { ApiRequest, ApiResponse } from "#cluster/apiserver/client";
import { createCluster, type Cluster } from "#cluster/cluster";
import type { DocumentReport } from "#kubectl/manifests/run";
import { createBatcher } from "./batcher.ts";
import { beginHistory } from "./history.ts";
import { advanceToInterest, type Advance } from "./interest.ts";
import { MODEL } from "./model.ts";
import { speedNow, type Pace } from "./pace.ts";
import type { Batch, Scenario, ScenarioFile, SessionAction, TimedAction } from "./protocol.ts";

/** While a request is followed the speed changes from hop to hop, so time moves in pieces no longer than this. */
const FOLLOW_PIECE_MS = 8;
/** Otherwise the budget is looked at this often, in virtual ms. */
const SLICE_MS = 50;

export interface Engine {
  readonly cluster: Cluster;
  pace: Pace;
  followed: number | null;
  act(action: SessionAction): void;
  /** `record` keeps a request that changes something for links. */
  request(request: ApiRequest, record: boolean): ApiResponse;
  apply(files: readonly ScenarioFile[]): DocumentReport[];
  delete(files: readonly ScenarioFile[]): DocumentReport[];
  /** Moves virtual time on for `wallMs` of wall time, as long as `hasTime()` says so. */
  tick(wallMs: number, hasTime: () => boolean): void;
  /** To the next hop, flip or change. */
  step(): void;
  /** Over idle time to the next thing that happens. */
  skip(): void;
  /** What changed since the last call, or undefined if nothing did. */
  drain(): Batch | undefined;
  exportScenario(files: readonly ScenarioFile[]): Scenario;
}

/** Starts a scenario: applies its files at time 0, and replays its actions at their times up to where it opens. */
export function createEngine(scenario: Scenario): Engine {
  const cluster = createCluster(scenario.settings);
  const batcher = createBatcher(cluster, scenario.settings);
  const history = beginHistory(cluster, scenario);
  const { runUntil, nextAt, perform } = history;
  const engine: Pick<Engine, "pace" | "followed"> = { pace: { playing: true, speed: 1 }, followed: null };
  const speed = (): number => {
    const journey = engine.followed === null ? undefined : cluster.journey(engine.followed);
    return speedNow(engine.pace, journey, cluster.now);
  };
  const advance: Advance = { cluster, runUntil, nextAt, changed: batcher.changed };
  if (scenario.warmUpMs) runUntil(scenario.warmUpMs);

  return Object.assign(engine, {
    cluster,
    act: (action: SessionAction) => void perform(action),
    request: (request: ApiRequest, record: boolean) => {
      if (record) history.note({ type: "api", request });
      return cluster.handle(request);
    },
    apply: (files: readonly ScenarioFile[]) =>
      files.flatMap(({ name, text }) => perform({ type: "applyFile", name, text })),
    delete: (files: readonly ScenarioFile[]) =>
      files.flatMap(({ name, text }) => perform({ type: "deleteFile", name, text })),
    tick: (wallMs: number, hasTime: () => boolean) => {
      for (let left = wallMs; left > 0 && hasTime();) {
        const now = speed();
        if (now === 0) return;
        const piece = Math.min(left, engine.followed === null ? SLICE_MS / now : FOLLOW_PIECE_MS);
        runUntil(cluster.now + piece * now);
        left -= piece;
        if (engine.followed !== null && cluster.journey(engine.followed)?.end) engine.followed = null;
      }
    },
    step: () => advanceToInterest(advance, "hop"),
    skip: () => advanceToInterest(advance, "event"),
    drain: () => {
      const { followed, pace } = engine;
      return batcher.drain({
        speed: speed(),
        playing: pace.playing,
        followed,
        actionCount: history.actions.length,
      });
    },
    exportScenario: (files: readonly ScenarioFile[]) =>
      exported(scenario, files, history.actions, cluster.now),
  });
}

/** Files whose first text is still what is in the editor are applied at the start; others keep theirs as an action. */
function exported(
  scenario: Scenario,
  files: readonly ScenarioFile[],
  actions: readonly TimedAction[],
  now: number,
): Scenario {
  const current = new Map(files.map((file) => [file.name, file.text]));
  const first = scenario.files.filter((file) => scenario.applied.includes(file.name));
  const unchanged = first.every((file) => current.get(file.name) === file.text);
  // All or none, because the order of the first applies decides what they find.
  const starts = unchanged
    ? []
    : first.map(({ name, text }): TimedAction => ({ at: 0, action: { type: "applyFile", name, text } }));
  return {
    model: MODEL,
    ...(scenario.title ? { title: scenario.title } : {}),
    settings: scenario.settings,
    files: files.map(({ name, text }) => ({ name, text })),
    clients: scenario.clients,
    actions: [...starts, ...actions],
    applied: unchanged ? first.map(({ name }) => name) : [],
    warmUpMs: Math.round(now),
  };
}
