// ReplicationController, core/v1: keeps a number of pods of one template running.
import { deepEqual, type JsonObject } from "#base/json";
import { canonical } from "../canonical.ts";
import { defineKind } from "../define.ts";
import { defaultTemplate } from "../pod/defaults.ts";
import { controllerWarnings } from "../pod/warnings.ts";
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
  categories: ["all"],
  namespaced: true,
  subresources: ["status", "scale"],
  type: "ReplicationController",
  defaults,
  validate: validateReplicationController,
  validateUpdate: validateReplicationController,
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
    ...templateColumns<ReplicationController>(
      ({ spec }) => spec.template,
      ({ spec }) => selectorCell(spec.selector),
    ),
  ],
  nameRule: "dns1123Subdomain",
});
