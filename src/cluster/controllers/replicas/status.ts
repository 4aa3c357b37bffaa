// The status of a ReplicaSet or ReplicationController, counted from its pods and written only when it changed.
// Kubernetes: pkg/controller/replicaset/replica_set_utils.go (v1.35)
import { conditionOf } from "#api/conditions";
import { availableIn, hasEnded, isActive } from "#api/pod/lifecycle";
import type { Pod } from "#api/pod/types";
import type { ReplicaStatus } from "#api/replicationcontroller/types";
import { matchesLabels } from "#api/selectors";
import { deepEqual } from "#base/json";
import type { Context } from "../../machine/component.ts";
import type { ReplicaKind, ReplicaOwner } from "./sync.ts";

export interface PodFailure {
  reason: "FailedCreate" | "FailedDelete";
  message: string;
}

/** Returns after how many ms the next pod becomes available, or undefined. */
export function writeStatus(
  context: Context,
  kind: ReplicaKind,
  owner: ReplicaOwner,
  pods: readonly Pod[],
  failure: PodFailure | undefined,
): number | undefined {
  const { status, waitMs } = count(context, kind, owner, pods);
  const conditions = failureConditions(context, owner, failure);
  const next: ReplicaStatus = conditions?.length ? { ...status, conditions } : status;
  if (!deepEqual(next, owner.status)) {
    if (kind === "ReplicaSet") context.api.updateStatus(kind, { ...owner, status: next } as never);
    else context.api.updateStatus(kind, { ...owner, status: next } as never);
  }
  return waitMs;
}

function count(context: Context, kind: ReplicaKind, owner: ReplicaOwner, pods: readonly Pod[]) {
  const minReady = owner.spec.minReadySeconds ?? 0;
  const now = context.timestamp();
  const wanted = owner.spec.template.metadata.labels ?? {};
  let [replicas, labeled, ready, available, terminating] = [0, 0, 0, 0, 0];
  let waitMs: number | undefined;
  for (const pod of pods) {
    if (!isActive(pod)) {
      if (!hasEnded(pod)) terminating++;
      continue;
    }
    replicas++;
    if (matchesLabels(wanted, pod.metadata.labels)) labeled++;
    const wait = availableIn(pod, minReady, now);
    if (wait === undefined) continue;
    ready++;
    if (wait === 0) available++;
    else waitMs = Math.min(waitMs ?? wait, wait);
  }
  const status: ReplicaStatus = {
    replicas,
    ...(labeled > 0 && { fullyLabeledReplicas: labeled }),
    ...(ready > 0 && { readyReplicas: ready }),
    ...(available > 0 && { availableReplicas: available }),
    ...(kind === "ReplicaSet" && { terminatingReplicas: terminating }),
    observedGeneration: owner.metadata.generation ?? 1,
  };
  return { status, waitMs };
}

function failureConditions(context: Context, owner: ReplicaOwner, failure: PodFailure | undefined) {
  const others = owner.status?.conditions?.filter((condition) => condition.type !== "ReplicaFailure");
  if (!failure) return others;
  const old = conditionOf(owner.status?.conditions, "ReplicaFailure");
  if (old?.status === "True" && old.reason === failure.reason) return owner.status.conditions;
  const lastTransitionTime = context.timestamp();
  return [
    ...(others ?? []),
    { type: "ReplicaFailure", status: "True" as const, ...failure, lastTransitionTime },
  ];
}
