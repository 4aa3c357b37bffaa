// Which nodes can take a pod, and the words for those that cannot. The first filter that says no gives the reason.
// Kubernetes: pkg/scheduler/framework/plugins (v1.35), in the order of the default profile.
import type { Pod } from "#api/pod/types";
import { sumsOf, type Cache, type NodeInfo } from "./cache.ts";
import { nodeMatches, tolerates, untoleratedTaint } from "./node-affinity.ts";
import { affinityFailure } from "./pod-affinity.ts";
import { conflict, type PodRequests } from "./requests.ts";
import { spreadFailure, type HardConstraint } from "./topology-spread.ts";

export interface Rejection {
  reasons: string[];
  /** Evicting other pods could help. */
  preemptable: boolean;
}

const AFFINITY_TEXTS = {
  affinity: "node(s) didn't match pod affinity rules",
  antiAffinity: "node(s) didn't match pod anti-affinity rules",
  existingAntiAffinity: "node(s) didn't satisfy existing pods anti-affinity rules",
} as const;

/** Of nodes that the pod's affinity leaves out by name, before any other is looked at. */
export const NOT_NAMED: Rejection = {
  reasons: ["node(s) didn't satisfy plugin(s) [NodeAffinity]"],
  preemptable: false,
};

const SPREAD = "node(s) didn't match pod topology spread constraints";

export function reject(
  cache: Cache,
  info: NodeInfo,
  pod: Pod,
  requests: PodRequests,
  hard: readonly HardConstraint[],
): Rejection | undefined {
  const { node } = info;
  if (node.spec.unschedulable && !toleratesUnschedulable(pod)) return never("node(s) were unschedulable");
  if (untoleratedTaint(pod, node)) return never("node(s) had untolerated taint(s)");
  if (!nodeMatches(pod, node)) return never("node(s) didn't match Pod's node affinity/selector");
  const sums = sumsOf(cache, node.metadata.name);
  if (requests.hostPorts.some((port) => sums.hostPorts.some((used) => conflict(port, used)))) {
    return perhaps("node(s) didn't have free ports for the requested pod ports");
  }
  const fit = rejectResources(info, requests, sums.pods, sums.requested);
  if (fit) return fit;
  const spread = spreadFailure(hard, node);
  if (spread === "missingLabel") return never(`${SPREAD} (missing required label)`);
  if (spread === "skew") return perhaps(SPREAD);
  const affinity = affinityFailure(cache, pod, node);
  if (!affinity) return undefined;
  return affinity === "affinity" ? never(AFFINITY_TEXTS.affinity) : perhaps(AFFINITY_TEXTS[affinity]);
}

function never(reason: string): Rejection {
  return { reasons: [reason], preemptable: false };
}

function perhaps(reason: string): Rejection {
  return { reasons: [reason], preemptable: true };
}

function toleratesUnschedulable(pod: Pod): boolean {
  return tolerates(pod.spec.tolerations, { key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" });
}

function rejectResources(
  info: NodeInfo,
  requests: PodRequests,
  pods: number,
  requested: Record<string, number>,
): Rejection | undefined {
  const reasons: string[] = [];
  let preemptable = true;
  if (pods + 1 > (info.allocatable["pods"] ?? 0)) reasons.push("Too many pods");
  for (const [name, amount] of Object.entries(requests.resources)) {
    const allocatable = info.allocatable[name] ?? 0;
    if (amount === 0 || amount <= allocatable - (requested[name] ?? 0)) continue;
    reasons.push(`Insufficient ${name}`);
    if (amount > allocatable) preemptable = false;
  }
  return reasons.length > 0 ? { reasons, preemptable } : undefined;
}

/** "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) ... . no new claims to deallocate, preemption: ..." */
export function failureMessage(rejections: readonly Rejection[]): string {
  const total = rejections.length;
  const head = (text: string): string => `0/${total} nodes are available: ${text}.`;
  if (total === 0) return "no nodes available to schedule pods";
  const reasons = histogram(rejections.flatMap((rejection) => rejection.reasons));
  // Simplified: nothing is ever evicted for a pod of higher priority.
  const preemption = histogram(
    rejections.map((rejection) =>
      rejection.preemptable
        ? "No preemption victims found for incoming pod"
        : "Preemption is not helpful for scheduling",
    ),
  );
  return `${head(reasons)} no new claims to deallocate, preemption: ${head(preemption)}`;
}

function histogram(reasons: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .sort()
    .join(", ");
}
