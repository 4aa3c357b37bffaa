// Adoption and release: an orphan whose labels match gets the owner as its controller, an owned pod whose labels no
// longer match loses it.
// Kubernetes: pkg/controller/controller_ref_manager.go (v1.35)
import { controllerReference } from "#api/owners";
import { isActive } from "#api/pod/lifecycle";
import type { Pod } from "#api/pod/types";
import type { Context } from "../../machine/component.ts";
import { orphansOf, podsOf } from "./pods.ts";
import type { ReplicaController, ReplicaOwner, ReplicaState } from "./sync.ts";

/** The owner's pods after adoption and release. */
export function claimPods(
  context: Context,
  state: ReplicaState,
  controller: ReplicaController,
  owner: ReplicaOwner,
): Pod[] {
  const claimed: Pod[] = [];
  for (const pod of podsOf(context, owner.metadata.uid)) {
    if (controller.matches(owner, pod.metadata.labels)) claimed.push(pod);
    else release(context, owner, pod);
  }
  if (owner.metadata.deletionTimestamp !== undefined) return claimed;
  for (const pod of orphansOf(context, state.orphans, owner.metadata.namespace ?? "")) {
    if (!isActive(pod) || !controller.matches(owner, pod.metadata.labels)) continue;
    const adopted = adopt(context, owner, pod);
    if (adopted) claimed.push(adopted);
  }
  return claimed;
}

function adopt(context: Context, owner: ReplicaOwner, pod: Pod): Pod | undefined {
  const ownerReferences = [...(pod.metadata.ownerReferences ?? []), controllerReference(owner)];
  const outcome = context.api.update("Pod", { ...pod, metadata: { ...pod.metadata, ownerReferences } });
  return outcome.ok ? outcome.object : undefined;
}

function release(context: Context, owner: ReplicaOwner, pod: Pod): void {
  const { ownerReferences = [], ...metadata } = pod.metadata;
  const others = ownerReferences.filter((reference) => reference.uid !== owner.metadata.uid);
  context.api.update("Pod", {
    ...pod,
    metadata: others.length > 0 ? { ...metadata, ownerReferences: others } : metadata,
  });
}
