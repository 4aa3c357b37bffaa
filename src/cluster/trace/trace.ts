// The recorder behind every journey: components append legs and steps while a request is under way, and whoever
// draws the cluster takes what began or grew since it last looked. Memory is bounded by forgetting old journeys.
import { defineService } from "../machine/component.ts";
import { JourneyRecord } from "./records.ts";
import type { Journey, Trace } from "./types.ts";

/** Finished journeys that are kept; the oldest go first. */
export const FINISHED_KEPT = 4000;
/** Journeys kept in all: one that never ends (a client without a time limit) must not pile up either. */
export const JOURNEYS_KEPT = 20_000;

export interface TraceState {
  nextId: number;
  /** In order of their beginning. */
  journeys: Map<number, Journey>;
  /** Ids of finished journeys in order of their end; the first `finishedGone` are forgotten already. */
  finished: number[];
  finishedGone: number;
  /** Began or grew since the last drainJourneys(). */
  changed: Set<number>;
  /** The last one that was added to `changed`: a request's steps come in a row. */
  noted: number;
  /** Goes up whenever a journey begins, grows or ends. */
  version: number;
}

export const trace = defineService<TraceState, Trace>({
  name: "trace",
  start: () => ({
    nextId: 1,
    journeys: new Map(),
    finished: [],
    finishedGone: 0,
    changed: new Set(),
    noted: 0,
    version: 0,
  }),
  provide: (context, state) => ({
    begin: (journey) => {
      const id = state.nextId++;
      const { client, request, parent } = journey;
      const begun = new JourneyRecord(id, context.now, client, request);
      if (parent !== undefined) begun.parent = parent;
      state.journeys.set(id, begun);
      note(state, id);
      if (state.journeys.size > JOURNEYS_KEPT) forgetOldest(state);
      return id;
    },
    leg: (id, leg) => {
      const journey = state.journeys.get(id);
      if (!journey) return;
      journey.legs.push(leg);
      note(state, id);
    },
    step: (id, step) => {
      const journey = state.journeys.get(id);
      if (!journey) return;
      journey.steps.push(step);
      note(state, id);
    },
    steps: (id, steps) => {
      const journey = state.journeys.get(id);
      if (!journey) return;
      for (const step of steps) journey.steps.push(step);
      note(state, id);
    },
    end: (id, end) => {
      const journey = state.journeys.get(id);
      if (!journey || journey.end) return;
      journey.end = end;
      note(state, id);
      state.finished.push(id);
      forgetFinished(state);
    },
    get: (id) => state.journeys.get(id),
  }),
});

function note(state: TraceState, id: number): void {
  state.version++;
  if (state.noted === id) return;
  state.noted = id;
  state.changed.add(id);
}

/** Whole journeys that began or grew since the last call, oldest first. They are the recorder's own: do not change. */
export function drainJourneys(state: TraceState): Journey[] {
  const ids = [...state.changed].sort((a, b) => a - b);
  state.changed.clear();
  state.noted = 0;
  const journeys: Journey[] = [];
  for (const id of ids) {
    const journey = state.journeys.get(id);
    if (journey) journeys.push(journey);
  }
  return journeys;
}

function forgetFinished(state: TraceState): void {
  while (state.finished.length - state.finishedGone > FINISHED_KEPT) {
    forget(state, state.finished[state.finishedGone++]!);
  }
  // Shift in one go now and then: one by one would cost as much as the list is long.
  if (state.finishedGone >= FINISHED_KEPT) {
    state.finished = state.finished.slice(state.finishedGone);
    state.finishedGone = 0;
  }
}

function forgetOldest(state: TraceState): void {
  for (const id of state.journeys.keys()) {
    forget(state, id);
    return;
  }
}

function forget(state: TraceState, id: number): void {
  state.journeys.delete(id);
  state.changed.delete(id);
  if (state.noted === id) state.noted = 0;
}
