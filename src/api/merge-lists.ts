// Lists that a strategic merge patch merges item by item: what Go says of those that it cannot. Servers and clients ask.
// Kubernetes: sliceElementType in staging/src/k8s.io/apimachinery/pkg/util/strategicpatch/patch.go (v1.35)
import type { Json } from "#base/json";
import { goMap } from "./go-json.ts";

/** Elements have one type in Go, and that is no list. */
export function elementProblem(original: readonly Json[], patch: readonly Json[]): string | undefined {
  const types = [...original, ...patch].map(goType);
  if (types[0] === "list") return "lists of lists are not supported";
  if (types.every((type) => type === types[0])) return undefined;
  return `list element types are not identical: ${goMap([[...original], [...patch]])}`;
}

export const keyProblem = (item: Json, mergeKey: string): string =>
  `map: ${goMap(item)} does not contain declared merge key: ${mergeKey}`;

function goType(value: Json): string {
  if (Array.isArray(value)) return "list";
  if (typeof value === "number") return Number.isInteger(value) ? "int64" : "float64";
  return value === null ? "nil" : typeof value;
}
