// Which ReplicationControllers the API server accepts.
// Kubernetes: ValidateReplicationControllerSpec in pkg/apis/core/validation/validation.go (v1.35)
import type { FieldError } from "../define.ts";
import { required } from "../field-error.ts";
import { nonNegative } from "../numbers.ts";
import { validateReplicaTemplate } from "../pod/validate-template.ts";
import { matchesLabels } from "../selectors.ts";
import type { ReplicationController } from "./types.ts";

export function validateReplicationController({ spec }: ReplicationController): FieldError[] {
  const isEmpty = Object.keys(spec.selector ?? {}).length === 0;
  return [
    ...nonNegative("spec.minReadySeconds", spec.minReadySeconds),
    ...(isEmpty ? [required("spec.selector")] : []),
    ...nonNegative("spec.replicas", spec.replicas),
    ...validateReplicaTemplate(
      spec.template,
      "ReplicationController",
      (labels) => isEmpty || matchesLabels(spec.selector, labels),
    ),
  ];
}
