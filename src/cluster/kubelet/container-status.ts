// A container's entry in the pod's status, from what the kubelet knows of it.
// Kubernetes: convertToAPIContainerStatuses in pkg/kubelet/kubelet_pods.go (v1.35)
import type { Container, ContainerState as State, ContainerStatus } from "#api/pod/types";
import type { Json } from "#base/json";
import { isReady, isStarted, shouldRun, specOf } from "./pods.ts";
import type { ContainerState, Exit, PodState } from "./state.ts";
import { userOf } from "./user.ts";

const NEVER_STARTED = "1970-01-01T00:00:00Z";

/** Sidecars stand among the init containers, in the manifest's order; the others are sorted by name. */
export interface ContainerStatuses {
  inits: ContainerStatus[];
  mains: ContainerStatus[];
  ephemeral: ContainerStatus[];
}

export function containerStatuses(pod: PodState): ContainerStatuses {
  const found: ContainerStatuses = { inits: [], mains: [], ephemeral: [] };
  for (const container of pod.containers.values())
    found[LISTS[container.kind]].push(containerStatus(pod, container));
  if (found.mains.length > 1) found.mains.sort(byName);
  if (found.ephemeral.length > 1) found.ephemeral.sort(byName);
  return found;
}

const LISTS = { init: "inits", sidecar: "inits", main: "mains", ephemeral: "ephemeral" } as const;

function byName(a: ContainerStatus, b: ContainerStatus): number {
  return a.name < b.name ? -1 : 1;
}

function containerStatus(pod: PodState, container: ContainerState): ContainerStatus {
  const spec = specOf(pod, container.name);
  const { state, lastState } = statesOf(pod, container);
  const isEphemeral = container.kind === "ephemeral";
  const { requests } = spec.resources ?? {};
  const made = container.id !== undefined;
  // Key by key in the order of the alphabet: this is written for every step of every pod.
  const status = {} as ContainerStatus & Record<string, Json>;
  if (requests && !isEphemeral) status["allocatedResources"] = requests as Json;
  if (made) status.containerID = `containerd://${container.id}`;
  status.image = made ? container.image : spec.image;
  status.imageID = container.imageId;
  status.lastState = lastState;
  status.name = container.name;
  // Nobody asks ephemeral containers whether they are ready.
  status.ready = !isEphemeral && isReady(pod, container);
  status["resources"] = (spec.resources ?? {}) as Json;
  status.restartCount = container.attempt;
  if (!isEphemeral) status.started = isStarted(pod, container);
  status.state = state;
  if (made) status["user"] = userStatus(pod, spec);
  const mounts = mountStatuses(spec);
  if (mounts) status["volumeMounts"] = mounts;
  return status;
}

function userStatus(pod: PodState, container: Container): Json {
  const { uid, groups } = userOf(pod, container);
  return { linux: { gid: groups[0] ?? 0, supplementalGroups: [...groups], uid } };
}

function mountStatuses({ volumeMounts }: Container): Json | undefined {
  if (!volumeMounts || volumeMounts.length === 0) return undefined;
  return volumeMounts.map(({ name, mountPath, readOnly }) => ({
    mountPath,
    name,
    ...(readOnly ? { readOnly: true, recursiveReadOnly: "Disabled" } : {}),
  }));
}

function statesOf(pod: PodState, container: ContainerState): { state: State; lastState: State } {
  const last: State = container.lastExit ? { terminated: terminated(container.lastExit) } : {};
  if (container.running) {
    // While the hook after the start runs, the container is not reported yet.
    return { state: { running: { startedAt: container.startTime } }, lastState: last };
  }
  if (container.exit) {
    const ended: State = { terminated: terminated(container.exit) };
    if (container.waiting && pod.stage === "active" && shouldRun(pod, container)) {
      return { state: { waiting: container.waiting }, lastState: ended };
    }
    return { state: ended, lastState: last };
  }
  if (pod.stage === "terminated") return { state: notFound(pod) ?? waiting(pod, container), lastState: last };
  return { state: waiting(pod, container), lastState: last };
}

function waiting(pod: PodState, container: ContainerState): State {
  if (container.waiting) return { waiting: container.waiting };
  const hasInit = (pod.pod.spec.initContainers ?? []).length > 0;
  return { waiting: { reason: hasInit ? "PodInitializing" : "ContainerCreating" } };
}

/** A container of a pod whose containers had begun, that was not there when the pod ended. */
function notFound(pod: PodState): State | undefined {
  if (![...pod.containers.values()].some(({ kind, id }) => kind === "main" && id !== undefined))
    return undefined;
  return {
    terminated: {
      exitCode: 137,
      finishedAt: null as never,
      message: "The container could not be located when the pod was terminated",
      reason: "ContainerStatusUnknown",
      startedAt: null as never,
    },
  };
}

function terminated(exit: Exit): NonNullable<State["terminated"]> {
  return {
    containerID: `containerd://${exit.id}`,
    exitCode: exit.exitCode,
    finishedAt: exit.finishedAt,
    ...(exit.message ? { message: exit.message } : {}),
    reason: exit.reason,
    ...(exit.signal === undefined ? {} : { signal: exit.signal }),
    startedAt: exit.startedAt ?? NEVER_STARTED,
  };
}
