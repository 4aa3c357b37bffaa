// Counts in the status of what keeps replicas.
// Kubernetes: ValidateDeploymentStatus and ValidateReplicaSetStatus in pkg/apis/apps/validation/validation.go (v1.35)
import type { FieldError } from "./define.ts";
import { invalid } from "./field-error.ts";
import { nonNegative } from "./numbers.ts";

type Counts = Readonly<Record<string, unknown>>;

/** `kept` says which replicas the kind counts first: those that are up to date, or those with all labels. */
export function validateReplicaStatus(
  status: Counts,
  kept: "updatedReplicas" | "fullyLabeledReplicas",
): FieldError[] {
  const parts = [kept, "readyReplicas", "availableReplicas"];
  const count = (name: string): number => Number(status[name] ?? 0);
  const beyond = (name: string, most: string, text: string): FieldError[] =>
    count(name) > count(most)
      ? [invalid(`status.${name}`, count(name), `cannot be greater than ${text}`)]
      : [];
  return [
    ...["replicas", ...parts].flatMap((name) => nonNegative(`status.${name}`, count(name))),
    ...parts.flatMap((name) => beyond(name, "replicas", "status.replicas")),
    ...beyond("availableReplicas", "readyReplicas", "readyReplicas"),
  ];
}
