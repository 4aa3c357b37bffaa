// Which ReplicaSets the API server accepts.
// Kubernetes: ValidateReplicaSetSpec in pkg/apis/apps/validation/validation.go (v1.35)
import { deepEqual } from "#base/json";
import type { FieldError } from "../define.ts";
import { invalid } from "../field-error.ts";
import { nonNegative } from "../numbers.ts";
import { validateSelectedTemplate } from "../pod/validate-template.ts";
import { selectorValue } from "../labels.ts";
import type { ReplicaSet } from "./types.ts";

export function validateReplicaSet({ spec }: ReplicaSet): FieldError[] {
  return [
    ...nonNegative("spec.replicas", spec.replicas),
    ...nonNegative("spec.minReadySeconds", spec.minReadySeconds),
    ...validateSelectedTemplate(spec.selector, spec.template),
  ];
}

export function validateReplicaSetUpdate(next: ReplicaSet, previous: ReplicaSet): FieldError[] {
  const { selector } = next.spec;
  const isSame = deepEqual(selector, previous.spec.selector);
  return [
    ...validateReplicaSet(next),
    ...(isSame ? [] : [invalid("spec.selector", selectorValue(selector), "field is immutable")]),
  ];
}
