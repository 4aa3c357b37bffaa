// Which Deployments the API server accepts.
// Kubernetes: ValidateDeploymentSpec in pkg/apis/apps/validation/validation.go (v1.35)
import { deepEqual } from "#base/json";
import type { FieldError } from "../define.ts";
import { forbidden, invalid, notSupported } from "../field-error.ts";
import { selectorValue } from "../labels.ts";
import type { IntOrString } from "../meta.ts";
import { nonNegative } from "../numbers.ts";
import { validateSelectedTemplate } from "../pod/validate-template.ts";
import type { Deployment } from "./types.ts";

const PERCENT =
  "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";

export function validateDeployment({ spec }: Deployment): FieldError[] {
  const { minReadySeconds = 0, progressDeadlineSeconds: deadline } = spec;
  const field = "spec.progressDeadlineSeconds";
  const isTooShort = deadline !== undefined && deadline <= minReadySeconds;
  return [
    ...nonNegative("spec.replicas", spec.replicas),
    ...validateSelectedTemplate(spec.selector, spec.template),
    ...validateStrategy(spec.strategy),
    ...nonNegative("spec.minReadySeconds", minReadySeconds),
    ...nonNegative("spec.revisionHistoryLimit", spec.revisionHistoryLimit),
    ...nonNegative(field, deadline),
    ...(isTooShort ? [invalid(field, deadline, "must be greater than minReadySeconds")] : []),
  ];
}

export function validateDeploymentUpdate(next: Deployment, previous: Deployment): FieldError[] {
  const { selector } = next.spec;
  const isSame = deepEqual(selector, previous.spec.selector);
  return [
    ...validateDeployment(next),
    ...(isSame ? [] : [invalid("spec.selector", selectorValue(selector), "field is immutable")]),
  ];
}

function validateStrategy({ type, rollingUpdate }: Deployment["spec"]["strategy"]): FieldError[] {
  const field = "spec.strategy";
  if (type === "Recreate") {
    if (!rollingUpdate) return [];
    return [forbidden(`${field}.rollingUpdate`, "may not be specified when strategy `type` is 'Recreate'")];
  }
  if (type !== "RollingUpdate") {
    // The whole strategy is shown, in the names of Go's fields.
    const update = rollingUpdate
      ? { MaxUnavailable: rollingUpdate.maxUnavailable ?? 0, MaxSurge: rollingUpdate.maxSurge ?? 0 }
      : null;
    return [notSupported(field, { Type: type, RollingUpdate: update }, ["Recreate", "RollingUpdate"])];
  }
  const { maxUnavailable = 0, maxSurge = 0 } = rollingUpdate ?? {};
  const path = `${field}.rollingUpdate.maxUnavailable`;
  const errors = [
    ...checkIntOrPercent(path, maxUnavailable),
    ...checkIntOrPercent(`${field}.rollingUpdate.maxSurge`, maxSurge),
  ];
  if (valueOf(maxUnavailable) === 0 && valueOf(maxSurge) === 0) {
    errors.push(invalid(path, maxUnavailable, "may not be 0 when `maxSurge` is 0"));
  }
  if (typeof maxUnavailable === "string" && valueOf(maxUnavailable) > 100) {
    errors.push(invalid(path, maxUnavailable, "must not be greater than 100%"));
  }
  return errors;
}

/** What is no percentage counts as zero. */
function valueOf(value: IntOrString): number {
  if (typeof value === "number") return value;
  return /^[0-9]+%$/.test(value) ? Number(value.slice(0, -1)) : 0;
}

function checkIntOrPercent(field: string, value: IntOrString): FieldError[] {
  if (typeof value === "number") return nonNegative(field, value);
  return /^[0-9]+%$/.test(value) ? [] : [invalid(field, value, PERCENT)];
}
