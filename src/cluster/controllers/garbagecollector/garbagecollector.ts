// The garbage collector: what an owner leaves behind is deleted after it (background), before it (foreground), or set
// free (orphan).
// Kubernetes: pkg/controller/garbagecollector/garbagecollector.go (v1.35)
import { KINDS } from "#api/registry";
import { nextFloat } from "#base/random";
import type { AnyObject, KindName } from "#api/kinds";
import type { OwnerReference } from "#api/meta";
import { defineComponent, type Change, type Context } from "../../machine/component.ts";

const FOREGROUND = "foregroundDeletion";
const ORPHAN = "orphan";

const NAMESPACED = new Map(KINDS.map(({ kind, namespaced }) => [kind as string, namespaced]));

export const garbageCollector = defineComponent<Record<string, never>>({
  name: "garbage-collector",
  start: () => ({}),
  watches: KINDS.map(({ kind }) => kind).filter((kind) => kind !== "Event"),
  watchDelayMs: (context) => 20 + 60 * nextFloat(context.random),
  onChanges(context, _state, changes) {
    for (const change of changes) collect(context, change);
  },
});

function collect(context: Context, change: Change): void {
  const { object, old, type } = change;
  const { metadata } = object;
  if (type === "DELETED") {
    for (const dependent of context.api.listOwned(metadata.uid)) attemptToDelete(context, dependent);
    for (const reference of metadata.ownerReferences ?? []) {
      const owner = ownerOf(context, object, reference);
      if (owner && hasFinalizer(owner, FOREGROUND)) finishForeground(context, owner);
    }
    return;
  }
  if (metadata.deletionTimestamp !== undefined && metadata.finalizers) {
    if (hasFinalizer(object, ORPHAN)) setFree(context, current(context, object));
    else if (hasFinalizer(object, FOREGROUND)) deleteDependents(context, current(context, object));
  }
  if (metadata.ownerReferences && metadata.ownerReferences !== old?.metadata.ownerReferences) {
    attemptToDelete(context, current(context, object));
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

function attemptToDelete(context: Context, dependent: AnyObject | undefined): void {
  const references = dependent?.metadata.ownerReferences ?? [];
  if (!dependent || references.length === 0 || dependent.metadata.deletionTimestamp !== undefined) return;
  const solid: OwnerReference[] = [];
  let waiting = false;
  for (const reference of references) {
    const owner = ownerOf(context, dependent, reference);
    if (!NAMESPACED.has(reference.kind)) solid.push(reference);
    else if (!owner) continue;
    else if (isWaitingFor(owner, reference)) waiting = true;
    else solid.push(reference);
  }
  if (solid.length === references.length) return;
  if (solid.length > 0) {
    writeReferences(context, dependent, solid);
    return;
  }
  const foreground = waiting && context.api.listOwned(dependent.metadata.uid).length > 0;
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

function deleteDependents(context: Context, owner: AnyObject | undefined): void {
  if (!owner) return;
  for (const dependent of context.api.listOwned(owner.metadata.uid)) attemptToDelete(context, dependent);
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
