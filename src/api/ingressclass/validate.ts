// Which IngressClasses the API server accepts.
// Kubernetes: ValidateIngressClass in pkg/apis/networking/validation/validation.go (v1.35)
import type { FieldError } from "../define.ts";
import type { IngressClass } from "./types.ts";

export function validateIngressClass(_ingressClass: IngressClass): FieldError[] {
  return [];
}

export const validateIngressClassUpdate = (next: IngressClass, _previous: IngressClass): FieldError[] =>
  validateIngressClass(next);
