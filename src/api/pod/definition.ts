// Pod, core/v1: containers that share a network namespace and a node.
import type { JsonObject } from "#base/json";
import { defineKind } from "../define.ts";
import { podColumns } from "./columns.ts";
import { defaultPod } from "./defaults.ts";
import { qosClass } from "./qos.ts";
import type { Pod } from "./types.ts";
import { validatePod, validatePodUpdate } from "./validate.ts";
import { podWarnings } from "./warnings.ts";

export const pod = defineKind<Pod>({
  group: "",
  version: "v1",
  kind: "Pod",
  plural: "pods",
  singular: "pod",
  shortNames: ["po"],
  categories: ["all"],
  namespaced: true,
  subresources: ["status"],
  type: "Pod",
  defaults: defaultPod,
  validate: validatePod,
  validateUpdate: validatePodUpdate,
  prepareForCreate: (object) => ({
    ...object,
    status: { phase: "Pending", qosClass: qosClass((object as unknown as Pod).spec) },
  }),
  prepareForUpdate: (next, previous) => ({ ...next, status: previous["status"] ?? {} }) as JsonObject,
  warnings: podWarnings,
  columns: podColumns,
  nameRule: "dns1123Subdomain",
});
