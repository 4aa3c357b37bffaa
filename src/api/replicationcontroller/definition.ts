// ReplicationController, core/v1: keeps a number of pods of one template running.
import type { JsonObject } from "#base/json";
import { canonical } from "../canonical.ts";
import { defineKind } from "../define.ts";
import { defaultTemplate } from "../pod/defaults.ts";
import { templateOwner } from "../pod/template-owner.ts";
import { ageColumn, nameColumn, selectorCell, templateColumns } from "../table.ts";
import { replicaColumns } from "./columns.ts";
import type { ReplicationController } from "./types.ts";
import { validateReplicationController } from "./validate.ts";

function defaults(object: JsonObject): JsonObject {
  const controller = canonical("ReplicationController", object) as unknown as ReplicationController;
  const { metadata } = controller;
  const spec = { ...controller.spec, replicas: controller.spec.replicas ?? 1 };
  const labels = spec.template?.metadata.labels;
  if (labels && Object.keys(spec.selector ?? {}).length === 0) spec.selector = labels;
  if (spec.template) spec.template = defaultTemplate(spec.template);
  const isLabelled = Object.keys(metadata.labels ?? {}).length > 0;
  return {
    ...controller,
    metadata: labels && !isLabelled ? { ...metadata, labels } : metadata,
    spec,
  } as unknown as JsonObject;
}

export const replicationController = defineKind<ReplicationController>({
  group: "",
  version: "v1",
  kind: "ReplicationController",
  plural: "replicationcontrollers",
  singular: "replicationcontroller",
  shortNames: ["rc"],
  ...templateOwner({ replicas: 0 }),
  type: "ReplicationController",
  defaults,
  validate: validateReplicationController,
  validateUpdate: validateReplicationController,
  columns: [
    nameColumn(),
    ...replicaColumns(),
    ageColumn(),
    ...templateColumns<ReplicationController>(
      ({ spec }) => spec.template,
      ({ spec }) => selectorCell(spec.selector),
    ),
  ],
});
