// The pod garbage collector: deletes pods whose node has not existed for a while, as nobody else will.
// Kubernetes: pkg/controller/podgc/gc_controller.go (v1.35)
import { ORPHANED, withDisruption } from "#api/pod/disruption";
import { hasEnded } from "#api/pod/lifecycle";
import type { Pod } from "#api/pod/types";
import { defineComponent, isKind, type Change, type Context } from "../../machine/component.ts";

const PERIOD_MS = 20_000;
/** How long a node has to be missing before its pods are taken to be lost. */
const QUARANTINE_MS = 40_000;

interface State {
  /** Missing nodes, and until when they may come back. */
  missing: Map<string, number>;
  planned: boolean;
}

// Simplified: ended pods are kept however many there are; a real cluster deletes those beyond 12500.
export const podGarbageCollector = defineComponent<State>({
  name: "pod-garbage-collector-controller",
  start: () => ({ missing: new Map(), planned: false }),
  watches: ["Node", "Pod"],
  watchDelayMs: () => 20,
  onChanges(context, state, changes) {
    if (changes.some((change) => losesNode(context, change))) plan(context, state);
  },
  timers: {
    look(context, state) {
      state.planned = false;
      const lost = [...state.missing].filter(([, until]) => until <= context.now).map(([name]) => name);
      for (const name of lost) state.missing.delete(name);
      for (const pod of context.api.list("Pod")) {
        const node = pod.spec.nodeName;
        if (!node || context.api.get("Node", undefined, node)) continue;
        if (lost.includes(node)) remove(context, pod);
        else if (!state.missing.has(node)) state.missing.set(node, context.now + QUARANTINE_MS);
      }
      if (state.missing.size > 0) plan(context, state);
    },
  },
});

function losesNode(context: Context, change: Change): boolean {
  if (!isKind(change, "Pod")) return change.type === "DELETED";
  const { nodeName } = change.object.spec;
  if (!nodeName || change.type === "DELETED" || change.old?.spec.nodeName === nodeName) return false;
  return context.api.get("Node", undefined, nodeName) === undefined;
}

/** A real one looks every 20 s; here only while there is something to look for. */
function plan(context: Context, state: State): void {
  if (state.planned) return;
  state.planned = true;
  context.after(PERIOD_MS - (context.now % PERIOD_MS), "look");
}

/** Its phase says that it failed, unless it had ended; nobody is left to end it gracefully. */
function remove(context: Context, pod: Pod): void {
  const { namespace, name, uid } = pod.metadata;
  if (!hasEnded(pod)) {
    const marked = withDisruption(pod, ORPHANED, context.timestamp());
    context.api.updateStatus("Pod", { ...marked, status: { ...marked.status, phase: "Failed" } });
  }
  context.api.delete("Pod", namespace, name, { gracePeriodSeconds: 0, uid });
}
