// ReplicaSet, apps/v1: keeps a number of pods of one template running, usually for a Deployment.
import type { JsonObject } from "#base/json";
import { canonical } from "../canonical.ts";
import { defineKind } from "../define.ts";
import { defaultTemplate } from "../pod/defaults.ts";
import { templateOwner } from "../pod/template-owner.ts";
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
  ...templateOwner({ replicas: 0 }),
  type: "ReplicaSet",
  defaults,
  validate: validateReplicaSet,
  validateUpdate: validateReplicaSetUpdate,
  columns: [
    nameColumn(),
    ...replicaColumns(),
    ageColumn(),
    ...templateColumns<ReplicaSet>(
      ({ spec }) => spec.template,
      ({ spec }) => labelSelectorCell(spec.selector),
    ),
  ],
});
