// How far a rolling update may go above and below the wanted number of pods.
// Kubernetes: pkg/controller/deployment/util/deployment_util.go ResolveFenceposts (v1.35)
import type { Deployment } from "#api/deployment/types";
import type { IntOrString } from "#api/meta";

function resolve(value: IntOrString | undefined, replicas: number, round: (n: number) => number): number {
  if (typeof value === "number") return value;
  const percent = /^(\d+)%$/.exec(value ?? "0%");
  return percent ? round((Number(percent[1]) * replicas) / 100) : 0;
}

export function isRolling(deployment: Deployment): boolean {
  return deployment.spec.strategy.type === "RollingUpdate";
}

/** Percentages are rounded up; a Recreate Deployment never has more pods than it wants. */
export function maxSurge(deployment: Deployment): number {
  if (!isRolling(deployment)) return 0;
  return resolve(deployment.spec.strategy.rollingUpdate?.maxSurge, deployment.spec.replicas, Math.ceil);
}

/** Percentages are rounded down; if nothing could move at all, one pod may be missing. */
export function maxUnavailable(deployment: Deployment): number {
  const { replicas, strategy } = deployment.spec;
  if (!isRolling(deployment) || replicas === 0) return 0;
  const missing = resolve(strategy.rollingUpdate?.maxUnavailable, replicas, Math.floor);
  if (missing === 0 && maxSurge(deployment) === 0) return 1;
  return Math.min(missing, replicas);
}
