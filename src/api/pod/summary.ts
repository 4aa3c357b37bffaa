// A pod in three words, as `kubectl get pods` has them: READY, STATUS and RESTARTS.
// Kubernetes: printPod in pkg/printers/internalversion/printers.go (v1.35)
import { parseRfc3339 } from "#base/time";
import { conditionOf, isTrue } from "../conditions.ts";
import { hasEnded, isReady } from "./lifecycle.ts";
import type { ContainerState, ContainerStatus, Pod } from "./types.ts";

interface PodSummary {
  ready: number;
  total: number;
  status: string;
  restarts: number;
  /** When the last restart was, as far as a status remembers. */
  lastRestartMs: number | undefined;
}

interface Tally {
  restarts: number;
  last: number | undefined;
}

function count(tally: Tally, { restartCount, lastState }: ContainerStatus): void {
  tally.restarts += restartCount;
  const finished = lastState?.terminated?.finishedAt;
  const ms = finished ? parseRfc3339(finished) : undefined;
  if (ms !== undefined && (tally.last === undefined || ms > tally.last)) tally.last = ms;
}

function endText({ reason, signal, exitCode }: NonNullable<ContainerState["terminated"]>): string {
  if (reason) return reason;
  return signal ? `Signal:${signal}` : `ExitCode:${exitCode}`;
}

export function podSummary(pod: Pod): PodSummary {
  const { spec, status, metadata } = pod;
  const sidecars = new Set(
    (spec.initContainers ?? []).filter((c) => c.restartPolicy === "Always").map((c) => c.name),
  );
  const summary: PodSummary = {
    ready: 0,
    total: (spec.containers ?? []).length + sidecars.size,
    status: status.reason || status.phase || "",
    restarts: 0,
    lastRestartMs: undefined,
  };
  if (conditionOf(status.conditions, "PodScheduled")?.reason === "SchedulingGated") {
    summary.status = "SchedulingGated";
  }
  const started = readInitContainers(pod, summary, sidecars);
  if (started || isTrue(status.conditions, "Initialized")) readContainers(pod, summary, sidecars);
  if (metadata.deletionTimestamp !== undefined) {
    if (status.reason === "NodeLost") summary.status = "Unknown";
    else if (!hasEnded(pod)) summary.status = "Terminating";
  }
  return summary;
}

/** Whether initialisation is over; until then its first open step is the pod's status. */
function readInitContainers(
  { spec, status }: Pod,
  summary: PodSummary,
  sidecars: ReadonlySet<string>,
): boolean {
  const tally: Tally = { restarts: 0, last: undefined };
  const ofSidecars: Tally = { restarts: 0, last: undefined };
  let started = true;
  for (const [index, container] of (status.initContainerStatuses ?? []).entries()) {
    const isSidecar = sidecars.has(container.name);
    count(tally, container);
    if (isSidecar) count(ofSidecars, container);
    const { terminated, waiting } = container.state;
    if (terminated?.exitCode === 0) continue;
    if (isSidecar && container.started) {
      if (container.ready) summary.ready++;
      continue;
    }
    if (terminated) summary.status = `Init:${endText(terminated)}`;
    else if (waiting?.reason && waiting.reason !== "PodInitializing")
      summary.status = `Init:${waiting.reason}`;
    else summary.status = `Init:${index}/${(spec.initContainers ?? []).length}`;
    started = false;
    break;
  }
  const counted = started ? ofSidecars : tally;
  summary.restarts = counted.restarts;
  summary.lastRestartMs = counted.last;
  return started;
}

function readContainers(pod: Pod, summary: PodSummary, sidecars: ReadonlySet<string>): void {
  const tally: Tally = { restarts: 0, last: undefined };
  for (const container of pod.status.initContainerStatuses ?? [])
    if (sidecars.has(container.name)) count(tally, container);
  let isRunning = false;
  let failed = false;
  for (const container of (pod.status.containerStatuses ?? []).toReversed()) {
    count(tally, container);
    const { waiting, terminated, running } = container.state;
    if (waiting?.reason) summary.status = waiting.reason;
    else if (terminated) {
      // In a pod that failed, a container that ended well does not hide one that did not.
      if (pod.status.phase !== "Failed" || terminated.exitCode !== 0 || !failed)
        summary.status = endText(terminated);
      failed ||= terminated.exitCode !== 0;
    } else if (container.ready && running) {
      isRunning = true;
      summary.ready++;
    }
  }
  if (summary.status === "Completed" && isRunning) {
    summary.status = isReady(pod) ? "Running" : "NotReady";
  }
  summary.restarts = tally.restarts;
  summary.lastRestartMs = tally.last;
}
