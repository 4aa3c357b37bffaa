// Strategic merge patch: objects merge, lists merge by the key that their type declares, and directives delete,
// replace and order. The original is left as it is.
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/util/strategicpatch/patch.go (v1.35)
import type { FieldType, TypeTable } from "#api/define";
import { goMap } from "#api/go-json";
import { elementProblem, keyProblem } from "#api/merge-lists";
import { define, isObject, type Json, type JsonObject } from "#base/json";
import { indexOf, orderItems, partition } from "./list-order.ts";

/** The patch contradicts itself or the type. */
export class StrategicPatchError extends Error {
  /** It could be told without the object. */
  readonly isMalformed: boolean;

  constructor(message: string, isMalformed = false) {
    super(message);
    this.isMalformed = isMalformed;
  }
}

const PATCH = "$patch";
const RETAIN = "$retainKeys";
const DELETE_FROM = "$deleteFromPrimitiveList/";
const ORDER = "$setElementOrder/";

type ListType = Extract<FieldType, { kind: "list" }>;

export function strategicMergePatch(
  types: TypeTable,
  type: string,
  original: JsonObject,
  patch: JsonObject,
): JsonObject {
  return mergeMap(types, { kind: "ref", type }, original, patch);
}

function fieldOf(types: TypeTable, type: FieldType | undefined, key: string): FieldType | undefined {
  if (type?.kind === "map") return type.of;
  if (type?.kind !== "ref") return undefined;
  const fields = types[type.type]?.fields;
  return fields && Object.hasOwn(fields, key) ? fields[key] : undefined;
}

function mergeMap(
  types: TypeTable,
  type: FieldType | undefined,
  original: JsonObject,
  patch: JsonObject,
): JsonObject {
  const directive = patch[PATCH];
  if (directive === "replace") return withoutDirectives(patch);
  if (directive === "delete") return {};
  if (directive !== undefined && directive !== "merge") {
    throw unknownDirective(patch);
  }
  const result = retained(original, patch);
  for (const key of Object.keys(patch)) {
    if (key === PATCH || key === RETAIN || key.startsWith(ORDER)) continue;
    const value = patch[key] ?? null;
    if (key.startsWith(DELETE_FROM)) {
      const field = key.slice(DELETE_FROM.length);
      const gone = Array.isArray(value) ? value : [];
      const items = result[field];
      if (Array.isArray(items))
        define(
          result,
          field,
          items.filter((item) => !gone.includes(item)),
        );
      continue;
    }
    if (value === null) delete result[key];
    else
      define(
        result,
        key,
        mergeField(types, fieldOf(types, type, key), result[key], value, patch[ORDER + key]),
      );
  }
  orderRest(types, type, result, patch);
  return result;
}

function unknownDirective(patch: Json): StrategicPatchError {
  return new StrategicPatchError(
    `unknown patch type: ${goMap(directiveOf(patch) ?? null)} in map: ${goMap(patch)}`,
  );
}

function retained(original: JsonObject, patch: JsonObject): JsonObject {
  const keys = patch[RETAIN];
  const result: JsonObject = {};
  if (keys === undefined) return copyInto(result, original);
  const isComplete = (list: Json[]): boolean =>
    Object.keys(patch).every((key) => key.startsWith("$") || patch[key] === null || list.includes(key));
  if (!Array.isArray(keys) || !isComplete(keys))
    throw new StrategicPatchError("invalid patch format of retainKeys", true);
  for (const key of Object.keys(original)) if (keys.includes(key)) define(result, key, original[key]);
  return result;
}

function copyInto(target: JsonObject, source: JsonObject): JsonObject {
  for (const key of Object.keys(source)) define(target, key, source[key]);
  return target;
}

function mergeField(
  types: TypeTable,
  type: FieldType | undefined,
  original: Json | undefined,
  patch: Json,
  order: Json | undefined,
): Json {
  if (isObject(patch)) {
    const before = isObject(original) ? (original as JsonObject) : {};
    return mergeMap(types, type, before, patch as JsonObject);
  }
  if (!Array.isArray(patch) || type?.kind !== "list") return patch;
  if (!type.mergeKey && !type.mergeSet) return stripped(patch);
  const before = Array.isArray(original) ? original : [];
  if (order !== undefined) checkOrder(patch, order, type.mergeKey);
  const merged = mergeList(types, type, before, patch);
  return Array.isArray(order) ? arrange(type, merged, order, before) : merged;
}

/** What the patch adds must stand in it in the order that the patch asks for. */
function checkOrder(patch: Json[], order: Json, mergeKey: string | undefined): void {
  if (!Array.isArray(order))
    throw new StrategicPatchError(
      `expected a []interface {}, but received a ${typeof order === "number" ? "int64" : typeof order}`,
    );
  const added = patch.filter((item) => directiveOf(item) !== "delete");
  let at = 0;
  for (const item of order) if (at < added.length && indexOf([item], added[at]!, mergeKey) === 0) at++;
  if (at === added.length) return;
  throw new StrategicPatchError(
    `The order in patch list:\n${goMap(added)}\n doesn't match $setElementOrder list:\n${goMap(order)}\n`,
  );
}

/** Lists that the patch only puts in order. */
function orderRest(
  types: TypeTable,
  type: FieldType | undefined,
  result: JsonObject,
  patch: JsonObject,
): void {
  for (const key of Object.keys(patch)) {
    if (!key.startsWith(ORDER)) continue;
    const field = key.slice(ORDER.length);
    const items = result[field];
    const order = patch[key];
    const list = fieldOf(types, type, field);
    if (field in patch || !Array.isArray(items) || !Array.isArray(order) || list?.kind !== "list") continue;
    define(result, field, arrange(list, items, order, items));
  }
}

function arrange(type: ListType, items: Json[], order: Json[], live: Json[]): Json[] {
  const [listed, others] = partition(items, order, type.mergeKey);
  return orderItems(listed, others, order, live, type.mergeKey);
}

function mergeList(types: TypeTable, type: ListType, original: Json[], patch: Json[]): Json[] {
  const { mergeKey } = type;
  const problem = elementProblem(original, patch);
  if (problem !== undefined) throw new StrategicPatchError(problem);
  if (mergeKey === undefined) {
    const both = [...new Set([...original, ...patch])];
    const [listed, others] = partition(both, patch, undefined);
    return orderItems(listed, others, patch, original, undefined);
  }
  const replaced = patch.some((item) => directiveOf(item) === "replace");
  let kept = replaced ? [] : [...original];
  const additions: Json[] = [];
  for (const item of patch) {
    const directive = directiveOf(item);
    if (directive === "delete") {
      const key = keyValue(item, mergeKey);
      kept = kept.filter((other) => !isObject(other) || (other as JsonObject)[mergeKey] !== key);
    } else if (directive === undefined || directive === "merge") additions.push(item);
    else if (directive !== "replace") {
      throw unknownDirective(item);
    }
  }
  if (replaced) return additions.map(stripped);
  const merged = [...kept];
  for (const item of additions) {
    keyValue(item, mergeKey);
    const index = indexOf(merged, item, mergeKey);
    if (index < 0) merged.push(stripped(item));
    else merged[index] = mergeMap(types, type.of, merged[index] as JsonObject, item as JsonObject);
  }
  const [listed, others] = partition(merged, additions, mergeKey);
  return orderItems(listed, others, additions, kept, mergeKey);
}

function directiveOf(item: Json): Json | undefined {
  return isObject(item) ? (item as JsonObject)[PATCH] : undefined;
}

function keyValue(item: Json, mergeKey: string): Json {
  const value = isObject(item) ? (item as JsonObject)[mergeKey] : undefined;
  if (value === undefined) throw new StrategicPatchError(keyProblem(item, mergeKey));
  return value;
}

/** What a patch says of something new: without nulls and directives. */
function stripped(value: Json): Json {
  if (Array.isArray(value)) {
    const isNews = (item: Json): boolean => !["delete", "replace"].includes(directiveOf(item) as string);
    return value.filter(isNews).map(stripped);
  }
  return isObject(value) ? withoutDirectives(value as JsonObject) : value;
}

function withoutDirectives(patch: JsonObject): JsonObject {
  const result: JsonObject = {};
  for (const key of Object.keys(patch)) {
    const value = patch[key] ?? null;
    if (key === PATCH || key === RETAIN || key.startsWith(ORDER) || key.startsWith(DELETE_FROM)) continue;
    if (value !== null) define(result, key, stripped(value));
  }
  return result;
}
