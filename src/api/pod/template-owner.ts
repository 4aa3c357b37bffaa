// What Deployments, ReplicaSets and ReplicationControllers have in common as kinds: their controllers make pods from a
// template, and only those write the status.
// Kubernetes: pkg/registry/apps/deployment/strategy.go and its likes (v1.35)
import { deepEqual, type JsonObject } from "#base/json";
import type { ObjectMeta } from "../meta.ts";
import type { PodTemplateSpec } from "./types.ts";
import { controllerWarnings } from "./warnings.ts";

interface TemplateOwner {
  metadata: ObjectMeta;
  spec: { template: PodTemplateSpec };
}

/** `status` is what a new object starts with. */
export const templateOwner = (status: JsonObject) => ({
  categories: ["all"],
  namespaced: true,
  subresources: ["status" as const, "scale" as const],
  prepareForCreate: (object: JsonObject): JsonObject => ({ ...object, status }),
  prepareForUpdate: (next: JsonObject, previous: JsonObject): JsonObject => ({
    ...next,
    status: previous["status"] ?? {},
  }),
  warnings: ({ metadata, spec }: TemplateOwner, previous?: TemplateOwner): string[] =>
    previous && deepEqual(previous.spec, spec)
      ? []
      : controllerWarnings(metadata.name, spec.template, !previous),
  nameRule: "dns1123Subdomain" as const,
});
