// What Deployments, ReplicaSets and ReplicationControllers have in common as kinds: their controllers make pods from a
// template, and only those write the status.
// Kubernetes: pkg/registry/apps/deployment/strategy.go and its likes (v1.35)
import { deepEqual, type JsonObject } from "#base/json";
import type { ObjectMeta } from "../meta.ts";
import { validateReplicaStatus } from "../replica-status.ts";
import { withoutDisabled } from "./disabled-fields.ts";
import type { PodTemplateSpec } from "./types.ts";
import { controllerWarnings } from "./warnings.ts";

interface TemplateOwner {
  kind: string;
  metadata: ObjectMeta;
  spec: { template: PodTemplateSpec };
  status: object;
}

function withoutDisabledInTemplate(object: JsonObject): JsonObject {
  const { spec } = object as unknown as TemplateOwner;
  const podSpec = spec?.template?.spec;
  if (!podSpec) return object;
  const enabled = withoutDisabled(podSpec);
  if (enabled === podSpec) return object;
  const template = { ...spec.template, spec: enabled };
  return { ...object, spec: { ...spec, template } as unknown as JsonObject };
}

/** `status` is what a new object starts with. */
export const templateOwner = (status: JsonObject) => ({
  categories: ["all"],
  namespaced: true,
  subresources: ["status" as const, "scale" as const],
  prepareForCreate: (object: JsonObject): JsonObject => ({ ...withoutDisabledInTemplate(object), status }),
  prepareForUpdate: (next: JsonObject, previous: JsonObject): JsonObject => ({
    ...withoutDisabledInTemplate(next),
    status: previous["status"] ?? {},
  }),
  warnings: ({ metadata, spec }: TemplateOwner, previous?: TemplateOwner): string[] =>
    previous && deepEqual(previous.spec, spec)
      ? []
      : controllerWarnings(metadata.name, spec.template, !previous),
  validateStatus: ({ kind, status }: TemplateOwner) =>
    validateReplicaStatus(
      status as Record<string, unknown>,
      kind === "Deployment" ? "updatedReplicas" : "fullyLabeledReplicas",
    ),
  nameRule: "dns1123Subdomain" as const,
});
