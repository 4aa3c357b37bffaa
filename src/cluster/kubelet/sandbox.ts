// What a pod needs before its first container: volumes that can be filled, and a sandbox with an address.
// Kubernetes: pkg/kubelet/volumemanager, pkg/kubelet/kuberuntime/kuberuntime_sandbox.go (v1.35)
import type { PodAttachment } from "../network/types.ts";
import { between } from "./durations.ts";
import { record } from "./events.ts";
import { dnsOf, resolverConfig, resolverId } from "./pod-files.ts";
import { timerData } from "./pods.ts";
import type { Kubelet, PodState } from "./state.ts";
import type { Step } from "./steps.ts";
import { mountVolumes } from "./volumes.ts";

const FIRST_MOUNT_RETRY_MS = 500;
const LONGEST_MOUNT_RETRY_MS = 122_000;
const MOUNT_TIMEOUT_MS = 123_000;
/** The pod's network and its pause container. */
const SANDBOX_MS = { low: 120, high: 350 };

export function volumesStep(
  kubelet: Kubelet,
  pod: PodState,
  step: Extract<Step, { step: "volumes" }>,
): boolean {
  const { context } = kubelet;
  const failures = mountVolumes(kubelet, pod);
  if (failures.length === 0) {
    pod.volumesReady = true;
    return true;
  }
  for (const { volume, message } of failures) {
    const text = `MountVolume.SetUp failed for volume "${volume}" : ${message}`;
    record(kubelet, pod, "Warning", "FailedMount", text);
  }
  if (context.now - step.since >= MOUNT_TIMEOUT_MS) {
    step.since = context.now;
    const unmounted = failures.map(({ volume }) => volume).join(" ");
    const what = `unmounted volumes=[${unmounted}], unattached volumes=[], failed to process volumes=[]`;
    const text = `Unable to attach or mount volumes: ${what}: context deadline exceeded`;
    record(kubelet, pod, "Warning", "FailedMount", text);
  }
  const wait = Math.min(FIRST_MOUNT_RETRY_MS * 2 ** step.attempt, LONGEST_MOUNT_RETRY_MS);
  step.attempt += 1;
  context.after(wait, "mount", timerData(pod));
  return false;
}

export function sandboxStep(kubelet: Kubelet, pod: PodState): boolean {
  const { context } = kubelet;
  context.after(between(context, SANDBOX_MS.low, SANDBOX_MS.high), "sandbox", timerData(pod));
  return false;
}

export function attachSandbox(kubelet: Kubelet, pod: PodState): void {
  const { network } = kubelet.context;
  if (pod.pod.spec.hostNetwork) {
    pod.host = `node:${pod.node}`;
    pod.ip = network.ipOf(pod.host);
  } else {
    const attached = network.attachPod(attachmentOf(pod));
    pod.host = attached.host;
    pod.ip = attached.ip;
  }
  network.setResolver(resolverId(pod), resolverConfig(pod, dnsOf(kubelet.context, pod)));
  pod.sandbox = "ready";
}

/** The pod's address is free again. Its status goes on showing it. */
export function detachSandbox(kubelet: Kubelet, pod: PodState): void {
  if (pod.sandbox !== "ready") return;
  pod.sandbox = "stopped";
  kubelet.context.network.detachPod(pod.uid);
}

function attachmentOf({ uid, namespace, name, node, pod }: PodState): PodAttachment {
  const hostPorts = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].flatMap(({ ports }) =>
    (ports ?? []).flatMap(({ hostPort, hostIP, containerPort, protocol }) =>
      hostPort ? [{ hostPort, port: containerPort, protocol, ...(hostIP ? { hostIp: hostIP } : {}) }] : [],
    ),
  );
  return { uid, namespace, name, node, ...(hostPorts.length > 0 ? { hostPorts } : {}) };
}
