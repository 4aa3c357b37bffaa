// Ingress, networking.k8s.io/v1: HTTP routes by host and path.
import { isObject, type JsonObject } from "#base/json";
import { canonical } from "../canonical.ts";
import { validateBalancerAddresses } from "../balancer-status.ts";
import { defineKind } from "../define.ts";
import { ageColumn, column, nameColumn, NONE } from "../table.ts";
import type { Ingress } from "./types.ts";
import { validateIngress, validateIngressUpdate } from "./validate.ts";
import { ingressWarnings } from "./warnings.ts";

const SHOWN_HOSTS = 3;

function hostsCell({ spec }: Ingress): string {
  const rules = spec.rules ?? [];
  const hosts: string[] = [];
  let isMore = false;
  for (const { host } of rules) {
    if (hosts.length === SHOWN_HOSTS) isMore = true;
    if (!isMore && host) hosts.push(host);
  }
  if (hosts.length === 0) return "*";
  return isMore ? `${hosts.join(",")} + ${rules.length - SHOWN_HOSTS} more...` : hosts.join(",");
}

function addressCell({ status }: Ingress): string {
  const addresses = (status.loadBalancer.ingress ?? []).map(({ ip, hostname }) => ip || hostname || "");
  return [...new Set(addresses.filter(Boolean))].sort().join(",");
}

/** No rules at all and an empty list of them are told apart by the refusal of an Ingress that has nothing else. */
function defaults(object: JsonObject): JsonObject {
  const next = canonical("Ingress", object);
  const given = object["spec"];
  const spec = next["spec"] as JsonObject;
  if (!isObject(given) || !Array.isArray(given["rules"]) || spec["rules"] || spec["defaultBackend"])
    return next;
  return { ...next, spec: { ...spec, rules: [] } };
}

export const ingress = defineKind<Ingress>({
  group: "networking.k8s.io",
  version: "v1",
  kind: "Ingress",
  plural: "ingresses",
  singular: "ingress",
  shortNames: ["ing"],
  categories: [],
  namespaced: true,
  subresources: ["status"],
  type: "Ingress",
  defaults,
  validate: validateIngress,
  validateUpdate: validateIngressUpdate,
  validateStatus: ({ status }) => validateBalancerAddresses(status.loadBalancer?.ingress ?? []),
  prepareForCreate: (object) => ({ ...object, status: { loadBalancer: {} } }),
  prepareForUpdate: (next, previous) => ({ ...next, status: previous["status"] ?? {} }) as JsonObject,
  warnings: ingressWarnings,
  columns: [
    nameColumn(),
    column({
      name: "Class",
      description: "The name of the IngressClass resource that should be used for additional configuration",
      value: ({ spec }) => spec.ingressClassName ?? NONE,
    }),
    column({
      name: "Hosts",
      description: "Hosts that incoming requests are matched against before the ingress rule",
      value: hostsCell,
    }),
    column({
      name: "Address",
      description: "Address is a list containing ingress points for the load-balancer",
      value: addressCell,
    }),
    column({
      name: "Ports",
      description: "Ports of TLS configurations that open",
      value: ({ spec }) => (spec.tls?.length ? "80, 443" : "80"),
    }),
    ageColumn(),
  ],
  nameRule: "dns1123Subdomain",
});
