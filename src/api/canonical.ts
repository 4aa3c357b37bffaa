// Data as Go's structs would hold and write it: nulls and unset fields away, zero values only where Go writes them.
// Every kind's defaulting begins with it. What is in that form already is not copied.
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
  quantity: "0",
};

const ALWAYS = new Map(
  Object.entries(TYPES).map(([name, { fields }]) => [
    name,
    Object.entries(fields).filter(([, type]) => type.always),
  ]),
);

/** An object of the named type, as Go would write it. */
export function canonical(typeName: string, object: JsonObject): JsonObject {
  const info = TYPES[typeName];
  if (!info) return object;
  let result = object;
  /** Copies on the first difference. */
  const copy = (): JsonObject => (result === object ? (result = { ...object }) : result);
  for (const key of Object.keys(object)) {
    const given = object[key];
    const type = Object.hasOwn(info.fields, key) ? info.fields[key] : undefined;
    const value = type ? canonicalField(type, given, type.always === true || type.pointer === true) : given;
    if (value === given && value !== undefined) continue;
    if (value === undefined) delete copy()[key];
    else define(copy(), key, value);
  }
  for (const [key, type] of ALWAYS.get(typeName) ?? []) {
    if (result[key] === undefined) copy()[key] = zeroOf(type);
  }
  return result;
}

function zeroOf(type: FieldType): Json {
  return type.kind === "ref" ? canonical(type.type, {}) : (ZERO[type.kind] ?? null);
}

function canonicalField(type: FieldType, value: Json | undefined, keepsZero: boolean): Json | undefined {
  if (value === undefined || value === null) return undefined;
  switch (type.kind) {
    case "ref":
      return isObject(value) ? canonical(type.type, value as JsonObject) : value;
    case "list":
      return Array.isArray(value) ? canonicalList(type.of, value) : value;
    case "map":
      return isObject(value) ? canonicalMap(type, value as JsonObject) : value;
    case "quantity":
      return formatQuantity(String(value));
    default:
      return keepsZero || value !== ZERO[type.kind] ? value : undefined;
  }
}

/** Items stay where they are: null becomes the zero value. */
function canonicalItem(type: FieldType, value: Json): Json {
  return canonicalField(type, value, true) ?? zeroOf(type);
}

function canonicalList(type: FieldType, list: Json[]): Json[] | undefined {
  if (list.length === 0) return undefined;
  let result = list;
  for (let index = 0; index < list.length; index++) {
    const item = list[index]!;
    const value = canonicalItem(type, item);
    if (value === item) continue;
    if (result === list) result = [...list];
    result[index] = value;
  }
  return result;
}

type MapType = Extract<FieldType, { kind: "map" }>;

/** Amounts of resources are rounded up to thousandths. Kubernetes: SetDefaults_ResourceList in pkg/apis/core/v1/defaults.go (v1.35) */
const FINEST_RESOURCE = -3;

function canonicalMap({ of: type, goType }: MapType, map: JsonObject): JsonObject | undefined {
  const finest = goType === "v1.ResourceList" ? FINEST_RESOURCE : undefined;
  const keys = Object.keys(map);
  if (keys.length === 0) return undefined;
  let result = map;
  for (const key of keys) {
    const item = map[key] ?? null;
    const value =
      finest === undefined ? canonicalItem(type, item) : formatQuantity(String(item ?? "0"), finest);
    if (value === item) continue;
    if (result === map) result = { ...map };
    define(result, key, value);
  }
  return result;
}
