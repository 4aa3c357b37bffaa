import { expect, test } from "vitest";
import { createEngine } from "../engine.ts";
import { exampleScenario } from "../examples/example.ts";
import { FIRST_EXAMPLE, findExample } from "../examples/registry.ts";
import { recordOpening } from "./record.ts";
import { batchesOf } from "./recording.ts";

test("OPEN-1: at each of its moments the recorded opening holds what the machine knows then", () => {
  const recording = recordOpening(2000);
  const engine = createEngine(exampleScenario(findExample(FIRST_EXAMPLE)!));
  const batches = batchesOf(JSON.parse(JSON.stringify(recording)) as typeof recording);
  expect(batches.length).toBeGreaterThan(10);
  for (const { now, journeys, clients } of batches) {
    engine.tick(now - engine.cluster.now, () => true);
    expect(journeys).toEqual(journeys.map(({ id }) => engine.cluster.journey(id)));
    expect(clients).toEqual(engine.cluster.clients().map(({ status }) => status));
  }
});

test("OPEN-2: the recording shows a request on its way, and one answered", () => {
  const { until, batches, journeys } = recordOpening(2000);
  const [first] = batches;
  expect([first?.reset, until - (first?.now ?? 0)]).toEqual([true, 2000]);
  const ends = journeys.filter(({ startedAt }) => startedAt >= first!.now).map(({ end }) => end?.kind);
  expect(ends).toContain("response");
});
