// Somebody beside the cluster who lives on its clock: the workstation. The clock stops for it where it has something to
// do, and waits while its promises go on.

export interface Companion {
  /** Called after every step of the cluster's clock. */
  advance(): void;
  nextAt(): number | undefined;
  /** It waits for what happens in the cluster, event by event. */
  attentive(): boolean;
  /** Promises may be going on. */
  unsettled(): boolean;
}

interface Clock {
  readonly now: () => number;
  runUntil(time: number): void;
  nextAt(): number | undefined;
}

/** Runs to `time`, or until the companion's promises have to go on first. */
export function runBeside(clock: Clock, companion: Companion, time: number): void {
  for (;;) {
    if (companion.unsettled()) return;
    const own = companion.nextAt() ?? Infinity;
    const event = companion.attentive() ? (clock.nextAt() ?? Infinity) : Infinity;
    const next = Math.max(Math.min(time, own, event), clock.now());
    clock.runUntil(next);
    companion.advance();
    if (next >= time) return;
  }
}
