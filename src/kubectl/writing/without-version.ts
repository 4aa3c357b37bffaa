// What a new object is sent as: a manifest that was read from a cluster has a version, and the server takes none.
// Kubernetes: staging/src/k8s.io/cli-runtime/pkg/resource/helper.go Create (v1.35)
import { isObject, type JsonObject } from "#base/json";

export function withoutVersion(object: JsonObject): JsonObject {
  const { metadata } = object;
  if (!isObject(metadata) || !Object.hasOwn(metadata, "resourceVersion")) return object;
  const { resourceVersion: _, ...rest } = metadata as JsonObject;
  return { ...object, metadata: rest };
}
