// Writes src/api/schema.gen.json: what the manifest editor completes, explains and checks while one types. One
// definition a type, chosen by apiVersion and kind; status and what only the server sets are known, but not offered.
// Run: node tools/editor-schema.mjs
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { added, addedTypes, removed, ROOTS, scalarOverrides } from "./api-facts.mjs";
import { apiVersionOf, describeType, loadType, nameOf } from "./kubernetes-models.mjs";

const SERVER_OWNED = new Set([
  "ObjectMeta.creationTimestamp",
  "ObjectMeta.deletionGracePeriodSeconds",
  "ObjectMeta.deletionTimestamp",
  "ObjectMeta.generation",
  "ObjectMeta.managedFields",
  "ObjectMeta.resourceVersion",
  "ObjectMeta.selfLink",
  "ObjectMeta.uid",
]);
const PORTS = new Set([
  "port",
  "nodePort",
  "containerPort",
  "hostPort",
  "number",
  "targetPort",
  "healthCheckNodePort",
]);

const definitions = {};

const SCALARS = {
  string: { type: "string" },
  bytes: { type: "string" },
  time: { type: "string" },
  microTime: { type: "string" },
  bool: { type: "boolean" },
  int32: { type: "integer" },
  int64: { type: "integer" },
  float: { type: "number" },
  quantity: { type: ["string", "number"] },
  intOrString: { type: ["integer", "string"] },
  any: {},
};

function schemaOf(shape) {
  if (shape.inline) return { $ref: `#/definitions/${shape.inline}` };
  if (shape.list) return { type: "array", items: schemaOf(shape.list) };
  if (shape.map) return { type: "object", additionalProperties: schemaOf(shape.map) };
  if (shape.ref) {
    const scalar = scalarOverrides[shape.ref];
    if (scalar) return { ...SCALARS[scalar] };
    define(shape.ref);
    return { $ref: `#/definitions/${nameOf(shape.ref)}` };
  }
  const schema = { ...SCALARS[shape.scalar] };
  const values = shape.enum?.filter((value) => value !== "");
  return values?.length ? { ...schema, enum: values } : schema;
}

/** A first paragraph is enough for a tooltip. */
function shorten(text) {
  const plain = text.replaceAll(/\s+/g, " ").trim();
  if (plain.length <= 420) return plain;
  const cut = plain.slice(0, 420);
  const end = cut.lastIndexOf(". ");
  return end > 150 ? cut.slice(0, end + 1) : `${cut.slice(0, cut.lastIndexOf(" "))} ...`;
}

/** References cannot carry a description beside them in older drafts, so they are wrapped. */
function withDescription(schema, description) {
  if (!description) return schema;
  if (schema.$ref) return { allOf: [schema], description };
  return { ...schema, description };
}

function define(id, root) {
  const name = nameOf(id);
  if (definitions[name]) return;
  const definition = {
    type: "object",
    description: shorten(describeType(id)),
    properties: {},
    additionalProperties: false,
  };
  definitions[name] = definition;
  const needed = [];
  for (const field of [...loadType(id), ...(added[name] ?? [])]) {
    const path = `${name}.${field.name}`;
    if (removed.includes(path)) continue;
    const schema = schemaOf(field.shape);
    if (schema.type === "integer" && PORTS.has(field.name)) Object.assign(schema, { maximum: 65_535 });
    // Go writes a time that is not set as null.
    if (path === "ObjectMeta.creationTimestamp") schema.type = ["string", "null"];
    const described = withDescription(schema, shorten(field.description ?? ""));
    if (SERVER_OWNED.has(path) || (root && field.name === "status")) described.doNotSuggest = true;
    definition.properties[field.name] = described;
    if (field.required) needed.push(field.name);
  }
  if (root) {
    definition.properties.apiVersion = { type: "string", enum: [root.apiVersion] };
    definition.properties.kind = { type: "string", enum: [root.kind] };
    needed.push("metadata");
  }
  const required = [...new Set(needed)];
  if (required.length > 0) definition.required = required;
}

for (const [name, fields] of Object.entries(addedTypes)) {
  const properties = Object.fromEntries(
    fields.split(", ").map((field) => [field.split(" ")[0], { ...SCALARS[field.split(" ")[1]] }]),
  );
  definitions[name] = { type: "object", properties, additionalProperties: false };
}

const roots = ROOTS.map(([kind, id]) => ({ kind, id, apiVersion: apiVersionOf(id) }));
for (const root of roots) define(root.id, root);
// No kind of the server's: kubectl takes it apart.
definitions.List = {
  type: "object",
  description: "Several objects in one document; kubectl handles each of them.",
  properties: {
    apiVersion: { type: "string", enum: ["v1"] },
    kind: { type: "string", enum: ["List"] },
    metadata: { type: "object", doNotSuggest: true },
    items: { type: "array", items: { $ref: "#" } },
  },
  additionalProperties: false,
  required: ["items"],
};
const documents = [...roots, { kind: "List", apiVersion: "v1" }];

const schema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "Kubernetes 1.35",
  type: "object",
  properties: {
    apiVersion: { type: "string", enum: [...new Set(documents.map(({ apiVersion }) => apiVersion))] },
    kind: { type: "string", enum: documents.map(({ kind }) => kind) },
  },
  required: ["apiVersion", "kind"],
  allOf: documents.map(({ kind, apiVersion }) => ({
    if: {
      properties: { apiVersion: { const: apiVersion }, kind: { const: kind } },
      required: ["apiVersion", "kind"],
    },
    // oxlint-disable-next-line no-thenable -- the word is JSON schema's own
    then: { $ref: `#/definitions/${kind}` },
  })),
  definitions: Object.fromEntries(Object.entries(definitions).sort(([a], [b]) => (a < b ? -1 : 1))),
};
const file = fileURLToPath(new URL("../src/api/schema.gen.json", import.meta.url));
writeFileSync(file, `${JSON.stringify(schema)}\n`);
console.log(`${Object.keys(definitions).length} definitions, ${JSON.stringify(schema).length} characters`);
