// Topology spread: the pod's own constraints, or else the cluster's defaults, which spread the pods of one workload or
// Service over nodes and zones.
// Kubernetes: pkg/scheduler/framework/plugins/podtopologyspread (v1.35)
import type { LabelSelector } from "#api/meta";
import type { Node } from "#api/node/types";
import { controllerOf } from "#api/owners";
import type { Pod, TopologySpreadConstraint } from "#api/pod/types";
import { matchesLabels, matchesLabelSelector } from "#api/selectors";
import type { Context } from "../machine/component.ts";
import { matchingByNode, type Cache } from "./cache.ts";
import { nodeMatches } from "./node-affinity.ts";

const HOSTNAME = "kubernetes.io/hostname";
const ZONE = "topology.kubernetes.io/zone";

export interface SpreadScorer {
  constraints: { constraint: TopologySpreadConstraint; counts: Map<string, number>; weight: number }[];
  /** Nodes without all of the labels get no points. */
  requireAll: boolean;
}

/** Matching pods by the value of the topology label, over the nodes that the pod may use. */
function countsByValue(
  cache: Cache,
  pod: Pod,
  constraint: TopologySpreadConstraint,
  nodes: Iterable<Node>,
): Map<string, number> {
  const namespace = pod.metadata.namespace ?? "";
  const byNode = matchingByNode(cache, [namespace], constraint.labelSelector ?? { matchExpressions: [] });
  const counts = new Map<string, number>();
  for (const node of nodes) {
    const value = node.metadata.labels?.[constraint.topologyKey];
    if (value === undefined || !nodeMatches(pod, node)) continue;
    counts.set(value, (counts.get(value) ?? 0) + (byNode.get(node.metadata.name) ?? 0));
  }
  return counts;
}

function allNodes(cache: Cache): Node[] {
  return [...cache.nodes.values()].map((info) => info.node);
}

export interface HardConstraint {
  constraint: TopologySpreadConstraint;
  counts: Map<string, number>;
  least: number;
  /** 1 if the pod matches its own constraint. */
  self: number;
}

export function hardConstraints(cache: Cache, pod: Pod): HardConstraint[] {
  return (pod.spec.topologySpreadConstraints ?? [])
    .filter((constraint) => constraint.whenUnsatisfiable === "DoNotSchedule")
    .map((constraint) => {
      const counts = countsByValue(cache, pod, constraint, allNodes(cache));
      const least = counts.size > 0 ? Math.min(...counts.values()) : 0;
      const self = matchesLabelSelector(constraint.labelSelector, pod.metadata.labels) ? 1 : 0;
      return { constraint, counts, least, self };
    });
}

export type SpreadFailure = "missingLabel" | "skew";

export function spreadFailure(hard: readonly HardConstraint[], node: Node): SpreadFailure | undefined {
  for (const { constraint, counts, least, self } of hard) {
    const value = node.metadata.labels?.[constraint.topologyKey];
    if (value === undefined) return "missingLabel";
    if ((counts.get(value) ?? 0) + self - least > constraint.maxSkew) return "skew";
  }
  return undefined;
}

export function spreadScorer(
  context: Context,
  cache: Cache,
  pod: Pod,
  feasible: readonly Node[],
): SpreadScorer {
  const own = pod.spec.topologySpreadConstraints ?? [];
  const requireAll = own.length > 0;
  const soft = requireAll
    ? own.filter((constraint) => constraint.whenUnsatisfiable === "ScheduleAnyway")
    : defaultConstraints(context, pod);
  const constraints = soft.map((constraint) => {
    const counts = countsByValue(cache, pod, constraint, allNodes(cache));
    const values = new Set(feasible.map((node) => node.metadata.labels?.[constraint.topologyKey] ?? ""));
    return { constraint, counts, weight: Math.log(values.size + 2) };
  });
  return { constraints, requireAll };
}

/** The fewer the better; undefined for a node without the labels. */
export function spreadScore(scorer: SpreadScorer, node: Node): number | undefined {
  let score = 0;
  for (const { constraint, counts, weight } of scorer.constraints) {
    const value = node.metadata.labels?.[constraint.topologyKey];
    if (value === undefined) {
      if (scorer.requireAll) return undefined;
      continue;
    }
    score += (counts.get(value) ?? 0) * weight + constraint.maxSkew - 1;
  }
  return Math.round(score);
}

function defaultConstraints(context: Context, pod: Pod): TopologySpreadConstraint[] {
  const labelSelector = defaultSelector(context, pod);
  if (!labelSelector) return [];
  const whenUnsatisfiable = "ScheduleAnyway";
  return [
    { maxSkew: 3, topologyKey: HOSTNAME, whenUnsatisfiable, labelSelector },
    { maxSkew: 5, topologyKey: ZONE, whenUnsatisfiable, labelSelector },
  ];
}

/** What the pod's Services and its controller select, all of it together. */
// Kubernetes: pkg/scheduler/framework/plugins/helper/spread.go (v1.35)
function defaultSelector(context: Context, pod: Pod): LabelSelector | undefined {
  const namespace = pod.metadata.namespace;
  const matchLabels: Record<string, string> = {};
  for (const service of context.api.list("Service", namespace === undefined ? {} : { namespace })) {
    const { selector } = service.spec;
    if (!selector || Object.keys(selector).length === 0) continue;
    if (matchesLabels(selector, pod.metadata.labels)) Object.assign(matchLabels, selector);
  }
  const owner = controllerOf(pod);
  let expressions: LabelSelector["matchExpressions"];
  if (owner?.kind === "ReplicaSet") {
    const selector = context.api.get("ReplicaSet", namespace, owner.name)?.spec.selector;
    Object.assign(matchLabels, selector?.matchLabels);
    expressions = selector?.matchExpressions;
  } else if (owner?.kind === "ReplicationController") {
    Object.assign(
      matchLabels,
      context.api.get("ReplicationController", namespace, owner.name)?.spec.selector,
    );
  }
  if (Object.keys(matchLabels).length === 0 && !expressions?.length) return undefined;
  return { matchLabels, ...(expressions?.length && { matchExpressions: expressions }) };
}
