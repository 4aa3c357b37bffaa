// What controllers ask about a pod: is it ready, available, active.
import { parseRfc3339 } from "#base/time";
import type { Condition } from "#api/meta";
import type { Pod } from "#api/pod/types";

export function conditionOf(conditions: Condition[] | undefined, type: string): Condition | undefined {
  return conditions?.find((condition) => condition.type === type);
}

export function isReady(pod: Pod): boolean {
  return conditionOf(pod.status.conditions, "Ready")?.status === "True";
}

export function hasEnded(pod: Pod): boolean {
  return pod.status.phase === "Succeeded" || pod.status.phase === "Failed";
}

/** Counts as a replica: it has not ended and is not being deleted. */
export function isActive(pod: Pod): boolean {
  return !hasEnded(pod) && pod.metadata.deletionTimestamp === undefined;
}

/** Milliseconds until the pod, ready since then, is available; 0 if it is, undefined if it is not ready. */
export function availableIn(pod: Pod, minReadySeconds: number, timestamp: string): number | undefined {
  const ready = conditionOf(pod.status.conditions, "Ready");
  if (ready?.status !== "True") return undefined;
  if (minReadySeconds === 0) return 0;
  const since = parseRfc3339(ready.lastTransitionTime ?? "");
  const now = parseRfc3339(timestamp);
  if (since === undefined || now === undefined) return undefined;
  return Math.max(0, since + minReadySeconds * 1000 - now);
}

/** Sets a condition; its transition time moves only with its status. Returns the same array if nothing changed. */
export function withCondition(
  conditions: Condition[] | undefined,
  condition: Condition,
): Condition[] | undefined {
  const old = conditionOf(conditions, condition.type);
  if (old && old.status === condition.status && old.reason === condition.reason) {
    if (old.message === condition.message) return conditions;
  }
  const next =
    old && old.status === condition.status && old.lastTransitionTime !== undefined
      ? { ...condition, lastTransitionTime: old.lastTransitionTime }
      : condition;
  return [...(conditions ?? []).filter((item) => item.type !== condition.type), next];
}
