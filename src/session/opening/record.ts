// Runs the first example as the worker would, and keeps what it would have told the page. Called by the build.
import { clone } from "#base/json";
import { createEngine } from "../engine.ts";
import { exampleScenario } from "../examples/example.ts";
import { FIRST_EXAMPLE, findExample } from "../examples/registry.ts";
import type { Batch } from "../protocol.ts";
import type { Recording } from "./recording.ts";

/** Virtual ms between batches, about a frame. */
const FRAME_MS = 20;

export function recordOpening(lengthMs: number): Recording {
  const engine = createEngine(exampleScenario(findExample(FIRST_EXAMPLE)!));
  const until = engine.cluster.now + lengthMs;
  const batches: Batch[] = [];
  for (;;) {
    const batch = engine.drain();
    // Journeys grow in place; the recording keeps them as they are now.
    if (batch && tells(batch)) batches.push(clone(batch));
    if (engine.cluster.now >= until) break;
    engine.tick(FRAME_MS, () => true);
  }
  return { until, batches };
}

function tells({ reset, changes, journeys, grown }: Batch): boolean {
  return reset || changes.length > 0 || journeys.length > 0 || grown.length > 0;
}
