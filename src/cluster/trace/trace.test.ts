import { expect, test } from "vitest";
import type { ServiceContext } from "../machine/component.ts";
import { drainJourneys, FINISHED_KEPT, JOURNEYS_KEPT, trace, type TraceState } from "./trace.ts";
import type { Journey, Trace } from "./types.ts";

const client: Journey["client"] = {
  place: { kind: "client", name: "ann" },
  ip: "198.51.100.7",
  program: "curl",
};
const request = { method: "GET", url: "http://web", headers: {} };

function recorder(): { trace: Trace; state: TraceState; clock: { now: number } } {
  const clock = { now: 0 };
  const context = clock as unknown as ServiceContext;
  const state = trace.start(context) as TraceState;
  return { trace: trace.provide(context, state) as Trace, state, clock };
}

test("TRACE-1: a journey starts now, grows by appending and ends once", () => {
  const { trace, clock } = recorder();
  clock.now = 5;
  const id = trace.begin({ client, request });
  trace.step(id, { at: 6, step: "verdict", node: "node-1", verdict: "reject", reason: "noEndpoints" });
  const packet = { src: "198.51.100.7:40000", dst: "192.168.8.11:30123" };
  const to = { kind: "node", name: "node-1" } as const;
  trace.leg(id, { from: client.place, to, direction: "request", purpose: "data", start: 5, end: 6, packet });
  trace.end(id, { kind: "response", at: 9, status: 200, body: "hi" });
  trace.end(id, { kind: "response", at: 10, status: 500, body: "late" });
  expect(trace.get(id)).toEqual({
    id: 1,
    startedAt: 5,
    client,
    request,
    legs: [{ from: client.place, to, direction: "request", purpose: "data", start: 5, end: 6, packet }],
    steps: [{ at: 6, step: "verdict", node: "node-1", verdict: "reject", reason: "noEndpoints" }],
    end: { kind: "response", at: 9, status: 200, body: "hi" },
  });
});

test("TRACE-2: draining gives each journey that began or grew since the last time, oldest first", () => {
  const { trace, state } = recorder();
  const first = trace.begin({ client, request });
  const second = trace.begin({ client, request });
  expect(drainJourneys(state).map((journey) => journey.id)).toEqual([first, second]);
  expect(drainJourneys(state)).toEqual([]);
  trace.end(first, { kind: "response", at: 0, status: 200, body: "" });
  expect(drainJourneys(state).map((journey) => journey.id)).toEqual([first]);
});

test("TRACE-3: old finished journeys are forgotten, running ones stay; appending to a forgotten one does nothing", () => {
  const { trace, state } = recorder();
  const running = trace.begin({ client, request });
  for (let index = 0; index < 3 * FINISHED_KEPT; index++) {
    trace.end(trace.begin({ client, request }), { kind: "response", at: 0, status: 200, body: "" });
  }
  expect(state.journeys.size).toBe(FINISHED_KEPT + 1);
  expect(state.finished.length).toBeLessThanOrEqual(2 * FINISHED_KEPT);
  expect(trace.get(running)?.id).toBe(running);
  trace.step(2, { at: 0, step: "verdict", node: "node-1", verdict: "drop", reason: "podGone" });
  expect(drainJourneys(state).length).toBe(FINISHED_KEPT + 1);
});

test("TRACE-4: journeys that never end are bounded too", () => {
  const { trace, state } = recorder();
  for (let index = 0; index < JOURNEYS_KEPT + 10; index++) trace.begin({ client, request });
  expect(state.journeys.size).toBe(JOURNEYS_KEPT);
  expect(trace.get(10)).toBeUndefined();
  expect(trace.get(11)?.id).toBe(11);
});
