// The end of a pod on its node: all containers are stopped, the last status is reported, and a deleted pod's object
// is removed for good.
// Kubernetes: SyncTerminatingPod and SyncTerminatedPod in pkg/kubelet/kubelet.go (v1.35)
import { between } from "./durations.ts";
import { killNext, shortenGrace } from "./kill.ts";
import { forgetPod, timerData } from "./pods.ts";
import { stopProbes } from "./probes.ts";
import { detachSandbox } from "./sandbox.ts";
import type { ContainerState, Kubelet, PodState } from "./state.ts";
import { removeVolumes } from "./volumes.ts";
import { DEADLINE_EXCEEDED, writeStatus } from "./write-status.ts";

const DEADLINE_MESSAGE = "Pod was active on the node longer than the specified deadline";
/** Between the last status and the end of the sandbox or the object. */
const CLEAN_UP_MS = { low: 150, high: 900 };

export function phaseIsFinal(pod: PodState): boolean {
  const phase = pod.written?.phase;
  return phase === "Succeeded" || phase === "Failed" || pod.failure !== undefined;
}

/** Deleted by somebody, out of time, or over by itself. */
export function endPod(kubelet: Kubelet, pod: PodState): void {
  if (pod.stage === "terminated") {
    if (isDeleted(pod)) scheduleRemoval(kubelet, pod);
    return;
  }
  if (pod.stage === "terminating") {
    const { deletionGracePeriodSeconds } = pod.pod.metadata;
    if (deletionGracePeriodSeconds !== undefined)
      shortenGrace(kubelet, pod, deletionGracePeriodSeconds * 1000);
    if (!pod.removed) writeStatus(kubelet, pod);
    return;
  }
  pod.stage = "terminating";
  pod.epoch += 1;
  pod.step = undefined;
  pod.work = [];
  if (pod.deadlineTimer !== undefined) kubelet.context.cancel(pod.deadlineTimer);
  if (!pod.removed) writeStatus(kubelet, pod);
  const runs = [...pod.containers.values()].some(({ running }) => running);
  // Stopped together with the containers; of a pod that ended by itself a moment later.
  if (runs) pod.sandboxEnds = true;
  else forgetOlder(kubelet, pod);
  continueEnd(kubelet, pod);
}

/** Called again whenever a container has ended. */
export function continueEnd(kubelet: Kubelet, pod: PodState): void {
  if (pod.stage !== "terminating" || !killNext(kubelet, pod)) return;
  for (const container of pod.containers.values()) stopProbes(kubelet, container, ["readiness"]);
  pod.stage = "terminated";
  if (pod.sandboxEnds) detachSandbox(kubelet, pod);
  if (!pod.removed) writeStatus(kubelet, pod);
  detachSandbox(kubelet, pod);
  if (isDeleted(pod)) scheduleRemoval(kubelet, pod);
  else kubelet.context.after(between(kubelet.context, 500, 1500), "settled", timerData(pod));
}

/** Of a container that has ended only the last run is kept, once its end has been told. */
// Kubernetes: getContainersToDeleteInPod in pkg/kubelet/pod_container_deletor.go (v1.35)
export function forgetOlder({ context }: Kubelet, pod: PodState): void {
  for (const container of pod.containers.values()) {
    if (container.running || !container.exit || !container.lastExit) continue;
    context.runtime.remove(container.lastExit.id);
    container.lastExit = undefined;
  }
}

export function isDeleted(pod: PodState): boolean {
  return pod.removed || pod.pod.metadata.deletionTimestamp !== undefined;
}

function scheduleRemoval(kubelet: Kubelet, pod: PodState): void {
  if (pod.ending) return;
  pod.ending = true;
  kubelet.context.after(between(kubelet.context, CLEAN_UP_MS.low, CLEAN_UP_MS.high), "gone", timerData(pod));
}

/** The sandbox of a pod that ended by itself is gone, too. */
export function onSettled(kubelet: Kubelet, pod: PodState): void {
  if (!pod.removed) writeStatus(kubelet, pod);
}

export function onGone(kubelet: Kubelet, pod: PodState): void {
  const { api } = kubelet.context;
  cleanUp(kubelet, pod);
  if (pod.removed) forgetPod(kubelet.state, pod);
  else api.delete("Pod", pod.namespace, pod.name, { gracePeriodSeconds: 0, uid: pod.uid });
}

/** Nothing of the pod stays on the node. */
export function cleanUp(kubelet: Kubelet, pod: PodState): void {
  detachSandbox(kubelet, pod);
  for (const container of pod.containers.values()) removeContainer(kubelet, container);
  removeVolumes(kubelet, pod);
}

function removeContainer(kubelet: Kubelet, container: ContainerState): void {
  const { runtime } = kubelet.context;
  if (container.id !== undefined) runtime.remove(container.id);
  if (container.lastExit) runtime.remove(container.lastExit.id);
}

// Kubernetes: pkg/kubelet/active_deadline.go (v1.35)
export function onDeadline(kubelet: Kubelet, pod: PodState): void {
  if (pod.stage !== "active") return;
  pod.failure = { reason: DEADLINE_EXCEEDED, message: DEADLINE_MESSAGE };
  endPod(kubelet, pod);
}
