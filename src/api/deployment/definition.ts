// Deployment, apps/v1: rolls pods from one template to the next by way of ReplicaSets.
import type { JsonObject } from "#base/json";
import { canonical } from "../canonical.ts";
import { defineKind } from "../define.ts";
import { defaultTemplate } from "../pod/defaults.ts";
import { templateOwner } from "../pod/template-owner.ts";
import { ageColumn, column, labelSelectorCell, nameColumn, templateColumns } from "../table.ts";
import type { Deployment } from "./types.ts";
import { validateDeployment, validateDeploymentUpdate } from "./validate.ts";

function defaults(object: JsonObject): JsonObject {
  const deployment = canonical("Deployment", object) as unknown as Deployment;
  const { spec: given } = deployment;
  const strategy = { ...given.strategy, type: given.strategy.type || "RollingUpdate" };
  if (strategy.type === "RollingUpdate") {
    const { maxUnavailable, maxSurge } = strategy.rollingUpdate ?? {};
    strategy.rollingUpdate = { maxUnavailable: maxUnavailable ?? "25%", maxSurge: maxSurge ?? "25%" };
  }
  const spec = {
    ...given,
    replicas: given.replicas ?? 1,
    template: defaultTemplate(given.template),
    strategy,
    revisionHistoryLimit: given.revisionHistoryLimit ?? 10,
    progressDeadlineSeconds: given.progressDeadlineSeconds ?? 600,
  };
  return { ...deployment, spec } as unknown as JsonObject;
}

export const deployment = defineKind<Deployment>({
  group: "apps",
  version: "v1",
  kind: "Deployment",
  plural: "deployments",
  singular: "deployment",
  shortNames: ["deploy"],
  ...templateOwner({}),
  type: "Deployment",
  defaults,
  validate: validateDeployment,
  validateUpdate: validateDeploymentUpdate,
  columns: [
    nameColumn(),
    column({
      name: "Ready",
      description: "Number of the pod with ready state",
      value: ({ spec, status }) => `${status.readyReplicas ?? 0}/${spec.replicas}`,
    }),
    column({
      name: "Up-to-date",
      description:
        "Total number of non-terminating pods targeted by this deployment that have the desired template spec.",
      value: ({ status }) => status.updatedReplicas ?? 0,
    }),
    column({
      name: "Available",
      description: "Total number of available non-terminating pods targeted by this deployment.",
      value: ({ status }) => status.availableReplicas ?? 0,
    }),
    ageColumn(),
    ...templateColumns<Deployment>(
      ({ spec }) => spec.template,
      ({ spec }) => labelSelectorCell(spec.selector),
    ),
  ],
});
