// A pod's record on its node: made when the pod is bound there, found again by its containers' timers.
import type { Container, Pod } from "#api/pod/types";
import { EVENT_BURST } from "./events.ts";
import type { ContainerState, Kubelet, KubeletState, PodState } from "./state.ts";

export function addPod(kubelet: Kubelet, pod: Pod): PodState {
  const { context, state } = kubelet;
  const { uid, name, namespace = "" } = pod.metadata;
  const record: PodState = {
    uid,
    namespace,
    name,
    node: pod.spec.nodeName!,
    pod,
    stage: "active",
    addedAt: context.now,
    startTime: pod.status.startTime ?? context.timestamp(),
    host: undefined,
    ip: undefined,
    sandbox: "none",
    volumesReady: false,
    containers: new Map(),
    work: [],
    step: undefined,
    epoch: 0,
    again: false,
    retryAt: [],
    resync: undefined,
    pullBackOff: new Map(),
    failure: undefined,
    ending: false,
    removed: false,
    deadlineTimer: undefined,
    sandboxEnds: false,
    written: undefined,
    eventTokens: EVENT_BURST,
    eventTokensAt: context.now,
    eventTexts: {},
  };
  for (const container of pod.spec.initContainers ?? []) {
    addContainer(record, container, container.restartPolicy === "Always" ? "sidecar" : "init");
  }
  for (const container of pod.spec.containers) addContainer(record, container, "main");
  addEphemeralContainers(record);
  state.pods.set(uid, record);
  state.uids.set(`${namespace}/${name}`, uid);
  return record;
}

/** Ephemeral containers come later than the pod. */
export function addEphemeralContainers(pod: PodState): boolean {
  const added = (pod.pod.spec.ephemeralContainers ?? []).filter(({ name }) => !pod.containers.has(name));
  for (const container of added) addContainer(pod, container, "ephemeral");
  return added.length > 0;
}

function addContainer(pod: PodState, { name, image }: Container, kind: ContainerState["kind"]): void {
  pod.containers.set(name, {
    name,
    kind,
    id: undefined,
    image,
    imageId: "",
    imageSpec: image,
    running: false,
    hookDone: false,
    startedAt: 0,
    startTime: "",
    attempt: 0,
    exit: undefined,
    lastExit: undefined,
    waiting: undefined,
    backOff: undefined,
    probes: {},
    probing: false,
    unhealthy: undefined,
    kill: undefined,
  });
}

export function forgetPod(state: KubeletState, pod: PodState): void {
  state.pods.delete(pod.uid);
  const key = `${pod.namespace}/${pod.name}`;
  if (state.uids.get(key) === pod.uid) state.uids.delete(key);
}

/** The container's part of the manifest. */
export function specOf(pod: PodState, name: string): Container {
  const { containers, initContainers, ephemeralContainers } = pod.pod.spec;
  const found = named(containers, name) ?? named(initContainers, name) ?? named(ephemeralContainers, name);
  return found!;
}

function named(containers: readonly Container[] | undefined, name: string): Container | undefined {
  if (containers) for (const container of containers) if (container.name === name) return container;
  return undefined;
}

/** Data of the pod's next timer; older timers turn stale when its work is dropped. */
export function timerData(pod: PodState): { pod: string; epoch: number } {
  return { pod: pod.uid, epoch: pod.epoch };
}

type RestartPolicy = "Always" | "OnFailure" | "Never";

export function restartPolicyOf(pod: PodState, container: ContainerState): RestartPolicy {
  if (container.kind === "sidecar") return "Always";
  if (container.kind === "ephemeral") return "Never";
  const own = specOf(pod, container.name).restartPolicy as RestartPolicy | undefined;
  if (own) return own;
  const policy = pod.pod.spec.restartPolicy;
  // An init container that succeeded is done.
  if (container.kind === "init" && policy === "Always") return "OnFailure";
  return policy;
}

/** Whether a container that has ended (or never begun) is to run. */
export function shouldRun(pod: PodState, container: ContainerState): boolean {
  if (!container.exit) return true;
  if (isRestartedByRule(pod, container, container.exit.exitCode)) return true;
  const policy = restartPolicyOf(pod, container);
  if (policy === "Always") return true;
  return policy === "OnFailure" && container.exit.exitCode !== 0;
}

/** A container's own rules go before its policy. */
// Kubernetes: ContainerShouldRestart in pkg/api/v1/pod/util.go (v1.35)
function isRestartedByRule(pod: PodState, { name }: ContainerState, exitCode: number): boolean {
  return (specOf(pod, name).restartPolicyRules ?? []).some(({ action, exitCodes }) => {
    const isNamed = exitCodes?.values?.includes(exitCode) === true;
    return action === "Restart" && exitCodes !== undefined && isNamed === (exitCodes.operator === "In");
  });
}

/** Started in the sense of probes: it runs, its hook is over, its startup probe has passed. */
export function isStarted(pod: PodState, container: ContainerState): boolean {
  if (!container.running || !container.hookDone) return false;
  return specOf(pod, container.name).startupProbe === undefined || container.probes.startup?.passed === true;
}

export function isReady(pod: PodState, container: ContainerState): boolean {
  if (container.kind === "init") return container.exit?.exitCode === 0;
  if (!isStarted(pod, container)) return false;
  return (
    specOf(pod, container.name).readinessProbe === undefined || container.probes.readiness?.passed === true
  );
}
