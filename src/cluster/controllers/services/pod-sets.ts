// Which pods each Service selects, kept up to date change by change, so that one pod's change costs only the Services
// of its namespace. The Endpoints and the EndpointSlice controller each hold one.
import { conditionOf } from "#api/conditions";
import type { Pod } from "#api/pod/types";
import { matchesLabels } from "#api/selectors";
import type { Service } from "#api/service/types";
import { deepEqual } from "#base/json";
import { isKind, type Change, type Context } from "../../machine/component.ts";
import { keyOf, splitKey } from "../keys.ts";

interface Selected {
  selector: Record<string, string>;
  /** Names of pods whose labels match. */
  pods: Set<string>;
}

/** Services with a selector, by namespace, then by key. */
export type PodSets = Map<string, Map<string, Selected>>;

/** Applies a batch of changes and returns the keys of the Services whose endpoints may have changed. */
export function applyToPodSets(context: Context, sets: PodSets, changes: readonly Change[]): Set<string> {
  const dirty = new Set<string>();
  for (const change of changes) {
    if (isKind(change, "Service")) {
      applyService(context, sets, change.object, change.type === "DELETED");
      dirty.add(keyOf(change.object));
    } else if (isKind(change, "Pod")) applyPod(sets, change, dirty);
  }
  return dirty;
}

function applyService(context: Context, sets: PodSets, service: Service, deleted: boolean): void {
  const namespace = service.metadata.namespace ?? "";
  const key = keyOf(service);
  const services = sets.get(namespace) ?? new Map<string, Selected>();
  sets.set(namespace, services);
  const { selector } = service.spec;
  if (deleted || !selector || Object.keys(selector).length === 0) {
    services.delete(key);
    return;
  }
  if (deepEqual(services.get(key)?.selector, selector)) return;
  // As if they had come one after the other.
  const pods = [...context.api.list("Pod", { namespace, labels: selector })].sort(
    (a, b) => Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion),
  );
  services.set(key, { selector, pods: new Set(pods.map(({ metadata }) => metadata.name)) });
}

function applyPod(sets: PodSets, change: Change & { object: Pod; old?: Pod }, dirty: Set<string>): void {
  const services = sets.get(change.object.metadata.namespace ?? "");
  if (!services || services.size === 0) return;
  const { name, labels } = change.object.metadata;
  const gone = change.type === "DELETED";
  const relevant = gone || !change.old || differs(change.old, change.object);
  if (!relevant) return;
  for (const [service, selected] of services) {
    const matches = !gone && matchesLabels(selected.selector, labels);
    if (matches) selected.pods.add(name);
    else if (!selected.pods.delete(name)) continue;
    dirty.add(service);
  }
}

/** Does the change touch anything that endpoints show? */
function differs(old: Pod, pod: Pod): boolean {
  if (old.metadata.labels !== pod.metadata.labels && !deepEqual(old.metadata.labels, pod.metadata.labels))
    return true;
  return (
    old.status.podIP !== pod.status.podIP ||
    old.status.phase !== pod.status.phase ||
    old.spec.nodeName !== pod.spec.nodeName ||
    old.metadata.deletionTimestamp !== pod.metadata.deletionTimestamp ||
    old.metadata.uid !== pod.metadata.uid ||
    conditionOf(old.status.conditions, "Ready")?.status !==
      conditionOf(pod.status.conditions, "Ready")?.status
  );
}

/** The Service's pods as the API server knows them now. */
export function podsOfService(context: Context, sets: PodSets, key: string): Pod[] {
  const pods: Pod[] = [];
  const [namespace] = splitKey(key);
  for (const name of sets.get(namespace)?.get(key)?.pods ?? []) {
    const found = context.api.get("Pod", namespace, name);
    if (found) pods.push(found);
  }
  return pods;
}

/** In the order of their addresses, which the set keeps: what is in order already is not sorted again. */
export function podsByAddress(context: Context, sets: PodSets, key: string): Pod[] {
  const pods = podsOfService(context, sets, key);
  for (let index = 1; index < pods.length; index++) {
    if (byAddress(pods[index - 1]!, pods[index]!) <= 0) continue;
    pods.sort(byAddress);
    const selected = sets.get(splitKey(key)[0])?.get(key);
    if (selected) selected.pods = new Set(pods.map(({ metadata }) => metadata.name));
    return pods;
  }
  return pods;
}

function byAddress({ status: { podIP: a = "" } }: Pod, { status: { podIP: b = "" } }: Pod): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
