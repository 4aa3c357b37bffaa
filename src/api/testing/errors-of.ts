// What a kind's validation says of an object, a line an error, for tests.
import type { JsonObject } from "#base/json";
import type { FieldError } from "../define.ts";
import type { KindName } from "../kinds.ts";
import { kindNamed } from "../registry.ts";

const plain = ({ field, type, value, detail }: FieldError): string =>
  [field, type, value === undefined ? "" : JSON.stringify(value), detail].filter(Boolean).join(" | ");

export function errorsOf(kind: KindName, object: JsonObject): string[] {
  const definition = kindNamed(kind);
  return definition
    .validate(definition.defaults({ metadata: { name: "web", namespace: "default" }, ...object }), {})
    .map(plain);
}

/** Of a change from one object to another. */
export function changesOf(kind: KindName, before: JsonObject, after: JsonObject): string[] {
  const definition = kindNamed(kind);
  const full = (object: JsonObject): JsonObject =>
    definition.defaults({ metadata: { name: "web", namespace: "default" }, ...object });
  return definition.validateUpdate(full(after), full(before)).map(plain);
}
