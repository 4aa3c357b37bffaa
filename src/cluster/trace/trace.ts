// The recorder behind every journey: components append legs and steps while a request is under way, and whoever
// draws the cluster takes what began or grew since it last looked. Memory is bounded by forgetting old journeys.
import { defineService } from "../machine/component.ts";
import { packAnswered, packLeg, PackedJourney, packStep } from "./packed.ts";
import type { Trace } from "./types.ts";
import { journeyOf } from "./unpacked.ts";

/** Finished journeys that are kept; the oldest go first. */
export const FINISHED_KEPT = 4000;
/** Journeys kept in all: one that never ends (a client without a time limit) must not pile up either. */
export const JOURNEYS_KEPT = 20_000;

export interface TraceState {
  nextId: number;
  /** In order of their beginning. */
  journeys: Map<number, PackedJourney>;
  /** Ids of finished journeys in order of their end; the first `finishedGone` are forgotten already. */
  finished: number[];
  finishedGone: number;
  /** Began or grew since the last drainJourneys(). */
  changed: Set<number>;
  /** The last one that was added to `changed`. */
  last: PackedJourney | undefined;
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
    last: undefined,
    version: 0,
  }),
  provide: (context, state) => ({
    begin: (journey) => {
      const id = state.nextId++;
      const { client, request, parent } = journey;
      const begun = new PackedJourney(id, context.now, client, request, parent);
      state.journeys.set(id, begun);
      state.last = begun;
      state.changed.add(id);
      state.version++;
      if (state.journeys.size > JOURNEYS_KEPT) forgetOldest(state);
      return id;
    },
    leg: (id, leg) => {
      const journey = open(state, id);
      if (journey) packLeg(journey, leg);
    },
    step: (id, step) => {
      const journey = open(state, id);
      if (journey) packStep(journey, step);
    },
    steps: (id, steps) => {
      const journey = open(state, id);
      if (journey) for (const step of steps) packStep(journey, step);
    },
    open: (id) => open(state, id),
    end: (id, end) => {
      const journey = ending(state, id);
      if (journey) journey.failure = end;
    },
    answered: (id, status, body) => {
      const journey = ending(state, id);
      if (journey) packAnswered(journey, context.now, status, body);
    },
    get: (id) => {
      const journey = state.journeys.get(id);
      return journey && journeyOf(journey);
    },
  }),
});

/** The journey to write into: something has happened. */
function open(state: TraceState, id: number): PackedJourney | undefined {
  // A request's legs and steps come in a row.
  const { last } = state;
  if (last !== undefined && last.id === id) {
    state.version++;
    return last;
  }
  const journey = state.journeys.get(id);
  if (!journey) return undefined;
  state.version++;
  state.last = journey;
  state.changed.add(id);
  return journey;
}

function ending(state: TraceState, id: number): PackedJourney | undefined {
  const journey = open(state, id);
  if (!journey || journey.ended) return undefined;
  journey.ended = true;
  state.finished.push(id);
  forgetFinished(state);
  return journey;
}

/** Whole journeys that began or grew since the last call, oldest first. They are the recorder's own: do not change. */
export function drainJourneys(state: TraceState): PackedJourney[] {
  const ids = [...state.changed].sort((a, b) => a - b);
  state.changed.clear();
  state.last = undefined;
  const journeys: PackedJourney[] = [];
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
  if (state.last?.id === id) state.last = undefined;
}
