// The editor may offer only what the server's strict decoding accepts.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { FieldType } from "./define.ts";
import { KINDS, apiVersionOf } from "./registry.ts";
import { TYPES } from "./type-table.ts";

interface Schema {
  $ref?: string;
  allOf?: Schema[];
  type?: string | string[];
  items?: Schema;
  additionalProperties?: Schema | false;
  properties?: Record<string, Schema>;
  required?: string[];
  enum?: string[];
  description?: string;
  doNotSuggest?: boolean;
}

const schema = JSON.parse(readFileSync(new URL("./schema.gen.json", import.meta.url), "utf8")) as {
  definitions: Record<string, Schema>;
  allOf: { if: { properties: Record<string, { const: string }> }; then: Schema }[];
};

/** Both sides' words for what a field holds. */
function offered(given: Schema): string {
  const wrapped = given.$ref ?? given.allOf?.[0]?.$ref;
  if (wrapped) return wrapped.replace("#/definitions/", "");
  if (given.items) return `[]${offered(given.items)}`;
  if (given.additionalProperties) return `{}${offered(given.additionalProperties)}`;
  // Go writes a time that is not set as null.
  const types = [given.type].flat().filter((type) => type !== "null");
  return types.join("|") || "any";
}

const SCALARS: Partial<Record<FieldType["kind"], string>> = {
  string: "string",
  bytes: "string",
  time: "string",
  microTime: "string",
  bool: "boolean",
  int32: "integer",
  int64: "integer",
  float: "number",
  quantity: "string|number",
  intOrString: "integer|string",
  any: "any",
};

function decoded(type: FieldType): string {
  if (type.kind === "ref") return type.type;
  if (type.kind === "list") return `[]${decoded(type.of)}`;
  if (type.kind === "map") return `{}${decoded(type.of)}`;
  return SCALARS[type.kind] ?? "";
}

test("KIND-2: every field that the editor offers is decoded, and holds the same", () => {
  const wrong: string[] = [];
  const { List: _, ...definitions } = schema.definitions;
  for (const [name, definition] of Object.entries(definitions)) {
    for (const [field, given] of Object.entries(definition.properties ?? {})) {
      const type = TYPES[name]?.fields[field];
      const mine = type ? decoded(type) : "unknown field";
      if (mine !== offered(given)) wrong.push(`${name}.${field}: ${offered(given)}, not ${mine}`);
    }
  }
  expect(wrong).toEqual([]);
});

test("KIND-2: what is required is offered", () => {
  for (const [name, { required = [], properties = {} }] of Object.entries(schema.definitions)) {
    expect([name, required.filter((field) => !properties[field])]).toEqual([name, []]);
  }
});

test("KIND-3: the editor knows every kind, by apiVersion and kind, and kubectl's List", () => {
  const chosen = schema.allOf.map(({ if: { properties }, then }) => [
    properties["apiVersion"]?.const,
    properties["kind"]?.const,
    then.$ref,
  ]);
  expect(chosen.toSorted()).toEqual(
    [
      ...KINDS.map((kind) => [apiVersionOf(kind), kind.kind, `#/definitions/${kind.kind}`]),
      ["v1", "List", "#/definitions/List"],
    ].toSorted(),
  );
});

test("KIND-3: what only the server sets is known, but not offered", () => {
  const hidden = Object.entries(schema.definitions).flatMap(([name, { properties = {} }]) =>
    Object.keys(properties).flatMap((field) => (properties[field]?.doNotSuggest ? [`${name}.${field}`] : [])),
  );
  const status = KINDS.filter(({ kind }) => TYPES[kind]?.fields["status"]).map(
    ({ kind }) => `${kind}.status`,
  );
  const bookkeeping = ["creationTimestamp", "deletionGracePeriodSeconds", "deletionTimestamp", "generation"];
  bookkeeping.push("managedFields", "resourceVersion", "selfLink", "uid");
  expect(hidden.toSorted()).toEqual(
    [...status, ...bookkeeping.map((field) => `ObjectMeta.${field}`), "List.metadata"].toSorted(),
  );
});

test("KIND-3: the editor explains fields and lists values", () => {
  const port = schema.definitions["ServicePort"]?.properties ?? {};
  expect(port["protocol"]?.enum).toEqual(["SCTP", "TCP", "UDP"]);
  expect(port["targetPort"]?.description).toMatch(/^Number or name of the port to access on the pods/);
  expect(schema.definitions["PodSpec"]?.required).toEqual(["containers"]);
  // Of 1.36, not of 1.35.
  expect(schema.definitions["PodSpec"]?.properties?.["schedulingGroup"]).toBeUndefined();
  expect(schema.definitions["PodSpec"]?.properties?.["workloadRef"]).toBeDefined();
});
