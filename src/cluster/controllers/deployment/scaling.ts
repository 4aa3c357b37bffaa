// Sizes of ReplicaSets: how large the new one may become, and how a change of spec.replicas is shared out among all of
// them in the middle of a rollout.
// Kubernetes: pkg/controller/deployment/sync.go scale, util/deployment_util.go (v1.35)
import type { Deployment } from "#api/deployment/types";
import type { ReplicaSet } from "#api/replicaset/types";
import type { Context } from "../../machine/component.ts";
import { MAX, sizeAnnotations, sizesAreStale } from "./annotations.ts";
import { isRolling, maxSurge } from "./limits.ts";
import { allSets, byAge, recordEvent, type Sets } from "./sets.ts";

export function sumReplicas(sets: readonly ReplicaSet[]): number {
  return sets.reduce((sum, set) => sum + set.spec.replicas, 0);
}

/** The size that the new ReplicaSet may have now. */
export function newSetSize(
  deployment: Deployment,
  old: readonly ReplicaSet[],
  current: ReplicaSet | undefined,
): number {
  const wanted = deployment.spec.replicas;
  const size = current?.spec.replicas ?? 0;
  if (!isRolling(deployment)) return wanted;
  const room = wanted + maxSurge(deployment) - sumReplicas(old) - size;
  return room <= 0 ? size : size + Math.min(room, wanted - size);
}

/** Writes the size, and the annotations that remember it; true if the size changed. */
function scaleSet(context: Context, deployment: Deployment, set: ReplicaSet, replicas: number): boolean {
  const before = set.spec.replicas;
  if (before === replicas && !sizesAreStale(deployment, set)) return false;
  const annotations = { ...set.metadata.annotations, ...sizeAnnotations(deployment) };
  const outcome = context.api.update("ReplicaSet", {
    ...set,
    metadata: { ...set.metadata, annotations },
    spec: { ...set.spec, replicas },
  });
  if (!outcome.ok || before === replicas) return false;
  const verb = replicas > before ? "up" : "down";
  const message = `Scaled ${verb} replica set ${set.metadata.name} from ${before} to ${replicas}`;
  recordEvent(context, deployment, "Normal", "ScalingReplicaSet", message);
  return true;
}

/** scaleSet, but leaves a set of the right size alone. */
export function resize(context: Context, deployment: Deployment, set: ReplicaSet, replicas: number): boolean {
  return set.spec.replicas !== replicas && scaleSet(context, deployment, set, replicas);
}

/** Brings the sets to a changed spec.replicas. */
export function scale(context: Context, sets: Sets): void {
  const { deployment, current, old } = sets;
  const active = allSets(sets).filter((set) => set.spec.replicas > 0);
  const only = active.length > 1 ? undefined : (active[0] ?? current ?? old.at(-1));
  if (only) {
    resize(context, deployment, only, deployment.spec.replicas);
    return;
  }
  if (current && isSaturated(deployment, current)) {
    for (const set of active) if (set !== current) resize(context, deployment, set, 0);
    return;
  }
  if (isRolling(deployment)) scaleProportionally(context, deployment, active);
}

function isSaturated(deployment: Deployment, current: ReplicaSet): boolean {
  const wanted = deployment.spec.replicas;
  return current.spec.replicas === wanted && (current.status.availableReplicas ?? 0) === wanted;
}

function scaleProportionally(context: Context, deployment: Deployment, active: ReplicaSet[]): void {
  const wanted = deployment.spec.replicas;
  const allowed = wanted > 0 ? wanted + maxSurge(deployment) : 0;
  const toAdd = allowed - sumReplicas(active);
  const sorted = [...active].sort(
    (a, b) => b.spec.replicas - a.spec.replicas || (toAdd > 0 ? byAge(b, a) : byAge(a, b)),
  );
  let added = 0;
  const sizes = sorted.map((set) => {
    const part = proportion(deployment, set, toAdd, added);
    added += part;
    return set.spec.replicas + part;
  });
  // What rounding leaves over goes to the largest.
  sizes[0] = Math.max(0, sizes[0]! + toAdd - added);
  sorted.forEach((set, index) => scaleSet(context, deployment, set, sizes[index]!));
}

function proportion(deployment: Deployment, set: ReplicaSet, toAdd: number, added: number): number {
  if (set.spec.replicas === 0 || toAdd === added) return 0;
  const part = fraction(deployment, set);
  return toAdd > 0 ? Math.min(part, toAdd - added) : Math.max(part, toAdd - added);
}

function fraction(deployment: Deployment, set: ReplicaSet): number {
  if (deployment.spec.replicas === 0) return -set.spec.replicas;
  const max = deployment.spec.replicas + maxSurge(deployment);
  const before = Number(set.metadata.annotations?.[MAX] ?? deployment.status.replicas ?? 0);
  if (before === 0) return 0;
  return Math.round((set.spec.replicas * max) / before) - set.spec.replicas;
}
