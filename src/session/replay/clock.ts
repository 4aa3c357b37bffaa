// Virtual time for promises: whoever sleeps or watches is waited for, and only when everybody waits does the cluster go
// on, to its next event or to the next sleeper, whichever comes first.
import type { Cluster } from "#cluster/cluster";

interface Sleeper {
  at: number;
  wake: () => void;
}

export interface Clock {
  sleep(ms: number): Promise<void>;
  /** Calls back at that time; undone by the function returned. */
  at(time: number, act: () => void): () => void;
  /** Runs virtual time until the promise settles. */
  run<T>(promise: Promise<T>): Promise<T>;
}

/** `onStep` hears of every step of the cluster's clock, before sleepers are woken. */
export function createClock(cluster: Cluster, onStep: () => void = () => {}): Clock {
  const sleepers = new Set<Sleeper>();
  const add = (at: number, wake: () => void): Sleeper => {
    const sleeper = { at, wake };
    sleepers.add(sleeper);
    return sleeper;
  };
  return {
    sleep: (ms) => new Promise((resolve) => void add(cluster.now + Math.max(0, ms), resolve)),
    at: (time, act) => {
      const sleeper = add(time, act);
      return () => void sleepers.delete(sleeper);
    },
    run: async (promise) => {
      let settled = false;
      const mark = (): void => void (settled = true);
      promise.then(mark, mark);
      for (;;) {
        await idle();
        if (settled) return promise;
        const first = earliest(sleepers);
        const next = Math.min(first?.at ?? Infinity, cluster.nextAt() ?? Infinity);
        if (next === Infinity) throw new Error("everybody waits, and nothing will happen any more");
        cluster.runUntil(Math.max(next, cluster.now));
        onStep();
        for (const sleeper of [...sleepers]
          .filter(({ at }) => at <= cluster.now)
          .sort((a, b) => a.at - b.at)) {
          if (sleepers.delete(sleeper)) sleeper.wake();
        }
      }
    },
  };
}

function earliest(sleepers: ReadonlySet<Sleeper>): Sleeper | undefined {
  let found: Sleeper | undefined;
  for (const sleeper of sleepers) if (!found || sleeper.at < found.at) found = sleeper;
  return found;
}

/** Lets every promise that can go on do so. */
const idle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
