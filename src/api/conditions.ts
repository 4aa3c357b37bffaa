// Conditions as statuses of pods, nodes and workloads carry them: found by type, and set.
import type { Condition } from "./meta.ts";

type Conditions = readonly Condition[] | undefined;

export function conditionOf(conditions: Conditions, type: string): Condition | undefined {
  if (conditions) for (const condition of conditions) if (condition.type === type) return condition;
  return undefined;
}

export function isTrue(conditions: Conditions, type: string): boolean {
  return conditionOf(conditions, type)?.status === "True";
}

/** Sets a condition; its transition time moves only with its status. Returns the same array if nothing changed. */
export function withCondition(
  conditions: Condition[] | undefined,
  condition: Condition,
): Condition[] | undefined {
  const old = conditionOf(conditions, condition.type);
  if (old && old.status === condition.status && old.reason === condition.reason) {
    if (old.message === condition.message) return conditions;
  }
  const next =
    old && old.status === condition.status && old.lastTransitionTime !== undefined
      ? { ...condition, lastTransitionTime: old.lastTransitionTime }
      : condition;
  return [...(conditions ?? []).filter((item) => item.type !== condition.type), next];
}
