// Which pods belong to which controller: the keys of pods by the uid of their controlling owner, and the orphans of
// each namespace. Objects themselves are read from the API server when they are needed.
import type { Pod } from "#api/pod/types";
import type { Change, Context } from "../../machine/component.ts";
import { controllerOf, keyOf, splitKey } from "../owners.ts";

export interface PodIndex {
  byOwner: Map<string, Set<string>>;
  /** Keys of pods without a controller, by namespace. */
  orphans: Map<string, Set<string>>;
}

export function createPodIndex(): PodIndex {
  return { byOwner: new Map(), orphans: new Map() };
}

function add(sets: Map<string, Set<string>>, bucket: string, key: string): void {
  const set = sets.get(bucket);
  if (set) set.add(key);
  else sets.set(bucket, new Set([key]));
}

function remove(sets: Map<string, Set<string>>, bucket: string, key: string): void {
  const set = sets.get(bucket);
  if (set?.delete(key) && set.size === 0) sets.delete(bucket);
}

export function indexPod(index: PodIndex, pod: Pod): void {
  const owner = controllerOf(pod);
  if (owner) add(index.byOwner, owner.uid, keyOf(pod));
  else add(index.orphans, pod.metadata.namespace ?? "", keyOf(pod));
}

export function unindexPod(index: PodIndex, pod: Pod): void {
  const owner = controllerOf(pod);
  if (owner) remove(index.byOwner, owner.uid, keyOf(pod));
  else remove(index.orphans, pod.metadata.namespace ?? "", keyOf(pod));
}

export function applyPodChange(index: PodIndex, change: Change & { object: Pod; old?: Pod }): void {
  if (change.old && change.old.metadata.ownerReferences !== change.object.metadata.ownerReferences) {
    unindexPod(index, change.old);
  }
  if (change.type === "DELETED") unindexPod(index, change.object);
  else indexPod(index, change.object);
}

function read(context: Context, keys: Iterable<string> | undefined): Pod[] {
  const pods: Pod[] = [];
  for (const key of keys ?? []) {
    const pod = context.api.get("Pod", ...splitKey(key));
    if (pod) pods.push(pod);
  }
  return pods;
}

/** Pods whose controller has this uid, as the API server knows them now. */
export function podsOf(context: Context, index: PodIndex, ownerUid: string): Pod[] {
  return read(context, index.byOwner.get(ownerUid)).filter((pod) => controllerOf(pod)?.uid === ownerUid);
}

export function orphansOf(context: Context, index: PodIndex, namespace: string): Pod[] {
  return read(context, index.orphans.get(namespace)).filter((pod) => !controllerOf(pod));
}
