// The component around the replica loop: collects whom a batch of changes concerns and looks at each of them once.
import { controllerOf } from "#api/owners";
import type { Pod } from "#api/pod/types";
import { nextFloat } from "#base/random";
import { isKind, type Change, type Component, type Context } from "../../machine/component.ts";
import { keyOf, splitKey } from "../keys.ts";
import { CONTROLLER_RATE, createPace } from "../pace.ts";
import { noteOrphan, podsOf } from "./pods.ts";
import { writeStatus } from "./status.ts";
import {
  neededWork,
  rememberOwner,
  type ReplicaController,
  type ReplicaOwner,
  type ReplicaState,
} from "./sync.ts";
import { proceed, type Work } from "./work.ts";

/** Owners of more pods than this let changes of pods gather for a while, longer the more they have. */
const SMALL = 100;
const MAX_PERIOD_MS = 500;

/** The pause after a refused pod; it doubles with each further refusal. */
const FIRST_PAUSE_MS = 5;
const MAX_PAUSE_MS = 1_000_000;

interface Pause {
  /** A change of the spec ends the pause. */
  generation: number | undefined;
  until: number;
  ms: number;
}

interface State extends ReplicaState {
  pauses: Map<string, Pause>;
  /** Timers of owners that want another look, by the owner's key, and when they come. */
  looks: Map<string, { timer: number; at: number }>;
  /** What takes longer, by the owner's key: until it is done nobody looks at the owner. */
  work: Map<string, Work>;
}

export function replicaComponent(name: string, controller: ReplicaController): Component<State> {
  return {
    name,
    start: () => ({
      orphans: new Map(),
      owners: new Map(),
      looks: new Map(),
      pauses: new Map(),
      pace: createPace(CONTROLLER_RATE),
      work: new Map(),
    }),
    watches: [controller.kind, "Pod"],
    watchDelayMs: (context) => 10 + 20 * nextFloat(context.random),
    onChanges(context, state, changes) {
      const now = new Set<string>();
      const soon = new Set<string>();
      for (const change of changes) {
        if (isKind(change, "Pod")) {
          noteOrphan(state.orphans, change);
          for (const key of concerned(context, state, controller, change)) soon.add(key);
        } else if (isKind(change, controller.kind)) {
          rememberOwner(state, change.object as ReplicaOwner, change.type === "DELETED");
          // The controller's own writes of the status are no reason to hurry.
          (onlyStatus(change) ? soon : now).add(keyOf(change.object));
        }
      }
      for (const key of now) sync(context, state, controller, key);
      for (const key of soon) if (!now.has(key)) gather(context, state, controller, key);
    },
    timers: {
      look(context, state, data: { key: string }) {
        state.looks.delete(data.key);
        sync(context, state, controller, data.key);
      },
      goOn(context, state, { key }: { key: string }) {
        const work = state.work.get(key);
        if (!work || !isDone(context, state, controller, key, work)) return;
        if (work.failure) finish(context, state, controller, key, work);
        else sync(context, state, controller, key);
      },
    },
  };
}

function onlyStatus({ object, old, type }: Change): boolean {
  return type === "MODIFIED" && (old as ReplicaOwner).spec === (object as ReplicaOwner).spec;
}

/** The owners, if any, that a pod's change concerns. */
function concerned(
  context: Context,
  state: State,
  controller: ReplicaController,
  change: Change & { object: Pod; old?: Pod },
): string[] {
  const namespace = change.object.metadata.namespace ?? "";
  const owner = controllerOf(change.object);
  const before = change.old && controllerOf(change.old);
  const keys: string[] = [];
  if (owner?.kind === controller.kind) keys.push(`${namespace}/${owner.name}`);
  if (before?.kind === controller.kind && before.uid !== owner?.uid) keys.push(`${namespace}/${before.name}`);
  if (change.type === "DELETED" || owner) return keys;
  for (const key of state.owners.get(namespace) ?? []) {
    const candidate = context.api.get(controller.kind, ...splitKey(key));
    if (candidate && controller.matches(candidate, change.object.metadata.labels)) keys.push(key);
  }
  return keys;
}

function gather(context: Context, state: State, controller: ReplicaController, key: string): void {
  const owner = context.api.get(controller.kind, ...splitKey(key));
  if (!owner) return;
  const size = Math.max(owner.spec.replicas, owner.status.replicas);
  if (size <= SMALL) sync(context, state, controller, key);
  else lookIn(context, state, key, Math.min(MAX_PERIOD_MS, size));
}

/** Plans a look, unless one comes earlier anyway. */
function lookIn(context: Context, state: State, key: string, delayMs: number): void {
  const planned = state.looks.get(key);
  const at = context.now + delayMs;
  if (planned && planned.at <= at) return;
  if (planned) context.cancel(planned.timer);
  state.looks.set(key, { timer: context.after(delayMs, "look", { key }), at });
}

function sync(context: Context, state: State, controller: ReplicaController, key: string): void {
  const owner = context.api.get(controller.kind, ...splitKey(key));
  if (!owner || state.work.has(key)) return;
  const pause = state.pauses.get(key);
  const { generation } = owner.metadata;
  if (pause && pause.generation === generation && context.now < pause.until) return;
  const work = neededWork(context, state, controller, owner);
  if (!work || isDone(context, state, controller, key, work)) finish(context, state, controller, key, work);
}

/** Does what can be done now; the rest is gone on with later. */
function isDone(
  context: Context,
  state: State,
  controller: ReplicaController,
  key: string,
  work: Work,
): boolean {
  const pauseMs = proceed(context, state.pace, controller, work);
  if (pauseMs === undefined) {
    state.work.delete(key);
    return true;
  }
  state.work.set(key, work);
  context.after(pauseMs, "goOn", { key });
  return false;
}

/** The status, and when to look again: soon if pods were refused or are left, later if one is not available yet. */
function finish(
  context: Context,
  state: State,
  controller: ReplicaController,
  key: string,
  work: Work | undefined,
): void {
  const owner = context.api.get(controller.kind, ...splitKey(key));
  if (!owner) return;
  const { generation, uid } = owner.metadata;
  const failure = work?.failure;
  const waitMs = writeStatus(context, controller.kind, owner, podsOf(context, uid), failure);
  if (!failure) {
    state.pauses.delete(key);
    if (waitMs !== undefined) lookIn(context, state, key, waitMs + 20);
    return;
  }
  const pause = state.pauses.get(key);
  const ms = pause ? Math.min(MAX_PAUSE_MS, 2 * pause.ms) : FIRST_PAUSE_MS;
  state.pauses.set(key, { generation, until: context.now + ms, ms });
  lookIn(context, state, key, ms);
}
