// The node lifecycle controller: a node that has not been heard of for the grace period becomes Unknown, its pods stop
// being ready, and it gets taints; a cordoned node gets one too.
// Kubernetes: pkg/controller/nodelifecycle/node_lifecycle_controller.go (v1.35)
import { conditionOf } from "#api/conditions";
import type { Condition } from "#api/meta";
import type { Node, Taint } from "#api/node/types";
import type { Pod } from "#api/pod/types";
import { defineComponent, type Context } from "../../machine/component.ts";
import { NOT_READY, UNREACHABLE, UNSCHEDULABLE, withOwnTaints } from "../taints.ts";

const MONITOR_PERIOD_MS = 5000;
const GRACE_MS = 50_000;
const COMPONENT = "node-controller";

interface State {
  /** Each node as it was last looked at, its last heartbeat, and when that was first seen. */
  heard: Map<string, { node: Node; heartbeat: string; at: number }>;
}

export const nodeLifecycleController = defineComponent<State>({
  name: "nodelifecycle-controller",
  start(context) {
    context.after(MONITOR_PERIOD_MS, "monitor");
    return { heard: new Map() };
  },
  watches: ["Node"],
  watchDelayMs: () => 20,
  onChanges(context, _state, changes) {
    const names = new Set(changes.map(({ object }) => object.metadata.name));
    for (const name of names) {
      const node = context.api.get("Node", undefined, name);
      if (node) taint(context, node);
    }
  },
  timers: {
    monitor(context, state) {
      const nodes = context.api.list("Node");
      noteMembers(context, state, nodes);
      for (const node of nodes) check(context, state, node);
      context.after(MONITOR_PERIOD_MS, "monitor");
    },
  },
});

/** Simplified: nothing is said of the nodes that were there from the start. */
function noteMembers(context: Context, { heard }: State, nodes: readonly Node[]): void {
  const names = new Set(nodes.map(({ metadata }) => metadata.name));
  if (heard.size > 0)
    for (const node of nodes)
      if (!heard.has(node.metadata.name)) noteMember(context, node, "RegisteredNode", "Registered", "in");
  for (const [name, { node }] of heard) {
    if (names.has(name)) continue;
    heard.delete(name);
    noteMember(context, node, "RemovingNode", "Removing", "from");
  }
}

function noteMember(context: Context, node: Node, reason: string, verb: string, where: string): void {
  const { name } = node.metadata;
  context.api.recordEvent({
    involvedObject: node,
    type: "Normal",
    reason,
    message: `Node ${name} event: ${verb} Node ${name} ${where} Controller`,
    component: COMPONENT,
  });
}

// Simplified: nodes have no Lease objects; the heartbeat in the status is what shows that the kubelet lives.
function check(context: Context, state: State, node: Node): void {
  const { name } = node.metadata;
  const ready = conditionOf(node.status.conditions, "Ready");
  const heartbeat = ready?.lastHeartbeatTime ?? "";
  const heard = state.heard.get(name);
  if (heard?.heartbeat !== heartbeat) {
    state.heard.set(name, { node, heartbeat, at: context.now });
    return;
  }
  if (context.now - heard.at < GRACE_MS || ready?.status === "Unknown") return;
  const conditions = (node.status.conditions ?? []).map((condition) => unknown(context, condition));
  const outcome = context.api.updateStatus("Node", { ...node, status: { ...node.status, conditions } });
  if (!outcome.ok) return;
  context.api.recordEvent({
    involvedObject: outcome.object,
    type: "Normal",
    reason: "NodeNotReady",
    message: `Node ${name} status is now: NodeNotReady`,
    component: COMPONENT,
  });
  for (const pod of context.api.list("Pod")) if (pod.spec.nodeName === name) markNotReady(context, pod);
}

function unknown(context: Context, condition: Condition): Condition {
  return {
    ...condition,
    status: "Unknown",
    reason: "NodeStatusUnknown",
    message: "Kubelet stopped posting node status.",
    lastTransitionTime: context.timestamp(),
  };
}

/** The pod still counts as Running; only its readiness is taken away. */
function markNotReady(context: Context, pod: Pod): void {
  const ready = conditionOf(pod.status.conditions, "Ready");
  if (ready?.status !== "True") return;
  const conditions = pod.status.conditions!.map((condition): Condition =>
    condition.type === "Ready"
      ? { ...condition, status: "False", lastTransitionTime: context.timestamp() }
      : condition,
  );
  const outcome = context.api.updateStatus("Pod", { ...pod, status: { ...pod.status, conditions } });
  if (!outcome.ok) return;
  context.api.recordEvent({
    involvedObject: pod,
    type: "Warning",
    reason: "NodeNotReady",
    message: "Node is not ready",
    component: COMPONENT,
  });
}

function taint(context: Context, node: Node): void {
  const ready = conditionOf(node.status.conditions, "Ready")?.status;
  const wanted: Taint[] = [];
  const key = ready === "Unknown" ? UNREACHABLE : ready === "False" ? NOT_READY : undefined;
  if (key !== undefined) wanted.push({ key, effect: "NoSchedule" }, { key, effect: "NoExecute" });
  if (node.spec.unschedulable) wanted.push({ key: UNSCHEDULABLE, effect: "NoSchedule" });
  const taints = withOwnTaints(node, wanted, context.timestamp());
  if (!taints) return;
  const { taints: _, ...spec } = node.spec;
  context.api.update("Node", { ...node, spec: taints.length > 0 ? { ...spec, taints } : spec });
}
