// One container from its image to its running process and its postStart hook.
// Kubernetes: startContainer in pkg/kubelet/kuberuntime/kuberuntime_container.go (v1.35)
import type { Container } from "#api/pod/types";
import { imageOf } from "../images/registry.ts";
import type { ContainerConfig } from "../process/types.ts";
import { assumedOf } from "./assumed.ts";
import { between } from "./durations.ts";
import { makeEnvironment, valueIn } from "./environment.ts";
import { record } from "./events.ts";
import { expand } from "./expansion.ts";
import { startHook } from "./hooks.ts";
import { ensureImage, finishPull, imageIdOf, imageStatusName } from "./images.ts";
import { beginKill } from "./kill.ts";
import { dnsOf, hostnameOf, hostsFile, resolvConf, resolverId } from "./pod-files.ts";
import { specOf, timerData } from "./pods.ts";
import { freshProbes } from "./probes.ts";
import type { ContainerState, Kubelet, PodState } from "./state.ts";
import type { Step } from "./steps.ts";
import { DEFAULT_RETRY_MS, markDirty } from "./sync.ts";
import { userOf } from "./user.ts";
import { mountsOf } from "./volumes.ts";

type Start = Extract<Step, { step: "start" }>;

/** What a start's timers bring. */
export interface StartTimer {
  container: string;
  pulled?: { askedAt: number; startedAt: number; sizeBytes: number; error?: string };
  hook?: { ok: boolean };
}

const START_MS = { low: 80, high: 260 };

export function startStep(kubelet: Kubelet, pod: PodState, step: Start): boolean {
  const { context } = kubelet;
  const container = specOf(pod, step.container);
  const image = ensureImage(kubelet, pod, container);
  if (image.outcome === "failed") {
    return failStart(kubelet, pod, container, image.reason, image.message, image.retryAt);
  }
  if (image.outcome === "present") return scheduleRun(kubelet, pod, step);
  const { startedAt, readyAt, sizeBytes, error } = image;
  const pulled = { askedAt: context.now, startedAt, sizeBytes, ...(error === undefined ? {} : { error }) };
  context.after(readyAt - context.now, "start", { ...timerData(pod), container: container.name, pulled });
  return false;
}

/** True if the start is over. */
export function continueStart(kubelet: Kubelet, pod: PodState, step: Start, data: StartTimer): boolean {
  const container = specOf(pod, step.container);
  if (data.pulled) {
    const failure = finishPull(kubelet, pod, container, data.pulled);
    if (failure) return failStart(kubelet, pod, container, failure.reason, failure.message);
    return scheduleRun(kubelet, pod, step);
  }
  if (data.hook) return finishPostStart(kubelet, pod, container, data.hook.ok);
  return runContainer(kubelet, pod, step, container);
}

function scheduleRun(kubelet: Kubelet, pod: PodState, step: Start): boolean {
  step.phase = "start";
  const data = { ...timerData(pod), container: step.container };
  kubelet.context.after(between(kubelet.context, START_MS.low, START_MS.high), "start", data);
  return false;
}

function failStart(
  kubelet: Kubelet,
  pod: PodState,
  { name }: Container,
  reason: string,
  message: string,
  retryAt = kubelet.context.now + DEFAULT_RETRY_MS,
): true {
  const shown = reason === "CreateContainerConfigError" || reason === "RunContainerError" ? message : reason;
  record(kubelet, pod, "Warning", "Failed", `Error: ${shown}`, name);
  pod.containers.get(name)!.waiting = { reason, message };
  pod.retryAt.push(retryAt);
  return true;
}

function runContainer(kubelet: Kubelet, pod: PodState, step: Start, container: Container): boolean {
  const { context } = kubelet;
  const made = configOf(kubelet, pod, container);
  if (!made.ok) return failStart(kubelet, pod, container, "CreateContainerConfigError", made.message);
  const state = pod.containers.get(container.name)!;
  const id = context.runtime.create(made.config);
  renew(kubelet, state, id, container);
  record(kubelet, pod, "Normal", "Created", "Container created", container.name);
  const watcher = { to: "kubelet", what: "exited", data: { pod: pod.uid, name: container.name } };
  const started = context.runtime.start(id, watcher);
  markDirty(kubelet, pod);
  if (!started.ok) {
    const { message } = started;
    const finishedAt = context.timestamp();
    state.exit = { id, exitCode: 128, reason: "StartError", message, finishedAt, at: context.now };
    return failStart(kubelet, pod, container, "RunContainerError", message);
  }
  record(kubelet, pod, "Normal", "Started", "Container started", container.name);
  state.running = true;
  state.startedAt = context.now;
  state.startTime = context.timestamp();
  state.waiting = undefined;
  const hook = container.lifecycle?.postStart;
  if (!hook) {
    state.hookDone = true;
    return true;
  }
  step.phase = "postStart";
  startHook(kubelet, pod, state, hook, "postStart");
  return false;
}

/** The record turns to the new container; of the dead ones only the last is kept. */
function renew(kubelet: Kubelet, state: ContainerState, id: string, container: Container): void {
  if (state.id !== undefined) {
    if (state.lastExit) kubelet.context.runtime.remove(state.lastExit.id);
    state.attempt += 1;
  }
  state.lastExit = state.exit ?? state.lastExit;
  state.exit = undefined;
  state.id = id;
  state.image = imageStatusName(container.image);
  state.imageId = imageIdOf(container.image);
  state.imageSpec = container.image;
  state.hookDone = false;
  state.unhealthy = undefined;
  freshProbes(kubelet, state);
}

function finishPostStart(kubelet: Kubelet, pod: PodState, { name }: Container, ok: boolean): boolean {
  const state = pod.containers.get(name)!;
  state.hookDone = ok;
  // What the hook's end changes is seen at the next look.
  markDirty(kubelet, pod);
  if (ok) return true;
  record(kubelet, pod, "Warning", "FailedPostStartHook", "PostStartHook failed", name);
  state.waiting = { reason: "PostStartHookError", message: "PostStartHook failed" };
  pod.retryAt.push(kubelet.context.now + DEFAULT_RETRY_MS);
  if (!state.running) return true;
  beginKill(kubelet, pod, state, "FailedPostStartHook");
  return false;
}

type Config = { ok: true; config: ContainerConfig } | { ok: false; message: string };

function configOf(kubelet: Kubelet, pod: PodState, container: Container): Config {
  const { context } = kubelet;
  const rootRefused = refusesRoot(pod, container);
  if (rootRefused !== undefined) return { ok: false, message: rootRefused };
  const made = makeEnvironment(context, pod, container);
  if (!made.ok) return made;
  const lookUp = (name: string): string | undefined => valueIn(made.env, name);
  const expanded = (words: string[]): string[] => words.map((word) => expand(word, lookUp));
  const stopSignal = container.lifecycle?.stopSignal;
  const files: Record<string, string> = {
    "/etc/hosts": hostsFile(context, pod),
    "/etc/hostname": `${hostnameOf(pod)}\n`,
    "/etc/resolv.conf": resolvConf(dnsOf(context, pod)),
    [container.terminationMessagePath ?? "/dev/termination-log"]: "",
  };
  const target = pod.containers.get(container.targetContainerName ?? "")?.id;
  const user = userOf(pod, container);
  const config: ContainerConfig = {
    podUid: pod.uid,
    namespace: pod.namespace,
    podName: pod.name,
    containerName: container.name,
    host: pod.host!,
    ...(pod.pod.spec.hostNetwork ? { resolver: resolverId(pod) } : {}),
    hostname: hostnameOf(pod),
    image: container.image,
    ...(container.command?.length ? { command: expanded(container.command) } : {}),
    ...(container.args?.length ? { args: expanded(container.args) } : {}),
    ...(container.workingDir ? { workingDir: container.workingDir } : {}),
    env: made.env,
    mounts: mountsOf(kubelet, pod, container, lookUp),
    files,
    declaredPorts: (container.ports ?? []).map(({ containerPort }) => containerPort),
    assumed: assumedOf(pod.pod.spec, container),
    ...(stopSignal ? { stopSignal } : {}),
    ...(user.uid > 0 || user.groups.length > 1 || user.groups[0] !== 0 ? { user } : {}),
    ...(container.securityContext?.["readOnlyRootFilesystem"] === true ? { readOnlyRoot: true } : {}),
    ...(target === undefined ? {} : { targets: target }),
    ...(pod.pod.spec.shareProcessNamespace ? { sharesProcesses: true } : {}),
    ...(container.stdin === true ? { stdin: true } : {}),
    ...(container.tty === true ? { tty: true } : {}),
  };
  return { ok: true, config };
}

// Simplified: of the modelled images few say that they do not run as root; others are taken to do as the manifest asks.
function refusesRoot(pod: PodState, container: Container): string | undefined {
  const own = container.securityContext ?? {};
  const shared = pod.pod.spec.securityContext ?? {};
  if ((own["runAsNonRoot"] ?? shared["runAsNonRoot"]) !== true) return undefined;
  const user = own["runAsUser"] ?? shared["runAsUser"];
  const where = `(pod: "${pod.name}_${pod.namespace}(${pod.uid})", container: ${container.name})`;
  const { generic, user: given = 0 } = imageOf(container.image);
  if ((user === undefined || user === null) && (generic || given !== 0)) return undefined;
  if (user === undefined || user === null)
    return `container has runAsNonRoot and image will run as root ${where}`;
  return user === 0 ? `container's runAsUser breaks non-root policy ${where}` : undefined;
}
