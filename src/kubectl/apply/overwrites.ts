// apply --overwrite=false: a patch that changes what someone else has changed differently is refused.
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/util/strategicpatch/patch.go MergingMapsHaveConflicts (v1.35)
import type { FieldType, TypeTable } from "#api/define";
import { deepEqual, isObject, type Json, type JsonObject } from "#base/json";
import { toYaml } from "../printers/yaml.ts";
import { fieldType, threeWayPatch, type MergeSchema } from "./three-way.ts";

/** What kubectl says of a patch that would overwrite something; undefined if it would not. */
export function overwriteProblem(
  patch: JsonObject,
  original: JsonObject,
  live: JsonObject,
  schema: MergeSchema,
): string | undefined {
  const changes = withoutDirectives(threeWayPatch(original, live, original, schema));
  if (!mapsDisagree(patch, changes, { kind: "ref", type: schema.root }, schema.types)) return undefined;
  return `patch:\n${toYaml(patch)}\nconflicts with changes made from original to current:\n${toYaml(changes)}\n`;
}

const isDirective = (key: string): boolean => key === "$retainKeys" || key.startsWith("$setElementOrder/");

/** What was changed, without what a patch says of the order of items and of fields that stay. */
function withoutDirectives(patch: JsonObject): JsonObject {
  const kept: JsonObject = {};
  for (const [key, value] of Object.entries(patch)) {
    if (isDirective(key)) continue;
    if (Array.isArray(value))
      kept[key] = value.map((item) => (isObject(item) ? withoutDirectives(item as JsonObject) : item));
    else if (!isObject(value)) kept[key] = value;
    else {
      const inner = withoutDirectives(value as JsonObject);
      const saidNothingElse = Object.keys(inner).length === 0 && Object.keys(value).length > 0;
      if (!saidNothingElse) kept[key] = inner;
    }
  }
  return kept;
}

function mapsDisagree(
  left: JsonObject,
  right: JsonObject,
  type: FieldType | undefined,
  types: TypeTable,
): boolean {
  if (left["$patch"] !== right["$patch"]) return true;
  return Object.keys(left).some(
    (key) =>
      key !== "$patch" &&
      !isDirective(key) &&
      Object.hasOwn(right, key) &&
      disagree(left[key]!, right[key]!, fieldType(type, key, types), types),
  );
}

function disagree(left: Json, right: Json, type: FieldType | undefined, types: TypeTable): boolean {
  if (isObject(left))
    return !isObject(right) || mapsDisagree(left as JsonObject, right as JsonObject, type, types);
  if (!Array.isArray(left)) return !deepEqual(left, right);
  if (!Array.isArray(right)) return true;
  const items = type?.kind === "list" ? type : undefined;
  const { mergeKey, of } = items ?? {};
  if (mergeKey === undefined)
    return left.length !== right.length || left.some((item, at) => disagree(item, right[at]!, of, types));
  const others = new Map(right.map((item) => [(item as JsonObject)[mergeKey], item as JsonObject]));
  return left.some((item) => {
    const other = others.get((item as JsonObject)[mergeKey]);
    return other !== undefined && mapsDisagree(item as JsonObject, other, of, types);
  });
}
