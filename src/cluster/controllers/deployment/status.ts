// The status of a Deployment: counts of its ReplicaSets, whether it has its minimum of pods, and how its rollout gets on.
// Kubernetes: pkg/controller/deployment/progress.go, sync.go calculateStatus (v1.35)
import { conditionOf } from "#api/conditions";
import type { Deployment } from "#api/deployment/types";
import type { Condition } from "#api/meta";
import type { ReplicaSet } from "#api/replicaset/types";
import { deepEqual } from "#base/json";
import { parseRfc3339 } from "#base/time";
import type { Context } from "../../machine/component.ts";
import { hasProgressDeadline, progressing, withDeploymentCondition } from "./conditions.ts";
import { maxUnavailable } from "./limits.ts";
import { sumReplicas } from "./scaling.ts";
import { allSets, type Sets } from "./sets.ts";

type Status = Deployment["status"];
type Count = "replicas" | "readyReplicas" | "availableReplicas" | "terminatingReplicas";

const COMPLETE = "NewReplicaSetAvailable";
const TIMED_OUT = "ProgressDeadlineExceeded";

function sum(sets: readonly ReplicaSet[], field: Count): number {
  return sets.reduce((total, set) => total + (set.status[field] ?? 0), 0);
}

function calculate(context: Context, sets: Sets): Status {
  const { deployment, current } = sets;
  const { collisionCount } = deployment.status;
  const all = allSets(sets);
  const available = sum(all, "availableReplicas");
  const unavailable = Math.max(0, sumReplicas(all) - available);
  const updated = current?.status.replicas ?? 0;
  const ready = sum(all, "readyReplicas");
  const replicas = sum(all, "replicas");
  const enough = available >= deployment.spec.replicas - maxUnavailable(deployment);
  const conditions = withDeploymentCondition(
    deployment.status.conditions,
    {
      type: "Available",
      status: enough ? "True" : "False",
      reason: enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
      message: `Deployment ${enough ? "has" : "does not have"} minimum availability.`,
    },
    context.timestamp(),
  );
  return {
    observedGeneration: deployment.metadata.generation ?? 1,
    ...(replicas > 0 && { replicas }),
    ...(updated > 0 && { updatedReplicas: updated }),
    ...(ready > 0 && { readyReplicas: ready }),
    ...(available > 0 && { availableReplicas: available }),
    ...(unavailable > 0 && { unavailableReplicas: unavailable }),
    terminatingReplicas: sum(all, "terminatingReplicas"),
    ...(collisionCount !== undefined && { collisionCount }),
    conditions,
  };
}

/** Counts only: while paused or scaled. */
export function writeCounts(context: Context, sets: Sets): void {
  write(context, sets.deployment, calculate(context, sets));
}

export function isComplete(deployment: Deployment, status: Status): boolean {
  const wanted = deployment.spec.replicas;
  return (
    (status.updatedReplicas ?? 0) === wanted &&
    (status.replicas ?? 0) === wanted &&
    (status.availableReplicas ?? 0) === wanted &&
    (status.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 1)
  );
}

/** Counts and progress. Returns after how many ms the progress deadline has to be looked at, or undefined. */
export function writeProgress(context: Context, sets: Sets): number | undefined {
  const { deployment } = sets;
  const status = calculate(context, sets);
  const next = { ...status, conditions: progressConditions(context, sets, status) };
  next.conditions = failureConditions(context, sets, next.conditions);
  write(context, deployment, next);
  return deadlineIn(context, deployment, next);
}

function progressConditions(context: Context, sets: Sets, status: Status): Condition[] {
  const { deployment, current } = sets;
  const conditions = status.conditions ?? [];
  if (!hasProgressDeadline(deployment)) return conditions.filter(({ type }) => type !== "Progressing");
  const known = conditionOf(deployment.status.conditions, "Progressing");
  const settled = (status.replicas ?? 0) === (status.updatedReplicas ?? 0) && known?.reason === COMPLETE;
  if (settled) return conditions;
  const subject = current
    ? `ReplicaSet "${current.metadata.name}"`
    : `Deployment "${deployment.metadata.name}"`;
  const now = context.timestamp();
  if (isComplete(deployment, status)) {
    const condition = progressing("True", COMPLETE, `${subject} has successfully progressed.`);
    return withDeploymentCondition(conditions, condition, now);
  }
  if (hasProgressed(deployment.status, status)) {
    const condition = progressing("True", "ReplicaSetUpdated", `${subject} is progressing.`);
    const lastTransitionTime = known?.status === "True" ? (known.lastTransitionTime ?? now) : now;
    const others = conditions.filter((item) => item.type !== "Progressing");
    return [...others, { ...condition, lastUpdateTime: now, lastTransitionTime }];
  }
  if (hasTimedOut(context, deployment, known)) {
    const condition = progressing("False", TIMED_OUT, `${subject} has timed out progressing.`);
    return withDeploymentCondition(conditions, condition, now);
  }
  return conditions;
}

function hasProgressed(old: Status, status: Status): boolean {
  const updated = (item: Status): number => item.updatedReplicas ?? 0;
  const outdated = (item: Status): number => (item.replicas ?? 0) - updated(item);
  return (
    updated(status) > updated(old) ||
    outdated(status) < outdated(old) ||
    (status.readyReplicas ?? 0) > (old.readyReplicas ?? 0) ||
    (status.availableReplicas ?? 0) > (old.availableReplicas ?? 0)
  );
}

function untilDeadline(context: Context, deployment: Deployment, condition: Condition): number {
  const since = parseRfc3339(condition.lastUpdateTime ?? "") ?? 0;
  const now = parseRfc3339(context.timestamp()) ?? 0;
  return since + deployment.spec.progressDeadlineSeconds * 1000 - now;
}

function hasTimedOut(context: Context, deployment: Deployment, known: Condition | undefined): boolean {
  if (!known || known.reason === COMPLETE) return false;
  if (known.reason === TIMED_OUT) return true;
  return untilDeadline(context, deployment, known) < 0;
}

function deadlineIn(context: Context, deployment: Deployment, status: Status): number | undefined {
  const known = conditionOf(status.conditions, "Progressing");
  if (!known || known.reason === TIMED_OUT || isComplete(deployment, status)) return undefined;
  return Math.max(0, untilDeadline(context, deployment, known)) + 1000;
}

function failureConditions(context: Context, sets: Sets, conditions: Condition[]): Condition[] {
  const candidates = sets.current ? [sets.current, ...sets.old] : sets.old;
  for (const set of candidates) {
    const failure = conditionOf(set.status.conditions, "ReplicaFailure");
    if (failure?.status !== "True") continue;
    const { reason = "", message = "" } = failure;
    const condition = { type: "ReplicaFailure", status: "True" as const, reason, message };
    return withDeploymentCondition(conditions, condition, context.timestamp());
  }
  return conditions.filter((condition) => condition.type !== "ReplicaFailure");
}

function write(context: Context, deployment: Deployment, status: Status): void {
  if (deepEqual(status, deployment.status)) return;
  context.api.updateStatus("Deployment", { ...deployment, status });
}
