// What server-side apply says of a manifest that does not fit the schema: it is checked before anything is decoded, and
// in other words.
// Kubernetes: sigs.k8s.io/structured-merge-diff/v6/typed/validate.go (v1.35)
import type { FieldType, TypeTable } from "#api/define";
import { goMap } from "#api/go-json";
import { isObject, type Json, type JsonObject } from "#base/json";
import { itemsOf, placeOf, type Place } from "./compare.ts";
import { pathText } from "./field-tree.ts";

/** Texts with their paths, in the order of the keys. */
export function typedProblems(types: TypeTable, type: string, object: JsonObject): string[] {
  const problems: string[] = [];
  const say = (path: readonly string[], text: string): void =>
    void problems.push(`${pathText(path)}: ${text}`);
  check({ types, say }, { type: { kind: "ref", type }, atomic: false, keys: undefined }, object, []);
  return problems;
}

interface Checking {
  types: TypeTable;
  say(path: readonly string[], text: string): void;
}

function check(checking: Checking, place: Place, value: Json, path: readonly string[]): void {
  const { type } = place;
  if (value === null || !type) return;
  if (type.kind === "list") checkList(checking, place, type.of, value, path);
  else if (type.kind === "ref" || type.kind === "map") checkMap(checking, place, value, path);
  else {
    const problem = scalarProblem(type, value);
    if (problem) checking.say(path, problem);
  }
}

function checkMap(checking: Checking, { type }: Place, value: Json, path: readonly string[]): void {
  if (!isObject(value)) return checking.say(path, `expected map, got &{${goMap(value)}}`);
  for (const key of Object.keys(value).sort()) {
    const here = [...path, `f:${key}`];
    const inner = placeOf(checking.types, type, key);
    // What comes after it is not looked at.
    if (!inner.type) return checking.say(here, "field not declared in schema");
    check(checking, inner, (value as JsonObject)[key] ?? null, here);
  }
}

function checkList(
  checking: Checking,
  { atomic, keys }: Place,
  type: FieldType,
  value: Json,
  path: readonly string[],
): void {
  if (!Array.isArray(value)) return checking.say(path, `expected list, got &{${goMap(value)}}`);
  const seen = new Set<string>();
  value.forEach((item, index) => {
    const [key = ""] = atomic ? [`i:${index}`] : itemsOf([item], keys).keys();
    if (seen.has(key)) return checking.say(path, `duplicate entries for key ${pathText([key])}`);
    seen.add(key);
    check(checking, { type, atomic: false, keys: undefined }, item, [...path, key]);
  });
}

function scalarProblem({ kind }: FieldType, value: Json): string | undefined {
  switch (kind) {
    case "string":
    case "bytes":
      return typeof value === "string"
        ? undefined
        : `expected string, got &value.valueUnstructured{Value:${goMap(value)}}`;
    case "bool":
      return typeof value === "boolean" ? undefined : `expected boolean, got &{${goMap(value)}}`;
    case "int32":
    case "int64":
    case "float":
      return typeof value === "number"
        ? undefined
        : `expected numeric (int or float), got ${interfaceOf(value)}`;
    case "quantity":
    case "time":
    case "microTime":
      return typeof value === "object" ? `expected any scalar, got &{${goMap(value)}}` : undefined;
    default:
      return undefined;
  }
}

function interfaceOf(value: Json): string {
  if (Array.isArray(value)) return "[]interface {}";
  if (isObject(value)) return "map[string]interface {}";
  return typeof value === "boolean" ? "bool" : typeof value;
}
