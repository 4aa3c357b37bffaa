import { expect, test } from "vitest";
import { createEngine } from "../engine.ts";
import { exampleScenario } from "../examples/example.ts";
import { FIRST_EXAMPLE, findExample } from "../examples/registry.ts";
import { applyBatch, useStore } from "../store.ts";
import { recordOpening } from "./record.ts";

test("OPEN-1: played to its end, the recorded opening holds what the machine knows then", () => {
  const { until, batches } = recordOpening(2000);
  const engine = createEngine(exampleScenario(findExample(FIRST_EXAMPLE)!));
  let state = useStore.getState();
  for (const batch of batches) state = { ...state, ...applyBatch(state, batch, 0) };
  engine.tick(until - engine.cluster.now, () => true);
  const { objects, journeys, clientStatus } = state;
  const kept = Object.values(objects).flatMap((map) => [...map.values()]);
  const byUid = (a: { metadata: { uid?: string } }, b: typeof a): number =>
    (a.metadata.uid ?? "") < (b.metadata.uid ?? "") ? -1 : 1;
  expect(kept.sort(byUid)).toEqual(engine.cluster.allObjects().sort(byUid));
  expect([...journeys.values()]).toEqual(engine.cluster.journeys());
  expect(Object.values(clientStatus)).toEqual(engine.cluster.clients().map(({ status }) => status));
});

test("OPEN-2: the recording shows a request from its beginning to its answer", () => {
  const { until, batches } = recordOpening(2000);
  const [first, ...rest] = batches;
  expect([first?.reset, until - (first?.now ?? 0)]).toEqual([true, 2000]);
  const begun = rest.flatMap(({ journeys }) => journeys.map(({ id }) => id));
  const ended = rest.flatMap(({ grown }) => grown.filter(({ end }) => end).map(({ id }) => id));
  expect(begun.filter((id) => ended.includes(id)).length).toBeGreaterThan(0);
});
