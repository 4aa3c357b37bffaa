// What a person has to know about a pod at a glance: one of seven looks, each with its glyph, word and colour.
// The canvas, the tables and the timeline read it. The reason is kubectl's STATUS word where that says more.
import { isReady } from "#api/pod/lifecycle";
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

function restarts(pod: Pod): number {
  let count = 0;
  for (const status of pod.status.containerStatuses ?? []) count += status.restartCount;
  return count;
}

/** The container that keeps the pod from working, in kubectl's words. */
function trouble(statuses: readonly ContainerStatus[]): string | undefined {
  for (const { state } of statuses) {
    const waiting = state.waiting?.reason;
    if (waiting !== undefined && !STARTING.has(waiting)) return waiting;
    const ended = state.terminated;
    if (ended && ended.exitCode !== 0) return ended.reason ?? "Error";
  }
  return undefined;
}

export function podLook(pod: Pod): PodLook {
  const count = restarts(pod);
  const look = (state: PodState, reason?: string): PodLook =>
    reason === undefined ? { state, restarts: count } : { state, reason, restarts: count };
  if (pod.metadata.deletionTimestamp !== undefined) return look("terminating");
  if (pod.status.phase === "Succeeded") return look("completed");
  if (pod.status.phase === "Failed") return look("failing", pod.status.reason ?? "Error");
  if (pod.status.phase === "Unknown") return look("unknown");
  const init = trouble(pod.status.initContainerStatuses ?? []);
  if (init !== undefined) return look("failing", `Init:${init}`);
  const broken = trouble(pod.status.containerStatuses ?? []);
  if (broken !== undefined) return look("failing", broken);
  if (pod.status.phase === "Pending") {
    const waiting = pod.status.containerStatuses?.find((c) => c.state.waiting)?.state.waiting?.reason;
    return look("pending", waiting);
  }
  return look(isReady(pod) ? "ready" : "notReady");
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
