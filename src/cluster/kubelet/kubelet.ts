// The kubelets of all nodes: they run the pods that are bound to their nodes, through the container runtime and the
// network, and report what becomes of them.
import { conditionOf } from "#api/conditions";
import { hasEnded } from "#api/pod/lifecycle";
import type { Pod } from "#api/pod/types";
import { defineComponent, isKind, type Change, type Context } from "../machine/component.ts";
import type { ContainerExit } from "../process/types.ts";
import { onExited } from "./exits.ts";
import { hookSucceeded, type HookAnswer } from "./hooks.ts";
import { onGrace, onPreStop } from "./kill.ts";
import { createNode, onHeartbeat, setNodePower } from "./node.ts";
import { addEphemeralContainers, addPod, forgetPod } from "./pods.ts";
import { onProbe, onProbed } from "./probes.ts";
import type { ProbeAnswer, ProbeTimer } from "./probe-run.ts";
import { attachSandbox } from "./sandbox.ts";
import type { StartTimer } from "./start-container.ts";
import { createState, type ContainerState, type Kubelet, type KubeletState, type PodState } from "./state.ts";
import { finishStep, markDirty, onRelist, onStartTimer, syncPod } from "./sync.ts";
import { cleanUp, endPod, isDeleted, onDeadline, onGone, onSettled } from "./termination.ts";
import { refreshVolumes } from "./volumes.ts";
import { writeStatus } from "./write-status.ts";
import { noteSource, onVolumeRefresh } from "./volume-refresh.ts";

interface PodTimer {
  pod: string;
  epoch?: number;
}

export const kubelet = defineComponent<KubeletState>({
  name: "kubelet",
  start: (context) => {
    const names = Array.from({ length: context.settings.nodeCount }, (_, index) => `node-${index + 1}`);
    return createState(names.map((name) => createNode({ context }, name)));
  },
  watches: ["Pod", "ConfigMap", "Secret"],
  onChanges: (context, state, changes) => {
    for (const change of changes) onChange({ context, state }, change);
  },
  timers: {
    relist: (context, state, { node }: { node: string }) => {
      const own = state.nodes.get(node)!;
      // Asked for again when the power is back.
      if (own.up) onRelist({ context, state }, node);
      else own.relisting = false;
    },
    heartbeat: (context, state, { node }: { node: string }) => onHeartbeat({ context, state }, node),
    nodePower: (context, state, { node, up }: { node: string; up: boolean }) =>
      setNodePower({ context, state }, node, up),
    resync: ofPod("resync", (own, pod) => {
      pod.resync = undefined;
      syncPod(own, pod);
    }),
    mount: ofPod("mount", (own, pod) => {
      const { step } = pod;
      if (step?.step !== "volumes") return;
      pod.work.unshift(step);
      finishStep(own, pod);
    }),
    sandbox: ofPod("sandbox", (own, pod) => {
      if (pod.step?.step !== "sandbox") return;
      attachSandbox(own, pod);
      markDirty(own, pod);
      finishStep(own, pod);
    }),
    start: ofPod("start", (own, pod, data: PodTimer & StartTimer) => onStartTimer(own, pod, data)),
    exited: ofPod("exited", (own, pod, data: PodTimer & ContainerExit & { name: string }) =>
      onExited(own, pod, data),
    ),
    hook: ofContainer("hook", (own, pod, container, data: HookAnswer) => {
      const ok = hookSucceeded(data);
      if (data.hook === "preStop") onPreStop(own, pod, container, ok);
      else onStartTimer(own, pod, { container: container.name, hook: { ok } });
    }),
    grace: ofContainer("grace", (own, pod, container) => onGrace(own, pod, container)),
    probe: ofPod("probe", (own, pod, data: ProbeTimer) => onProbe(own, pod, data)),
    probed: ofPod("probed", (own, pod, data: ProbeAnswer) => onProbed(own, pod, data)),
    deadline: ofPod("deadline", (own, pod) => onDeadline(own, pod)),
    settled: ofPod("settled", (own, pod) => onSettled(own, pod)),
    gone: ofPod("gone", (own, pod) => onGone(own, pod)),
    volumes: ofPod("volumes", (own, pod) => onVolumeRefresh(own, pod)),
  },
});

/** A timer of a pod: stale ones are dropped, and those of a node without power wait. */
function ofPod<D extends PodTimer>(what: string, act: (kubelet: Kubelet, pod: PodState, data: D) => void) {
  return (context: Context, state: KubeletState, data: D): void => {
    const pod = state.pods.get(data.pod);
    if (!pod || (data.epoch !== undefined && data.epoch !== pod.epoch)) return;
    const node = state.nodes.get(pod.node)!;
    if (node.up) act({ context, state }, pod, data);
    else node.deferred.push({ what, data: data as unknown as Record<string, unknown> });
  };
}

function ofContainer<D extends { pod: string; name: string; id: string }>(
  what: string,
  act: (kubelet: Kubelet, pod: PodState, container: ContainerState, data: D) => void,
) {
  return ofPod(what, (own, pod, data: D) => {
    const container = pod.containers.get(data.name);
    if (container?.running && container.id === data.id) act(own, pod, container, data);
  });
}

function onChange(own: Kubelet, change: Change): void {
  if (isKind(change, "Pod")) {
    if (change.object.spec.nodeName === undefined || !own.state.nodes.has(change.object.spec.nodeName))
      return;
    if (change.type === "DELETED") onPodDeleted(own, change.object);
    else onPod(own, change.object, change.old);
  } else if (change.type !== "DELETED") noteSource(own, change.kind, change.object.metadata);
}

function onPod(own: Kubelet, object: Pod, old: Pod | undefined): void {
  const known = own.state.pods.get(object.metadata.uid);
  if (!known) {
    if (hasEnded(object)) return;
    const pod = addPod(own, object);
    setDeadline(own, pod);
    if (isDeleted(pod)) endPod(own, pod);
    else ifUp(own, pod, syncPod);
    return;
  }
  known.pod = object;
  if (object.metadata.deletionTimestamp !== undefined) {
    const shorter = object.metadata.deletionGracePeriodSeconds !== old?.metadata.deletionGracePeriodSeconds;
    if (old?.metadata.deletionTimestamp === undefined || shorter) ifUp(own, known, endPod);
    return;
  }
  if (old && object.spec !== old.spec && object.metadata.generation !== old.metadata.generation) {
    addEphemeralContainers(known);
    ifUp(own, known, syncPod);
  } else if (old && object.metadata.labels !== old.metadata.labels) {
    ifUp(own, known, refreshVolumes);
  } else if (gatesChanged(object, old)) ifUp(own, known, writeStatus);
}

/** Somebody has set a condition that the pod's readiness waits for. */
function gatesChanged(object: Pod, old: Pod | undefined): boolean {
  return (object.spec.readinessGates ?? []).some(({ conditionType }) => {
    const valueIn = (pod: Pod | undefined): string | undefined =>
      conditionOf(pod?.status.conditions, conditionType)?.status;
    return valueIn(object) !== valueIn(old);
  });
}

function ifUp(own: Kubelet, pod: PodState, act: (kubelet: Kubelet, pod: PodState) => void): void {
  if (own.state.nodes.get(pod.node)!.up) act(own, pod);
}

function setDeadline(own: Kubelet, pod: PodState): void {
  const seconds = pod.pod.spec.activeDeadlineSeconds;
  if (seconds === undefined) return;
  pod.deadlineTimer = own.context.after(seconds * 1000, "deadline", { pod: pod.uid });
}

/** The object is gone: at the end of a termination, or at once by force. */
function onPodDeleted(own: Kubelet, object: Pod): void {
  const pod = own.state.pods.get(object.metadata.uid);
  if (!pod) return;
  pod.removed = true;
  pod.pod = object;
  if (pod.stage === "terminated") {
    cleanUp(own, pod);
    forgetPod(own.state, pod);
  } else ifUp(own, pod, endPod);
}

export { containerOf, findContainer, runningContainers, stoppedNodes } from "./container-of.ts";
export type { KubeletState } from "./state.ts";
