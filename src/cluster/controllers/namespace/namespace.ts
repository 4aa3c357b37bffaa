// The namespace controller: empties a namespace that is being deleted, pods first, and lets it go when nothing is left.
// Kubernetes: pkg/controller/namespace/deletion/namespaced_resources_deleter.go (v1.35)
import type { AnyObject, KindName } from "#api/kinds";
import type { Condition } from "#api/meta";
import type { Namespace } from "#api/namespace/types";
import { hasEnded } from "#api/pod/lifecycle";
import type { Pod } from "#api/pod/types";
import { KINDS } from "#api/registry";
import { deepEqual } from "#base/json";
import { parseRfc3339 } from "#base/time";
import { defineComponent, type Context } from "../../machine/component.ts";

/** The controller lets late writes into the namespace settle before it starts. */
const GRACE_MS = 5000;
const FINALIZER_ESTIMATE_SECONDS = 15;
// Simplified: what failed is tried again after as long each time, not after 5 ms and then twice as long each time.
const RETRY_MS = 10_000;

const CONDITIONS = [
  "NamespaceDeletionContentFailure",
  "NamespaceContentRemaining",
  "NamespaceFinalizersRemaining",
] as const;

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

/** Deletes what is there, pods before all else; returns when to look again, or undefined if its part is done. */
function empty(context: Context, namespace: Namespace): number | undefined {
  const { name } = namespace.metadata;
  deleteAll(context, name, [...context.api.list("Pod", { namespace: name })]);
  const pods = context.api.list("Pod", { namespace: name });
  if (pods.length > 0) return awaitPods(context, namespace, pods);
  deleteAll(context, name, context.api.listContents(name));
  const left = context.api.listContents(name);
  report(context, namespace, { left });
  if (left.length > 0) return lookAfter(FINALIZER_ESTIMATE_SECONDS);
  const { finalizers = [] } = namespace.spec;
  const others = finalizers.filter((finalizer) => finalizer !== "kubernetes");
  if (others.length === 0 || others.length < finalizers.length) context.api.finalizeNamespace(name, others);
  return undefined;
}

function deleteAll(context: Context, name: string, objects: readonly AnyObject[]): void {
  for (const { kind, metadata } of objects) {
    if (metadata.deletionTimestamp !== undefined) continue;
    context.api.delete(kind as KindName, name, metadata.name);
  }
}

/** Pods are counted nowhere; those that should be gone by now, and that no finalizer holds, are an error. */
function awaitPods(context: Context, namespace: Namespace, pods: readonly Pod[]): number {
  const graces = pods.map((pod) => (hasEnded(pod) ? 0 : pod.spec.terminationGracePeriodSeconds));
  const graceSeconds = Math.max(...graces);
  const since = parseRfc3339(namespace.metadata.deletionTimestamp ?? "") ?? 0;
  const isOverdue = (parseRfc3339(context.timestamp()) ?? 0) - since >= graceSeconds * 1000;
  const isHeld = pods.some(({ metadata }) => (metadata.finalizers ?? []).length > 0);
  const failure =
    isOverdue && !isHeld
      ? `unexpected items still remain in namespace: ${namespace.metadata.name} for gvr: /v1, Resource=pods`
      : undefined;
  report(context, namespace, { left: [], failure });
  if (failure !== undefined) return RETRY_MS;
  return lookAfter(isOverdue ? FINALIZER_ESTIMATE_SECONDS : graceSeconds);
}

/** Half of what it is thought to take. */
const lookAfter = (seconds: number): number => (Math.floor(seconds / 2) + 1) * 1000;

type Said = [type: string, status: Condition["status"], reason: string, message: string];

interface Findings {
  left: readonly AnyObject[];
  failure?: string | undefined;
}

/** Each condition keeps its place, and its time until its status changes. */
function report(context: Context, namespace: Namespace, findings: Findings): void {
  const { conditions: before = [] } = namespace.status;
  const conditions = [...before];
  for (const [type, status, reason, message] of said(findings)) {
    const index = before.findIndex((condition) => condition.type === type);
    const old = before[index];
    const lastTransitionTime = old?.status === status ? old.lastTransitionTime : context.timestamp();
    const condition = { type, status, reason, message, lastTransitionTime };
    if (index < 0) conditions.push(condition);
    else conditions[index] = condition;
  }
  if (deepEqual(conditions, before)) return;
  context.api.updateStatus("Namespace", { ...namespace, status: { ...namespace.status, conditions } });
}

function said({ left, failure }: Findings): Said[] {
  const counts = tally(left.map((object) => PLURALS.get(object.kind) ?? object.kind));
  const finalizers = tally(left.flatMap((object) => object.metadata.finalizers ?? []));
  const remaining = counts.map(([name, count]) => `${name} has ${count} resource instances`).join(", ");
  const held = finalizers.map(([name, count]) => `${name} in ${count} resource instances`).join(", ");
  const discovered: Said[] = [
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
  ];
  const [deletion, content, holding] = CONDITIONS;
  return [
    ...discovered,
    failure === undefined
      ? [
          deletion,
          "False",
          "ContentDeleted",
          "All content successfully deleted, may be waiting on finalization",
        ]
      : [
          deletion,
          "True",
          "ContentDeletionFailed",
          `Failed to delete all resource types, 1 remaining: ${failure}`,
        ],
    remaining === ""
      ? [content, "False", "ContentRemoved", "All content successfully removed"]
      : [content, "True", "SomeResourcesRemain", `Some resources are remaining: ${remaining}`],
    held === ""
      ? [holding, "False", "ContentHasNoFinalizers", "All content-preserving finalizers finished"]
      : [
          holding,
          "True",
          "SomeFinalizersRemain",
          `Some content in the namespace has finalizers remaining: ${held}`,
        ],
  ];
}

function tally(names: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}
