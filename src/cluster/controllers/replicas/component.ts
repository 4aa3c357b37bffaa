// The component around the replica loop: collects whom a batch of changes concerns and looks at each of them once.
import type { Component, Context, Change } from "../../machine/component.ts";
import { isKind } from "../../machine/component.ts";
import { nextFloat } from "#base/random";
import { controllerOf, keyOf, splitKey } from "../owners.ts";
import { applyPodChange, createPodIndex } from "./pod-index.ts";
import {
  rememberOwner,
  syncReplicas,
  type ReplicaController,
  type ReplicaOwner,
  type ReplicaState,
} from "./sync.ts";

interface State extends ReplicaState {
  /** Timers of owners that want another look: key to timer id. */
  timers: Map<string, number>;
}

export function replicaComponent(name: string, controller: ReplicaController): Component<State> {
  return {
    name,
    start: () => ({ index: createPodIndex(), owners: new Map(), timers: new Map() }),
    watches: [controller.kind, "Pod"],
    watchDelayMs: (context) => 10 + 20 * nextFloat(context.random),
    onChanges(context, state, changes) {
      const dirty = new Set<string>();
      for (const change of changes) {
        if (isKind(change, "Pod")) {
          applyPodChange(state.index, change);
          concerned(context, state, controller, change).forEach((key) => dirty.add(key));
        } else if (isKind(change, controller.kind)) {
          rememberOwner(state, change.object as ReplicaOwner, change.type === "DELETED");
          dirty.add(keyOf(change.object));
        }
      }
      for (const key of dirty) sync(context, state, controller, key);
    },
    timers: {
      look(context, state, data: { key: string }) {
        state.timers.delete(data.key);
        sync(context, state, controller, data.key);
      },
    },
  };
}

function concerned(context: Context, state: State, controller: ReplicaController, change: Change): string[] {
  const keys: string[] = [];
  const namespace = change.object.metadata.namespace ?? "";
  for (const object of [change.object, change.old]) {
    const owner = object && controllerOf(object);
    if (owner?.kind === controller.kind) keys.push(`${namespace}/${owner.name}`);
  }
  if (change.type === "DELETED" || controllerOf(change.object)) return keys;
  for (const key of state.owners.get(namespace) ?? []) {
    const owner = context.api.get(controller.kind, ...splitKey(key));
    if (owner && controller.matches(owner, change.object.metadata.labels)) keys.push(key);
  }
  return keys;
}

function sync(context: Context, state: State, controller: ReplicaController, key: string): void {
  const owner = context.api.get(controller.kind, ...splitKey(key));
  if (!owner) return;
  const wait = syncReplicas(context, state, controller, owner);
  const pending = state.timers.get(key);
  if (pending !== undefined) context.cancel(pending);
  state.timers.delete(key);
  if (wait !== undefined) state.timers.set(key, context.after(wait + 20, "look", { key }));
}
