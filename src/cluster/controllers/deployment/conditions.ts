// The conditions of a Deployment and how they are set.
// Kubernetes: pkg/controller/deployment/util/deployment_util.go SetDeploymentCondition (v1.35)
import { conditionOf } from "#api/conditions";
import type { Deployment } from "#api/deployment/types";
import type { Condition } from "#api/meta";
import type { Context } from "../../machine/component.ts";

export type NewCondition = Required<Pick<Condition, "type" | "status" | "reason" | "message">>;

export function progressing(status: Condition["status"], reason: string, message: string): NewCondition {
  return { type: "Progressing", status, reason, message };
}

/** The same status and reason change nothing; the same status keeps the transition time. */
export function withDeploymentCondition(
  conditions: readonly Condition[] | undefined,
  condition: NewCondition,
  timestamp: string,
): Condition[] {
  const all = [...(conditions ?? [])];
  const old = conditionOf(all, condition.type);
  if (old && old.status === condition.status && old.reason === condition.reason) return all;
  const lastTransitionTime =
    old?.status === condition.status ? (old.lastTransitionTime ?? timestamp) : timestamp;
  return [
    ...all.filter((item) => item.type !== condition.type),
    { ...condition, lastUpdateTime: timestamp, lastTransitionTime },
  ];
}

/** A deadline of 2147483647 seconds is none, and without one nothing is said of progress. */
export function hasProgressDeadline({ spec }: Deployment): boolean {
  return spec.progressDeadlineSeconds !== 2 ** 31 - 1;
}

/** Writes how the rollout gets on into the stored status, and what else of the Deployment goes with its status. */
export function noteProgress(context: Context, deployment: Deployment, condition: NewCondition): Deployment {
  const { conditions } = deployment.status;
  const next = hasProgressDeadline(deployment)
    ? { conditions: withDeploymentCondition(conditions, condition, context.timestamp()) }
    : {};
  const outcome = context.api.updateStatus("Deployment", {
    ...deployment,
    status: { ...deployment.status, ...next },
  });
  return outcome.ok ? outcome.object : deployment;
}
