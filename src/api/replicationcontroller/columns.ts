// Desired, Current and Ready: the columns that ReplicationControllers and ReplicaSets share.
// Kubernetes: pkg/printers/internalversion/printers.go (v1.35)
import type { Column } from "../define.ts";
import { column } from "../table.ts";
import type { ReplicaStatus } from "./types.ts";

export function replicaColumns<
  T extends { spec: { replicas: number }; status: ReplicaStatus },
>(): Column<T>[] {
  return [
    column<T>({
      name: "Desired",
      type: "integer",
      description: "Replicas is the number of desired replicas.",
      value: ({ spec }) => spec.replicas,
    }),
    column<T>({
      name: "Current",
      type: "integer",
      description: "Replicas is the most recently observed number of replicas.",
      value: ({ status }) => status.replicas ?? 0,
    }),
    column<T>({
      name: "Ready",
      type: "integer",
      description: "The number of ready replicas.",
      value: ({ status }) => status.readyReplicas ?? 0,
    }),
  ];
}
