// Which containers of a pod have to be killed or started now: init containers one after another, sidecars among them,
// then the others, each by restart policy, probes and back-off.
// Kubernetes: computePodActions in pkg/kubelet/kuberuntime/kuberuntime_manager.go (v1.35)
import { goDuration } from "./durations.ts";
import { nextBackOff, waitsUntil } from "./back-off.ts";
import { record } from "./events.ts";
import { isStarted, restartPolicyOf, shouldRun, specOf } from "./pods.ts";
import type { ContainerState, Kubelet, PodState } from "./state.ts";
import type { Step } from "./steps.ts";

export function neededSteps(kubelet: Kubelet, pod: PodState): Step[] {
  const all = [...pod.containers.values()];
  const steps: Step[] = [];
  for (const container of all) {
    if (container.kind === "ephemeral" && container.id === undefined)
      steps.push(...start(kubelet, pod, container));
  }
  const mains = all.filter(({ kind }) => kind === "main");
  if (mains.every((container) => isOver(pod, container))) {
    const runs = all.some(({ running }) => running);
    return runs ? [...steps, { step: "killPod" }] : steps;
  }
  for (const container of all) {
    if (container.kind !== "init" && container.kind !== "sidecar") continue;
    const { needed, passed } = initStep(kubelet, pod, container);
    steps.push(...needed);
    if (!passed) return steps;
  }
  for (const container of mains) steps.push(...mainSteps(kubelet, pod, container));
  return steps;
}

function isOver(pod: PodState, container: ContainerState): boolean {
  return !container.running && container.exit !== undefined && !shouldRun(pod, container);
}

function initStep(
  kubelet: Kubelet,
  pod: PodState,
  container: ContainerState,
): { needed: Step[]; passed: boolean } {
  if (container.kind === "init") {
    if (container.running) return { needed: [], passed: false };
    if (container.exit?.exitCode === 0) return { needed: [], passed: true };
    const begun = [...pod.containers.values()].some(({ kind, id }) => kind === "main" && id !== undefined);
    if (begun) return { needed: [], passed: true };
    return { needed: shouldRun(pod, container) ? start(kubelet, pod, container) : [], passed: false };
  }
  if (!container.running) {
    // Once the main containers have begun, a sidecar is restarted beside them.
    const begun = [...pod.containers.values()].some(({ kind, id }) => kind === "main" && id !== undefined);
    return { needed: start(kubelet, pod, container), passed: begun };
  }
  const needed = unhealthySteps(kubelet, pod, container);
  return { needed, passed: needed.length === 0 && isStarted(pod, container) };
}

function mainSteps(kubelet: Kubelet, pod: PodState, container: ContainerState): Step[] {
  if (container.running) return unhealthySteps(kubelet, pod, container);
  return shouldRun(pod, container) ? start(kubelet, pod, container) : [];
}

function unhealthySteps(kubelet: Kubelet, pod: PodState, container: ContainerState): Step[] {
  const { name } = container;
  const changed = specOf(pod, name).image !== container.imageSpec;
  if (!changed && !container.unhealthy) return [];
  const kill: Step = { step: "kill", container: name };
  if (!changed && restartPolicyOf(pod, container) === "Never") return [kill];
  // The back-off counts from the container that ended before this one.
  return [kill, ...start(kubelet, pod, container)];
}

/** The message of a kill for which the kubelet itself has a reason. */
export function killMessage(pod: PodState, container: ContainerState): string {
  const { name, unhealthy } = container;
  if (specOf(pod, name).image !== container.imageSpec)
    return `Container ${name} definition changed, will be restarted`;
  if (!unhealthy) return `Stopping container ${name}`;
  const restarts = restartPolicyOf(pod, container) === "Never" ? "" : ", will be restarted";
  return `Container ${name} failed ${unhealthy} probe${restarts}`;
}

function start(kubelet: Kubelet, pod: PodState, container: ContainerState): Step[] {
  const { now } = kubelet.context;
  const ended = container.running ? container.lastExit : container.exit;
  if (ended) {
    const until = waitsUntil(container.backOff, ended.at, now);
    if (until !== undefined) {
      backOffRestart(kubelet, pod, container, until);
      return [];
    }
    container.backOff = nextBackOff(container.backOff, ended.at, now);
  }
  return [{ step: "start", container: container.name, phase: "image" }];
}

function backOffRestart(kubelet: Kubelet, pod: PodState, container: ContainerState, until: number): void {
  const { name } = container;
  const fullName = `${pod.name}_${pod.namespace}(${pod.uid})`;
  const text = `Back-off restarting failed container ${name} in pod ${fullName}`;
  record(kubelet, pod, "Warning", "BackOff", text, name);
  const delay = goDuration(container.backOff!.delayMs);
  container.waiting = {
    reason: "CrashLoopBackOff",
    message: `back-off ${delay} restarting failed container=${name} pod=${fullName}`,
  };
  pod.retryAt.push(until);
}
