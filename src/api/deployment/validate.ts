// Which Deployments the API server accepts.
// Kubernetes: ValidateDeploymentSpec in pkg/apis/apps/validation/validation.go (v1.35)
import { deepEqual } from "#base/json";
import type { FieldError } from "../define.ts";
import { invalid, required } from "../field-error.ts";
import { checkLabelSelector } from "../labels.ts";
import { nonNegative } from "../numbers.ts";
import { validateReplicaTemplate } from "../pod/validate-template.ts";
import { isEmptySelector } from "../replicaset/validate.ts";
import { matchesLabelSelector } from "../selectors.ts";
import type { Deployment } from "./types.ts";

export function validateDeployment({ spec }: Deployment): FieldError[] {
  const { selector } = spec;
  const errors = nonNegative("spec.replicas", spec.replicas);
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

export function validateDeploymentUpdate(next: Deployment, previous: Deployment): FieldError[] {
  const isSame = deepEqual(next.spec.selector, previous.spec.selector);
  return [
    ...validateDeployment(next),
    ...(isSame ? [] : [invalid("spec.selector", next.spec.selector ?? null, "field is immutable")]),
  ];
}
