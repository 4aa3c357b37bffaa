// What is said of a value of a strategic merge patch that its field cannot hold: such a patch is merged as data and then
// put into Go's structs, by other code and with other words than a body that is decoded.
// Kubernetes: fromUnstructured in staging/src/k8s.io/apimachinery/pkg/runtime/converter.go (v1.35)
import type { FieldType } from "#api/define";
import type { Json } from "#base/json";

const KINDS: Partial<Record<FieldType["kind"], string>> = { float: "float64" };

/** `goType` is the field's type as Go prints it; undefined where the field's own decoder speaks. */
export function restoreProblem(type: FieldType, goType: string, value: Json): string | undefined {
  const found = kindOf(value);
  switch (type.kind) {
    case "ref":
      return `cannot restore struct from: ${found}`;
    case "map":
      return `cannot restore map from ${found}`;
    case "list":
      return `cannot restore slice from ${found}`;
    case "string":
      return found === "int64" ? `cannot convert int64 to ${goType}` : "unrecognized type: string";
    case "bool":
    case "int32":
    case "int64":
    case "float":
      return typeof value === "number" && type.kind !== "bool"
        ? `cannot convert ${found} to ${goType}`
        : `unrecognized type: ${KINDS[type.kind] ?? type.kind}`;
    default:
      return undefined;
  }
}

function kindOf(value: Json): string {
  if (Array.isArray(value)) return "slice";
  if (typeof value === "number") return Number.isInteger(value) ? "int64" : "float64";
  if (typeof value === "boolean") return "bool";
  return typeof value === "string" ? "string" : "map";
}
