// What changed in a pod's spec, as the refusal of an update shows it.
// Kubernetes: ValidatePodUpdate in pkg/apis/core/validation/validation.go (v1.35)
import { unifiedDiff } from "../unified-diff.ts";
import { internalForm } from "./internal-form.ts";
import type { PodSpec } from "./types.ts";

export function specDiff(previous: PodSpec, next: PodSpec): string {
  return unifiedDiff(internalForm(previous), internalForm(next));
}
