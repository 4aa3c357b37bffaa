// The namespace controller: empties a namespace that is being deleted, pods first, and lets it go when nothing is left.
// Kubernetes: pkg/controller/namespace/deletion/namespaced_resources_deleter.go (v1.35)
import { withCondition } from "#api/conditions";
import type { AnyObject, KindName } from "#api/kinds";
import type { Condition } from "#api/meta";
import type { Namespace } from "#api/namespace/types";
import { KINDS } from "#api/registry";
import { deepEqual } from "#base/json";
import { defineComponent, type Context } from "../../machine/component.ts";

/** The controller lets late writes into the namespace settle before it starts. */
const GRACE_MS = 5000;
const FINALIZER_ESTIMATE_SECONDS = 15;

const PLURALS = new Map<string, string>(
  KINDS.map(({ kind, plural, group }) => [kind, group === "" ? plural : `${plural}.${group}`]),
);

interface State {
  /** The timers of namespaces for which a look is planned. */
  planned: Map<string, number>;
}

export const namespaceController = defineComponent<State>({
  name: "namespace-controller",
  start: () => ({ planned: new Map() }),
  watches: ["Namespace"],
  watchDelayMs: () => 10,
  onChanges(context, state, changes) {
    for (const { type, object } of changes) {
      const { name, deletionTimestamp } = object.metadata;
      if (type === "DELETED") forget(context, state, name);
      else if (deletionTimestamp !== undefined) plan(context, state, name, GRACE_MS);
    }
  },
  timers: {
    empty(context, state, data: { name: string }) {
      state.planned.delete(data.name);
      const namespace = context.api.get("Namespace", undefined, data.name);
      if (!namespace || namespace.metadata.deletionTimestamp === undefined) return;
      const wait = empty(context, namespace);
      if (wait !== undefined) plan(context, state, data.name, wait);
    },
  },
});

function plan(context: Context, state: State, name: string, delayMs: number): void {
  if (state.planned.has(name)) return;
  state.planned.set(name, context.after(delayMs, "empty", { name }));
}

/** What was planned for it is not for the next one of that name. */
function forget(context: Context, state: State, name: string): void {
  const timer = state.planned.get(name);
  if (timer !== undefined) context.cancel(timer);
  state.planned.delete(name);
}

/** Deletes what is there; returns when to look again, or undefined if its part is done. */
function empty(context: Context, namespace: Namespace): number | undefined {
  const { name } = namespace.metadata;
  const pods = context.api.list("Pod", { namespace: name });
  for (const object of pods.length > 0 ? [...pods] : context.api.listContents(name)) {
    if (object.metadata.deletionTimestamp !== undefined) continue;
    context.api.delete(object.kind as KindName, name, object.metadata.name);
  }
  if (pods.length > 0 && context.api.list("Pod", { namespace: name }).length === 0) return 0;
  const left = context.api.listContents(name);
  report(context, namespace, left);
  if (left.length > 0) return estimateMs(left);
  const { finalizers = [] } = namespace.spec;
  const others = finalizers.filter((finalizer) => finalizer !== "kubernetes");
  if (others.length === 0 || others.length < finalizers.length) context.api.finalizeNamespace(name, others);
  return undefined;
}

/** Half of the longest grace period of its pods, or of what finalizers are thought to take. */
function estimateMs(left: readonly AnyObject[]): number {
  const graces = left.map((object) =>
    object.kind === "Pod" ? object.spec.terminationGracePeriodSeconds : 0,
  );
  const longest = Math.max(...graces);
  const seconds = longest > 0 ? longest : FINALIZER_ESTIMATE_SECONDS;
  return (Math.floor(seconds / 2) + 1) * 1000;
}

function report(context: Context, namespace: Namespace, left: readonly AnyObject[]): void {
  const counts = tally(left.map((object) => PLURALS.get(object.kind) ?? object.kind));
  const finalizers = tally(left.flatMap((object) => object.metadata.finalizers ?? []));
  const remaining = counts.map(([name, count]) => `${name} has ${count} resource instances`).join(", ");
  const held = finalizers.map(([name, count]) => `${name} in ${count} resource instances`).join(", ");
  const wanted: [string, Condition["status"], string, string][] = [
    [
      "NamespaceDeletionDiscoveryFailure",
      "False",
      "ResourcesDiscovered",
      "All resources successfully discovered",
    ],
    [
      "NamespaceDeletionGroupVersionParsingFailure",
      "False",
      "ParsedGroupVersions",
      "All legacy kube types successfully parsed",
    ],
    [
      "NamespaceDeletionContentFailure",
      "False",
      "ContentDeleted",
      "All content successfully deleted, may be waiting on finalization",
    ],
    [
      "NamespaceContentRemaining",
      left.length > 0 ? "True" : "False",
      left.length > 0 ? "SomeResourcesRemain" : "ContentRemoved",
      left.length > 0 ? `Some resources are remaining: ${remaining}` : "All content successfully removed",
    ],
    held === ""
      ? [
          "NamespaceFinalizersRemaining",
          "False",
          "ContentHasNoFinalizers",
          "All content-preserving finalizers finished",
        ]
      : [
          "NamespaceFinalizersRemaining",
          "True",
          "SomeFinalizersRemain",
          `Some content in the namespace has finalizers remaining: ${held}`,
        ],
  ];
  let conditions: Condition[] | undefined = namespace.status.conditions;
  for (const [type, status, reason, message] of wanted) {
    const lastTransitionTime = context.timestamp();
    conditions = withCondition(conditions, { type, status, reason, message, lastTransitionTime });
  }
  if (!conditions || deepEqual(conditions, namespace.status.conditions)) return;
  context.api.updateStatus("Namespace", { ...namespace, status: { ...namespace.status, conditions } });
}

function tally(names: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}
