// Stopping containers: the Killing Event, preStop, SIGTERM, and SIGKILL when the grace period is over.
// Kubernetes: killContainer in pkg/kubelet/kuberuntime/kuberuntime_container.go (v1.35)
import { record } from "./events.ts";
import { startHook } from "./hooks.ts";
import { killMessage } from "./needed-steps.ts";
import { specOf } from "./pods.ts";
import { stopProbes } from "./probes.ts";
import type { ContainerState, Kubelet, PodState } from "./state.ts";
import type { Step } from "./steps.ts";

/** A container always gets this long between SIGTERM and SIGKILL. */
const SHORTEST_GRACE_MS = 2000;

export function killStep(kubelet: Kubelet, pod: PodState, step: Step): boolean {
  if (step.step === "kill") {
    const container = pod.containers.get(step.container)!;
    beginKill(kubelet, pod, container, killMessage(pod, container));
    return !container.running;
  }
  return killNext(kubelet, pod);
}

/** Containers first, then sidecars from the last to the first. True once nothing runs. */
export function killNext(kubelet: Kubelet, pod: PodState): boolean {
  const running = [...pod.containers.values()].filter((container) => container.running);
  const others = running.filter(({ kind }) => kind !== "sidecar");
  const next = others.length > 0 ? others : running.slice(-1);
  for (const container of next) beginKill(kubelet, pod, container, `Stopping container ${container.name}`);
  return running.length === 0;
}

export function beginKill(kubelet: Kubelet, pod: PodState, container: ContainerState, message: string): void {
  if (container.kill || !container.running) return;
  const { context } = kubelet;
  record(kubelet, pod, "Normal", "Killing", message, container.name);
  stopProbes(kubelet, container, ["liveness", "startup"]);
  const graceMs = graceOf(pod, container) * 1000;
  const kill = { phase: "preStop" as const, deadline: context.now + graceMs, timer: undefined };
  container.kill = kill;
  const hook = specOf(pod, container.name).lifecycle?.preStop;
  if (hook && graceMs > 0) {
    startHook(kubelet, pod, container, hook, "preStop");
    setKillTimer(kubelet, pod, container, graceMs);
  } else stop(kubelet, pod, container);
}

/** In seconds; a probe may have a grace period of its own. */
function graceOf({ pod, removed }: PodState, container: ContainerState): number {
  const { deletionGracePeriodSeconds: ofDeletion } = pod.metadata;
  if (ofDeletion !== undefined) return ofDeletion;
  if (removed) return 0;
  const spec = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].find(
    ({ name }) => name === container.name,
  );
  const probe = container.unhealthy === "startup" ? spec?.startupProbe : spec?.livenessProbe;
  const ofProbe = container.unhealthy ? probe?.terminationGracePeriodSeconds : undefined;
  return ofProbe ?? pod.spec.terminationGracePeriodSeconds;
}

function stop(kubelet: Kubelet, pod: PodState, container: ContainerState): void {
  const { context } = kubelet;
  const kill = container.kill!;
  kill.phase = "stopping";
  const wait = Math.max(kill.deadline - context.now, SHORTEST_GRACE_MS);
  kill.deadline = context.now + wait;
  setKillTimer(kubelet, pod, container, wait);
  const wanted = specOf(pod, container.name).lifecycle?.stopSignal;
  const signal = wanted === "SIGINT" || wanted === "SIGQUIT" || wanted === "SIGKILL" ? wanted : "SIGTERM";
  context.runtime.signal(container.id!, signal);
}

function setKillTimer(kubelet: Kubelet, pod: PodState, container: ContainerState, ms: number): void {
  const kill = container.kill!;
  if (kill.timer !== undefined) kubelet.context.cancel(kill.timer);
  const data = { pod: pod.uid, name: container.name, id: container.id! };
  kill.timer = kubelet.context.after(ms, "grace", data);
}

/** preStop has ended. */
export function onPreStop(kubelet: Kubelet, pod: PodState, container: ContainerState, ok: boolean): void {
  if (container.kill?.phase !== "preStop") return;
  if (!ok) record(kubelet, pod, "Warning", "FailedPreStopHook", "PreStopHook failed", container.name);
  stop(kubelet, pod, container);
}

/** The time for the hook or for the program is over. */
export function onGrace(kubelet: Kubelet, pod: PodState, container: ContainerState): void {
  const { kill } = container;
  if (!kill) return;
  kill.timer = undefined;
  if (kill.phase === "preStop") stop(kubelet, pod, container);
  else kubelet.context.runtime.signal(container.id!, "SIGKILL");
}

/** A second deletion with less time than the first. */
export function shortenGrace(kubelet: Kubelet, pod: PodState, graceMs: number): void {
  const deadline = kubelet.context.now + graceMs;
  for (const container of pod.containers.values()) {
    const { kill } = container;
    if (!kill || kill.deadline <= deadline) continue;
    kill.deadline = deadline;
    setKillTimer(kubelet, pod, container, graceMs);
  }
}
