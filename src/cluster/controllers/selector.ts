// Label selectors as the controllers and the scheduler apply them: plain maps of Services and ReplicationControllers,
// and the set-based form of ReplicaSets, Deployments and pod affinity.
import type { LabelSelector, LabelSelectorRequirement } from "#api/meta";

type Labels = Record<string, string> | undefined;

export function matchesMap(selector: Record<string, string>, labels: Labels): boolean {
  for (const key in selector) if (labels?.[key] !== selector[key]) return false;
  return true;
}

/** An absent selector matches nothing, an empty one everything. */
export function matchesSelector(selector: LabelSelector | undefined, labels: Labels): boolean {
  if (!selector) return false;
  if (selector.matchLabels && !matchesMap(selector.matchLabels, labels)) return false;
  return (selector.matchExpressions ?? []).every((requirement) => meets(requirement, labels));
}

function meets(requirement: LabelSelectorRequirement, labels: Labels): boolean {
  const value = labels?.[requirement.key];
  switch (requirement.operator) {
    case "In":
      return value !== undefined && (requirement.values ?? []).includes(value);
    case "NotIn":
      return value === undefined || !(requirement.values ?? []).includes(value);
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
  }
}
