// The sync loop of one pod: report its status, then do what is missing, step by step, and try again after errors.
// Kubernetes: SyncPod in pkg/kubelet/kubelet.go, completeWork in pkg/kubelet/pod_workers.go (v1.35)
import { between, jitter } from "./durations.ts";
import { continueStart, startStep } from "./start-container.ts";
import { killStep } from "./kill.ts";
import { neededSteps } from "./needed-steps.ts";
import { timerData } from "./pods.ts";
import { startProbes } from "./probes.ts";
import { sandboxStep, volumesStep } from "./sandbox.ts";
import { checkPullSecrets } from "./images.ts";
import { nodeOf, type Kubelet, type PodState } from "./state.ts";
import type { Step } from "./steps.ts";
import { endPod, forgetOlder, isDeleted, phaseIsFinal } from "./termination.ts";
import { writeStatus } from "./write-status.ts";

const RELIST_MS = 1000;
/** The next look at a pod comes after this at the latest, and half as much again by chance. */
const LONGEST_RETRY_MS = 60_000;
export const DEFAULT_RETRY_MS = 10_000;

/** The node's next look at its containers takes this pod in. */
export function markDirty(kubelet: Kubelet, pod: PodState): void {
  const { context } = kubelet;
  const node = nodeOf(kubelet, pod);
  node.dirty.add(pod.uid);
  if (node.relisting) return;
  node.relisting = true;
  const sinceLook = (context.now - node.relistPhase) % RELIST_MS;
  context.after(RELIST_MS - (sinceLook < 0 ? sinceLook + RELIST_MS : sinceLook), "relist", {
    node: node.name,
  });
}

export function onRelist(kubelet: Kubelet, nodeName: string): void {
  const node = kubelet.state.nodes.get(nodeName)!;
  node.relisting = false;
  const dirty = [...node.dirty];
  node.dirty.clear();
  for (const uid of dirty) {
    const pod = kubelet.state.pods.get(uid);
    if (!pod) continue;
    syncPod(kubelet, pod);
    forgetOlder(kubelet, pod);
  }
}

export function syncPod(kubelet: Kubelet, pod: PodState): void {
  if (pod.stage !== "active") return;
  if (isDeleted(pod)) {
    endPod(kubelet, pod);
    return;
  }
  if (pod.step) {
    pod.again = true;
    // The address of a sandbox is worth telling while an image is still being pulled.
    if (pod.step.step === "start" && pod.step.phase === "image" && pod.written?.podIP !== pod.ip) {
      writeStatus(kubelet, pod);
    }
    return;
  }
  pod.again = false;
  pod.retryAt = [];
  if (pod.resync !== undefined) kubelet.context.cancel(pod.resync);
  pod.resync = undefined;
  writeStatus(kubelet, pod);
  if (phaseIsFinal(pod)) {
    endPod(kubelet, pod);
    return;
  }
  for (const container of pod.containers.values()) startProbes(kubelet, pod, container);
  pod.work = [];
  if (!pod.volumesReady) pod.work.push({ step: "volumes", attempt: 0, since: kubelet.context.now });
  if (pod.sandbox !== "ready") pod.work.push({ step: "sandbox" });
  pod.work.push({ step: "containers" });
  advance(kubelet, pod);
}

/** Works on until a step takes time. */
export function advance(kubelet: Kubelet, pod: PodState): void {
  while (!pod.step) {
    const next = pod.work.shift();
    if (!next) break;
    pod.step = next;
    if (perform(kubelet, pod, next)) pod.step = undefined;
  }
  if (!pod.step && pod.stage === "active") endRound(kubelet, pod);
}

/** True if the step is over already. */
function perform(kubelet: Kubelet, pod: PodState, step: Step): boolean {
  switch (step.step) {
    case "volumes":
      return volumesStep(kubelet, pod, step);
    case "sandbox":
      return sandboxStep(kubelet, pod);
    case "containers": {
      const needed = neededSteps(kubelet, pod);
      if (needed.some((item) => item.step === "start")) checkPullSecrets(kubelet, pod);
      pod.work.unshift(...needed);
      return true;
    }
    case "start":
      return startStep(kubelet, pod, step);
    case "kill":
    case "killPod":
      return killStep(kubelet, pod, step);
  }
}

/** A step that took time is over. */
export function finishStep(kubelet: Kubelet, pod: PodState): void {
  pod.step = undefined;
  advance(kubelet, pod);
}

function endRound(kubelet: Kubelet, pod: PodState): void {
  const { context } = kubelet;
  if (pod.again) {
    // Something was seen meanwhile: look at once, as a queued update does.
    pod.resync = context.after(between(context, 1, 20), "resync", timerData(pod));
    return;
  }
  if (pod.retryAt.length === 0) return;
  const wait = Math.max(0, Math.min(...pod.retryAt) - context.now);
  pod.resync = context.after(jitter(context, Math.min(wait, LONGEST_RETRY_MS)), "resync", timerData(pod));
}

/** The timer of a container that is being started. */
export function onStartTimer(
  kubelet: Kubelet,
  pod: PodState,
  data: Parameters<typeof continueStart>[3],
): void {
  const { step } = pod;
  if (step?.step !== "start" || step.container !== data.container) return;
  if (continueStart(kubelet, pod, step, data)) finishStep(kubelet, pod);
}
