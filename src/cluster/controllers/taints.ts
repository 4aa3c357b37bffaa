// Taints that controllers put on nodes for their state, and what a toleration covers.
// Kubernetes: pkg/controller/nodelifecycle/node_lifecycle_controller.go (v1.35)
import type { Node, Taint } from "#api/node/types";
import type { Toleration } from "#api/pod/types";

export const UNREACHABLE = "node.kubernetes.io/unreachable";
export const NOT_READY = "node.kubernetes.io/not-ready";
export const UNSCHEDULABLE = "node.kubernetes.io/unschedulable";

const OWN = new Set([UNREACHABLE, NOT_READY, UNSCHEDULABLE]);

/** The node's taints with exactly these of the controllers' own; undefined if they are right already. */
export function withOwnTaints(node: Node, wanted: readonly Taint[], timestamp: string): Taint[] | undefined {
  const taints = node.spec.taints ?? [];
  const same = (a: Taint, b: Taint): boolean => a.key === b.key && a.effect === b.effect;
  const kept = taints.filter((taint) => !OWN.has(taint.key) || wanted.some((item) => same(item, taint)));
  const added = wanted
    .filter((item) => !taints.some((taint) => same(item, taint)))
    .map((item) => ({ ...item, timeAdded: timestamp }));
  return kept.length === taints.length && added.length === 0 ? undefined : [...kept, ...added];
}

export function covers(toleration: Toleration, taint: Taint): boolean {
  return (
    (!toleration.effect || toleration.effect === taint.effect) &&
    (!toleration.key || toleration.key === taint.key) &&
    (toleration.operator === "Exists" || (toleration.value ?? "") === (taint.value ?? ""))
  );
}
