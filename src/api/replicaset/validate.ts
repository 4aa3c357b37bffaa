// Which ReplicaSets the API server accepts.
// Kubernetes: ValidateReplicaSetSpec in pkg/apis/apps/validation/validation.go (v1.35)
import { deepEqual } from "#base/json";
import type { FieldError } from "../define.ts";
import { invalid, required } from "../field-error.ts";
import { checkLabelSelector } from "../labels.ts";
import type { LabelSelector } from "../meta.ts";
import { nonNegative } from "../numbers.ts";
import { validateReplicaTemplate } from "../pod/validate-template.ts";
import { matchesLabelSelector } from "../selectors.ts";
import type { ReplicaSet } from "./types.ts";

export function isEmptySelector(selector: LabelSelector | undefined): boolean {
  return !selector?.matchExpressions?.length && Object.keys(selector?.matchLabels ?? {}).length === 0;
}

export function validateReplicaSet({ spec }: ReplicaSet): FieldError[] {
  const { selector } = spec;
  const errors = [
    ...nonNegative("spec.replicas", spec.replicas),
    ...nonNegative("spec.minReadySeconds", spec.minReadySeconds),
  ];
  if (!selector) errors.push(required("spec.selector"));
  else {
    errors.push(...checkLabelSelector(selector, "spec.selector"));
    if (isEmptySelector(selector))
      errors.push(invalid("spec.selector", selector, "empty selector is invalid for deployment"));
  }
  const matches = (labels: Record<string, string>): boolean =>
    isEmptySelector(selector) || matchesLabelSelector(selector, labels);
  return [...errors, ...validateReplicaTemplate(spec.template, "ReplicaSet", matches)];
}

export function validateReplicaSetUpdate(next: ReplicaSet, previous: ReplicaSet): FieldError[] {
  const isSame = deepEqual(next.spec.selector, previous.spec.selector);
  return [
    ...validateReplicaSet(next),
    ...(isSame ? [] : [invalid("spec.selector", next.spec.selector ?? null, "field is immutable")]),
  ];
}
