// The ReplicaSet controller.
import { controllerOf } from "#api/owners";
import { isActive } from "#api/pod/lifecycle";
import type { Pod } from "#api/pod/types";
import type { ReplicaSet } from "#api/replicaset/types";
import { matchesLabelSelector } from "#api/selectors";
import { defineComponent, type Context } from "../../machine/component.ts";
import { splitKey } from "../keys.ts";
import { replicaComponent } from "../replicas/component.ts";
import { podsOf } from "../replicas/pods.ts";
import type { ReplicaOwner, ReplicaState } from "../replicas/sync.ts";

export const replicaSetController = defineComponent(
  replicaComponent("replicaset-controller", {
    kind: "ReplicaSet",
    component: "replicaset-controller",
    matches: (owner, labels) => matchesLabelSelector((owner as ReplicaSet).spec.selector, labels),
    related: relatedPods,
  }),
);

/** Pods of all ReplicaSets of the same Deployment: on a crowded node a pod goes first. */
function relatedPods(context: Context, state: ReplicaState, owner: ReplicaOwner, own: readonly Pod[]) {
  const deployment = controllerOf(owner)?.uid;
  if (deployment === undefined) return own;
  const related: Pod[] = [];
  for (const key of state.owners.get(owner.metadata.namespace ?? "") ?? []) {
    const sibling = context.api.get("ReplicaSet", ...splitKey(key));
    if (!sibling || controllerOf(sibling)?.uid !== deployment) continue;
    related.push(...podsOf(context, sibling.metadata.uid).filter(isActive));
  }
  return related;
}
