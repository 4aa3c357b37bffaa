// Pod, core/v1: containers that share a network namespace and a node.
import type { JsonObject } from "#base/json";
import { defineKind } from "../define.ts";
import { withAppArmorFields } from "./app-armor.ts";
import { podColumns } from "./columns.ts";
import { defaultPod } from "./defaults.ts";
import { qosClass } from "./qos.ts";
import type { Pod } from "./types.ts";
import { validatePod, validatePodUpdate } from "./validate.ts";
import { podWarnings } from "./warnings.ts";

/** A pod with scheduling gates says so before the scheduler ever looks at it. */
function firstStatus(spec: Pod["spec"]): JsonObject {
  const status: JsonObject = { phase: "Pending", qosClass: qosClass(spec) };
  const { schedulingGates } = spec as { schedulingGates?: unknown[] };
  if (!schedulingGates?.length) return status;
  const gated = {
    type: "PodScheduled",
    status: "False",
    lastProbeTime: null,
    lastTransitionTime: null,
    reason: "SchedulingGated",
    message: "Scheduling is blocked due to non-empty scheduling gates",
  };
  return { ...status, conditions: [gated] };
}

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
  prepareForCreate: (object, warn) => ({
    ...withAppArmorFields(object, warn),
    status: firstStatus((object as unknown as Pod).spec),
  }),
  prepareForUpdate: (next, previous) => ({ ...next, status: previous["status"] ?? {} }) as JsonObject,
  warnings: podWarnings,
  columns: podColumns,
  nameRule: "dns1123Subdomain",
});
