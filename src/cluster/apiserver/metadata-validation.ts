// Checks of metadata that every kind shares.
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/api/validation/objectmeta.go (v1.35)
import type { FieldError, KindDefinition } from "#api/define";
import { forbidden, invalid, required } from "#api/field-error";
import { checkAnnotations, checkLabels } from "#api/labels";
import type { ObjectMeta, OwnerReference } from "#api/meta";
import { dns1035Label, dns1123Label, dns1123Subdomain, pathSegment, qualifiedName } from "#api/names";
import { deepEqual } from "#base/json";

const NAME_RULES = { dns1123Subdomain, dns1123Label, dns1035Label, pathSegment } as const;
const STANDARD_FINALIZERS = new Set(["kubernetes", "orphan", "foregroundDeletion"]);
const IMMUTABLE = "field is immutable";

export function validateMetadata(
  definition: Pick<KindDefinition, "nameRule" | "namespaced">,
  metadata: ObjectMeta,
  namespace: string,
): FieldError[] {
  const rule = NAME_RULES[definition.nameRule];
  const errors: FieldError[] = [];
  if (metadata.generateName) {
    // A generated name may end in what only a name's middle may have.
    const base = metadata.generateName.replace(/-$/, "a");
    errors.push(...rule(base).map((text) => invalid("metadata.generateName", metadata.generateName, text)));
  }
  if (!metadata.name) errors.push(required("metadata.name", "name or generateName is required"));
  else errors.push(...rule(metadata.name).map((text) => invalid("metadata.name", metadata.name, text)));
  if (definition.namespaced) {
    errors.push(...dns1123Label(namespace).map((text) => invalid("metadata.namespace", namespace, text)));
  } else if (metadata.namespace) {
    errors.push(forbidden("metadata.namespace", "not allowed on this type"));
  }
  errors.push(...checkLabels(metadata.labels, "metadata.labels"));
  errors.push(...checkAnnotations(metadata.annotations, "metadata.annotations"));
  errors.push(...validateOwners(metadata.ownerReferences ?? []));
  return [...errors, ...validateFinalizers(metadata.finalizers ?? [])];
}

function validateOwners(owners: readonly OwnerReference[]): FieldError[] {
  const field = "metadata.ownerReferences";
  const errors: FieldError[] = [];
  let controller: OwnerReference | undefined;
  for (const owner of owners) {
    if (!owner.apiVersion)
      errors.push(invalid(`${field}.apiVersion`, owner.apiVersion ?? "", "version must not be empty"));
    for (const key of ["kind", "name", "uid"] as const) {
      if (!owner[key]) errors.push(invalid(`${field}.${key}`, "", "must not be empty"));
    }
    if (!owner.controller) continue;
    if (controller) {
      const names = `${controller.kind}/${controller.name} and ${owner.kind}/${owner.name}`;
      const detail = `Only one reference can have Controller set to true. Found "true" in references for ${names}`;
      errors.push(invalid(field, owners.map(inGoOrder), detail));
    } else controller = owner;
  }
  return errors;
}

/** Errors print the whole list, each owner as Go's struct has its fields. */
function inGoOrder({
  apiVersion,
  kind,
  name,
  uid,
  controller,
  blockOwnerDeletion,
}: OwnerReference): OwnerReference {
  return {
    apiVersion,
    kind,
    name,
    uid,
    ...(controller !== undefined && { controller }),
    ...(blockOwnerDeletion !== undefined && { blockOwnerDeletion }),
  };
}

function validateFinalizers(finalizers: readonly string[]): FieldError[] {
  const field = "metadata.finalizers";
  const errors: FieldError[] = [];
  finalizers.forEach((finalizer, index) => {
    errors.push(...qualifiedName(finalizer).map((text) => invalid(field, finalizer, text)));
    if (finalizer.includes("/") || STANDARD_FINALIZERS.has(finalizer)) return;
    const detail = "name is neither a standard finalizer name nor is it fully qualified";
    errors.push(invalid(`${field}[${index}]`, finalizer, detail));
  });
  if (finalizers.includes("orphan") && finalizers.includes("foregroundDeletion")) {
    const detail = "finalizer orphan and foregroundDeletion cannot be both set";
    errors.push(invalid(field, finalizers, detail));
  }
  return errors;
}

export function validateMetadataUpdate(next: ObjectMeta, previous: ObjectMeta): FieldError[] {
  const errors: FieldError[] = [];
  for (const key of ["name", "namespace", "uid"] as const) {
    if (next[key] !== previous[key]) errors.push(invalid(`metadata.${key}`, next[key] ?? "", IMMUTABLE));
  }
  if (previous.deletionTimestamp === undefined) return errors;
  const before = previous.finalizers ?? [];
  const added = (next.finalizers ?? []).filter((finalizer) => !before.includes(finalizer));
  if (added.length > 0 && !deepEqual(before, next.finalizers)) {
    const list = added.map((finalizer) => JSON.stringify(finalizer)).join(", ");
    const detail = `no new finalizers can be added if the object is being deleted, found new finalizers []string{${list}}`;
    errors.push(forbidden("metadata.finalizers", detail));
  }
  return errors;
}
