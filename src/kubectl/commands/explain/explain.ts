// `kubectl explain`: the fields of a type, and what they are for.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/explain/v2 (v1.35)
import { defineCommand, KubectlError, type KubectlIo } from "../../command.ts";
import { bool, string } from "../../common-flags.ts";
import { plainError } from "../../errors.ts";
import { flag, text } from "../../flags.ts";
import { discoverResources, findResource, type ApiResource } from "../../mapper.ts";
import { descriptionOf, fieldsOf, type Field, type TypeDocs } from "./schema.ts";

const FORMATS = ["plaintext", "plaintext-openapiv2"];

export const explain = defineCommand({
  name: "explain",
  short: "Get documentation for a resource",
  long: `Describes a type and its fields.

 A field is named by its path, as in service.spec.ports.

Use "kubectl api-resources" for a complete list of supported resources.`,
  examples: `# A type and its fields
kubectl explain pods

# All fields below, by name only
kubectl explain pods --recursive

# In one version of the API
kubectl explain deployments --api-version=apps/v1

# One field
kubectl explain pods.spec.containers`,
  usage:
    "explain TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group] [-o|--output=plaintext|plaintext-openapiv2]",
  flags: [
    string("api-version", "Explains the type in this version (group/version)"),
    string("output", "Format: plaintext or plaintext-openapiv2", { short: "o", default: "plaintext" }),
    bool("recursive", "Lists the fields of fields too, by name"),
  ],
  run: async (args, flags, io) => {
    if (args.length === 0)
      throw plainError(
        'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.',
      );
    if (args.length > 1) throw plainError("We accept only this format: explain RESOURCE");
    const { resource, path } = parseSubject(args[0]!, io, text(flags, "api-version"));
    const output = text(flags, "output");
    if (!FORMATS.includes(output)) throw plainError(`unrecognized format: ${output}`);
    const docs = (await io.typeDocs?.()) as TypeDocs | undefined;
    // The heading stands even where the field does not exist.
    const { group, kind, version } = resource;
    io.stdout(`${group ? `GROUP:      ${group}\n` : ""}KIND:       ${kind}\nVERSION:    ${version}\n\n`);
    io.stdout(render(kind, path, docs, flag(flags, "recursive")));
    return 0;
  },
});

/** `svc.spec.ports`, `deployments.apps.spec`: a resource and the fields behind it. */
function parseSubject(
  subject: string,
  io: KubectlIo,
  apiVersion: string,
): { resource: ApiResource; path: string[] } {
  if (subject === "") throw plainError("a resource must be present, got: /, Resource=");
  if (subject.startsWith(".")) throw plainError("invalid jsonpath syntax, first node must be field node");
  const words = subject.replace(/\.$/, "").split(".");
  const all = discoverResources(io);
  const inVersion = apiVersion === "" ? all : all.filter((item) => versionOf(item) === apiVersion);
  const withGroup = words.length > 1 ? findResource(inVersion, words.slice(0, 2).join(".")) : undefined;
  if (withGroup) return { resource: withGroup, path: words.slice(2) };
  const known = findResource(all, words[0]!);
  if (!known) throw new KubectlError(`the server doesn't have a resource type "${words[0]}"`);
  const resource = findResource(inVersion, words[0]!);
  if (!resource && inVersion.length === 0)
    throw plainError(`couldn't find resource for "${apiVersion}, Resource=${known.resource}"`);
  if (!resource) {
    const version = apiVersion.includes("/") ? apiVersion : `/${apiVersion}`;
    throw plainError(`GVR (${version}, Resource=${known.resource}) not found in OpenAPI schema`);
  }
  return { resource, path: words.slice(1) };
}

const versionOf = ({ group, version }: ApiResource): string => (group ? `${group}/${version}` : version);

function render(
  kind: string,
  path: readonly string[],
  docs: TypeDocs | undefined,
  recursive: boolean,
): string {
  let type: string | undefined = kind;
  let field: Field | undefined;
  for (const [depth, name] of path.entries()) {
    field =
      type === undefined ? undefined : fieldsOf(type, depth === 0, docs)?.find((item) => item.name === name);
    if (!field) throw plainError(`field "${path.at(-1)}" does not exist`);
    type = field.inner;
  }
  const fields = type === undefined ? undefined : fieldsOf(type, path.length === 0, docs);
  const described = [field?.description ?? "", type === undefined ? "" : descriptionOf(type, docs)];
  const description = described
    .filter((part) => part !== "")
    .map((part) => `${part}\n`)
    .join("");
  const list = fields?.map((item) => fieldText(item, docs, recursive, 1)).join("") ?? "";
  return `${field ? fieldHead(field) : ""}DESCRIPTION:\n${indent(wrap(description || "<empty>", 76), 4)}\n${list && `FIELDS:\n${list}`}\n`;
}

function fieldHead({ name, type, values }: Field): string {
  const list = values.length > 0 ? `ENUM:${values.map((value) => `\n    ${value || '""'}`).join("")}` : "";
  return `FIELD: ${name} <${type}>\n${list}\n\n`;
}

const MOST_VALUES = 4;

function fieldText(field: Field, docs: TypeDocs | undefined, short: boolean, level: number): string {
  const { name, type, required, values, description, inner } = field;
  const margin = " ".repeat(level * 2);
  const shown = values
    .slice(0, MOST_VALUES)
    .map((value) => value || '""')
    .join(", ");
  const list =
    values.length > 0 ? `\n${margin}enum: ${shown}${values.length > MOST_VALUES ? ", ...." : ""}` : "";
  const head = `${margin}${name}\t<${type}>${required ? " -required-" : ""}${list}\n`;
  if (!short)
    return `${head}${indent(wrap(description || "<no description>", 78 - level * 2), level * 2 + 2)}\n\n`;
  const below = inner === undefined || level > MAX_DEPTH ? [] : (fieldsOf(inner, false, docs) ?? []);
  return head + below.map((item) => fieldText(item, docs, true, level + 1)).join("");
}

// Types that hold themselves would never end.
const MAX_DEPTH = 12;

/** Breaks lines at blanks so that none is longer than `width`, where words allow it. */
function wrap(text: string, width: number): string {
  return text
    .split("\n")
    .map((line) => {
      const lines = [""];
      for (const word of line.split(" ")) {
        const last = lines.at(-1)!;
        if (last === "") lines[lines.length - 1] = word;
        else if (last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
        else lines.push(word);
      }
      return lines.join("\n");
    })
    .join("\n");
}

const indent = (text: string, blanks: number): string =>
  " ".repeat(blanks) + text.replaceAll("\n", `\n${" ".repeat(blanks)}`);
