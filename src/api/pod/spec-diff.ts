// What changed in a pod's spec, as the refusal of an update shows it.
import type { PodSpec } from "./types.ts";

export function specDiff(_previous: PodSpec, _next: PodSpec): string {
  return "";
}
