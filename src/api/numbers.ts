// Checks of numbers.
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/api/validation/generic.go (v1.35)
import type { FieldError } from "./define.ts";
import { invalid } from "./field-error.ts";

export function nonNegative(field: string, value: number | undefined): FieldError[] {
  return value !== undefined && value < 0
    ? [invalid(field, value, "must be greater than or equal to 0")]
    : [];
}
