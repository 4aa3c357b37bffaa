// What a person has to know about a pod at a glance: one of seven looks, each with its glyph, word and colour.
// The canvas, the tables and the timeline read it. The reason is kubectl's STATUS word where that says more.
import { isReady } from "#api/pod/lifecycle";
import { podSummary } from "#api/pod/summary";
import type { ContainerStatus, Pod } from "#api/pod/types";

export type PodState = "ready" | "notReady" | "failing" | "terminating" | "pending" | "completed" | "unknown";

export interface PodLook {
  state: PodState;
  /** kubectl's STATUS word, such as CrashLoopBackOff, where it says more than the state's own word. */
  reason?: string;
  restarts: number;
}

/** Waiting reasons that mean "on its way", not "broken". */
const STARTING = new Set(["ContainerCreating", "PodInitializing"]);

/** Whether a container keeps the pod from working. */
function isBroken({ state }: ContainerStatus): boolean {
  const waiting = state.waiting?.reason;
  if (waiting !== undefined) return !STARTING.has(waiting);
  return state.terminated !== undefined && state.terminated.exitCode !== 0;
}

export function podLook(pod: Pod): PodLook {
  const { phase, initContainerStatuses = [], containerStatuses = [] } = pod.status;
  const { status: word, restarts } = podSummary(pod);
  if (pod.metadata.deletionTimestamp !== undefined) return { state: "terminating", restarts };
  if (phase === "Succeeded") return { state: "completed", restarts };
  if (phase === "Failed") return { state: "failing", reason: word === "Failed" ? "Error" : word, restarts };
  if (phase === "Unknown") return { state: "unknown", restarts };
  if (initContainerStatuses.some(isBroken) || containerStatuses.some(isBroken))
    return { state: "failing", reason: word, restarts };
  if (phase !== "Pending") return { state: isReady(pod) ? "ready" : "notReady", restarts };
  return word === "Pending" ? { state: "pending", restarts } : { state: "pending", reason: word, restarts };
}

/** Worst first: what deserves to be seen when several pods share a place. */
export const STATE_ORDER: readonly PodState[] = [
  "failing",
  "unknown",
  "notReady",
  "pending",
  "terminating",
  "ready",
  "completed",
];
