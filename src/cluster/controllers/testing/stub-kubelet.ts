// Stands for all kubelets in tests of controllers: a bound pod gets an address of its node and runs, ready at once
// unless its annotation `test/ready` says "false"; a deleted pod is gone after a second.
import { conditionOf } from "#api/conditions";
import type { Condition } from "#api/meta";
import type { Pod } from "#api/pod/types";
import { defineComponent, isKind, type Context } from "../../machine/component.ts";
import { keyOf, splitKey } from "../keys.ts";

const START_MS = 300;
const STOP_MS = 1000;
const HEARTBEAT_MS = 10_000;

interface State {
  addresses: Map<string, number>;
  /** Nodes without power. */
  down: Set<string>;
}

export const stubKubelet = defineComponent<State>({
  name: "kubelet",
  start(context) {
    context.after(HEARTBEAT_MS, "heartbeat");
    return { addresses: new Map(), down: new Set() };
  },
  watches: ["Pod"],
  watchDelayMs: () => 5,
  onChanges(context, _state, changes) {
    for (const change of changes) {
      if (!isKind(change, "Pod") || change.type === "DELETED" || !change.object.spec.nodeName) continue;
      const key = keyOf(change.object);
      if (!change.old?.spec.nodeName) context.after(START_MS, "run", { key });
      else if (ready(change.object) !== ready(change.old)) context.after(5, "run", { key });
      if (change.object.metadata.deletionTimestamp !== undefined) context.after(STOP_MS, "gone", { key });
    }
  },
  timers: {
    run(context, state, data: { key: string }) {
      const pod = context.api.get("Pod", ...splitKey(data.key));
      if (pod && !state.down.has(pod.spec.nodeName!)) report(context, state, pod);
    },
    gone(context, state, data: { key: string }) {
      const [namespace, name] = splitKey(data.key);
      const pod = context.api.get("Pod", namespace, name);
      if (pod?.metadata.deletionTimestamp === undefined || state.down.has(pod.spec.nodeName!)) return;
      context.api.delete("Pod", namespace, name, { gracePeriodSeconds: 0 });
    },
    heartbeat(context, state) {
      context.after(HEARTBEAT_MS, "heartbeat");
      const lastHeartbeatTime = context.timestamp();
      for (const node of context.api.list("Node")) {
        if (state.down.has(node.metadata.name)) continue;
        const conditions = node.status.conditions?.map((item) => ({ ...item, lastHeartbeatTime }));
        context.api.updateStatus("Node", {
          ...node,
          status: { ...node.status, conditions: conditions ?? [] },
        });
      }
    },
  },
});

function ready(pod: Pod): boolean {
  return pod.metadata.annotations?.["test/ready"] !== "false";
}

function report(context: Context, state: State, pod: Pod): void {
  const index = pod.spec.nodeName!.replace("node-", "");
  const next = (state.addresses.get(index) ?? 1) + 1;
  const podIP = pod.status.podIP ?? `10.244.${index}.${next}`;
  if (!pod.status.podIP) state.addresses.set(index, next);
  const status = ready(pod) ? "True" : "False";
  const before = conditionOf(pod.status.conditions, "Ready");
  const now = context.timestamp();
  const condition: Condition = {
    type: "Ready",
    status,
    lastTransitionTime: before?.status === status ? (before.lastTransitionTime ?? now) : now,
  };
  const others = (pod.status.conditions ?? []).filter((item) => item.type !== "Ready");
  context.api.updateStatus("Pod", {
    ...pod,
    status: {
      ...pod.status,
      phase: "Running",
      podIP,
      podIPs: [{ ip: podIP }],
      conditions: [...others, condition],
    },
  });
}
