// ReplicaSet, apps/v1.
import type { KubeObject, LabelSelector } from "../meta.ts";
import type { PodTemplateSpec } from "../pod/types.ts";
import type { ReplicaStatus } from "../replicationcontroller/types.ts";

export interface ReplicaSet extends KubeObject {
  apiVersion: "apps/v1";
  kind: "ReplicaSet";
  spec: { replicas: number; minReadySeconds?: number; selector: LabelSelector; template: PodTemplateSpec };
  status: ReplicaStatus;
}
