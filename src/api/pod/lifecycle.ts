// What everybody asks about a pod: is it ready, available, over.
// Kubernetes: pkg/api/v1/pod/util.go (v1.35)
import { parseRfc3339 } from "#base/time";
import { conditionOf, isTrue } from "../conditions.ts";
import type { Pod } from "./types.ts";

export function isReady({ status }: Pod): boolean {
  return isTrue(status.conditions, "Ready");
}

export function hasEnded({ status: { phase } }: Pod): boolean {
  return phase === "Succeeded" || phase === "Failed";
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
