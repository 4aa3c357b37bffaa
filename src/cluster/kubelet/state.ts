// What all kubelets remember, as plain data: their nodes, the pods bound to these, and how far each pod has come.
import type { Pod, PodStatus } from "#api/pod/types";
import type { Context } from "../machine/component.ts";
import type { HostId } from "../network/types.ts";
import type { Step } from "./steps.ts";

/** What every function of the kubelet works on. */
export interface Kubelet {
  context: Context;
  state: KubeletState;
}

export interface KubeletState {
  nodes: Map<string, NodeState>;
  /** By UID. */
  pods: Map<string, PodState>;
  /** "namespace/name" to the UID of the pod that has the name now. */
  uids: Map<string, string>;
  /** "ConfigMap/namespace/name" and "Secret/..." to the UIDs of pods that mount it. */
  volumeUsers: Map<string, Set<string>>;
}

export interface NodeState {
  name: string;
  up: boolean;
  /** When its kubelet started: probes are spread over their first period only shortly after that. */
  startedAt: number;
  /** The container states are looked at once a second, at this offset. */
  relistPhase: number;
  /** Pods with something new to see at the next look. */
  dirty: Set<string>;
  relisting: boolean;
  /** Full references of images, and since when they are on disk; in the future while they are being pulled. */
  images: Map<string, number>;
  /** Images are pulled one after another. */
  pullFreeAt: number;
  /** hostPath directories in use. */
  hostPaths: Set<string>;
  /** What came due while the node was without power. */
  deferred: { what: string; data: Record<string, unknown> }[];
}

export interface BackOff {
  delayMs: number;
  since: number;
}

export interface Exit {
  id: string;
  exitCode: number;
  signal?: number;
  reason: string;
  message?: string;
  /** Absent for a container that could not be started. */
  startedAt?: string;
  finishedAt: string;
  at: number;
}

export type ProbeKind = "startup" | "liveness" | "readiness";

export interface ProbeState {
  /** The verdict that counts; undefined until there is one. */
  passed: boolean | undefined;
  last: boolean | undefined;
  run: number;
  /** Waits for the container to be restarted. */
  onHold: boolean;
  /** One probe at a time; an answer that carries another number is stale. */
  flight: number;
  timer: number | undefined;
  /** Its ticks are whole periods away from this moment. */
  phase: number;
}

export interface ContainerState {
  name: string;
  kind: "init" | "sidecar" | "main" | "ephemeral";
  /** Of the current or last container. */
  id: string | undefined;
  image: string;
  imageId: string;
  /** As the manifest spelt it when the container was made. */
  imageSpec: string;
  running: boolean;
  /** The hook after the start is over, so the container may count as started. */
  hookDone: boolean;
  startedAt: number;
  startTime: string;
  attempt: number;
  /** How the current container ended. */
  exit: Exit | undefined;
  /** How the one before it ended. */
  lastExit: Exit | undefined;
  /** Why it could not be started; a later start forgets it. */
  waiting: { reason: string; message?: string } | undefined;
  backOff: BackOff | undefined;
  probes: Partial<Record<ProbeKind, ProbeState>>;
  /** Probes are under way for the current container. */
  probing: boolean;
  unhealthy: "liveness" | "startup" | undefined;
  kill: KillState | undefined;
}

export interface KillState {
  phase: "preStop" | "stopping";
  /** When SIGKILL comes. */
  deadline: number;
  timer: number | undefined;
}

export interface PodState {
  uid: string;
  namespace: string;
  name: string;
  node: string;
  /** As last heard from the API server. */
  pod: Pod;
  stage: "active" | "terminating" | "terminated";
  addedAt: number;
  startTime: string;
  host: HostId | undefined;
  ip: string | undefined;
  sandbox: "none" | "ready" | "stopped";
  volumesReady: boolean;
  containers: Map<string, ContainerState>;
  work: Step[];
  step: Step | undefined;
  /** Rises whenever the work is dropped: timers of older work are stale. */
  epoch: number;
  again: boolean;
  /** When the errors of this round may be gone, virtual ms. */
  retryAt: number[];
  resync: number | undefined;
  pullBackOff: Map<string, BackOff>;
  /** The kubelet itself ended the pod. */
  failure: { reason: string; message: string } | undefined;
  /** Its object is about to be removed. */
  ending: boolean;
  /** Deleted in the API server. */
  removed: boolean;
  deadlineTimer: number | undefined;
  /** The sandbox ends with the containers that are being stopped, not after them. */
  sandboxEnds: boolean;
  /** As last written. */
  written: PodStatus | undefined;
  /** Events still allowed at once, and when that was counted. */
  eventTokens: number;
  eventTokensAt: number;
  /** Texts so far, by type, reason and container. */
  eventTexts: Record<string, string[]>;
}

export function createState(kubeletNodes: NodeState[]): KubeletState {
  return {
    nodes: new Map(kubeletNodes.map((node) => [node.name, node])),
    pods: new Map(),
    uids: new Map(),
    volumeUsers: new Map(),
  };
}

export function nodeOf(kubelet: Kubelet, pod: PodState): NodeState {
  return kubelet.state.nodes.get(pod.node)!;
}
