// The worker's inside without the worker: a scenario's cluster, its pace, and what changed since the last batch.
// Knows no clock of its own; whoever drives it says how much wall time went by.
import type { ApiRequest, ApiResponse } from "#cluster/apiserver/client";
import { createCluster, type Cluster } from "#cluster/cluster";
import type { DocumentReport } from "#kubectl/manifests/run";
import { createBatcher } from "./batcher.ts";
import { exportedScenario } from "./exported.ts";
import { beginHistory, type History } from "./history.ts";
import { advanceToInterest, type Advance } from "./interest.ts";
import { speedNow, type Pace } from "./pace.ts";
import { runBeside, type Companion } from "./terminal/companion.ts";
import type { Batch, Scenario, ScenarioFile, SessionAction } from "./protocol.ts";

/** While a request is followed the speed changes from hop to hop, so time moves in pieces no longer than this. */
const FOLLOW_PIECE_MS = 8;
/** Otherwise the budget is looked at this often, in virtual ms. */
const SLICE_MS = 50;

export interface Engine {
  readonly cluster: Cluster;
  pace: Pace;
  followed: number | null;
  /** Lives on the cluster's clock beside it. */
  companion?: Companion | undefined;
  act(action: SessionAction): void;
  /** `record` keeps a request that changes something for links. */
  request(request: ApiRequest, record: boolean): ApiResponse;
  apply(files: readonly ScenarioFile[]): DocumentReport[];
  delete(files: readonly ScenarioFile[]): DocumentReport[];
  /**
   * Moves virtual time on for `wallMs` of wall time, as long as `hasTime()` says so; returns what is left of it where
   * the companion's promises have to go on first.
   */
  tick(wallMs: number, hasTime: () => boolean): number;
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
  const { perform } = history;
  const engine: Pick<Engine, "pace" | "followed" | "companion"> = {
    pace: { playing: true, speed: 1 },
    followed: null,
  };
  const { runUntil, nextAt } = clockOf(engine, cluster, history);
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
        if (now === 0) return 0;
        if (engine.companion?.unsettled()) return left;
        const piece = Math.min(left, engine.followed === null ? SLICE_MS / now : FOLLOW_PIECE_MS);
        const until = wholeMicroseconds(cluster.now + piece * now);
        runUntil(until);
        left -= piece - (until - cluster.now) / now;
        if (engine.followed !== null && cluster.journey(engine.followed)?.end) engine.followed = null;
      }
      return 0;
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
      exportedScenario(scenario, files, history.actions, cluster.now),
  });
}

/** Frames come at odd moments; times without their endless digits keep links short. */
const wholeMicroseconds = (ms: number): number => Math.round(ms * 1000) / 1000;

/** The clock of a scenario, with whoever lives on it beside the cluster. */
function clockOf(
  engine: Pick<Engine, "companion">,
  cluster: Cluster,
  history: History,
): Pick<History, "runUntil" | "nextAt"> {
  const clock = { now: () => cluster.now, runUntil: history.runUntil, nextAt: history.nextAt };
  return {
    runUntil: (time) => {
      if (engine.companion) runBeside(clock, engine.companion, time);
      else history.runUntil(time);
    },
    nextAt: () => {
      const own = engine.companion?.nextAt() ?? Infinity;
      const next = Math.min(history.nextAt() ?? Infinity, own);
      return next === Infinity ? undefined : next;
    },
  };
}
