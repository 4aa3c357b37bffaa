// Event, core/v1: what components tell about an object.
import type { JsonObject } from "#base/json";
import { canonical } from "../canonical.ts";
import { defineKind } from "../define.ts";
import { eventColumns } from "./columns.ts";
import type { KubeEvent } from "./types.ts";
import { validateEvent } from "./validate.ts";

export const event = defineKind<KubeEvent>({
  group: "",
  version: "v1",
  kind: "Event",
  plural: "events",
  singular: "event",
  shortNames: ["ev"],
  categories: [],
  namespaced: true,
  subresources: [],
  type: "Event",
  defaults: (object: JsonObject) => canonical("Event", object),
  validate: validateEvent,
  validateUpdate: () => [],
  columns: eventColumns,
  nameRule: "dns1123Subdomain",
});
