// Endpoints, core/v1: the addresses behind a Service in their old form.
import type { JsonObject } from "#base/json";
import { canonical } from "../canonical.ts";
import { defineKind } from "../define.ts";
import { ageColumn, column, nameColumn } from "../table.ts";
import { warnOfIp } from "../ip.ts";
import { endpointsCell } from "./cell.ts";
import type { Endpoints } from "./types.ts";
import { validateEndpoints, validateEndpointsUpdate } from "./validate.ts";

function defaults(object: JsonObject): JsonObject {
  const endpoints = canonical("Endpoints", object) as unknown as Endpoints;
  const subsets = endpoints.subsets?.map((subset) =>
    subset.ports
      ? { ...subset, ports: subset.ports.map((port) => ({ ...port, protocol: port.protocol || "TCP" })) }
      : subset,
  );
  return { ...endpoints, ...(subsets && { subsets }) } as unknown as JsonObject;
}

/** What Kubernetes' own controller writes is clean. */
function endpointsWarnings({ metadata, subsets = [] }: Endpoints): string[] {
  if (metadata.labels?.["endpoints.kubernetes.io/managed-by"]) return [];
  return subsets.flatMap((subset, at) =>
    (["addresses", "notReadyAddresses"] as const).flatMap((list) =>
      (subset[list] ?? []).flatMap(({ ip }, index) => warnOfIp(`subsets[${at}].${list}[${index}].ip`, ip)),
    ),
  );
}

export const endpoints = defineKind<Endpoints>({
  group: "",
  version: "v1",
  kind: "Endpoints",
  plural: "endpoints",
  singular: "endpoints",
  shortNames: ["ep"],
  categories: [],
  namespaced: true,
  subresources: [],
  type: "Endpoints",
  defaults,
  validate: validateEndpoints,
  validateUpdate: validateEndpointsUpdate,
  warnings: endpointsWarnings,
  columns: [
    nameColumn(),
    column({
      name: "Endpoints",
      description: "The set of all endpoints is the union of all subsets.",
      value: endpointsCell,
    }),
    ageColumn(),
  ],
  nameRule: "dns1123Subdomain",
});
