// Objects as controllers' queues hold them: by namespace and name in one string.
import type { KubeObject } from "#api/meta";
import type { JsonObject } from "#base/json";

export function keyOf(object: KubeObject): string {
  return `${object.metadata.namespace ?? ""}/${object.metadata.name}`;
}

export function splitKey(key: string): [namespace: string, name: string] {
  const slash = key.indexOf("/");
  return [key.slice(0, slash), key.slice(slash + 1)];
}

/** Typed objects are plain data, so a request's body may be one. */
export function body(object: object): JsonObject {
  return object as JsonObject;
}
