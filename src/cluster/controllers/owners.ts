// Owner references: who controls an object, and the reference that a controller puts on what it makes.
import type { KubeObject, OwnerReference } from "#api/meta";
import type { JsonObject } from "#base/json";

export function controllerOf(object: KubeObject): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find((reference) => reference.controller);
}

export function controllerReference(owner: KubeObject): OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** The namespace and the name in one string, as controllers' queues hold them. */
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
