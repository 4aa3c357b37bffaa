// Deployment, apps/v1.
import type { Condition, IntOrString, KubeObject, LabelSelector } from "../meta.ts";
import type { PodTemplateSpec } from "../pod/types.ts";

export interface Deployment extends KubeObject {
  apiVersion: "apps/v1";
  kind: "Deployment";
  spec: {
    replicas: number;
    selector: LabelSelector;
    template: PodTemplateSpec;
    strategy: {
      type: "RollingUpdate" | "Recreate";
      rollingUpdate?: { maxUnavailable: IntOrString; maxSurge: IntOrString };
    };
    minReadySeconds?: number;
    revisionHistoryLimit: number;
    progressDeadlineSeconds: number;
    paused?: boolean;
  };
  status: {
    observedGeneration?: number;
    replicas?: number;
    updatedReplicas?: number;
    readyReplicas?: number;
    availableReplicas?: number;
    unavailableReplicas?: number;
    terminatingReplicas?: number;
    /** How many names of ReplicaSets were taken. */
    collisionCount?: number;
    conditions?: Condition[];
  };
}
