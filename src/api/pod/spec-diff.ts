// What changed in a pod's spec, as the refusal of an update shows it.
// Kubernetes: ValidatePodUpdate in pkg/apis/core/validation/validation.go (v1.35)
import { unifiedDiff } from "../unified-diff.ts";
import { internalEphemeralContainer, internalForm } from "./internal-form.ts";
import type { Container, PodSpec } from "./types.ts";

export function specDiff(previous: PodSpec, next: PodSpec): string {
  return unifiedDiff(internalForm(previous), internalForm(next));
}

export function containerDiff(previous: Container, next: Container): string {
  return unifiedDiff(internalEphemeralContainer(previous), internalEphemeralContainer(next));
}
