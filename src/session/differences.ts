// What a batch says was made or changed on purpose: read from the watch that the worker recorded, told to whoever wants
// to show it. Status, which the cluster writes by itself all the time, is no difference.
import type { AnyObject, KindName } from "#api/kinds";
import { deepEqual, isObject } from "#base/json";
import type { Batch } from "./protocol.ts";
import type { Projection } from "./store.ts";

export interface Difference {
  kind: KindName;
  /** "namespace/name" or "name". */
  key: string;
  what: "appeared" | "changed";
}

type Objects = Projection["objects"];

/** Bookkeeping of the cluster's own. */
const UNTOLD: ReadonlySet<KindName> = new Set<KindName>(["Event", "EndpointSlice", "Endpoints"]);

/** Pure; `before` is what the page knew when the batch came. */
export function differencesOf(before: Objects, batch: Batch): Difference[] {
  // A page that has just been filled shows nothing new.
  if (batch.reset) return [];
  const differences: Difference[] = [];
  for (const { type, kind, key, object } of batch.changes) {
    if (type === "delete" || !object || UNTOLD.has(kind)) continue;
    const old = (before[kind] as ReadonlyMap<string, AnyObject> | undefined)?.get(key);
    if (!old || old.metadata.uid !== object.metadata.uid) differences.push({ kind, key, what: "appeared" });
    else if (isChanged(old, object)) differences.push({ kind, key, what: "changed" });
  }
  return differences;
}

function isChanged(old: AnyObject, now: AnyObject): boolean {
  if (old.metadata.deletionTimestamp !== now.metadata.deletionTimestamp) return false;
  return !deepEqual(intent(old), intent(now));
}

/** What somebody wants of an object. Which node a pod was given, and a rollout's count, come from the cluster. */
function intent(object: AnyObject): Record<string, unknown> {
  const { metadata, status: _, ...rest } = object as AnyObject & { status?: unknown };
  const { "deployment.kubernetes.io/revision": __, ...annotations } = metadata.annotations ?? {};
  const spec = (rest as { spec?: unknown }).spec;
  const wanted = isObject(spec) && "nodeName" in spec ? { ...spec, nodeName: undefined } : spec;
  return { ...rest, spec: wanted, labels: metadata.labels ?? {}, annotations };
}

const listeners = new Set<(differences: readonly Difference[]) => void>();

export function onDifferences(listener: (differences: readonly Difference[]) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Called by cluster-link with each batch, after the projection has it. */
export function tellDifferences(before: Objects, batch: Batch): void {
  if (listeners.size === 0) return;
  const differences = differencesOf(before, batch);
  if (differences.length > 0) for (const listener of listeners) listener(differences);
}
