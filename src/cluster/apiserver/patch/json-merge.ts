// JSON merge patch: null deletes, objects merge, everything else replaces. RFC 7386.
import { define, isObject, type Json, type JsonObject } from "#base/json";

export function jsonMergePatch(target: Json, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const result: JsonObject = {};
  if (isObject(target)) {
    for (const key of Object.keys(target)) define(result, key, (target as JsonObject)[key]);
  }
  for (const key of Object.keys(patch)) {
    const value = (patch as JsonObject)[key] ?? null;
    if (value === null) delete result[key];
    else define(result, key, jsonMergePatch(Object.hasOwn(result, key) ? result[key]! : null, value));
  }
  return result;
}
