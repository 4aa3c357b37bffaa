// The Deployment controller: rolls from one pod template to the next over ReplicaSets, keeps their history, and reports
// how far it got.
// Kubernetes: pkg/controller/deployment/deployment_controller.go (v1.35)
import { conditionOf } from "#api/conditions";
import type { Deployment } from "#api/deployment/types";
import { controllerOf } from "#api/owners";
import type { Pod } from "#api/pod/types";
import type { ReplicaSet } from "#api/replicaset/types";
import { matchesLabelSelector } from "#api/selectors";
import { nextFloat } from "#base/random";
import { defineComponent, isKind, type Change, type Context } from "../../machine/component.ts";
import { keyOf, splitKey } from "../keys.ts";
import { DESIRED, revisionOf } from "./annotations.ts";
import { hasProgressDeadline, noteProgress, progressing } from "./conditions.ts";
import { isRolling } from "./limits.ts";
import { claimSets, syncRevisions } from "./replica-sets.ts";
import { rollForward, tearDown } from "./rollout.ts";
import { resize, scale } from "./scaling.ts";
import { isComplete, writeCounts, writeProgress } from "./status.ts";
import { allSets, type Sets } from "./sets.ts";

interface State {
  /** Timers for progress deadlines: key to timer id. */
  timers: Map<string, number>;
}

export const deploymentController = defineComponent<State>({
  name: "deployment-controller",
  start: () => ({ timers: new Map() }),
  watches: ["Deployment", "ReplicaSet", "Pod"],
  watchDelayMs: (context) => 10 + 20 * nextFloat(context.random),
  onChanges(context, state, changes) {
    const dirty = new Set<string>();
    for (const change of changes) {
      if (isKind(change, "Deployment")) dirty.add(keyOf(change.object));
      else if (isKind(change, "ReplicaSet")) setOwners(context, change).forEach((key) => dirty.add(key));
      else if (isKind(change, "Pod") && change.type === "DELETED") {
        const key = recreating(context, change.object);
        if (key !== undefined) dirty.add(key);
      }
    }
    for (const key of dirty) sync(context, state, key);
  },
  timers: {
    deadline(context, state, data: { key: string }) {
      state.timers.delete(data.key);
      sync(context, state, data.key);
    },
  },
});

function setOwners(context: Context, change: Change & { object: ReplicaSet; old?: ReplicaSet }): string[] {
  const namespace = change.object.metadata.namespace ?? "";
  const owners = [change.object, change.old].map((set) => set && controllerOf(set));
  const keys = owners
    .filter((owner) => owner?.kind === "Deployment")
    .map((owner) => `${namespace}/${owner!.name}`);
  if (keys.length > 0 || change.type === "DELETED") return keys;
  return context.api
    .list("Deployment", { namespace })
    .filter((deployment) => matchesLabelSelector(deployment.spec.selector, change.object.metadata.labels))
    .map(keyOf);
}

/** The Recreate Deployment that waits for this pod to be gone. */
function recreating(context: Context, pod: Pod): string | undefined {
  const namespace = pod.metadata.namespace ?? "";
  const set = controllerOf(pod);
  const owner = set && controllerOf(context.api.get("ReplicaSet", namespace, set.name) ?? pod);
  if (owner?.kind !== "Deployment") return undefined;
  const deployment = context.api.get("Deployment", namespace, owner.name);
  return deployment && !isRolling(deployment) ? keyOf(deployment) : undefined;
}

function sync(context: Context, state: State, key: string): void {
  const pending = state.timers.get(key);
  if (pending !== undefined) context.cancel(pending);
  state.timers.delete(key);
  const deployment = context.api.get("Deployment", ...splitKey(key));
  if (!deployment) return;
  const wait = syncDeployment(context, deployment);
  if (wait !== undefined) state.timers.set(key, context.after(wait, "deadline", { key }));
}

function syncDeployment(context: Context, stored: Deployment): number | undefined {
  const owned = claimSets(context, stored);
  if (stored.metadata.deletionTimestamp !== undefined) {
    writeCounts(context, syncRevisions(context, stored, owned, false));
    return undefined;
  }
  const deployment = notePause(context, stored);
  if (deployment.spec.paused || isScaling(deployment, owned)) {
    const sets = syncRevisions(context, deployment, owned, false);
    scale(context, sets);
    if (deployment.spec.paused) cleanUp(context, sets);
    writeCounts(context, refresh(context, sets));
    return undefined;
  }
  return isRolling(deployment)
    ? rollingUpdate(context, deployment, owned)
    : recreate(context, deployment, owned);
}

function rollingUpdate(context: Context, deployment: Deployment, owned: readonly ReplicaSet[]) {
  const sets = syncRevisions(context, deployment, owned, true);
  rollForward(context, sets);
  if (isComplete(sets.deployment, sets.deployment.status)) cleanUp(context, sets);
  return writeProgress(context, refresh(context, sets));
}

function recreate(context: Context, deployment: Deployment, owned: readonly ReplicaSet[]) {
  let sets = syncRevisions(context, deployment, owned, false);
  if (!tearDown(context, sets)) {
    if (!sets.current) sets = syncRevisions(context, sets.deployment, owned, true);
    if (sets.current) resize(context, sets.deployment, sets.current, sets.deployment.spec.replicas);
    if (isComplete(sets.deployment, sets.deployment.status)) cleanUp(context, sets);
  }
  return writeProgress(context, refresh(context, sets));
}

/** The sets as they are after this sync's own writes. */
function refresh(context: Context, sets: Sets): Sets {
  const again = (set: ReplicaSet): ReplicaSet =>
    context.api.get("ReplicaSet", set.metadata.namespace, set.metadata.name) ?? set;
  return { ...sets, current: sets.current && again(sets.current), old: sets.old.map(again) };
}

function isScaling(deployment: Deployment, owned: readonly ReplicaSet[]): boolean {
  return owned.some((set) => {
    const desired = set.metadata.annotations?.[DESIRED];
    return set.spec.replicas > 0 && desired !== undefined && Number(desired) !== deployment.spec.replicas;
  });
}

/** Pausing stops the progress deadline, resuming starts it again. */
function notePause(context: Context, deployment: Deployment): Deployment {
  if (!hasProgressDeadline(deployment)) return deployment;
  const known = conditionOf(deployment.status.conditions, "Progressing");
  if (known?.reason === "ProgressDeadlineExceeded") return deployment;
  const wasPaused = known?.reason === "DeploymentPaused";
  if (deployment.spec.paused && !wasPaused) {
    return noteProgress(
      context,
      deployment,
      progressing("Unknown", "DeploymentPaused", "Deployment is paused"),
    );
  }
  if (!deployment.spec.paused && wasPaused) {
    return noteProgress(
      context,
      deployment,
      progressing("Unknown", "DeploymentResumed", "Deployment is resumed"),
    );
  }
  return deployment;
}

/** Deletes empty old ReplicaSets beyond the history limit, the oldest revisions first. */
function cleanUp(context: Context, sets: Sets): void {
  const old = sets.old.filter((set) => set.metadata.deletionTimestamp === undefined);
  const excess = old.length - sets.deployment.spec.revisionHistoryLimit;
  if (excess <= 0) return;
  old.sort((a, b) => revisionOf(a) - revisionOf(b));
  for (const set of old.slice(0, excess)) {
    const current = allSets(refresh(context, sets)).find((item) => item.metadata.uid === set.metadata.uid);
    if (!current || current.spec.replicas > 0 || current.status.replicas > 0) continue;
    if ((current.metadata.generation ?? 1) > (current.status.observedGeneration ?? 0)) continue;
    context.api.delete("ReplicaSet", current.metadata.namespace, current.metadata.name);
  }
}
