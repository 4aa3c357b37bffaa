// ReplicationController, core/v1.
import type { Condition, KubeObject } from "../meta.ts";
import type { PodTemplateSpec } from "../pod/types.ts";

export interface ReplicaStatus {
  replicas: number;
  fullyLabeledReplicas?: number;
  readyReplicas?: number;
  availableReplicas?: number;
  terminatingReplicas?: number;
  observedGeneration?: number;
  conditions?: Condition[];
}

export interface ReplicationController extends KubeObject {
  apiVersion: "v1";
  kind: "ReplicationController";
  spec: {
    replicas: number;
    minReadySeconds?: number;
    selector: Record<string, string>;
    template: PodTemplateSpec;
  };
  status: ReplicaStatus;
}
