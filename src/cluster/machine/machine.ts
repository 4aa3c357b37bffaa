// The deterministic machine: one event queue, one state per component, one clock. Everything that happens is a
// timer that wakes a component, runs to completion, and may commit changes, which wake the watchers in turn.
import { assert } from "#base/assert";
import { cancel, createQueue, peek, pop, push, type QueueState } from "#base/queue";
import { seedRandom, type RandomState } from "#base/random";
import { formatRfc3339, parseRfc3339 } from "#base/time";
import type { Json } from "#base/json";
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
export interface MachineState {
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
  const state: MachineState = { now: 0, queue: createQueue(), components: {}, random: {}, inboxes: {} };
  const all: Component[] = [...Object.values(services), ...components];
  const byName = new Map(all.map((component) => [component.name, component]));
  assert(byName.size === all.length, "component names are unique");
  const contexts = new Map<string, ServiceContext>();
  const listeners: ((change: Change) => void)[] = [];
  const provided: Record<string, unknown> = {};
  const watchers = watchersByKind(all);

  const publish = (change: Change): void => {
    for (const listener of listeners) listener(change);
    for (const watcher of watchers.get(change.kind) ?? []) {
      const inbox = state.inboxes[watcher.name]!;
      inbox.push(change);
      if (inbox.length > 1) continue;
      const delay = watcher.watchDelayMs?.(contexts.get(watcher.name)!) ?? DEFAULT_WATCH_DELAY_MS;
      push(state.queue, { at: state.now + delay, to: watcher.name, what: DELIVER, data: null });
    }
  };

  const contextOf = (component: Component): ServiceContext => ({
    get now() {
      return state.now;
    },
    settings,
    get api() {
      return provided["api"] as Context["api"];
    },
    get network() {
      return provided["network"] as Context["network"];
    },
    get runtime() {
      return provided["runtime"] as Context["runtime"];
    },
    get http() {
      return provided["http"] as Context["http"];
    },
    get trace() {
      return provided["trace"] as Context["trace"];
    },
    random: state.random[component.name]!,
    timestamp: () => formatRfc3339(epoch + state.now),
    after: (delayMs, what, data = null) =>
      push(state.queue, { at: state.now + delayMs, to: component.name, what, data }),
    cancel: (timerId) => cancel(state.queue, timerId),
    reply: (address, answer, delayMs = 0) => {
      const data: Json = { ...(address.data as { [key: string]: Json } | null), ...answer };
      push(state.queue, { at: state.now + delayMs, to: address.to, what: address.what, data });
    },
    publish,
  });

  for (const component of all) {
    state.random[component.name] = seedRandom(`${settings.seed}/${component.name}`);
    state.inboxes[component.name] = [];
    contexts.set(component.name, contextOf(component));
  }
  const start = (component: Component): void => {
    state.components[component.name] = component.start(contexts.get(component.name)!);
  };
  for (const [key, service] of Object.entries(services) as [string, Service][]) {
    start(service);
    provided[key] = service.provide(contexts.get(service.name)!, state.components[service.name]);
  }
  components.forEach(start);

  const step = (): void => {
    const timer = pop(state.queue)!;
    state.now = timer.at;
    const component = byName.get(timer.to);
    assert(component, `a timer names a component: ${timer.to}`);
    const context = contexts.get(timer.to)!;
    const own = state.components[timer.to];
    if (timer.what === DELIVER) {
      const changes = state.inboxes[timer.to]!;
      state.inboxes[timer.to] = [];
      component.onChanges?.(context, own, changes);
      return;
    }
    const handler = component.timers?.[timer.what];
    assert(handler, `${timer.to} has a timer named ${timer.what}`);
    handler(context, own, timer.data as never);
  };

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
      for (let next = peek(state.queue); next && next.at <= time; next = peek(state.queue)) step();
      state.now = time;
    },
    nextAt: () => peek(state.queue)?.at,
    onPublish: (listener) => void listeners.push(listener),
  };
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
