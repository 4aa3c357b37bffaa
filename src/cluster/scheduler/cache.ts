// What the scheduler knows of nodes and of the pods on them: sums that change with each pod, never recounted.
import type { LabelSelector } from "#api/meta";
import type { Node } from "#api/node/types";
import { hasEnded } from "#api/pod/lifecycle";
import type { Pod } from "#api/pod/types";
import { matchesLabelSelector } from "#api/selectors";
import { keyOf } from "../controllers/keys.ts";
import { affinityOf } from "./affinity-types.ts";
import { requestsOf, resourcesOf, type HostPort, type PodRequests, type Resources } from "./requests.ts";

export interface NodeSums {
  requested: Resources;
  scored: { cpu: number; memory: number };
  pods: number;
  hostPorts: HostPort[];
}

export interface NodeInfo {
  node: Node;
  allocatable: Resources;
}

interface Placed {
  node: string;
  pod: Pod;
  requests: PodRequests;
}

/** How many pods of these namespaces match the selector, by node. Counted once, then kept up to date. */
export interface Counter {
  namespaces: string[];
  selector: LabelSelector;
  byNode: Map<string, number>;
}

export interface Cache {
  nodes: Map<string, NodeInfo>;
  sums: Map<string, NodeSums>;
  placed: Map<string, Placed>;
  /** Keys of placed pods with required anti-affinity. */
  antiAffine: Set<string>;
  counters: Map<string, Counter>;
  /** Rises with everything that may let a pod fit that did not. */
  version: number;
}

const MAX_COUNTERS = 200;

export function createCache(): Cache {
  return {
    nodes: new Map(),
    sums: new Map(),
    placed: new Map(),
    antiAffine: new Set(),
    counters: new Map(),
    version: 0,
  };
}

export function putNode(cache: Cache, node: Node): void {
  cache.nodes.set(node.metadata.name, { node, allocatable: resourcesOf(node.status.allocatable) });
  cache.version++;
}

export function dropNode(cache: Cache, name: string): void {
  cache.nodes.delete(name);
  cache.version++;
}

export function sumsOf(cache: Cache, node: string): NodeSums {
  let sums = cache.sums.get(node);
  if (!sums) {
    sums = { requested: {}, scored: { cpu: 0, memory: 0 }, pods: 0, hostPorts: [] };
    cache.sums.set(node, sums);
  }
  return sums;
}

/** Takes in a pod's present state: where it stands, or that it stands nowhere; `known` is what it asks for. */
export function putPod(cache: Cache, pod: Pod, known?: PodRequests): void {
  const key = keyOf(pod);
  const before = cache.placed.get(key);
  const node = hasEnded(pod) ? undefined : pod.spec.nodeName;
  if (before && before.node === node && before.pod.metadata.uid === pod.metadata.uid) {
    const { labels, deletionTimestamp } = before.pod.metadata;
    if (labels !== pod.metadata.labels || deletionTimestamp !== pod.metadata.deletionTimestamp) {
      recount(cache, before.pod, pod, before.node);
    }
    before.pod = pod;
    return;
  }
  dropPod(cache, key);
  if (node === undefined || node === "") return;
  const requests = known ?? requestsOf(pod);
  cache.placed.set(key, { node, pod, requests });
  account(sumsOf(cache, node), requests, 1);
  count(cache, pod, node, 1);
  const anti = affinityOf(pod)?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  if (anti && anti.length > 0) cache.antiAffine.add(key);
}

export function dropPod(cache: Cache, key: string): void {
  const placed = cache.placed.get(key);
  if (!placed) return;
  cache.placed.delete(key);
  cache.antiAffine.delete(key);
  account(sumsOf(cache, placed.node), placed.requests, -1);
  count(cache, placed.pod, placed.node, -1);
  cache.version++;
}

function account(sums: NodeSums, requests: PodRequests, sign: 1 | -1): void {
  for (const [name, amount] of Object.entries(requests.resources)) {
    sums.requested[name] = (sums.requested[name] ?? 0) + sign * amount;
  }
  sums.scored.cpu += sign * requests.scored.cpu;
  sums.scored.memory += sign * requests.scored.memory;
  sums.pods += sign;
  if (sign === 1) sums.hostPorts.push(...requests.hostPorts);
  else if (requests.hostPorts.length > 0) {
    sums.hostPorts = sums.hostPorts.filter((port) => !requests.hostPorts.includes(port));
  }
}

function counts(counter: Counter, pod: Pod): boolean {
  const inside = counter.namespaces.includes(pod.metadata.namespace ?? "");
  return (
    inside &&
    pod.metadata.deletionTimestamp === undefined &&
    matchesLabelSelector(counter.selector, pod.metadata.labels)
  );
}

function count(cache: Cache, pod: Pod, node: string, sign: 1 | -1): void {
  for (const counter of cache.counters.values()) {
    if (counts(counter, pod)) counter.byNode.set(node, (counter.byNode.get(node) ?? 0) + sign);
  }
}

function recount(cache: Cache, before: Pod, after: Pod, node: string): void {
  count(cache, before, node, -1);
  count(cache, after, node, 1);
  cache.version++;
}

/** Pods by node that match; the first question of its kind looks at all pods, later ones cost nothing. */
export function matchingByNode(
  cache: Cache,
  namespaces: string[],
  selector: LabelSelector,
): Map<string, number> {
  const id = JSON.stringify([namespaces, selector]);
  const known = cache.counters.get(id);
  if (known) return known.byNode;
  if (cache.counters.size >= MAX_COUNTERS) cache.counters.delete(cache.counters.keys().next().value!);
  const counter: Counter = { namespaces, selector, byNode: new Map() };
  for (const { pod, node } of cache.placed.values()) {
    if (counts(counter, pod)) counter.byNode.set(node, (counter.byNode.get(node) ?? 0) + 1);
  }
  cache.counters.set(id, counter);
  return counter.byNode;
}
