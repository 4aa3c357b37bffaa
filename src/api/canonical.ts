// Data as Go's structs would hold and write it: nulls and unset fields away, zero values only where Go writes them.
// Every kind's defaulting begins with it.
// Kubernetes: omitempty and pointers in staging/src/k8s.io/api/*/types.go (v1.35)
import { define, isObject, type Json, type JsonObject } from "#base/json";
import type { FieldType } from "./define.ts";
import { formatQuantity } from "./quantity.ts";
import { TYPES } from "./type-table.ts";

const ZERO: Partial<Record<FieldType["kind"], Json>> = {
  string: "",
  bytes: "",
  bool: false,
  int32: 0,
  int64: 0,
  float: 0,
  intOrString: 0,
  time: null,
  microTime: null,
};

/** An object of the named type, rebuilt as Go would write it. */
export function canonical(typeName: string, object: JsonObject): JsonObject {
  const info = TYPES[typeName];
  if (!info) return object;
  const result: JsonObject = {};
  for (const key of Object.keys(object)) {
    const type = info.fields[key];
    const value = type ? canonicalField(type, object[key]) : object[key];
    if (value !== undefined) define(result, key, value);
  }
  for (const [key, type] of Object.entries(info.fields)) {
    if (type.always && result[key] === undefined) define(result, key, zeroOf(type));
  }
  return result;
}

function zeroOf(type: FieldType): Json {
  return type.kind === "ref" ? canonical(type.type, {}) : (ZERO[type.kind] ?? null);
}

function canonicalField(type: FieldType, value: Json | undefined): Json | undefined {
  if (value === undefined || value === null) return undefined;
  if (type.kind === "ref") return isObject(value) ? canonical(type.type, value as JsonObject) : value;
  if (type.kind === "list") {
    if (!Array.isArray(value)) return value;
    return value.length === 0 ? undefined : value.map((item) => canonicalItem(type.of, item));
  }
  if (type.kind === "map") {
    if (!isObject(value)) return value;
    const keys = Object.keys(value);
    if (keys.length === 0) return undefined;
    const copy: JsonObject = {};
    for (const key of keys) define(copy, key, canonicalItem(type.of, (value as JsonObject)[key] ?? null));
    return copy;
  }
  if (type.kind === "quantity") return formatQuantity(String(value));
  if (type.always || type.pointer) return value;
  return value === ZERO[type.kind] ? undefined : value;
}

/** Items of lists and maps stay where they are: null becomes the zero value. */
function canonicalItem(type: FieldType, value: Json): Json {
  if (value === null) return zeroOf(type);
  return canonicalField({ ...type, always: true }, value) ?? zeroOf(type);
}
