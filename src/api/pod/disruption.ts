// The DisruptionTarget condition: why a pod is about to be deleted, when it was neither its owner nor a person.
// Kubernetes: staging/src/k8s.io/api/core/v1/types.go, DisruptionTarget (v1.35)
import { withCondition } from "../conditions.ts";
import type { Condition } from "../meta.ts";
import type { Pod } from "./types.ts";

export type Disruption = Pick<Condition, "reason" | "message">;

export const EVICTED: Disruption = {
  reason: "EvictionByEvictionAPI",
  message: "Eviction API: evicting",
};
export const TAINTED: Disruption = {
  reason: "DeletionByTaintManager",
  message: "Taint manager: deleting due to NoExecute taint",
};
export const ORPHANED: Disruption = {
  reason: "DeletionByPodGC",
  message: "PodGC: node no longer exists",
};

export function withDisruption(pod: Pod, disruption: Disruption, timestamp: string): Pod {
  const { generation } = pod.metadata;
  const conditions = withCondition(pod.status.conditions, {
    type: "DisruptionTarget",
    status: "True",
    ...disruption,
    lastProbeTime: null,
    lastTransitionTime: timestamp,
    ...(generation !== undefined && { observedGeneration: generation }),
  });
  return { ...pod, status: { ...pod.status, ...(conditions && { conditions }) } };
}
