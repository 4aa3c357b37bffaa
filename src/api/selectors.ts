// Label selectors: matching, the text form of a query and its errors, and how selectors are shown.
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/labels/selector.go (v1.35)
import { ownValue } from "#base/json";
import type { LabelSelector } from "./meta.ts";

export type Labels = Readonly<Record<string, string>>;
export type Operator = "=" | "==" | "!=" | "in" | "notin" | "exists" | "!" | "gt" | "lt";

export interface Requirement {
  key: string;
  operator: Operator;
  values: readonly string[];
}

/** Equality-based: every pair must be there; an empty selector matches everything. */
export function matchesLabels(selector: Labels | undefined, labels: Labels | undefined): boolean {
  for (const key in selector) if (!labels || labels[key] !== selector[key]) return false;
  return true;
}

/** A LabelSelector of a Deployment or ReplicaSet; absent matches nothing, empty everything. */
export function matchesLabelSelector(
  selector: LabelSelector | undefined,
  labels: Labels | undefined,
): boolean {
  if (!selector) return false;
  if (!matchesLabels(selector.matchLabels, labels)) return false;
  return (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
    const value = ownValue(labels, key);
    if (operator === "Exists") return value !== undefined;
    if (operator === "DoesNotExist") return value === undefined;
    if (operator === "In") return value !== undefined && values.includes(value);
    return value === undefined || !values.includes(value);
  });
}

function matchesRequirement({ key, operator, values }: Requirement, labels: Labels | undefined): boolean {
  const value = ownValue(labels, key);
  switch (operator) {
    case "exists":
      return value !== undefined;
    case "!":
      return value === undefined;
    case "=":
    case "==":
    case "in":
      return value !== undefined && values.includes(value);
    case "!=":
    case "notin":
      return value === undefined || !values.includes(value);
    case "gt":
      return value !== undefined && Number(value) > Number(values[0]);
    case "lt":
      return value !== undefined && Number(value) < Number(values[0]);
  }
}

export function matchesRequirements(
  requirements: readonly Requirement[],
  labels: Labels | undefined,
): boolean {
  return requirements.every((requirement) => matchesRequirement(requirement, labels));
}

/** "app=web,tier=front", sorted; "<none>" when it is empty. */
export function formatSelector(selector: Labels | undefined): string {
  const pairs = Object.keys(selector ?? {})
    .sort()
    .map((key) => `${key}=${selector?.[key]}`);
  return pairs.length > 0 ? pairs.join(",") : "<none>";
}

/** "app=web,tier in (a,b),!old" as `kubectl get -o wide` shows it. */
export function formatLabelSelector(selector: LabelSelector | undefined): string {
  if (!selector) return "<none>";
  const parts: { key: string; text: string }[] = Object.entries(selector.matchLabels ?? {}).map(
    ([key, value]) => ({
      key,
      text: `${key}=${value}`,
    }),
  );
  for (const { key, operator, values = [] } of selector.matchExpressions ?? []) {
    const list = `(${[...values].sort().join(",")})`;
    const texts = {
      Exists: key,
      DoesNotExist: `!${key}`,
      In: `${key} in ${list}`,
      NotIn: `${key} notin ${list}`,
    };
    parts.push({ key, text: texts[operator] });
  }
  const sorted = parts.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return sorted.length > 0 ? sorted.map(({ text }) => text).join(",") : "<none>";
}
