// Namespace, core/v1: a scope for names; while it is being deleted its finalizer waits for its content to go.
import type { JsonObject } from "#base/json";
import { canonical } from "../canonical.ts";
import { defineKind, type FieldError } from "../define.ts";
import { invalid } from "../field-error.ts";
import { qualifiedName } from "../names.ts";
import { ageColumn, column, nameColumn } from "../table.ts";
import type { Namespace } from "./types.ts";

const NAME_LABEL = "kubernetes.io/metadata.name";

function withNameLabel(namespace: Namespace): Namespace {
  const { metadata } = namespace;
  if (!metadata.name) return namespace;
  return {
    ...namespace,
    metadata: { ...metadata, labels: { ...metadata.labels, [NAME_LABEL]: metadata.name } },
  };
}

function defaults(object: JsonObject): JsonObject {
  const namespace = withNameLabel(canonical("Namespace", object) as unknown as Namespace);
  const status = { ...namespace.status, phase: namespace.status.phase || "Active" };
  return { ...namespace, status } as unknown as JsonObject;
}

function prepareForCreate(object: JsonObject): JsonObject {
  const namespace = withNameLabel(object as unknown as Namespace);
  const finalizers = namespace.spec.finalizers ?? [];
  const spec = finalizers.includes("kubernetes")
    ? namespace.spec
    : { ...namespace.spec, finalizers: [...finalizers, "kubernetes"] };
  return { ...namespace, spec, status: { phase: "Active" } } as unknown as JsonObject;
}

const STANDARD_FINALIZERS = new Set(["kubernetes", "orphan", "foregroundDeletion"]);

/** Kubernetes: validateFinalizerName in pkg/apis/core/validation/validation.go (v1.35) */
function validateFinalizers({ spec }: Namespace): FieldError[] {
  const field = "spec.finalizers";
  return (spec.finalizers ?? []).flatMap((finalizer) => {
    const texts = qualifiedName(finalizer);
    if (!finalizer.includes("/") && !STANDARD_FINALIZERS.has(finalizer))
      texts.push("name is neither a standard finalizer name nor is it fully qualified");
    return texts.map((text) => invalid(field, finalizer, text));
  });
}

export const namespace = defineKind<Namespace>({
  group: "",
  version: "v1",
  kind: "Namespace",
  plural: "namespaces",
  singular: "namespace",
  shortNames: ["ns"],
  categories: [],
  namespaced: false,
  subresources: ["status"],
  type: "Namespace",
  defaults,
  validate: validateFinalizers,
  validateUpdate: () => [],
  prepareForCreate,
  prepareForUpdate: (next, previous) => ({
    ...next,
    spec: {
      ...(next["spec"] as JsonObject),
      finalizers: (previous["spec"] as JsonObject)["finalizers"] ?? [],
    },
    status: previous["status"] ?? {},
  }),
  columns: [
    nameColumn(),
    column({
      name: "Status",
      description: "The status of the namespace",
      value: ({ status }) => status.phase,
    }),
    ageColumn(),
  ],
  nameRule: "dns1123Label",
});
