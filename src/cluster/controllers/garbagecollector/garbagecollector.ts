// The garbage collector: what an owner leaves behind is deleted after it (background), before it (foreground), or set
// free (orphan).
// Kubernetes: pkg/controller/garbagecollector/garbagecollector.go (v1.35)
import { KINDS } from "#api/registry";
import { nextFloat } from "#base/random";
import type { AnyObject, KindName } from "#api/kinds";
import type { OwnerReference } from "#api/meta";
import { defineComponent, type Change, type Context } from "../../machine/component.ts";
import { CONTROLLER_RATE, createPace, reserve, type Pace, type Rate } from "../pace.ts";

const FOREGROUND = "foregroundDeletion";
const ORPHAN = "orphan";

const NAMESPACED = new Map(KINDS.map(({ kind, namespaced }) => [kind as string, namespaced]));

/** Twice as fast as the other controllers' clients: a dependent is read before it is deleted. */
// Kubernetes: cmd/kube-controller-manager/app/core.go, newGarbageCollectorController (v1.35)
const RATE: Rate = { ...CONTROLLER_RATE, perSecond: 2 * CONTROLLER_RATE.perSecond };
const REQUESTS = 2;
/** What waits for the client goes in groups, several in a wake-up. */
const GROUP_MS = 200;

interface State {
  pace: Pace;
  /** Dependents that wait for the client, and until when. */
  waiting: { object: AnyObject; at: number }[];
}

export const garbageCollector = defineComponent<State>({
  name: "garbage-collector",
  start: () => ({ pace: createPace(RATE), waiting: [] }),
  watches: KINDS.map(({ kind }) => kind).filter((kind) => kind !== "Event"),
  watchDelayMs: (context) => 20 + 60 * nextFloat(context.random),
  onChanges(context, state, changes) {
    for (const change of changes) collect(context, state, change);
  },
  timers: {
    goOn(context, state) {
      const due = state.waiting.findIndex(({ at }) => at > context.now);
      const ready = state.waiting.splice(0, due < 0 ? state.waiting.length : due);
      wakeForNext(context, state);
      for (const { object } of ready) carryOut(context, current(context, object));
    },
  },
});

function wakeForNext(context: Context, { waiting }: State): void {
  const [next, last] = [waiting[0], waiting.at(-1)];
  if (!next || !last) return;
  context.after(Math.min(last.at, Math.max(next.at, context.now + GROUP_MS)) - context.now, "goOn");
}

function collect(context: Context, state: State, change: Change): void {
  const { object, old, type } = change;
  const { metadata } = object;
  if (type === "DELETED") {
    for (const dependent of context.api.listOwned(metadata.uid)) attemptToDelete(context, state, dependent);
    for (const reference of metadata.ownerReferences ?? []) {
      const owner = ownerOf(context, object, reference);
      if (owner && hasFinalizer(owner, FOREGROUND)) finishForeground(context, owner);
    }
    return;
  }
  if (metadata.deletionTimestamp !== undefined && metadata.finalizers) {
    if (hasFinalizer(object, ORPHAN)) setFree(context, current(context, object));
    else if (hasFinalizer(object, FOREGROUND)) deleteDependents(context, state, current(context, object));
  }
  if (metadata.ownerReferences && metadata.ownerReferences !== old?.metadata.ownerReferences) {
    attemptToDelete(context, state, current(context, object));
  }
}

function current(context: Context, object: AnyObject): AnyObject | undefined {
  const { namespace, name, uid } = object.metadata;
  const found = context.api.get(object.kind as KindName, namespace, name);
  return found?.metadata.uid === uid ? found : undefined;
}

function hasFinalizer(object: AnyObject, finalizer: string): boolean {
  return object.metadata.finalizers?.includes(finalizer) ?? false;
}

/** The owner with that very uid. Owners of kinds that the API server does not know are taken to exist. */
function ownerOf(context: Context, dependent: AnyObject, reference: OwnerReference): AnyObject | undefined {
  const namespaced = NAMESPACED.get(reference.kind);
  if (namespaced === undefined) return undefined;
  const namespace = namespaced ? dependent.metadata.namespace : undefined;
  const owner = context.api.get(reference.kind as KindName, namespace, reference.name);
  return owner?.metadata.uid === reference.uid ? owner : undefined;
}

/** What a dependent's owners leave it: to go, before its own dependents or after them, or fewer references. */
interface Fate {
  solid: OwnerReference[];
  waiting: boolean;
}

/** Undefined for what stays as it is. */
function fateOf(context: Context, dependent: AnyObject): Fate | undefined {
  const references = dependent.metadata.ownerReferences ?? [];
  if (references.length === 0 || dependent.metadata.deletionTimestamp !== undefined) return undefined;
  const solid: OwnerReference[] = [];
  let waiting = false;
  for (const reference of references) {
    const owner = ownerOf(context, dependent, reference);
    if (!NAMESPACED.has(reference.kind)) solid.push(reference);
    else if (!owner) continue;
    else if (isWaitingFor(owner, reference)) waiting = true;
    else solid.push(reference);
  }
  return solid.length === references.length ? undefined : { solid, waiting };
}

/** At once, or when the client may. */
function attemptToDelete(context: Context, state: State, dependent: AnyObject | undefined): void {
  if (!dependent || !fateOf(context, dependent)) return;
  const at = reserve(state.pace, RATE, context.now, REQUESTS);
  if (at <= context.now && state.waiting.length === 0) {
    carryOut(context, dependent);
    return;
  }
  state.waiting.push({ object: dependent, at });
  if (state.waiting.length === 1) wakeForNext(context, state);
}

function carryOut(context: Context, dependent: AnyObject | undefined): void {
  const fate = dependent && fateOf(context, dependent);
  if (!fate) return;
  if (fate.solid.length > 0) {
    writeReferences(context, dependent, fate.solid);
    return;
  }
  const foreground = fate.waiting && context.api.listOwned(dependent.metadata.uid).length > 0;
  const { namespace, name, uid } = dependent.metadata;
  context.api.delete(dependent.kind as KindName, namespace, name, {
    uid,
    ...(foreground ? { propagationPolicy: "Foreground" } : {}),
  });
}

function isWaitingFor(owner: AnyObject, reference: OwnerReference): boolean {
  const deleting = owner.metadata.deletionTimestamp !== undefined && hasFinalizer(owner, FOREGROUND);
  return deleting && reference.blockOwnerDeletion === true;
}

function deleteDependents(context: Context, state: State, owner: AnyObject | undefined): void {
  if (!owner) return;
  for (const dependent of context.api.listOwned(owner.metadata.uid))
    attemptToDelete(context, state, dependent);
  finishForeground(context, owner);
}

/** The owner goes when nothing is left that blocks it. */
function finishForeground(context: Context, owner: AnyObject): void {
  const { uid } = owner.metadata;
  const blocked = context.api
    .listOwned(uid)
    .some((dependent) =>
      dependent.metadata.ownerReferences?.some((item) => item.uid === uid && item.blockOwnerDeletion),
    );
  if (!blocked) dropFinalizer(context, owner, FOREGROUND);
}

function setFree(context: Context, owner: AnyObject | undefined): void {
  if (!owner) return;
  const { uid } = owner.metadata;
  for (const dependent of context.api.listOwned(uid)) {
    const others = (dependent.metadata.ownerReferences ?? []).filter((reference) => reference.uid !== uid);
    writeReferences(context, dependent, others);
  }
  dropFinalizer(context, owner, ORPHAN);
}

function writeReferences(context: Context, dependent: AnyObject, references: OwnerReference[]): void {
  const { ownerReferences: _, ...metadata } = dependent.metadata;
  rewrite(
    context,
    dependent,
    references.length > 0 ? { ...metadata, ownerReferences: references } : metadata,
  );
}

function dropFinalizer(context: Context, owner: AnyObject, finalizer: string): void {
  const { finalizers = [], ...metadata } = owner.metadata;
  const others = finalizers.filter((item) => item !== finalizer);
  rewrite(context, owner, others.length > 0 ? { ...metadata, finalizers: others } : metadata);
}

function rewrite(context: Context, object: AnyObject, metadata: AnyObject["metadata"]): void {
  context.api.update(object.kind as KindName, { ...object, metadata } as AnyObject);
}
