// Building a pod's status and writing it to the API server, only if it says something new.
// Kubernetes: generateAPIPodStatus in pkg/kubelet/kubelet_pods.go, pkg/kubelet/status/status_manager.go (v1.35)
import { qosClass } from "#api/pod/qos";
import type { Pod, PodStatus } from "#api/pod/types";
import { deepEqual } from "#base/json";
import { conditionsOf, OWN_CONDITIONS } from "./conditions.ts";
import { containerStatuses } from "./container-status.ts";
import { record } from "./events.ts";
import { phaseOf } from "./phase.ts";
import type { Kubelet, PodState } from "./state.ts";

export const DEADLINE_EXCEEDED = "DeadlineExceeded";

export function writeStatus(kubelet: Kubelet, pod: PodState): void {
  const { api } = kubelet.context;
  const latest = api.get("Pod", pod.namespace, pod.name);
  if (!latest || latest.metadata.uid !== pod.uid) return;
  // Whether the time is over is asked, and told, for each status anew.
  if (pod.failure?.reason === DEADLINE_EXCEEDED)
    record(kubelet, pod, "Normal", pod.failure.reason, pod.failure.message);
  const status = buildStatus(kubelet, pod, latest);
  if (pod.written && deepEqual(status, pod.written)) return;
  pod.written = status;
  const foreign = (latest.status.conditions ?? []).filter(({ type }) => !OWN_CONDITIONS.includes(type));
  const merged = { ...status, conditions: [...foreign, ...(status.conditions ?? [])] };
  const outcome = api.updateStatus("Pod", { ...latest, status: merged });
  if (outcome.ok) pod.pod = outcome.object;
}

function buildStatus(kubelet: Kubelet, pod: PodState, latest: Pod): PodStatus {
  const { context } = kubelet;
  const { inits, mains, ephemeral } = containerStatuses(pod);
  const before = latest.status;
  const reached = phaseOf(pod, inits, mains);
  const conditions = conditionsOf(pod, reached, before.conditions ?? [], context.timestamp());
  const final = reached === "Succeeded" || reached === "Failed";
  const runs = [...pod.containers.values()].some(({ running }) => running);
  // A pod is not called ended while a container of it may still run.
  const held = final && runs;
  const failure = held ? undefined : pod.failure;
  const hostIp = context.network.ipOf(`node:${pod.node}`);
  const generation = latest.metadata.generation;
  // Key by key in the order of the alphabet: this is written for every step of every pod.
  const status = { conditions } as PodStatus;
  if (mains.length > 0) status.containerStatuses = mains;
  if (ephemeral.length > 0) status.ephemeralContainerStatuses = ephemeral;
  status.hostIP = hostIp;
  status.hostIPs = [{ ip: hostIp }];
  if (inits.length > 0) status.initContainerStatuses = inits;
  if (failure) status.message = failure.message;
  if (generation !== undefined) status.observedGeneration = generation;
  status.phase = held ? before.phase : reached;
  if (pod.ip !== undefined) {
    status.podIP = pod.ip;
    status.podIPs = [{ ip: pod.ip }];
  }
  status.qosClass = before.qosClass ?? qosClass(latest.spec);
  if (failure) status.reason = failure.reason;
  status.startTime = pod.startTime;
  return status;
}
