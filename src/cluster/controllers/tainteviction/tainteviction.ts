// Taint-based eviction: pods on a node with a NoExecute taint are deleted, at once or when the time is over for which
// they tolerate it.
// Kubernetes: pkg/controller/tainteviction/taint_eviction.go (v1.35)
import type { Node, Taint } from "#api/node/types";
import { TAINTED, withDisruption } from "#api/pod/disruption";
import type { Pod } from "#api/pod/types";
import { parseRfc3339 } from "#base/time";
import { defineComponent, isKind, type Context } from "../../machine/component.ts";
import { keyOf, splitKey } from "../keys.ts";
import { CONTROLLER_RATE, createPace, reserve, type Pace } from "../pace.ts";
import { covers } from "../taints.ts";

interface State {
  /** Nodes with such taints. */
  tainted: Set<string>;
  /** Timers of pods that will be evicted, by the pod's key. */
  timers: Map<string, number>;
  pace: Pace;
}

/** A pod's condition is written before it is deleted. */
const REQUESTS = 2;

export const taintEvictionController = defineComponent<State>({
  name: "taint-eviction-controller",
  start: () => ({ tainted: new Set(), timers: new Map(), pace: createPace(CONTROLLER_RATE) }),
  watches: ["Node", "Pod"],
  watchDelayMs: () => 10,
  onChanges(context, state, changes) {
    for (const change of changes) {
      if (isKind(change, "Node")) onNode(context, state, change.object, change.type === "DELETED");
      else if (isKind(change, "Pod") && state.tainted.has(change.object.spec.nodeName ?? "")) {
        if (change.type === "DELETED") forget(context, state, keyOf(change.object));
        else if (change.old?.spec !== change.object.spec) consider(context, state, keyOf(change.object));
      }
    }
  },
  timers: {
    evict(context, state, { key, uid }: { key: string; uid: string }) {
      state.timers.delete(key);
      const at = reserve(state.pace, CONTROLLER_RATE, context.now, REQUESTS);
      if (at <= context.now) evict(context, key, uid);
      else state.timers.set(key, context.after(at - context.now, "evictLate", { key, uid }));
    },
    evictLate(context, state, { key, uid }: { key: string; uid: string }) {
      state.timers.delete(key);
      evict(context, key, uid);
    },
  },
});

function noExecute(node: Node): Taint[] {
  return (node.spec.taints ?? []).filter((taint) => taint.effect === "NoExecute");
}

function onNode(context: Context, state: State, node: Node, deleted: boolean): void {
  const { name } = node.metadata;
  const tainted = !deleted && noExecute(node).length > 0;
  if (!tainted && !state.tainted.has(name)) return;
  if (tainted) state.tainted.add(name);
  else state.tainted.delete(name);
  for (const pod of context.api.list("Pod")) {
    if (pod.spec.nodeName === name) consider(context, state, keyOf(pod));
  }
}

function forget(context: Context, state: State, key: string): void {
  const timer = state.timers.get(key);
  if (timer !== undefined) context.cancel(timer);
  state.timers.delete(key);
}

function consider(context: Context, state: State, key: string): void {
  const pod = context.api.get("Pod", ...splitKey(key));
  const node = pod && context.api.get("Node", undefined, pod.spec.nodeName ?? "");
  const wait =
    pod && node && pod.metadata.deletionTimestamp === undefined ? evictIn(context, pod, node) : undefined;
  const planned = state.timers.has(key);
  if (wait === undefined && planned) {
    context.api.recordEvent({
      involvedObject: pod!,
      type: "Normal",
      reason: "TaintManagerEviction",
      message: `Cancelling deletion of Pod ${key}`,
      component: "taint-eviction-controller",
    });
  }
  forget(context, state, key);
  if (wait === undefined) return;
  state.timers.set(key, context.after(wait, "evict", { key, uid: pod!.metadata.uid }));
}

/** Milliseconds that the pod may stay; undefined for ever. */
function evictIn(context: Context, pod: Pod, node: Node): number | undefined {
  const now = parseRfc3339(context.timestamp()) ?? 0;
  let wait: number | undefined;
  for (const taint of noExecute(node)) {
    const tolerations = (pod.spec.tolerations ?? []).filter((toleration) => covers(toleration, taint));
    if (tolerations.length === 0) return 0;
    const limits = tolerations
      .map((toleration) => toleration.tolerationSeconds)
      .filter((seconds) => seconds !== undefined);
    if (limits.length === 0) continue;
    const since = parseRfc3339(taint.timeAdded ?? "") ?? now;
    const left = Math.max(0, since + Math.max(0, Math.min(...limits)) * 1000 - now);
    wait = Math.min(wait ?? left, left);
  }
  return wait;
}

function evict(context: Context, key: string, uid: string): void {
  const [namespace, name] = splitKey(key);
  const pod = context.api.get("Pod", namespace, name);
  if (!pod || pod.metadata.uid !== uid) return;
  context.api.recordEvent({
    involvedObject: pod,
    type: "Normal",
    reason: "TaintManagerEviction",
    message: `Marking for deletion Pod ${key}`,
    component: "taint-eviction-controller",
  });
  context.api.updateStatus("Pod", withDisruption(pod, TAINTED, context.timestamp()));
  context.api.delete("Pod", namespace, name, { uid });
}
