// Which Events the API server accepts.
// Kubernetes: ValidateEventCreate in pkg/apis/core/validation/events.go (v1.35)
import type { FieldError } from "../define.ts";
import { invalid } from "../field-error.ts";
import type { KubeEvent } from "./types.ts";

/** Simplified: only where the Event may stand; the rules of events.k8s.io are left out. */
export function validateEvent({ metadata, involvedObject }: KubeEvent): FieldError[] {
  const namespace = involvedObject.namespace ?? "";
  const detail = "does not match event.namespace";
  if (namespace === metadata.namespace) return [];
  // Events about what has no namespace live in "default".
  if (namespace === "" && (metadata.namespace === "default" || metadata.namespace === "kube-system"))
    return [];
  return [invalid("involvedObject.namespace", namespace, detail)];
}
