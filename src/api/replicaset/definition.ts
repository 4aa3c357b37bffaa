// ReplicaSet, apps/v1: keeps a number of pods of one template running, usually for a Deployment.
import { deepEqual, type JsonObject } from "#base/json";
import { canonical } from "../canonical.ts";
import { defineKind } from "../define.ts";
import { defaultTemplate } from "../pod/defaults.ts";
import { controllerWarnings } from "../pod/warnings.ts";
import { replicaColumns } from "../replicationcontroller/columns.ts";
import { ageColumn, labelSelectorCell, nameColumn, templateColumns } from "../table.ts";
import type { ReplicaSet } from "./types.ts";
import { validateReplicaSet, validateReplicaSetUpdate } from "./validate.ts";

function defaults(object: JsonObject): JsonObject {
  const set = canonical("ReplicaSet", object) as unknown as ReplicaSet;
  const spec = {
    ...set.spec,
    replicas: set.spec.replicas ?? 1,
    template: defaultTemplate(set.spec.template),
  };
  return { ...set, spec } as unknown as JsonObject;
}

export const replicaSet = defineKind<ReplicaSet>({
  group: "apps",
  version: "v1",
  kind: "ReplicaSet",
  plural: "replicasets",
  singular: "replicaset",
  shortNames: ["rs"],
  categories: ["all"],
  namespaced: true,
  subresources: ["status", "scale"],
  type: "ReplicaSet",
  defaults,
  validate: validateReplicaSet,
  validateUpdate: validateReplicaSetUpdate,
  prepareForCreate: (object) => ({ ...object, status: { replicas: 0 } }),
  prepareForUpdate: (next, previous) => ({ ...next, status: previous["status"] ?? {} }) as JsonObject,
  warnings: (object, previous) =>
    previous && deepEqual(previous.spec, object.spec)
      ? []
      : controllerWarnings(object.metadata.name, object.spec.template, !previous),
  columns: [
    nameColumn(),
    ...replicaColumns(),
    ageColumn(),
    ...templateColumns<ReplicaSet>(
      ({ spec }) => spec.template,
      ({ spec }) => labelSelectorCell(spec.selector),
    ),
  ],
  nameRule: "dns1123Subdomain",
});
