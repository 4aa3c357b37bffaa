// Adoption and release: an orphan whose labels match gets the owner as its controller, an owned pod whose labels no
// longer match loses it.
// Kubernetes: pkg/controller/controller_ref_manager.go (v1.35)
import type { Pod } from "#api/pod/types";
import type { Context } from "../../machine/component.ts";
import { controllerReference } from "../owners.ts";
import { isActive } from "../pod-conditions.ts";
import { indexPod, orphansOf, podsOf, unindexPod } from "./pod-index.ts";
import type { ReplicaController, ReplicaOwner, ReplicaState } from "./sync.ts";

export function claimPods(
  context: Context,
  state: ReplicaState,
  controller: ReplicaController,
  owner: ReplicaOwner,
): void {
  for (const pod of podsOf(context, state.index, owner.metadata.uid)) {
    if (!controller.matches(owner, pod.metadata.labels)) release(context, state, owner, pod);
  }
  if (owner.metadata.deletionTimestamp !== undefined) return;
  for (const pod of orphansOf(context, state.index, owner.metadata.namespace ?? "")) {
    if (isActive(pod) && controller.matches(owner, pod.metadata.labels)) adopt(context, state, owner, pod);
  }
}

function adopt(context: Context, state: ReplicaState, owner: ReplicaOwner, pod: Pod): void {
  const references = [...(pod.metadata.ownerReferences ?? []), controllerReference(owner)];
  rewrite(context, state, pod, { ...pod, metadata: { ...pod.metadata, ownerReferences: references } });
}

function release(context: Context, state: ReplicaState, owner: ReplicaOwner, pod: Pod): void {
  const others = (pod.metadata.ownerReferences ?? []).filter((item) => item.uid !== owner.metadata.uid);
  const { ownerReferences: _, ...metadata } = pod.metadata;
  rewrite(context, state, pod, {
    ...pod,
    metadata: others.length > 0 ? { ...metadata, ownerReferences: others } : metadata,
  });
}

function rewrite(context: Context, state: ReplicaState, before: Pod, after: Pod): void {
  const outcome = context.api.update("Pod", after);
  if (!outcome.ok) return;
  unindexPod(state.index, before);
  indexPod(state.index, outcome.object);
}
