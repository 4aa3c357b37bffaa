// Inter-pod affinity and anti-affinity: pods that want to be, or not to be, in a zone or on a node with others.
// Kubernetes: pkg/scheduler/framework/plugins/interpodaffinity (v1.35)
import type { Node } from "#api/node/types";
import type { Pod } from "#api/pod/types";
import { matchesLabelSelector } from "#api/selectors";
import { affinityOf, type PodTerm } from "./affinity-types.ts";
import { matchingByNode, type Cache } from "./cache.ts";

// Simplified: a namespaceSelector, whatever it says, means all namespaces that have pods.
function namespacesOf(cache: Cache, term: PodTerm, pod: Pod): string[] {
  if (term.namespaceSelector) {
    const all = new Set([...cache.placed.values()].map((placed) => placed.pod.metadata.namespace ?? ""));
    return [...all].sort();
  }
  return term.namespaces && term.namespaces.length > 0 ? term.namespaces : [pod.metadata.namespace ?? ""];
}

/** Matching pods in the node's domain; undefined if the node has no such label. */
function inDomain(cache: Cache, term: PodTerm, pod: Pod, node: Node): number | undefined {
  const value = node.metadata.labels?.[term.topologyKey];
  if (value === undefined) return undefined;
  let sum = 0;
  for (const [name, count] of matchingByNode(
    cache,
    namespacesOf(cache, term, pod),
    term.labelSelector ?? {},
  )) {
    if (cache.nodes.get(name)?.node.metadata.labels?.[term.topologyKey] === value) sum += count;
  }
  return sum;
}

export type AffinityFailure = "affinity" | "antiAffinity" | "existingAntiAffinity";

export function affinityFailure(cache: Cache, pod: Pod, node: Node): AffinityFailure | undefined {
  const affinity = affinityOf(pod);
  const required = affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  const anti = affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  if (!required.every((term) => affinityMet(cache, term, pod, node, required))) return "affinity";
  if (anti.some((term) => (inDomain(cache, term, pod, node) ?? 0) > 0)) return "antiAffinity";
  return existingRefuse(cache, pod, node) ? "existingAntiAffinity" : undefined;
}

/** The first pod of a group that wants to be together may go anywhere. */
function affinityMet(cache: Cache, term: PodTerm, pod: Pod, node: Node, all: readonly PodTerm[]): boolean {
  const count = inDomain(cache, term, pod, node);
  if (count === undefined) return false;
  if (count > 0) return true;
  const nobody = all.every((item) => {
    const matching = matchingByNode(cache, namespacesOf(cache, item, pod), item.labelSelector ?? {});
    return [...matching.values()].every((value) => value === 0);
  });
  return nobody && all.every((item) => selects(cache, item, pod, pod));
}

function selects(cache: Cache, term: PodTerm, owner: Pod, pod: Pod): boolean {
  return (
    namespacesOf(cache, term, owner).includes(pod.metadata.namespace ?? "") &&
    matchesLabelSelector(term.labelSelector ?? {}, pod.metadata.labels)
  );
}

function existingRefuse(cache: Cache, pod: Pod, node: Node): boolean {
  for (const key of cache.antiAffine) {
    const placed = cache.placed.get(key)!;
    const there = cache.nodes.get(placed.node)?.node.metadata.labels;
    const terms =
      affinityOf(placed.pod)?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
    for (const term of terms) {
      const value = there?.[term.topologyKey];
      if (value === undefined || node.metadata.labels?.[term.topologyKey] !== value) continue;
      if (selects(cache, term, placed.pod, pod)) return true;
    }
  }
  return false;
}

/** The sum of the weights of preferred terms that the node's domain meets; anti-affinity counts against it. */
// Simplified: what the pods that are already there would prefer does not count.
export function affinityScore(cache: Cache, pod: Pod, node: Node): number {
  const affinity = affinityOf(pod);
  const sum = (terms: { weight: number; podAffinityTerm: PodTerm }[] | undefined): number =>
    (terms ?? []).reduce(
      (total, item) => total + item.weight * (inDomain(cache, item.podAffinityTerm, pod, node) ?? 0),
      0,
    );
  return (
    sum(affinity?.podAffinity?.preferredDuringSchedulingIgnoredDuringExecution) -
    sum(affinity?.podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution)
  );
}
