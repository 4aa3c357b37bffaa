// When a changed Service is looked at: small ones at once, large ones after a period in which further changes gather,
// so that thousands of pods that become ready one by one cost a few looks and not thousands.
import type { Context } from "../../machine/component.ts";

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

/** True: look now. Otherwise the component's timer `sync` comes with the key when the period ends. */
export function dueNow(context: Context, batch: Batch, key: string, size: number): boolean {
  if (batch.waiting.has(key)) return false;
  if (size <= SMALL) return true;
  batch.waiting.add(key);
  context.after(Math.min(MAX_PERIOD_MS, size), "sync", { key });
  return false;
}
