// Virtual time for promises: who sleeps is woken when the clock has come that far.

interface Sleeper {
  at: number;
  wake: () => void;
}

export interface Sleepers {
  sleepUntil(time: number): Promise<void>;
  nextAt(): number | undefined;
  /** Wakes everybody whose time has come; true if there was anybody. */
  wake(now: number): boolean;
}

export function createSleepers(): Sleepers {
  const sleepers: Sleeper[] = [];
  return {
    sleepUntil: (at) =>
      new Promise((wake) => {
        const index = sleepers.findIndex((other) => other.at > at);
        sleepers.splice(index < 0 ? sleepers.length : index, 0, { at, wake });
      }),
    nextAt: () => sleepers[0]?.at,
    wake: (now) => {
      let woken = false;
      for (let first = sleepers[0]; first && first.at <= now; first = sleepers[0]) {
        sleepers.shift();
        first.wake();
        woken = true;
      }
      return woken;
    },
  };
}
