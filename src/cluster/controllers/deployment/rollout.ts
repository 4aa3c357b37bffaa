// The two strategies: step by step within the limits of a rolling update, or all old pods away before the first new one.
// Kubernetes: pkg/controller/deployment/rolling.go, recreate.go (v1.35)
import { controllerOf } from "#api/owners";
import { hasEnded } from "#api/pod/lifecycle";
import type { ReplicaSet } from "#api/replicaset/types";
import { matchesLabelSelector } from "#api/selectors";
import type { Context } from "../../machine/component.ts";
import { maxUnavailable } from "./limits.ts";
import { newSetSize, resize, sumReplicas } from "./scaling.ts";
import { allSets, type Sets } from "./sets.ts";

/** One step: the new set grows, or else old ones shrink. */
export function rollForward(context: Context, sets: Sets): void {
  const { deployment, current, old } = sets;
  if (!current) return;
  const wanted = deployment.spec.replicas;
  const size = current.spec.replicas > wanted ? wanted : newSetSize(deployment, old, current);
  if (resize(context, deployment, current, size)) return;
  shrinkOld(context, sets, current);
}

function shrinkOld(context: Context, sets: Sets, current: ReplicaSet): void {
  const { deployment } = sets;
  const oldPods = sumReplicas(sets.old);
  if (oldPods === 0) return;
  const minAvailable = deployment.spec.replicas - maxUnavailable(deployment);
  const unavailableNew = current.spec.replicas - (current.status.availableReplicas ?? 0);
  const room = oldPods + current.spec.replicas - minAvailable - unavailableNew;
  if (room <= 0) return;
  const old = dropUnhealthy(context, sets, room);
  dropAvailable(context, { ...sets, old }, minAvailable);
}

/** Pods of old sets that serve nobody go first. */
function dropUnhealthy(context: Context, { deployment, old }: Sets, room: number): ReplicaSet[] {
  let dropped = 0;
  return old.map((set) => {
    const unhealthy = set.spec.replicas - (set.status.availableReplicas ?? 0);
    const count = Math.min(room - dropped, unhealthy);
    if (count <= 0) return set;
    const replicas = set.spec.replicas - count;
    dropped += count;
    resize(context, deployment, set, replicas);
    return context.api.get("ReplicaSet", set.metadata.namespace, set.metadata.name) ?? set;
  });
}

function dropAvailable(context: Context, sets: Sets, minAvailable: number): void {
  const available = allSets(sets).reduce((sum, set) => sum + (set.status.availableReplicas ?? 0), 0);
  let room = available - minAvailable;
  for (const set of sets.old) {
    if (room <= 0) return;
    const count = Math.min(set.spec.replicas, room);
    if (count === 0) continue;
    resize(context, sets.deployment, set, set.spec.replicas - count);
    room -= count;
  }
}

/** Empties the old sets; true while pods of theirs are still there. */
export function tearDown(context: Context, sets: Sets): boolean {
  const { deployment, old } = sets;
  let scaled = false;
  for (const set of old) scaled = resize(context, deployment, set, 0) || scaled;
  return scaled || oldPodsRun(context, sets);
}

function oldPodsRun(context: Context, { deployment, current, old }: Sets): boolean {
  if (old.length === 0) return false;
  const namespace = deployment.metadata.namespace ?? "";
  const { matchLabels } = deployment.spec.selector;
  const pods = context.api.list("Pod", { namespace, ...(matchLabels && { labels: matchLabels }) });
  const uids = new Set(old.map((set) => set.metadata.uid));
  return pods.some((pod) => {
    const owner = controllerOf(pod);
    if (!owner || owner.uid === current?.metadata.uid || !uids.has(owner.uid)) return false;
    return !hasEnded(pod) && matchesLabelSelector(deployment.spec.selector, pod.metadata.labels);
  });
}
