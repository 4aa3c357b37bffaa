// Owner references: who controls an object, and the reference that a controller puts on what it makes.
import type { KubeObject, OwnerReference } from "./meta.ts";

export function controllerOf({ metadata }: KubeObject): OwnerReference | undefined {
  const { ownerReferences } = metadata;
  if (ownerReferences) for (const reference of ownerReferences) if (reference.controller) return reference;
  return undefined;
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
