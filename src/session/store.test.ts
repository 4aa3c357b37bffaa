import { expect, test } from "vitest";
import type { Batch } from "./protocol.ts";
import { applyBatch, MAX_JOURNEYS, useStore, virtualNow, type Projection } from "./store.ts";

const batch = (changes: Partial<Batch>): Batch => ({
  type: "batch",
  now: 100,
  speed: 1,
  playing: true,
  changes: [],
  journeys: [],
  grown: [],
  clients: [],
  faults: {},
  stoppedNodes: [],
  followed: null,
  reset: false,
  actionCount: 0,
  ...changes,
});

const object = (name: string) => ({ metadata: { name } }) as never;
const journey = (id: number) => ({ id, legs: [], steps: [] }) as never;
const after = (state: Projection, next: Batch): Projection => ({ ...state, ...applyBatch(state, next, 0) });

test("STORE-1: objects come, change and go; maps of other kinds stay the same", () => {
  const first = after(
    useStore.getState(),
    batch({
      reset: true,
      changes: [
        { type: "set", kind: "Pod", key: "default/a", object: object("a") },
        { type: "set", kind: "Node", key: "n", object: object("n") },
      ],
    }),
  );
  const second = after(
    first,
    batch({
      changes: [
        { type: "delete", kind: "Pod", key: "default/a" },
        { type: "set", kind: "Pod", key: "default/b", object: object("b") },
      ],
    }),
  );
  expect([...second.objects.Pod!.keys()]).toEqual(["default/b"]);
  expect(second.objects.Node).toBe(first.objects.Node);
});

test("STORE-2: batches of the scenario before are not taken for the new one's", () => {
  const opening = { ...useStore.getState(), loaded: false };
  expect(applyBatch(opening, batch({ now: 5000 }), 0)).toEqual({});
  expect(after(opening, batch({ reset: true, now: 7 })).now).toBe(7);
});

test("STORE-3: only the newest journeys are kept", () => {
  const state = after(
    useStore.getState(),
    batch({ reset: true, journeys: Array.from({ length: MAX_JOURNEYS + 3 }, (_, id) => journey(id)) }),
  );
  expect([state.journeys.size, state.journeys.keys().next().value]).toEqual([MAX_JOURNEYS, 3]);
});

test("STORE-4: between batches time goes on at the clock's speed, but not far beyond what was simulated", () => {
  const state = after(useStore.getState(), batch({ reset: true, now: 1000, speed: 0.5 }));
  expect([
    virtualNow(20, state),
    virtualNow(10_000, state),
    virtualNow(50, { ...state, playing: false }),
  ]).toEqual([1010, 1050, 1000]);
});

test("STORE-4: a journey grows by what is appended to it; growth of one that left the page is ignored", () => {
  const leg = { start: 1 } as never;
  const state = after(useStore.getState(), batch({ reset: true, journeys: [journey(1)] }));
  const grown = after(
    state,
    batch({
      grown: [
        { id: 1, legs: [leg], steps: [] },
        { id: 9, legs: [leg], steps: [] },
      ],
    }),
  );
  expect([...grown.journeys]).toEqual([[1, { id: 1, legs: [leg], steps: [] }]]);
  expect(state.journeys.get(1)).toEqual({ id: 1, legs: [], steps: [] });
});
