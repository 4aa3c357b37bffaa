// Go's types as the API server's decoder and strategic merge patch see them: the generated lines, expanded once.
import { define } from "#base/json";
import type { FieldType, TypeInfo, TypeTable } from "./define.ts";
import { TYPE_LINES } from "./types.gen.ts";

type ScalarType = Extract<FieldType, { goType?: string; kind: "string" }>;

/** `[]X`, `{}X` or X, where X is a type's name or a scalar, with `=v1.Name` for Go's own name. */
function parseShape(text: string): FieldType {
  if (text.startsWith("[]")) return { kind: "list", of: parseShape(text.slice(2)) };
  const [shape = "", goType] = text.split("=");
  if (shape.startsWith("{}")) {
    const map: FieldType = { kind: "map", of: parseShape(shape.slice(2)) };
    return goType ? { ...map, goType } : map;
  }
  if (/^[A-Z]/.test(shape)) return { kind: "ref", type: shape };
  const scalar: FieldType = { kind: shape as ScalarType["kind"] };
  return goType ? { ...scalar, goType } : scalar;
}

/**
 * `name shape@mergeKey^EmbeddedStruct`, where a bare @ marks a list that is merged as a set. After the name, `!` means
 * always written and `?` a pointer.
 */
function parseField(info: TypeInfo, text: string): void {
  const [, name = "", flag, shape = "", mergeKey, outer] =
    /^(\w+)([!?]?) ([^@^]+)(?:@(\w*))?(?:\^(\w+))?$/.exec(text) ?? [];
  let type = parseShape(shape);
  if (mergeKey !== undefined && type.kind === "list") {
    type = mergeKey === "" ? { ...type, mergeSet: true } : { ...type, mergeKey };
  }
  if (flag === "!") type = { ...type, always: true };
  if (flag === "?") type = { ...type, pointer: true };
  define(info.fields, name, type);
  if (outer) (info.embedded ??= {})[name] = outer;
}

function parseTypes(lines: string): TypeTable {
  const table: TypeTable = {};
  for (const line of lines.trim().split("\n")) {
    const [head = "", fields = ""] = line.split(": ");
    const [name = "", goType] = head.split("=");
    const info: TypeInfo = goType ? { goType, fields: {} } : { fields: {} };
    for (const field of fields.split(", ")) parseField(info, field);
    table[name] = info;
  }
  return table;
}

export const TYPES: TypeTable = parseTypes(TYPE_LINES);
