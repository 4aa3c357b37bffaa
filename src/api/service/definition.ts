// Service, core/v1: a stable address and name for a set of pods.
import type { JsonObject } from "#base/json";
import { validateServiceStatus } from "../balancer-status.ts";
import { defineKind } from "../define.ts";
import { serviceColumns } from "./columns.ts";
import { defaultService } from "./defaults.ts";
import type { Service } from "./types.ts";
import { validateService, validateServiceUpdate } from "./validate.ts";
import { serviceWarnings } from "./warnings.ts";

export const service = defineKind<Service>({
  group: "",
  version: "v1",
  kind: "Service",
  plural: "services",
  singular: "service",
  shortNames: ["svc"],
  categories: ["all"],
  namespaced: true,
  subresources: ["status"],
  type: "Service",
  defaults: defaultService,
  validate: validateService,
  validateUpdate: validateServiceUpdate,
  validateStatus: ({ spec, status }) => validateServiceStatus(spec.type, status.loadBalancer?.ingress ?? []),
  prepareForCreate: (object) => ({ ...object, status: { loadBalancer: {} } }),
  prepareForUpdate: (next, previous) => ({ ...next, status: previous["status"] ?? {} }) as JsonObject,
  warnings: serviceWarnings,
  columns: serviceColumns,
  nameRule: "dns1035Label",
});
