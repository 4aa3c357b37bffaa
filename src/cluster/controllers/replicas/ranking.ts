// Which pods go first when there are too many.
// Kubernetes: pkg/controller/controller_utils.go, ActivePodsWithRanks (v1.35)
import { conditionOf } from "#api/conditions";
import type { Pod } from "#api/pod/types";
import { parseRfc3339 } from "#base/time";

const DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";
const PHASES: Record<string, number> = { Pending: 0, Unknown: 1, Running: 2 };

interface Ranked {
  pod: Pod;
  /** Compared in order, smaller ones go first. */
  marks: number[];
  /** Ages of the same magnitude count as equal; then, if the times differ, the uid decides. */
  readySince: string;
  readyAge: number;
  createdAge: number;
}

/**
 * The pods, the first to be deleted first. `related` are all active pods of the workload, siblings' included; `now` is
 * the wall clock in milliseconds, finer than the times in objects.
 */
export function rankForDeletion(pods: readonly Pod[], related: readonly Pod[], now: number): Pod[] {
  const perNode = new Map<string, number>();
  for (const pod of related) {
    const node = pod.spec.nodeName ?? "";
    perNode.set(node, (perNode.get(node) ?? 0) + 1);
  }
  const ages = new Map<string, number>();
  const age = (time: string): number => {
    const known = ages.get(time);
    if (known !== undefined) return known;
    const value = magnitude(now - (parseRfc3339(time) ?? now));
    ages.set(time, value);
    return value;
  };
  return pods
    .map((pod) => rank(pod, perNode.get(pod.spec.nodeName ?? "") ?? 0, age))
    .sort(compare)
    .map((ranked) => ranked.pod);
}

function rank(pod: Pod, crowd: number, age: (time: string) => number): Ranked {
  const ready = conditionOf(pod.status.conditions, "Ready");
  const isReady = ready?.status === "True";
  const marks = [
    pod.spec.nodeName ? 1 : 0,
    PHASES[pod.status.phase] ?? 0,
    isReady ? 1 : 0,
    deletionCost(pod),
    // Crowded nodes lose a pod first.
    -crowd,
  ];
  const readySince = isReady ? (ready.lastTransitionTime ?? "") : "";
  const createdAge = age(pod.metadata.creationTimestamp);
  return { pod, marks, readySince, readyAge: readySince === "" ? 0 : age(readySince), createdAge };
}

function magnitude(ageMs: number): number {
  return ageMs <= 0 ? -1 : Math.floor(Math.log2(ageMs * 1e6));
}

function compare(a: Ranked, b: Ranked): number {
  for (let index = 0; index < a.marks.length; index++) {
    const difference = a.marks[index]! - b.marks[index]!;
    if (difference !== 0) return difference;
  }
  if (a.readySince !== b.readySince) return a.readyAge - b.readyAge || compareUid(a, b);
  const created = a.createdAge - b.createdAge;
  return restarts(b.pod) - restarts(a.pod) || created || compareUid(a, b);
}

function compareUid(a: Ranked, b: Ranked): number {
  return a.pod.metadata.uid < b.pod.metadata.uid ? -1 : 1;
}

function deletionCost(pod: Pod): number {
  const text = pod.metadata.annotations?.[DELETION_COST];
  return text !== undefined && /^[+-]?\d+$/.test(text) ? Number(text) : 0;
}

function restarts(pod: Pod): number {
  let most = 0;
  for (const status of pod.status.containerStatuses ?? []) most = Math.max(most, status.restartCount);
  return most;
}
