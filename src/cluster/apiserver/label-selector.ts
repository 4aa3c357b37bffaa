// labelSelector of lists and watches, in all its forms: `app=web,tier in (a,b),!old,stage`.
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/labels/selector.go (v1.35)
import { matchesRequirements, type Labels, type Requirement } from "#api/selectors";
import { parseRequirements } from "./label-query.ts";

export function labelMatcher(selector: string): (labels: Labels | undefined) => boolean {
  const requirements: Requirement[] = parseRequirements(selector);
  return (labels) => matchesRequirements(requirements, labels);
}
