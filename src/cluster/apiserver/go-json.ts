// Values as Go prints them in error texts.
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/util/validation/field/errors.go (v1.35)
import type { Json } from "#base/json";

export function goValue(value: Json | undefined): string {
  if (value === undefined) return "null";
  if (typeof value === "string") return JSON.stringify(value);
  return goJson(value);
}

/** Go's encoder escapes what HTML could misread. */
export function goJson(value: Json): string {
  return JSON.stringify(value).replace(/&/g, "\\u0026").replace(/</g, "\\u003c").replace(/>/g, "\\u003e");
}
