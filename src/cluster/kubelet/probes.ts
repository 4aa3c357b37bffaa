// Probe workers: when each probe of a container runs, and what its results add up to. A probe that changes nothing
// writes nothing.
// Kubernetes: pkg/kubelet/prober/worker.go, prober_manager.go (v1.35)
import type { Probe } from "#api/pod/types";
import { nextFloat } from "#base/random";
import { record } from "./events.ts";
import { specOf } from "./pods.ts";
import { readAnswer, runProbe, type ProbeAnswer, type ProbeTimer } from "./probe-run.ts";
import { nodeOf, type ContainerState, type Kubelet, type PodState, type ProbeKind } from "./state.ts";
import { syncPod } from "./sync.ts";
import { writeStatus } from "./write-status.ts";

const TITLES: Record<ProbeKind, string> = {
  startup: "Startup",
  liveness: "Liveness",
  readiness: "Readiness",
};

function probeOf(pod: PodState, container: string, kind: ProbeKind): Probe | undefined {
  return specOf(pod, container)[`${kind}Probe`];
}

/** For a new container. */
export function freshProbes(kubelet: Kubelet, container: ContainerState): void {
  stopProbes(kubelet, container, ["startup", "liveness", "readiness"]);
  container.probes = {};
  container.probing = false;
}

export function stopProbes(kubelet: Kubelet, container: ContainerState, kinds: ProbeKind[]): void {
  for (const kind of kinds) {
    const probe = container.probes[kind];
    if (!probe) continue;
    if (probe.timer !== undefined) kubelet.context.cancel(probe.timer);
    probe.timer = undefined;
    probe.onHold = true;
    probe.flight += 1;
  }
}

/** Begins with a container that the kubelet has seen running; the startup probe holds back the others. */
export function startProbes(kubelet: Kubelet, pod: PodState, container: ContainerState): void {
  if (container.probing || !container.running || container.kind === "init" || container.kind === "ephemeral")
    return;
  container.probing = true;
  if (probeOf(pod, container.name, "startup")) begin(kubelet, pod, container, "startup");
  else beginOthers(kubelet, pod, container);
}

function beginOthers(kubelet: Kubelet, pod: PodState, container: ContainerState): void {
  for (const kind of ["liveness", "readiness"] as const) {
    if (probeOf(pod, container.name, kind)) begin(kubelet, pod, container, kind);
  }
}

function begin(kubelet: Kubelet, pod: PodState, container: ContainerState, kind: ProbeKind): void {
  const { context } = kubelet;
  const probe = probeOf(pod, container.name, kind)!;
  const periodMs = probe.periodSeconds * 1000;
  // Workers that start with their kubelet are spread over a period; those of later pods begin with the pod.
  const fresh = pod.addedAt - nodeOf(kubelet, pod).startedAt < periodMs;
  const state = {
    passed: undefined,
    last: undefined,
    run: 0,
    onHold: false,
    flight: 0,
    timer: undefined,
    phase: pod.addedAt + (fresh ? nextFloat(context.random) * periodMs : 0),
  };
  container.probes[kind] = state;
  const due = container.startedAt + (probe.initialDelaySeconds ?? 0) * 1000;
  // A container that is not ready yet is asked at once.
  const first =
    kind === "readiness" && due <= context.now ? context.now : tick(state.phase, periodMs, due, context.now);
  schedule(kubelet, pod, container, kind, first - context.now);
}

/** The first tick that is neither before `due` nor before `now`. */
function tick(phase: number, periodMs: number, due: number, now: number): number {
  const from = Math.max(due, now);
  return Math.max(now, phase + Math.ceil((from - phase) / periodMs) * periodMs);
}

function schedule(
  kubelet: Kubelet,
  pod: PodState,
  container: ContainerState,
  kind: ProbeKind,
  delayMs: number,
): void {
  const probe = container.probes[kind]!;
  const data = { pod: pod.uid, name: container.name, id: container.id!, kind, flight: probe.flight };
  probe.timer = kubelet.context.after(delayMs, "probe", data);
}

function current(pod: PodState, data: ProbeTimer): ContainerState | undefined {
  const container = pod.containers.get(data.name);
  if (!container?.running || container.id !== data.id) return undefined;
  const probe = container.probes[data.kind];
  return probe && !probe.onHold && probe.flight === data.flight ? container : undefined;
}

export function onProbe(kubelet: Kubelet, pod: PodState, data: ProbeTimer): void {
  const container = current(pod, data);
  if (!container) return;
  container.probes[data.kind]!.timer = undefined;
  runProbe(kubelet, pod, container, probeOf(pod, data.name, data.kind)!, data);
}

export function onProbed(kubelet: Kubelet, pod: PodState, data: ProbeAnswer): void {
  const container = current(pod, data);
  if (!container) return;
  const spec = probeOf(pod, data.name, data.kind)!;
  const verdict = readAnswer(kubelet, pod, container, spec, data);
  if (!verdict) return;
  const { kind } = data;
  const probe = container.probes[kind]!;
  const { now } = kubelet.context;
  const periodMs = spec.periodSeconds * 1000;
  const next = probe.phase + (Math.floor((now - probe.phase) / periodMs) + 1) * periodMs;
  schedule(kubelet, pod, container, kind, next - now);
  say(kubelet, pod, container, kind, verdict);
  if (verdict.result === "unknown") return;
  const passed = verdict.result !== "failure";
  probe.run = probe.last === passed ? probe.run + 1 : 1;
  probe.last = passed;
  if (probe.run < (passed ? spec.successThreshold : spec.failureThreshold)) return;
  if (probe.passed === passed) return;
  probe.passed = passed;
  settle(kubelet, pod, container, kind, passed);
}

function say(
  kubelet: Kubelet,
  pod: PodState,
  { name }: ContainerState,
  kind: ProbeKind,
  { result, output }: { result: string; output: string },
): void {
  const title = `${TITLES[kind]} probe`;
  if (result === "failure") record(kubelet, pod, "Warning", "Unhealthy", `${title} failed: ${output}`, name);
  if (result === "warning")
    record(kubelet, pod, "Warning", "ProbeWarning", `${title} warning: ${output}`, name);
  if (result === "unknown") {
    const text = `${title} errored and resulted in unknown state: ${output}`;
    record(kubelet, pod, "Warning", "Unhealthy", text, name);
  }
}

/** A verdict that is new. */
function settle(
  kubelet: Kubelet,
  pod: PodState,
  container: ContainerState,
  kind: ProbeKind,
  passed: boolean,
): void {
  if (kind === "readiness") {
    writeStatus(kubelet, pod);
    return;
  }
  if (!passed) {
    stopProbes(kubelet, container, [kind]);
    container.unhealthy = kind;
    syncPod(kubelet, pod);
    return;
  }
  if (kind !== "startup") return;
  stopProbes(kubelet, container, ["startup"]);
  beginOthers(kubelet, pod, container);
  syncPod(kubelet, pod);
}
