// As whom a container runs, which its status and its programs tell.
// Kubernetes: pkg/kubelet/kuberuntime/security_context.go (v1.35)
import type { Container } from "#api/pod/types";
import type { PodState } from "./state.ts";

// Simplified: what an image says of its user is unknown, so it is root unless the manifest names another.
export function userOf(pod: PodState, container: Container): { uid: number; groups: number[] } {
  const shared = pod.pod.spec.securityContext ?? {};
  const number = (key: string): number => Number(container.securityContext?.[key] ?? shared[key] ?? 0);
  const { fsGroup, supplementalGroups } = shared;
  const extra = [fsGroup, ...(Array.isArray(supplementalGroups) ? supplementalGroups : [])];
  const given = extra.filter((group): group is number => typeof group === "number");
  return { uid: number("runAsUser"), groups: [...new Set([number("runAsGroup"), ...given])] };
}
