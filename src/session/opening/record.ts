// Runs the first example as the worker would, and keeps what it would have told the page. Called by the build.
import type { Journey } from "#cluster/trace/types";
import { createEngine } from "../engine.ts";
import { exampleScenario } from "../examples/example.ts";
import { FIRST_EXAMPLE, findExample } from "../examples/registry.ts";
import type { Known, Recording } from "./recording.ts";

/** Virtual ms between batches, about a frame. */
const FRAME_MS = 20;

export function recordOpening(lengthMs: number): Recording {
  const engine = createEngine(exampleScenario(findExample(FIRST_EXAMPLE)!));
  const until = engine.cluster.now + lengthMs;
  const batches: Recording["batches"] = [];
  const ids = new Set<number>();
  for (;;) {
    const batch = engine.drain();
    const tells = batch && (batch.reset || batch.changes.length > 0 || batch.journeys.length > 0);
    if (tells) {
      for (const { id } of batch.journeys) ids.add(id);
      batches.push({ ...batch, journeys: batch.journeys.map(known) });
    }
    if (engine.cluster.now >= until) break;
    engine.tick(FRAME_MS, () => true);
  }
  const journeys = [...ids].flatMap((id) => engine.cluster.journey(id) ?? []);
  return { until: engine.cluster.now, batches, journeys };
}

const known = ({ id, legs, steps, end }: Journey): Known => [
  id,
  legs.length,
  steps.length,
  end !== undefined,
];
