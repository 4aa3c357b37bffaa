// Which pods the API server accepts.
// Kubernetes: ValidatePodCreate and ValidatePodUpdate in pkg/apis/core/validation/validation.go (v1.35)
import type { FieldError } from "../define.ts";
import { validatePodSpec } from "./validate-spec.ts";
import type { Pod } from "./types.ts";

export function validatePod({ spec }: Pod): FieldError[] {
  return validatePodSpec(spec, "spec");
}

export function validatePodUpdate(next: Pod, _previous: Pod): FieldError[] {
  return validatePodSpec(next.spec, "spec");
}
