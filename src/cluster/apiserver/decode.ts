// Decoding of request bodies as Go's decoder does it: wrong types are refused with its texts, fields that the type
// does not have are collected for strict decoding and left out.
// Kubernetes: sigs.k8s.io/json and staging/src/k8s.io/apimachinery/pkg/runtime/serializer/json/json.go (v1.35)
import type { FieldType, TypeTable } from "#api/define";
import { quantityProblem } from "#api/quantity";
import { corruptByte } from "#base/base64";
import { restoreProblem } from "./restore-problem.ts";
import { define, isObject, type Json, type JsonObject } from "#base/json";

interface Decoded {
  object: JsonObject;
  /** Such as `unknown field "spec.selecter"`, in the order of the fields. */
  problems: string[];
}

/** What Go's decoder could not put into the type. */
export class DecodeError extends Error {
  /** The same of a value that was merged as data. */
  readonly restoring: string;

  constructor(message: string, restoring = message) {
    super(message);
    this.restoring = restoring;
  }
}

interface Place {
  types: TypeTable;
  problems: string[];
  /** The struct and the fields that lead here, as Go names them in errors: "ServicePort" and "spec.ports.port". */
  struct: string;
  goPath: string;
  /** As strict errors name it: "spec.ports[0].port". */
  path: string;
}

export function decode(types: TypeTable, type: string, body: Json): Decoded {
  const problems: string[] = [];
  const place: Place = { types, problems, struct: "", goPath: "", path: "" };
  const object = decodeStruct(place, type, body);
  return { object, problems };
}

/** Keys in order, as clients that encode by way of maps send them. */
function sortedKeys(object: Record<string, unknown>): string[] {
  return Object.keys(object).sort();
}

function decodeStruct(place: Place, type: string, value: Json): JsonObject {
  if (value === null) return {};
  if (!isObject(value)) throw mismatch(place, { kind: "ref", type }, value);
  const info = place.types[type];
  if (!info) return value as JsonObject;
  const struct = info.goType?.replace(/^.*\./, "") ?? type;
  const result: JsonObject = {};
  for (const key of sortedKeys(value)) {
    const field = Object.hasOwn(info.fields, key) ? info.fields[key] : undefined;
    const path = place.path ? `${place.path}.${key}` : key;
    if (!field) {
      place.problems.push(`unknown field ${JSON.stringify(path)}`);
      continue;
    }
    const item = (value as JsonObject)[key] ?? null;
    if (item === null) continue;
    // Go names the embedded struct through which a field came.
    const outer = info.embedded?.[key];
    const goPath = [place.goPath, outer, key].filter(Boolean).join(".");
    define(result, key, decodeValue({ ...place, struct, goPath, path }, field, item));
  }
  return result;
}

function decodeValue(place: Place, type: FieldType, value: Json): Json {
  switch (type.kind) {
    case "ref":
      return decodeStruct(place, type.type, value);
    case "list":
      return decodeList(place, type, value);
    case "map":
      return decodeMap(place, type, value);
    case "any":
      return value;
    case "quantity":
      return decodeQuantity(value);
    case "time":
    case "microTime":
      return decodeTime(place, type, value);
    default:
      return decodeScalar(place, type, value);
  }
}

function decodeList(place: Place, type: Extract<FieldType, { kind: "list" }>, value: Json): Json {
  if (!Array.isArray(value)) throw mismatch(place, type, value);
  return value.map((item, index) => {
    const here = { ...place, path: `${place.path}[${index}]` };
    if (item === null) return zero(type.of);
    return decodeValue(here, type.of, item);
  });
}

function decodeMap(place: Place, type: Extract<FieldType, { kind: "map" }>, value: Json): Json {
  if (!isObject(value)) throw mismatch(place, type, value);
  const result: JsonObject = {};
  for (const key of sortedKeys(value)) {
    const item = (value as JsonObject)[key] ?? null;
    const here = { ...place, path: `${place.path}.${key}` };
    define(result, key, item === null ? zero(type.of) : decodeValue(here, type.of, item));
  }
  return result;
}

/** What Go leaves where JSON says null inside of a list or map. */
function zero(type: FieldType): Json {
  switch (type.kind) {
    case "ref":
      return {};
    case "list":
    case "map":
    case "any":
    case "time":
    case "microTime":
      return null;
    case "bool":
      return false;
    case "int32":
    case "int64":
    case "float":
    case "intOrString":
      return 0;
    default:
      return "";
  }
}

type Scalar = Exclude<FieldType, { kind: "ref" | "list" | "map" }>;

const INT_LIMITS = { int32: 2 ** 31, intOrString: 2 ** 31, int64: 2 ** 63 } as const;

function decodeScalar(place: Place, type: Scalar, value: Json): Json {
  const { kind } = type;
  if (kind === "string") {
    if (typeof value === "string") return value;
  } else if (kind === "bytes") {
    if (typeof value === "string") return checkBase64(value);
  } else if (kind === "bool") {
    if (typeof value === "boolean") return value;
  } else if (kind === "float") {
    if (typeof value === "number") return value;
  } else if (kind === "int32" || kind === "int64" || kind === "intOrString") {
    if (kind === "intOrString" && typeof value === "string") return value;
    if (typeof value === "number") {
      const limit = INT_LIMITS[kind];
      if (Number.isInteger(value) && value >= -limit && value < limit) return value;
      throw mismatch(place, type, value, ` ${value}`);
    }
  }
  throw mismatch(place, type, value);
}

/** Bytes travel as base64; Go tells at which byte the text stops being that. */
function checkBase64(text: string): string {
  const at = corruptByte(text);
  if (at !== undefined) throw new DecodeError(`illegal base64 data at input byte ${at}`);
  // The bytes are what is kept, not how they were broken into lines.
  return text.replace(/[\r\n]/g, "");
}

function decodeQuantity(value: Json): Json {
  const problem = quantityProblem(typeof value === "string" ? value : JSON.stringify(value));
  if (problem !== undefined) throw new DecodeError(problem);
  return value;
}

const LAYOUTS = { time: "2006-01-02T15:04:05Z07:00", microTime: "2006-01-02T15:04:05.000000Z07:00" };
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function decodeTime(place: Place, type: Pick<FieldType, "kind">, value: Json): Json {
  if (typeof value !== "string") throw mismatch(place, { kind: "string" }, value);
  if (TIME.test(value)) return value;
  const layout = LAYOUTS[type.kind as "time" | "microTime"];
  const [rest, expected] = firstMismatch(value);
  const quote = JSON.stringify;
  throw new DecodeError(
    `parsing time ${quote(value)} as ${quote(layout)}: cannot parse ${quote(rest)} as ${quote(expected)}`,
  );
}

const TIME_PARTS: [RegExp, string][] = [
  [/^\d{4}/, "2006"],
  [/^-/, "-"],
  [/^\d\d/, "01"],
  [/^-/, "-"],
  [/^\d\d/, "02"],
  [/^T/, "T"],
  [/^\d\d/, "15"],
  [/^:/, ":"],
  [/^\d\d/, "04"],
  [/^:/, ":"],
  [/^\d\d(\.\d+)?/, "05"],
  [/^(Z|[+-]\d\d:\d\d)/, "Z07:00"],
];

/** What is left of the text where it stops being a time, and which part of Go's layout was due. */
function firstMismatch(text: string): [string, string] {
  let rest = text;
  for (const [part, expected] of TIME_PARTS) {
    const found = part.exec(rest);
    if (!found) return [rest, expected];
    rest = rest.slice(found[0].length);
  }
  return [rest, ""];
}

function mismatch(place: Place, type: FieldType, value: Json, literal = ""): DecodeError {
  const goType = goName(place.types, type);
  const what = `${jsonKind(value)}${literal}`;
  const target = place.struct
    ? `Go struct field ${place.struct}.${place.goPath} of type ${goType}`
    : `Go value of type ${goType}`;
  const cannot = `json: cannot unmarshal ${what} into `;
  const restoring = restoreProblem(type, goType, value) ?? `${cannot}Go value of type ${goType}`;
  return new DecodeError(cannot + target, restoring);
}

/** As Go names the kind of a value of JSON. */
export function jsonKind(value: Json): string {
  if (Array.isArray(value)) return "array";
  if (typeof value === "boolean") return "bool";
  return typeof value;
}

/** A type as Go prints it. */
function goName(types: TypeTable, type: FieldType): string {
  switch (type.kind) {
    case "ref":
      return types[type.type]?.goType ?? `v1.${type.type}`;
    case "list":
      return `[]${goName(types, type.of)}`;
    case "map":
      return type.goType ?? `map[string]${goName(types, type.of)}`;
    case "intOrString":
      return "int32";
    case "bytes":
      return "[]uint8";
    case "float":
      return "float64";
    case "quantity":
      return "resource.Quantity";
    default:
      return type.goType ?? type.kind;
  }
}
