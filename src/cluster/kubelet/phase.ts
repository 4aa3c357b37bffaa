// The pod's phase, a summary of its containers' states.
// Kubernetes: getPhase in pkg/kubelet/kubelet_pods.go (v1.35)
import type { ContainerStatus, PodPhase } from "#api/pod/types";
import { shouldRun } from "./pods.ts";
import type { PodState } from "./state.ts";

export function phaseOf(pod: PodState, inits: ContainerStatus[], mains: ContainerStatus[]): PodPhase {
  if (pod.failure) return "Failed";
  const policy = pod.pod.spec.restartPolicy;
  const init = initPhase(pod, inits);
  if (init === "failed" && policy === "Never") return "Failed";
  const count = { running: 0, waiting: 0, stopped: 0, succeeded: 0 };
  for (const { state, lastState } of mains) {
    if (state.running) count.running += 1;
    else if (state.terminated) {
      count.stopped += 1;
      if (state.terminated.exitCode === 0) count.succeeded += 1;
    } else if (lastState.terminated) count.stopped += 1;
    else count.waiting += 1;
  }
  const begun = count.running > 0 || count.stopped > 0;
  if (init !== "done" && !begun) return "Pending";
  if (count.waiting > 0) return "Pending";
  if (count.running > 0) return "Running";
  if (sidecarRuns(pod)) return "Running";
  if (pod.stage === "terminated") return count.stopped === count.succeeded ? "Succeeded" : "Failed";
  if (
    [...pod.containers.values()].some((container) => container.kind === "main" && shouldRun(pod, container))
  )
    return "Running";
  return count.stopped === count.succeeded ? "Succeeded" : "Failed";
}

function sidecarRuns(pod: PodState): boolean {
  return [...pod.containers.values()].some(({ kind, running }) => kind === "sidecar" && running);
}

function initPhase(pod: PodState, inits: ContainerStatus[]): "pending" | "failed" | "done" {
  for (const status of inits) {
    if (pod.containers.get(status.name)?.kind === "sidecar") {
      if (!status.started && !status.state.terminated) return "pending";
      continue;
    }
    const ended = status.state.terminated ?? (status.state.waiting && status.lastState.terminated);
    if (!ended) return "pending";
    if (ended.exitCode !== 0) return "failed";
  }
  return "done";
}
