// When a changed Service is looked at: small ones at once, large ones after a period in which further changes gather,
// so that thousands of pods that become ready one by one cost a few looks and not thousands.
import type { Context } from "../../machine/component.ts";
import { splitKey } from "../keys.ts";
import type { PodSets } from "./pod-sets.ts";

/** Services with at most so many pods are looked at with every batch of changes. */
const SMALL = 100;
const MAX_PERIOD_MS = 1000;

export interface Batch {
  /** Keys of Services that wait for their period to end. */
  waiting: Set<string>;
}

export function createBatch(): Batch {
  return { waiting: new Set() };
}

/** Those to look at now. For the others the component's timer `sync` comes with the key when their period ends. */
export function dueNow(
  context: Context,
  { batch, sets }: { batch: Batch; sets: PodSets },
  dirty: Iterable<string>,
): string[] {
  return [...dirty].filter((key) => {
    const size = sets.get(splitKey(key)[0])?.get(key)?.pods.size ?? 0;
    return isDue(context, batch, key, size);
  });
}

function isDue(context: Context, batch: Batch, key: string, size: number): boolean {
  if (batch.waiting.has(key)) return false;
  if (size <= SMALL) return true;
  batch.waiting.add(key);
  context.after(Math.min(MAX_PERIOD_MS, 2 * size), "sync", { key });
  return false;
}
