// ServiceAccount, core/v1: who a pod is to the API server.
import type { JsonObject } from "#base/json";
import { canonical } from "../canonical.ts";
import { defineKind } from "../define.ts";
import { ageColumn, nameColumn } from "../table.ts";
import type { ServiceAccount } from "./types.ts";

export const serviceAccount = defineKind<ServiceAccount>({
  group: "",
  version: "v1",
  kind: "ServiceAccount",
  plural: "serviceaccounts",
  singular: "serviceaccount",
  shortNames: ["sa"],
  categories: [],
  namespaced: true,
  subresources: [],
  type: "ServiceAccount",
  defaults: (object: JsonObject) => canonical("ServiceAccount", object),
  validate: () => [],
  validateUpdate: () => [],
  columns: [nameColumn(), ageColumn()],
  nameRule: "dns1123Subdomain",
});
