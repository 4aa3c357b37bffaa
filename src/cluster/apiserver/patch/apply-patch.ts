// What a PATCH makes of an object, by the request's content type.
// Kubernetes: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/patch.go (v1.35)
import type { TypeTable } from "#api/define";
import { goMap } from "#api/merge-lists";
import { isObject, type Json, type JsonObject } from "#base/json";
import { badRequest, failure, unprocessable, unsupportedMediaType } from "../status.ts";
import { jsonMergePatch } from "./json-merge.ts";
import { JsonPatchError, jsonPatch, type JsonPatchOperation } from "./json-patch.ts";
import { StrategicPatchError, strategicMergePatch } from "./strategic.ts";

const PATCH_TYPES = [
  "application/json-patch+json",
  "application/merge-patch+json",
  "application/strategic-merge-patch+json",
] as const;

export interface Patched {
  object: JsonObject;
  /** The patch as errors about it quote it. */
  text: string;
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
      return { object: byJsonPatch(object, patch), text: JSON.stringify(patch) };
    case "application/merge-patch+json":
      return { object: jsonMergePatch(object, asMap(patch)) as JsonObject, text: JSON.stringify(patch) };
    case "application/strategic-merge-patch+json":
      return { object: byStrategicPatch(types, type, object, asMap(patch)), text: goMap(patch) };
    default:
      throw unsupportedMediaType(PATCH_TYPES);
  }
}

function asMap(patch: Json): JsonObject {
  if (isObject(patch)) return patch as JsonObject;
  const kind = Array.isArray(patch) ? "array" : typeof patch;
  throw badRequest(`json: cannot unmarshal ${kind} into Go value of type map[string]interface {}`);
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
    if (error instanceof StrategicPatchError) throw failure(500, "", error.message);
    throw error;
  }
}
