// Changes of labels or annotations: the object after them, and the merge patch that makes them.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/label/label.go, annotate/annotate.go (v1.35)
import { define, ownValue, type Json, type JsonObject } from "#base/json";

export interface MetadataChange {
  field: "labels" | "annotations";
  set: Record<string, string>;
  remove: string[];
}

/** Values that stand there already and would become others, in the order of their keys. */
export function overwrites(before: Record<string, string>, { set }: MetadataChange): string[] {
  return Object.keys(set)
    .sort()
    .filter((key) => Object.hasOwn(before, key) && before[key] !== set[key])
    .map((key) => `'${key}' already has a value (${before[key]!})`);
}

export function changedMetadata(
  object: JsonObject,
  { field, set, remove }: MetadataChange,
  resourceVersion: string,
): { next: JsonObject; patch: JsonObject } {
  const metadata = object["metadata"] as JsonObject;
  const before = (metadata[field] ?? {}) as Record<string, string>;
  const after: Record<string, string> = { ...before, ...set };
  for (const key of remove) delete after[key];
  const { [field]: _, ...rest } = metadata;
  const next: JsonObject = {
    ...object,
    metadata: {
      ...rest,
      ...(Object.keys(after).length > 0 && { [field]: after }),
      ...(resourceVersion && { resourceVersion }),
    },
  };
  const changes: Record<string, Json> = {};
  for (const key of Object.keys(set)) if (ownValue(before, key) !== set[key]) define(changes, key, set[key]!);
  for (const key of remove) if (Object.hasOwn(before, key)) changes[key] = null;
  const patchMetadata = {
    ...(Object.keys(changes).length > 0 && { [field]: changes }),
    ...(resourceVersion && resourceVersion !== metadata["resourceVersion"] && { resourceVersion }),
  };
  return { next, patch: Object.keys(patchMetadata).length > 0 ? { metadata: patchMetadata } : {} };
}
