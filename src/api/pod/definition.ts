// Pod, core/v1: containers that share a network namespace and a node.
import type { JsonObject } from "#base/json";
import { defineKind } from "../define.ts";
import { withAppArmorFields } from "./app-armor.ts";
import { podColumns } from "./columns.ts";
import { defaultPod } from "./defaults.ts";
import { withoutDisabled } from "./disabled-fields.ts";
import { qosClass } from "./qos.ts";
import type { Pod } from "./types.ts";
import { validatePod, validatePodUpdate } from "./validate.ts";
import { podWarnings } from "./warnings.ts";

/** A pod with scheduling gates says so before the scheduler ever looks at it. */
function firstStatus({ spec, metadata }: Pod): JsonObject {
  const status: JsonObject = { phase: "Pending", qosClass: qosClass(spec) };
  const { schedulingGates } = spec as { schedulingGates?: unknown[] };
  if (!schedulingGates?.length) return status;
  const gated = {
    type: "PodScheduled",
    status: "False",
    lastProbeTime: null,
    lastTransitionTime: metadata.creationTimestamp ?? null,
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
  prepareForCreate: (object, warn) => {
    const spec = withoutDisabled((object as unknown as Pod).spec) as unknown as JsonObject;
    return {
      ...withAppArmorFields({ ...object, spec }, warn),
      status: firstStatus(object as unknown as Pod),
    };
  },
  prepareForUpdate: (next, previous) => {
    const spec = withoutDisabled((next as unknown as Pod).spec) as unknown as JsonObject;
    return { ...next, spec, status: previous["status"] ?? {} };
  },
  warnings: podWarnings,
  columns: podColumns,
  nameRule: "dns1123Subdomain",
});
