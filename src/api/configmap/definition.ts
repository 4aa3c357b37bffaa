// ConfigMap, core/v1: configuration as keys and texts.
import type { JsonObject } from "#base/json";
import { canonical } from "../canonical.ts";
import { defineKind } from "../define.ts";
import { ageColumn, column, nameColumn } from "../table.ts";
import type { ConfigMap } from "./types.ts";
import { validateConfigMap, validateConfigMapUpdate } from "./validate.ts";

export const configMap = defineKind<ConfigMap>({
  group: "",
  version: "v1",
  kind: "ConfigMap",
  plural: "configmaps",
  singular: "configmap",
  shortNames: ["cm"],
  categories: [],
  namespaced: true,
  subresources: [],
  type: "ConfigMap",
  defaults: (object: JsonObject) => canonical("ConfigMap", object),
  validate: validateConfigMap,
  validateUpdate: validateConfigMapUpdate,
  columns: [
    nameColumn(),
    column({
      name: "Data",
      description: "Data contains the configuration data.",
      value: ({ data, binaryData }) => Object.keys(data ?? {}).length + Object.keys(binaryData ?? {}).length,
    }),
    ageColumn(),
  ],
  nameRule: "dns1123Subdomain",
});
