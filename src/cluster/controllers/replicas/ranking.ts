// Which pods go first when there are too many.
// Kubernetes: pkg/controller/controller_utils.go, ActivePodsWithRanks (v1.35)
import { parseRfc3339 } from "#base/time";
import type { Pod } from "#api/pod/types";
import { conditionOf, isReady } from "../pod-conditions.ts";

const DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";
const PHASES: Record<string, number> = { Pending: 0, Unknown: 1, Running: 2 };

interface Ranked {
  pod: Pod;
  /** Active pods of the same workload on its node: crowded ones go first. */
  crowd: number;
}

/** The pods, the first to be deleted first. `related` are all active pods of the workload, siblings' included. */
export function rankForDeletion(pods: readonly Pod[], related: readonly Pod[], timestamp: string): Pod[] {
  const perNode = new Map<string, number>();
  for (const pod of related) {
    const node = pod.spec.nodeName ?? "";
    perNode.set(node, (perNode.get(node) ?? 0) + 1);
  }
  const now = parseRfc3339(timestamp) ?? 0;
  return pods
    .map((pod): Ranked => ({ pod, crowd: perNode.get(pod.spec.nodeName ?? "") ?? 0 }))
    .sort((a, b) => compare(a, b, now))
    .map((ranked) => ranked.pod);
}

function compare(a: Ranked, b: Ranked, now: number): number {
  const bothReady = isReady(a.pod) && isReady(b.pod);
  return (
    Number(a.pod.spec.nodeName !== undefined) - Number(b.pod.spec.nodeName !== undefined) ||
    (PHASES[a.pod.status.phase] ?? 0) - (PHASES[b.pod.status.phase] ?? 0) ||
    Number(isReady(a.pod)) - Number(isReady(b.pod)) ||
    deletionCost(a.pod) - deletionCost(b.pod) ||
    b.crowd - a.crowd ||
    (bothReady ? compareAges(readySince(a.pod), readySince(b.pod), a.pod, b.pod, now) : 0) ||
    restarts(b.pod) - restarts(a.pod) ||
    compareAges(a.pod.metadata.creationTimestamp, b.pod.metadata.creationTimestamp, a.pod, b.pod, now) ||
    compareText(a.pod.metadata.uid, b.pod.metadata.uid)
  );
}

/** Younger first; ages of the same magnitude count as equal, and then the uid decides. */
function compareAges(
  a: string | undefined,
  b: string | undefined,
  podA: Pod,
  podB: Pod,
  now: number,
): number {
  if (a === b) return 0;
  const difference = magnitude(a, now) - magnitude(b, now);
  return difference || compareText(podA.metadata.uid, podB.metadata.uid);
}

function magnitude(timestamp: string | undefined, now: number): number {
  const age = now - (parseRfc3339(timestamp ?? "") ?? now);
  return age <= 0 ? -1 : Math.floor(Math.log2(age * 1e6));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function deletionCost(pod: Pod): number {
  const text = pod.metadata.annotations?.[DELETION_COST];
  return text !== undefined && /^[+-]?\d+$/.test(text) ? Number(text) : 0;
}

function readySince(pod: Pod): string | undefined {
  return conditionOf(pod.status.conditions, "Ready")?.lastTransitionTime;
}

function restarts(pod: Pod): number {
  return Math.max(0, ...(pod.status.containerStatuses ?? []).map((status) => status.restartCount));
}
