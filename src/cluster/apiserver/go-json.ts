// Values as Go prints them in error texts.
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/util/validation/field/errors.go (v1.35)
import { escapeGoJson } from "#api/go-json";
import type { Json } from "#base/json";

export function goValue(value: Json | undefined): string {
  if (value === undefined) return "null";
  if (typeof value === "string") return JSON.stringify(value);
  return goJson(value);
}

export function goJson(value: Json): string {
  return escapeGoJson(JSON.stringify(value));
}
