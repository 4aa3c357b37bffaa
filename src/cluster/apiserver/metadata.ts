// The part of an object that the server itself keeps: uid, timestamps, generation, generated names.
// Kubernetes: staging/src/k8s.io/apiserver/pkg/registry/rest/create.go and update.go (v1.35)
import type { ObjectMeta } from "#api/meta";
import { deepEqual } from "#base/json";
import { nextNameSuffix, nextUint32, type RandomState } from "#base/random";
import type { AnyObject, KindName } from "#api/kinds";

const MAX_GENERATED_NAME = 63;
const SUFFIX_LENGTH = 5;

/** Kinds whose generation counts the changes of their spec. */
const WITH_GENERATION: ReadonlySet<KindName> = new Set<KindName>([
  "Deployment",
  "EndpointSlice",
  "Ingress",
  "IngressClass",
  "Pod",
  "ReplicaSet",
  "ReplicationController",
]);

/** Four digits each: numbers of more than 31 bits are slow to write out. */
function hex(low16: number): string {
  return (0x10000 | low16).toString(16).slice(1);
}

export function newUid(random: RandomState): string {
  const [a, b, c, d] = [nextUint32(random), nextUint32(random), nextUint32(random), nextUint32(random)];
  const version = hex(0x4000 | (b & 0x0fff));
  const variant = hex(0x8000 | ((c >>> 16) & 0x3fff));
  const node = hex(c & 0xffff) + hex(d >>> 16) + hex(d & 0xffff);
  return `${hex(a >>> 16)}${hex(a & 0xffff)}-${hex(b >>> 16)}-${version}-${variant}-${node}`;
}

export function generateName(base: string, random: RandomState): string {
  return base.slice(0, MAX_GENERATED_NAME - SUFFIX_LENGTH) + nextNameSuffix(random);
}

/** Metadata of a new object: what clients may set, and what the server adds. */
export function metadataForCreate(
  kind: KindName,
  given: Partial<ObjectMeta>,
  system: { name: string; namespace: string; uid: string; timestamp: string },
): ObjectMeta {
  const {
    uid: _uid,
    resourceVersion: _resourceVersion,
    generation: _generation,
    deletionTimestamp: _deletionTimestamp,
    deletionGracePeriodSeconds: _grace,
    managedFields: _managers,
    ...rest
  } = given;
  return {
    ...rest,
    name: system.name,
    ...(system.namespace && { namespace: system.namespace }),
    uid: system.uid,
    creationTimestamp: system.timestamp,
    ...(WITH_GENERATION.has(kind) && { generation: 1 }),
    resourceVersion: "",
  };
}

/** Metadata of a replacement: what only the server may change is taken from the object before. */
export function metadataForUpdate(given: ObjectMeta, previous: ObjectMeta): ObjectMeta {
  const {
    generation: _generation,
    deletionTimestamp: _deletionTimestamp,
    deletionGracePeriodSeconds: _grace,
    managedFields: _managers,
    ...rest
  } = given;
  return {
    ...rest,
    uid: given.uid || previous.uid,
    creationTimestamp: previous.creationTimestamp,
    ...(previous.namespace !== undefined && { namespace: previous.namespace }),
    ...(previous.generation !== undefined && { generation: previous.generation }),
    ...(previous.deletionTimestamp !== undefined && { deletionTimestamp: previous.deletionTimestamp }),
    ...(previous.deletionGracePeriodSeconds !== undefined && {
      deletionGracePeriodSeconds: previous.deletionGracePeriodSeconds,
    }),
    resourceVersion: previous.resourceVersion,
  };
}

/** Whether the change counts as one of the object's desired state. */
export function bumpsGeneration(next: AnyObject, previous: AnyObject): boolean {
  if (!WITH_GENERATION.has(next.kind)) return false;
  if (next.kind !== "EndpointSlice") {
    const { spec } = next as { spec?: unknown };
    if (!deepEqual(spec, (previous as { spec?: unknown }).spec)) return true;
    // Kubernetes: pkg/registry/apps/deployment/strategy.go (v1.35)
    return next.kind === "Deployment" && !sameMap(next.metadata.annotations, previous.metadata.annotations);
  }
  return (
    !sameMap(next.metadata.labels, previous.metadata.labels) ||
    !deepEqual({ ...next, metadata: null }, { ...previous, metadata: null })
  );
}

function sameMap(a: Record<string, string> | undefined, b: Record<string, string> | undefined): boolean {
  return deepEqual(a ?? {}, b ?? {});
}
