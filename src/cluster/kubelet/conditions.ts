// The conditions of a pod that its kubelet owns, in the kubelet's order.
// Kubernetes: pkg/kubelet/status/generate.go (v1.35)
import { conditionOf } from "#api/conditions";
import type { Condition } from "#api/meta";
import type { PodPhase } from "#api/pod/types";
import { isReady } from "./pods.ts";
import type { ContainerState, PodState } from "./state.ts";

export const OWN_CONDITIONS = [
  "PodReadyToStartContainers",
  "Initialized",
  "Ready",
  "ContainersReady",
  "PodScheduled",
];

type Part = Pick<Condition, "status" | "reason" | "message">;
const TRUE: Part = { status: "True" };

export function conditionsOf(
  pod: PodState,
  phase: PodPhase,
  before: readonly Condition[],
  timestamp: string,
): Condition[] {
  const containersReady = containersReadyPart(pod, phase);
  const parts: Record<string, Part> = {
    PodReadyToStartContainers: { status: pod.sandbox === "ready" ? "True" : "False" },
    Initialized: initializedPart(pod, phase),
    Ready: readyPart(pod, containersReady, before),
    ContainersReady: containersReady,
    PodScheduled: TRUE,
  };
  const generation = pod.pod.metadata.generation;
  return OWN_CONDITIONS.map((type) => {
    const part = parts[type]!;
    const old = conditionOf(before, type);
    const same = old?.status === part.status && old.lastTransitionTime;
    // Key by key in the order of the alphabet: this is written for every step of every pod.
    const condition = { lastProbeTime: null, lastTransitionTime: same ? same : timestamp } as Condition;
    if (part.message) condition.message = part.message;
    if (generation !== undefined) condition.observedGeneration = generation;
    if (part.reason) condition.reason = part.reason;
    condition.status = part.status;
    condition.type = type;
    return condition;
  });
}

function initializedPart(pod: PodState, phase: PodPhase): Part {
  const missing = [...pod.containers.values()].filter((container) => {
    if (container.kind === "init") return container.exit?.exitCode !== 0;
    return container.kind === "sidecar" && phase === "Pending" && !sidecarHasStarted(container);
  });
  if (phase === "Succeeded") return { status: "True", reason: "PodCompleted" };
  const begun = [...pod.containers.values()].some(({ kind, id }) => kind === "main" && id !== undefined);
  if (missing.length === 0 || begun) return TRUE;
  const message = `containers with incomplete status: [${missing.map(({ name }) => name).join(" ")}]`;
  return { status: "False", reason: "ContainersNotInitialized", message };
}

function sidecarHasStarted(container: ContainerState): boolean {
  const probed = container.probes.startup;
  return (
    container.running &&
    container.hookDone &&
    (probed === undefined ? container.probing : probed.passed === true)
  );
}

function containersReadyPart(pod: PodState, phase: PodPhase): Part {
  if (phase === "Succeeded") return { status: "False", reason: "PodCompleted" };
  if (phase === "Failed") return { status: "False", reason: "PodFailed" };
  const unready = [...pod.containers.values()].filter(
    (container) => (container.kind === "main" || container.kind === "sidecar") && !isReady(pod, container),
  );
  if (unready.length === 0) return TRUE;
  const message = `containers with unready status: [${unready.map(({ name }) => name).join(" ")}]`;
  return { status: "False", reason: "ContainersNotReady", message };
}

function readyPart(pod: PodState, containersReady: Part, before: readonly Condition[]): Part {
  if (containersReady.status !== "True") return containersReady;
  const messages: string[] = [];
  for (const { conditionType } of pod.pod.spec.readinessGates ?? []) {
    const gate = before.find(({ type }) => type === conditionType);
    if (!gate)
      messages.push(`corresponding condition of pod readiness gate "${conditionType}" does not exist.`);
    else if (gate.status !== "True") {
      messages.push(`the status of pod readiness gate "${conditionType}" is not "True", but ${gate.status}`);
    }
  }
  if (messages.length === 0) return TRUE;
  return { status: "False", reason: "ReadinessGatesNotReady", message: messages.join(", ") };
}
