// Node, core/v1: a machine that runs pods.
import type { JsonObject } from "#base/json";
import { canonical } from "../canonical.ts";
import { defineKind } from "../define.ts";
import { nodeColumns } from "./columns.ts";
import type { Node } from "./types.ts";
import { validateNode, validateNodeUpdate } from "./validate.ts";

function defaults(object: JsonObject): JsonObject {
  const node = canonical("Node", object) as unknown as Node;
  const { capacity, allocatable } = node.status;
  if (allocatable || !capacity) return node as unknown as JsonObject;
  return { ...node, status: { ...node.status, allocatable: capacity } } as unknown as JsonObject;
}

export const node = defineKind<Node>({
  group: "",
  version: "v1",
  kind: "Node",
  plural: "nodes",
  singular: "node",
  shortNames: ["no"],
  categories: [],
  namespaced: false,
  subresources: ["status"],
  type: "Node",
  defaults,
  validate: validateNode,
  validateUpdate: validateNodeUpdate,
  prepareForUpdate: (next, previous) => ({ ...next, status: previous["status"] ?? {} }) as JsonObject,
  columns: nodeColumns,
  nameRule: "dns1123Subdomain",
});
