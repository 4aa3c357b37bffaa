// A container's main process has ended: what is remembered of it, and what goes on now.
import type { ContainerExit } from "../process/types.ts";
import { freshProbes } from "./probes.ts";
import { detachSandbox } from "./sandbox.ts";
import { specOf } from "./pods.ts";
import type { ContainerState, Exit, Kubelet, PodState } from "./state.ts";
import { DEFAULT_RETRY_MS, finishStep, markDirty } from "./sync.ts";
import { continueEnd } from "./termination.ts";
import { killNext } from "./kill.ts";

export function onExited(kubelet: Kubelet, pod: PodState, data: ContainerExit & { name: string }): void {
  const container = pod.containers.get(data.name);
  if (!container?.running || container.id !== data.container) return;
  noteExit(kubelet, pod, container, data);
  if (pod.stage === "terminating") {
    continueEnd(kubelet, pod);
    return;
  }
  markDirty(kubelet, pod);
  const { step } = pod;
  if (step?.step === "kill" && step.container === container.name) finishStep(kubelet, pod);
  else if (step?.step === "killPod" && killNext(kubelet, pod)) {
    detachSandbox(kubelet, pod);
    finishStep(kubelet, pod);
  } else if (step?.step === "start" && step.phase === "postStart" && step.container === container.name) {
    pod.retryAt.push(kubelet.context.now + DEFAULT_RETRY_MS);
    finishStep(kubelet, pod);
  }
}

function noteExit(kubelet: Kubelet, pod: PodState, container: ContainerState, data: ContainerExit): void {
  const { context } = kubelet;
  if (container.kill?.timer !== undefined) context.cancel(container.kill.timer);
  container.kill = undefined;
  container.running = false;
  freshProbes(kubelet, container);
  const message = terminationMessage(kubelet, pod, container, data.exitCode);
  const exit: Exit = {
    id: data.container,
    exitCode: data.exitCode,
    reason: data.reason,
    ...(message ? { message } : {}),
    startedAt: container.startTime,
    finishedAt: context.timestamp(),
    at: context.now,
  };
  container.exit = exit;
}

const LONGEST_MESSAGE = 4096;
const LONGEST_LOG_MESSAGE = 2048;
const MOST_LOG_LINES = 80;

// Kubernetes: readLastStringFromContainerLogs in pkg/kubelet/kuberuntime (v1.35)
function terminationMessage(
  { context }: Kubelet,
  pod: PodState,
  container: ContainerState,
  exitCode: number,
): string | undefined {
  const spec = specOf(pod, container.name);
  const path = spec.terminationMessagePath ?? "/dev/termination-log";
  const written = context.runtime.readFile?.(container.id!, path)?.slice(0, LONGEST_MESSAGE);
  if (written) return written;
  if (spec.terminationMessagePolicy !== "FallbackToLogsOnError" || exitCode === 0) return undefined;
  const lines = context.runtime.logs(container.id!).slice(-MOST_LOG_LINES);
  return lines
    .map(({ text, partial }) => (partial ? text : `${text}\n`))
    .join("")
    .slice(-LONGEST_LOG_MESSAGE);
}
