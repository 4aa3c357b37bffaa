// What the machine recorded of the first example's first seconds, made when the page is built. The same seed gives the
// same cluster to the byte, so the page can show it while the worker is still on its way, and nobody sees the change.
import type { Journey } from "#cluster/trace/types";
import type { Batch } from "../protocol.ts";

/** A journey as far as it was known at that moment: id, legs, steps, and whether it had ended. */
export type Known = [id: number, legs: number, steps: number, ended: boolean];

export interface Recording {
  /** Virtual ms of the last batch. */
  until: number;
  batches: (Omit<Batch, "journeys"> & { journeys: Known[] })[];
  /** As they were at the end. */
  journeys: Journey[];
}

/** The batches as the worker would have sent them. */
export function batchesOf(recording: Recording): Batch[] {
  const byId = new Map(recording.journeys.map((journey) => [journey.id, journey]));
  return recording.batches.map((batch) => ({
    ...batch,
    journeys: batch.journeys.flatMap((known) => cut(byId.get(known[0]), known) ?? []),
  }));
}

function cut(journey: Journey | undefined, [, legs, steps, ended]: Known): Journey | undefined {
  if (!journey) return undefined;
  const { end, ...rest } = journey;
  const part = { ...rest, legs: journey.legs.slice(0, legs), steps: journey.steps.slice(0, steps) };
  return ended && end ? { ...part, end } : part;
}
