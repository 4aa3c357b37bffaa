// Patches that are worked out without the server: --local, --dry-run=client and --overrides.
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/util/strategicpatch, jsonmergepatch (v1.35)
import { TYPES } from "#api/type-table";
import { isObject, type Json, type JsonObject } from "#base/json";
import { jsonMergePatch } from "#cluster/apiserver/patch/json-merge";
import { jsonPatch, JsonPatchError, type JsonPatchOperation } from "#cluster/apiserver/patch/json-patch";
import { StrategicPatchError, strategicMergePatch } from "#cluster/apiserver/patch/strategic";
import { plainError } from "../errors.ts";

export type PatchType = "json" | "merge" | "strategic";

export const PATCH_CONTENT: Record<PatchType, string> = {
  json: "application/json-patch+json",
  merge: "application/merge-patch+json",
  strategic: "application/strategic-merge-patch+json",
};

export function patchLocally(object: JsonObject, type: PatchType, patch: Json): JsonObject {
  try {
    if (type === "json") {
      if (!Array.isArray(patch))
        throw plainError("json: cannot unmarshal object into Go value of type jsonpatch.Patch");
      return jsonPatch(object, patch as unknown as JsonPatchOperation[]) as JsonObject;
    }
    if (!isObject(patch))
      throw plainError("json: cannot unmarshal array into Go value of type map[string]interface {}");
    if (type === "merge") return jsonMergePatch(object, patch as JsonObject) as JsonObject;
    return strategicMergePatch(TYPES, String(object["kind"]), object, patch as JsonObject);
  } catch (error) {
    if (error instanceof JsonPatchError || error instanceof StrategicPatchError)
      throw plainError(error.message);
    throw error;
  }
}
