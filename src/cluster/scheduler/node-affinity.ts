// Node selectors and node affinity, taints and tolerations: what a node's labels and taints say to a pod.
// Kubernetes: staging/src/k8s.io/component-helpers/scheduling/corev1/nodeaffinity (v1.35)
import type { Node, Taint } from "#api/node/types";
import type { Pod, Toleration } from "#api/pod/types";
import { matchesLabels } from "#api/selectors";
import { affinityOf, type NodeRequirement, type NodeTerm } from "./affinity-types.ts";
import { covers } from "../controllers/taints.ts";

/** nodeSelector and required node affinity. */
export function nodeMatches(pod: Pod, node: Node): boolean {
  if (pod.spec.nodeSelector && !matchesLabels(pod.spec.nodeSelector, node.metadata.labels)) return false;
  const required = affinityOf(pod)?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return !required || required.nodeSelectorTerms.some((term) => meetsTerm(term, node));
}

/** The only nodes that can be meant where every term goes by name; undefined if one of them does not. */
export function namedNodes(pod: Pod): Set<string> | undefined {
  const required = affinityOf(pod)?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  if (!required) return undefined;
  const names = new Set<string>();
  for (const { matchFields = [] } of required.nodeSelectorTerms) {
    const named = matchFields.filter(({ key, operator }) => key === "metadata.name" && operator === "In");
    if (named.length === 0) return undefined;
    const [first, ...others] = named.map(({ values = [] }) => values);
    for (const name of first!) if (others.every((list) => list.includes(name))) names.add(name);
  }
  return names;
}

/** Terms without any requirement match nothing. */
export function meetsTerm(term: NodeTerm, node: Node): boolean {
  const expressions = term.matchExpressions ?? [];
  const fields = term.matchFields ?? [];
  if (expressions.length + fields.length === 0) return false;
  return (
    expressions.every((item) => meets(item, node.metadata.labels?.[item.key])) &&
    fields.every((item) => meets(item, item.key === "metadata.name" ? node.metadata.name : undefined))
  );
}

function meets(requirement: NodeRequirement, value: string | undefined): boolean {
  const values = requirement.values ?? [];
  switch (requirement.operator) {
    case "In":
      return value !== undefined && values.includes(value);
    case "NotIn":
      return value === undefined || !values.includes(value);
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    case "Gt":
      return value !== undefined && Number(value) > Number(values[0]);
    case "Lt":
      return value !== undefined && Number(value) < Number(values[0]);
  }
}

export function tolerates(tolerations: readonly Toleration[] | undefined, taint: Taint): boolean {
  return (tolerations ?? []).some((toleration) => covers(toleration, taint));
}

export function untoleratedTaint(pod: Pod, node: Node): Taint | undefined {
  return (node.spec.taints ?? []).find(
    (taint) => taint.effect !== "PreferNoSchedule" && !tolerates(pod.spec.tolerations, taint),
  );
}
