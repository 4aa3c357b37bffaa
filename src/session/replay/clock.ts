// Virtual time for promises: whoever sleeps or watches is waited for, and only when everybody waits does the cluster go
// on, to its next event or to the next sleeper, whichever comes first.
import type { Cluster } from "#cluster/cluster";
import { createSleepers, type Sleepers } from "#shell/sleepers";

export interface Clock {
  readonly sleepers: Sleepers;
  sleep(ms: number): Promise<void>;
  /** Calls back after that time; undone by the function returned. */
  after(ms: number, act: () => void): () => void;
  /** Some promise may now go on: time waits until it has. */
  touched(): void;
  /** Runs virtual time until the promise settles. */
  run<T>(promise: Promise<T>): Promise<T>;
  /** Lets time pass for everybody. */
  pass(ms: number): Promise<void>;
}

/** Who else lives on this clock. */
export interface Beside {
  /** Hands on what happened in the cluster, after every step of its time; true if a promise may go on. */
  advance(): boolean;
  nextAt(): number | undefined;
}

export function createClock(cluster: Cluster, beside: Beside): Clock {
  const sleepers = createSleepers();
  const sleep = (ms: number): Promise<void> => sleepers.sleepUntil(cluster.now + Math.max(0, ms));
  let moving = true;
  const run = async <T>(promise: Promise<T>): Promise<T> => {
    let settled = false;
    const mark = (): void => void (settled = true);
    promise.then(mark, mark);
    moving = true;
    for (;;) {
      if (moving) {
        moving = false;
        await idle();
      }
      if (settled) return promise;
      // What went on may have touched something else.
      if (moving) continue;
      const next = Math.min(
        sleepers.nextAt() ?? Infinity,
        cluster.nextAt() ?? Infinity,
        beside.nextAt() ?? Infinity,
      );
      if (next === Infinity) throw new Error("everybody waits, and nothing will happen any more");
      cluster.runUntil(Math.max(next, cluster.now));
      const stepped = beside.advance();
      const woken = sleepers.wake(cluster.now);
      moving ||= stepped || woken;
    }
  };
  return {
    sleepers,
    sleep,
    run,
    touched: () => void (moving = true),
    pass: (ms) => run(sleep(ms)),
    after: (ms, act) => {
      let undone = false;
      void sleep(ms).then(() => undone || act());
      return () => void (undone = true);
    },
  };
}

/** Lets every promise that can go on do so. */
const idle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
