// Which pods belong to which controller: those that name its uid, from the API server's index, and the orphans of each
// namespace, which are remembered here.
import { controllerOf } from "#api/owners";
import type { Pod } from "#api/pod/types";
import type { Change, Context } from "../../machine/component.ts";
import { keyOf, splitKey } from "../keys.ts";

/** Keys of pods without a controller, by namespace. */
export type Orphans = Map<string, Set<string>>;

export function noteOrphan(orphans: Orphans, { type, object }: Change & { object: Pod }): void {
  const namespace = object.metadata.namespace ?? "";
  if (type !== "DELETED" && !controllerOf(object)) {
    const keys = orphans.get(namespace);
    if (keys) keys.add(keyOf(object));
    else orphans.set(namespace, new Set([keyOf(object)]));
  } else orphans.get(namespace)?.delete(keyOf(object));
}

/** Pods whose controller has this uid. */
export function podsOf(context: Context, ownerUid: string): Pod[] {
  const pods: Pod[] = [];
  for (const object of context.api.listOwned(ownerUid)) {
    if (object.kind === "Pod" && controllerOf(object)?.uid === ownerUid) pods.push(object);
  }
  return pods;
}

export function orphansOf(context: Context, orphans: Orphans, namespace: string): Pod[] {
  const pods: Pod[] = [];
  for (const key of orphans.get(namespace) ?? []) {
    const pod = context.api.get("Pod", ...splitKey(key));
    if (pod && !controllerOf(pod)) pods.push(pod);
  }
  return pods;
}
