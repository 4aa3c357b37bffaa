// When a changed Service is looked at: small ones at once, as long as the controller's client may write, large ones after
// a period in which further changes gather, so that thousands of pods that become ready one by one cost a few looks and
// not thousands.
import type { Context } from "../../machine/component.ts";
import { splitKey } from "../keys.ts";
import { CONTROLLER_RATE, createPace, gapMs, reserve, restMs, type Pace } from "../pace.ts";
import type { PodSets } from "./pod-sets.ts";

/** Services with at most so many pods are looked at with every batch of changes. */
const SMALL = 100;
const MAX_PERIOD_MS = 1000;

export interface Batch {
  /** Keys of Services that wait for their period to end, or for the client. */
  waiting: Set<string>;
  pace: Pace;
}

export function createBatch(): Batch {
  return { waiting: new Set(), pace: createPace(CONTROLLER_RATE) };
}

/** The controller's client writes so many objects: whoever comes next may have to wait. */
export function countWrites(context: Context, batch: Batch, writes: number): void {
  reserve(batch.pace, CONTROLLER_RATE, context.now, writes);
}

/**
 * Those to look at now, each decided on when the one before has been looked at. For the others the component's timer
 * `sync` comes with the key later.
 */
export function* dueNow(
  context: Context,
  { batch, sets }: { batch: Batch; sets: PodSets },
  dirty: Iterable<string>,
): Iterable<string> {
  for (const key of dirty) {
    const size = sets.get(splitKey(key)[0])?.get(key)?.pods.size ?? 0;
    if (isDue(context, batch, key, size)) yield key;
  }
}

function isDue(context: Context, { waiting, pace }: Batch, key: string, size: number): boolean {
  if (waiting.has(key)) return false;
  const rest = restMs(pace, CONTROLLER_RATE, context.now);
  const period = size <= SMALL ? 0 : Math.min(MAX_PERIOD_MS, 2 * size);
  if (rest === 0 && period === 0) return true;
  const turn = rest === 0 ? 0 : rest + waiting.size * gapMs(CONTROLLER_RATE);
  waiting.add(key);
  context.after(Math.max(turn, period), "sync", { key });
  return false;
}
