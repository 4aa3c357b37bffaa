// The deterministic machine: one event queue, one state per component, one clock. Everything that happens is a
// timer that wakes a component, runs to completion, and may commit changes, which wake the watchers in turn.
import { assert } from "#base/assert";
import { cancel, createQueue, peek, popUntil, push, type QueueState, type Timer } from "#base/queue";
import { seedRandom, type RandomState } from "#base/random";
import { formatRfc3339, parseRfc3339 } from "#base/time";
import type { ClusterSettings } from "../settings.ts";
import type { Change, Component, Context, Service, ServiceContext } from "./component.ts";

const DELIVER = "changes";
const DEFAULT_WATCH_DELAY_MS = 1;

export interface Services {
  trace: Service;
  api: Service;
  network: Service;
  runtime: Service;
  http: Service;
}

/** All that changes while the machine runs; a copy of it is a snapshot. */
interface MachineState {
  now: number;
  queue: QueueState;
  components: Record<string, unknown>;
  random: Record<string, RandomState>;
  /** Changes on their way to each watcher. */
  inboxes: Record<string, Change[]>;
}

export interface Machine {
  readonly state: MachineState;
  readonly context: Context;
  /** The component's context and state, for actions from outside. */
  enter<S>(component: string): { context: Context; state: S };
  /** Runs everything that is due up to and including `time`, then sets the clock to it. */
  runUntil(time: number): void;
  /** Virtual time of the next thing that is due. */
  nextAt(): number | undefined;
  /** Called with every committed change, in order, at once. */
  onPublish(listener: (change: Change) => void): void;
}

export function createMachine(
  settings: ClusterSettings,
  services: Services,
  components: readonly Component[],
): Machine {
  const epoch = parseRfc3339(settings.startedAt);
  assert(epoch !== undefined, `startedAt is RFC 3339: ${settings.startedAt}`);
  const all: Component[] = [...Object.values(services), ...components];
  const seats = new Map<string, Seat>();
  const state = emptyState(settings, all);
  const contexts = new Map<string, ServiceContext>();
  const listeners: ((change: Change) => void)[] = [];
  const clock = { second: NaN, text: "" };
  const publish = createPublish(state, contexts, listeners, watchersByKind(all));
  for (const component of all) {
    const context = createContext(component, { state, settings, epoch, clock, publish });
    contexts.set(component.name, context);
    seats.set(component.name, {
      context,
      component,
      own: undefined,
      timers: new Map(Object.entries(component.timers ?? {})),
    });
  }
  assert(seats.size === all.length, "component names are unique");
  const start = (component: Component): ServiceContext => {
    const context = contexts.get(component.name)!;
    const own = component.start(context);
    state.components[component.name] = own;
    seats.get(component.name)!.own = own;
    return context;
  };
  for (const [key, service] of Object.entries(services) as [string, Service][]) {
    const context = start(service);
    const functions = service.provide(context, state.components[service.name]);
    for (const other of contexts.values()) (other as unknown as Record<string, unknown>)[key] = functions;
  }
  components.forEach(start);

  return {
    state,
    context: contexts.get(services.api.name)!,
    enter: <S>(name: string) => {
      const context = contexts.get(name);
      assert(context, `there is a component named ${name}`);
      return { context, state: state.components[name] as S };
    },
    runUntil: (time) => {
      assert(time >= state.now, `time only goes forward: ${time} < ${state.now}`);
      for (let next = popUntil(state.queue, time); next; next = popUntil(state.queue, time)) {
        run(state, seats, next);
      }
      state.now = time;
    },
    nextAt: () => peek(state.queue)?.at,
    onPublish: (listener) => void listeners.push(listener),
  };
}

function emptyState(settings: ClusterSettings, components: readonly Component[]): MachineState {
  const state: MachineState = { now: 0, queue: createQueue(), components: {}, random: {}, inboxes: {} };
  for (const { name } of components) {
    state.random[name] = seedRandom(`${settings.seed}/${name}`);
    state.inboxes[name] = [];
  }
  return state;
}

interface Inside {
  state: MachineState;
  settings: ClusterSettings;
  /** Wall-clock ms since 1970 at virtual time 0. */
  epoch: number;
  /** The second that was written out last. */
  clock: { second: number; text: string };
  publish: (change: Change) => void;
}

function createContext(
  { name }: Component,
  { state, settings, epoch, clock, publish }: Inside,
): ServiceContext {
  return {
    get now() {
      return state.now;
    },
    get wallMs() {
      return epoch + state.now;
    },
    settings,
    // The services' own functions come in as they start.
    api: undefined as never,
    network: undefined as never,
    runtime: undefined as never,
    http: undefined as never,
    trace: undefined as never,
    random: state.random[name]!,
    timestamp: () => {
      const second = Math.floor((epoch + state.now) / 1000);
      if (second !== clock.second) {
        clock.second = second;
        clock.text = formatRfc3339(second * 1000);
      }
      return clock.text;
    },
    after: (delayMs, what, data = null) => push(state.queue, state.now + delayMs, name, what, data),
    cancel: (timerId) => cancel(state.queue, timerId),
    reply: (address, answer, delayMs = 0) => {
      // Not by spreading: engines are slow at objects of ever new shape, but this they do in one piece.
      const data = Object.assign({}, address.data, answer);
      push(state.queue, state.now + delayMs, address.to, address.what, data);
    },
    publish,
  };
}

/** Puts a change into the inbox of each watcher and sees that the watcher is woken once for all that come meanwhile. */
function createPublish(
  state: MachineState,
  contexts: ReadonlyMap<string, ServiceContext>,
  listeners: readonly ((change: Change) => void)[],
  watchers: ReadonlyMap<string, readonly Component[]>,
): (change: Change) => void {
  return (change) => {
    for (const listener of listeners) listener(change);
    for (const { name, watchDelayMs } of watchers.get(change.kind) ?? []) {
      const inbox = state.inboxes[name]!;
      inbox.push(change);
      if (inbox.length > 1) continue;
      const delay = watchDelayMs?.(contexts.get(name)!) ?? DEFAULT_WATCH_DELAY_MS;
      push(state.queue, state.now + delay, name, DELIVER, null);
    }
  };
}

/** What is looked up for every timer, in one place. */
interface Seat {
  component: Component;
  context: ServiceContext;
  /** Its state. */
  own: unknown;
  timers: ReadonlyMap<string, (context: Context, state: unknown, data: never) => void>;
}

/** Runs a timer to its end. */
function run(state: MachineState, seats: ReadonlyMap<string, Seat>, timer: Timer): void {
  const { to, what } = timer;
  state.now = timer.at;
  const seat = seats.get(to);
  if (!seat) assert(false, `a timer names a component: ${to}`);
  const { own } = seat;
  if (what === DELIVER) {
    const changes = state.inboxes[to]!;
    state.inboxes[to] = [];
    seat.component.onChanges?.(seat.context, own, changes);
    return;
  }
  const handler = seat.timers.get(what);
  if (!handler) assert(false, `${to} has a timer named ${what}`);
  handler(seat.context, own, timer.data as never);
}

function watchersByKind(components: readonly Component[]): Map<string, Component[]> {
  const watchers = new Map<string, Component[]>();
  for (const component of components) {
    for (const kind of component.watches ?? []) {
      const list = watchers.get(kind);
      if (list) list.push(component);
      else watchers.set(kind, [component]);
    }
  }
  return watchers;
}
