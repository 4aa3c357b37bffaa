// What a PATCH makes of an object, by the request's content type.
// Kubernetes: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/patch.go (v1.35)
import type { TypeTable } from "#api/define";
import { goMap } from "#api/go-json";
import { deepEqual, isObject, type Json, type JsonObject } from "#base/json";
import { goJson } from "../go-json.ts";
import { badRequest, failure, unprocessable, unsupportedMediaType } from "../status.ts";
import { jsonMergePatch } from "./json-merge.ts";
import { JsonPatchError, jsonPatch, type JsonPatchOperation } from "./json-patch.ts";
import { StrategicPatchError, strategicMergePatch } from "./strategic.ts";

export interface Patched {
  object: JsonObject;
  /** What errors quote: the patch where it is merged as data, else the object that came of it. */
  text(): string;
  /** It was merged as data, not as text. */
  isData: boolean;
}

export function applyPatch(
  types: TypeTable,
  type: string,
  object: JsonObject,
  contentType: string,
  patch: Json,
): Patched {
  switch (contentType.split(";")[0]) {
    case "application/json-patch+json":
      return asText(object, byJsonPatch(object, patch));
    case "application/merge-patch+json":
      return asText(object, byMergePatch(object, patch));
    case "application/strategic-merge-patch+json":
      return {
        object: byStrategicPatch(types, type, object, asMap(patch)),
        text: () => goMap(patch),
        isData: true,
      };
    default:
      throw unsupportedMediaType();
  }
}

function asText(before: JsonObject, after: JsonObject): Patched {
  return { object: after, text: () => goJson(inOrder(before, after)), isData: false };
}

/** Maps that the patch went into come out with their keys in order, others as they were. */
function inOrder(before: Json | undefined, after: Json): Json {
  if (!isObject(after) || deepEqual(before, after)) return after;
  const was = (isObject(before) ? before : {}) as JsonObject;
  const entries = Object.entries(after as JsonObject).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, value]) => [key, inOrder(was[key], value)]));
}

function asMap(patch: Json, before = ""): JsonObject {
  if (isObject(patch)) return patch as JsonObject;
  const kind = Array.isArray(patch) ? "array" : typeof patch;
  throw badRequest(`${before}json: cannot unmarshal ${kind} into Go value of type map[string]interface {}`);
}

function byMergePatch(object: JsonObject, patch: Json): JsonObject {
  return jsonMergePatch(object, asMap(patch, "error decoding patch: ")) as JsonObject;
}

function byJsonPatch(object: JsonObject, patch: Json): JsonObject {
  if (!Array.isArray(patch)) {
    const kind = isObject(patch) ? "object" : typeof patch;
    throw badRequest(
      `error decoding patch: json: cannot unmarshal ${kind} into Go value of type []handlers.jsonPatchOp`,
    );
  }
  try {
    return jsonPatch(object, patch as unknown as JsonPatchOperation[]) as JsonObject;
  } catch (error) {
    if (error instanceof JsonPatchError) throw unprocessable();
    throw error;
  }
}

function byStrategicPatch(types: TypeTable, type: string, object: JsonObject, patch: JsonObject): JsonObject {
  try {
    return strategicMergePatch(types, type, object, patch);
  } catch (error) {
    if (error instanceof StrategicPatchError)
      throw error.isMalformed ? badRequest(error.message) : failure(500, "", error.message);
    throw error;
  }
}
