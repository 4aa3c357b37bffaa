// Texts of the warnings that come with pods and templates that are accepted.
// Kubernetes: pkg/api/pod/warnings.go (v1.35)
import type { Pod } from "./types.ts";

export function podWarnings(_pod: Pod): string[] {
  return [];
}
