// What a kubelet does for its node as a whole: it reports that it lives, and does nothing without power.
// Kubernetes: pkg/kubelet/kubelet_node_status.go (v1.35)
import type { Condition } from "#api/meta";
import { between } from "./durations.ts";
import { markDirty } from "./sync.ts";
import { endPod, isDeleted } from "./termination.ts";
import type { Kubelet, NodeState } from "./state.ts";

// Simplified: the node's status takes the place of its Lease, which is renewed this often.
const HEARTBEAT_MS = 10_000;

const CONDITIONS: [type: string, status: Condition["status"], reason: string, message: string][] = [
  ["MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"],
  ["DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"],
  ["PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"],
  ["Ready", "True", "KubeletReady", "kubelet is posting ready status"],
];

export function createNode(kubelet: Pick<Kubelet, "context">, name: string): NodeState {
  const { context } = kubelet;
  context.after(HEARTBEAT_MS * between(context, 0.5, 1), "heartbeat", { node: name });
  return {
    name,
    up: true,
    startedAt: context.now,
    relistPhase: between(context, 0, 1000),
    dirty: new Set(),
    relisting: false,
    images: new Map(),
    pullFreeAt: 0,
    hostPaths: new Set(),
    deferred: [],
  };
}

export function onHeartbeat(kubelet: Kubelet, name: string): void {
  const { context, state } = kubelet;
  context.after(HEARTBEAT_MS, "heartbeat", { node: name });
  if (state.nodes.get(name)?.up) reportNode(kubelet, name);
}

function reportNode({ context }: Kubelet, name: string): void {
  const node = context.api.get("Node", undefined, name);
  if (!node) return;
  const now = context.timestamp();
  const old = node.status.conditions ?? [];
  const own = CONDITIONS.map(([type, status, reason, message]): Condition => {
    const before = old.find((condition) => condition.type === type);
    const since = before?.status === status ? before.lastTransitionTime : undefined;
    return { type, status, lastHeartbeatTime: now, lastTransitionTime: since ?? now, reason, message };
  });
  const foreign = old.filter(({ type }) => !CONDITIONS.some(([mine]) => mine === type));
  context.api.updateStatus("Node", { ...node, status: { ...node.status, conditions: [...foreign, ...own] } });
}

/** Without power nothing happens; what came due meanwhile happens when the power is back. */
export function setNodePower(kubelet: Kubelet, name: string, up: boolean): void {
  const { context, state } = kubelet;
  const node = state.nodes.get(name);
  if (!node || node.up === up) return;
  node.up = up;
  for (const pod of state.pods.values()) {
    if (pod.node !== name) continue;
    for (const { id } of pod.containers.values()) if (id !== undefined) context.runtime.setPaused(id, !up);
  }
  if (!up) return;
  reportNode(kubelet, name);
  node.relisting = false;
  const { deferred } = node;
  node.deferred = [];
  for (const { what, data } of deferred) context.after(0, what, data as never);
  for (const pod of state.pods.values()) {
    if (pod.node !== name) continue;
    pod.written = undefined;
    // Deletions that nobody acted on; all others are looked at again.
    if (isDeleted(pod)) endPod(kubelet, pod);
    else markDirty(kubelet, pod);
  }
}
