// IngressClass, networking.k8s.io/v1: which controller an Ingress is for.
import type { JsonObject } from "#base/json";
import { canonical } from "../canonical.ts";
import { defineKind } from "../define.ts";
import { ageColumn, column, nameColumn, NONE } from "../table.ts";
import type { IngressClass } from "./types.ts";
import { validateIngressClass, validateIngressClassUpdate } from "./validate.ts";

function defaults(object: JsonObject): JsonObject {
  const ingressClass = canonical("IngressClass", object) as unknown as IngressClass;
  const { parameters } = ingressClass.spec;
  if (!parameters || parameters.scope) return ingressClass as unknown as JsonObject;
  const spec = { ...ingressClass.spec, parameters: { ...parameters, scope: "Cluster" } };
  return { ...ingressClass, spec } as unknown as JsonObject;
}

function parametersCell({ spec: { parameters } }: IngressClass): string {
  if (!parameters) return NONE;
  const { apiGroup, kind, name } = parameters;
  return apiGroup ? `${kind}.${apiGroup}/${name}` : `${kind}/${name}`;
}

export const ingressClass = defineKind<IngressClass>({
  group: "networking.k8s.io",
  version: "v1",
  kind: "IngressClass",
  plural: "ingressclasses",
  singular: "ingressclass",
  shortNames: [],
  categories: [],
  namespaced: false,
  subresources: [],
  type: "IngressClass",
  defaults,
  validate: validateIngressClass,
  validateUpdate: validateIngressClassUpdate,
  columns: [
    nameColumn(),
    column({
      name: "Controller",
      description: "Controller that is responsible for handling this class",
      value: ({ spec }) => spec.controller ?? "",
    }),
    column({
      name: "Parameters",
      description: "A reference to a resource with additional parameters",
      value: parametersCell,
    }),
    ageColumn(),
  ],
  nameRule: "dns1123Subdomain",
});
