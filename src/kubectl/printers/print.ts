// -o: from the flags of a command to a function that prints one object (or a whole List). Used by get and by every
// command that answers with objects.
// Kubernetes: staging/src/k8s.io/cli-runtime/pkg/genericclioptions/print_flags.go (v1.35)
import { isObject, type JsonObject } from "#base/json";
import type { Flag, FlagValues, KubectlIo } from "../command.ts";
import { KubectlError } from "../command.ts";
import { plainError } from "../errors.ts";
import { flag, text } from "../flags.ts";
import { toGoJson } from "./json.ts";
import { JsonPathError } from "./jsonpath-parse.ts";
import { findResults, goSyntax, printJsonPath } from "./jsonpath.ts";
import { parseJsonPath } from "./jsonpath-parse.ts";
import { toKyaml } from "./kyaml.ts";
import { goJson } from "../apply/last-applied.ts";
import { goPrint } from "./go-format.ts";
import { ExecutionError } from "./go-template-functions.ts";
import { TemplateError } from "./go-template-error.ts";
import { parseTemplate } from "./go-template-parse.ts";
import { runTemplate } from "./go-template.ts";
import { toYaml } from "./yaml.ts";

/** Text for stdout. */
export type Printer = (object: JsonObject) => string;

export const TEMPLATE_FLAGS: readonly Flag[] = [
  {
    name: "allow-missing-template-keys",
    type: "bool",
    default: "true",
    help: "Templates give nothing for a missing field or key, not an error. For go-template and jsonpath",
  },
  {
    name: "show-managed-fields",
    type: "bool",
    default: "false",
    help: "Keeps managedFields in JSON and YAML",
  },
  {
    name: "template",
    type: "string",
    default: "",
    help: "The template, or the path of its file, for -o go-template and go-template-file",
  },
];

/** -o and the flags for templates, as create, apply, label and others take them. */
export const PRINT_FLAGS: readonly Flag[] = [
  {
    name: "output",
    short: "o",
    type: "string",
    default: "",
    help: "Output format: json, yaml, kyaml, name, go-template, go-template-file, template, templatefile, jsonpath, jsonpath-as-json or jsonpath-file",
  },
  ...TEMPLATE_FLAGS,
];

const PRINT_FORMATS =
  "go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,yaml";

const TEMPLATE_FORMATS = [
  "go-template-file",
  "templatefile",
  "go-template",
  "template",
  "jsonpath-as-json",
  "jsonpath-file",
  "jsonpath",
] as const;

/** The printer of -o; undefined without -o. `allowed` stands in the error for other formats. */
export function printerFor(flags: FlagValues, io: KubectlIo, allowed = PRINT_FORMATS): Printer | undefined {
  const template = text(flags, "template");
  const output = text(flags, "output") || (template ? "go-template" : "");
  if (output === "") return undefined;
  const keep = flag(flags, "show-managed-fields");
  switch (output.toLowerCase()) {
    case "json":
      return (object) => `${toGoJson(keep ? object : withoutManagedFields(object))}\n`;
    case "yaml":
      return yamlPrinter(keep);
    case "kyaml":
      return (object) => `---\n${toKyaml(keep ? object : withoutManagedFields(object))}\n`;
    case "name":
      return namePrinter;
    default:
      return templatePrinter(output, flags, io) ?? unknownFormat(output, allowed);
  }
}

function unknownFormat(output: string, allowed: string): never {
  throw plainError(
    `unable to match a printer suitable for the output format "${output}", allowed formats are: ${allowed}`,
  );
}

/** Objects after the first are divided from the one before. */
function yamlPrinter(keep: boolean): Printer {
  let printed = 0;
  return (object) => `${printed++ > 0 ? "---\n" : ""}${toYaml(keep ? object : withoutManagedFields(object))}`;
}

export function withoutManagedFields(object: JsonObject): JsonObject {
  const items = object["items"];
  if (Array.isArray(items) && String(object["kind"]).endsWith("List"))
    return { ...object, items: items.map((item) => withoutManagedFields(item as JsonObject)) };
  const metadata = object["metadata"];
  if (!isObject(metadata) || !("managedFields" in metadata)) return object;
  const { managedFields: _, ...rest } = metadata;
  return { ...object, metadata: rest as JsonObject };
}

/** "service/kubia", "deployment.apps/web"; the items of a List line by line. */
function namePrinter(object: JsonObject): string {
  const items = object["items"];
  if (Array.isArray(items)) return items.map((item) => namePrinter(item as JsonObject)).join("");
  return `${objectName(object)}\n`;
}

/** "deployment.apps/web", as kubectl names an object in what it says. */
export function objectName(object: JsonObject): string {
  const apiVersion = String(object["apiVersion"] ?? "");
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  const kind = String(object["kind"] ?? "<unknown>").toLowerCase();
  const name = (object["metadata"] as { name?: string } | undefined)?.name || "<unknown>";
  return `${group ? `${kind}.${group}` : kind}/${name}`;
}

function templatePrinter(output: string, flags: FlagValues, io: KubectlIo): Printer | undefined {
  const format = TEMPLATE_FORMATS.find((name) => output === name || output.startsWith(`${name}=`));
  if (!format) return undefined;
  const argument = output.slice(format.length + 1) || text(flags, "template");
  const allowMissing =
    flag(flags, "allow-missing-template-keys") || !("allow-missing-template-keys" in flags);
  if (format.startsWith("jsonpath")) return jsonPathPrinter(format, argument, io, allowMissing);
  if (argument === "") throw plainError("template format specified but no template given");
  const source = format.endsWith("file") ? readTemplate(argument, io) : argument;
  return goTemplatePrinter(source, allowMissing, io);
}

function readTemplate(path: string, io: KubectlIo): string {
  const content = io.readFile(path);
  if (content === undefined)
    throw plainError(`error reading --template ${path}, open ${path}: no such file or directory`);
  return content;
}

function jsonPathPrinter(format: string, argument: string, io: KubectlIo, allowMissing: boolean): Printer {
  if (argument === "") throw plainError("template format specified but no template given");
  const template = format === "jsonpath-file" ? readTemplate(argument, io) : argument;
  try {
    parseJsonPath(template);
  } catch (error) {
    if (error instanceof JsonPathError)
      throw plainError(`error parsing jsonpath ${template}, ${error.message}`);
    throw error;
  }
  return (object) => {
    try {
      if (format !== "jsonpath-as-json") return printJsonPath(template, object, { allowMissing });
      return `${toGoJson(findResults(template, object, { allowMissing }).flat())}\n`;
    } catch (error) {
      if (error instanceof JsonPathError) throw executionError(template, object, error.message);
      throw error;
    }
  };
}

function executionError(template: string, object: JsonObject, message: string): KubectlError {
  return new KubectlError(
    `error: error executing jsonpath ${JSON.stringify(template)}: Error executing template: ${message}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${template}\n\tobject given to jsonpath engine was:\n\t\t${goSyntax(object)}\n\n\n`,
  );
}

function goTemplatePrinter(source: string, allowMissing: boolean, io: KubectlIo): Printer {
  let template: ReturnType<typeof parseTemplate>;
  try {
    template = parseTemplate(source);
  } catch (error) {
    if (error instanceof TemplateError)
      throw plainError(`error parsing template ${source}, ${error.message}`);
    throw error;
  }
  return (object) => {
    try {
      return runTemplate(template, object, { allowMissing });
    } catch (error) {
      if (!(error instanceof ExecutionError)) throw error;
      const before = source.slice(0, error.at).split("\n");
      const place = `template: output:${before.length}:${before.at(-1)!.length}`;
      const message = `${place}: ${error.message}`;
      // The explanation goes to stdout, the error to stderr.
      io.stdout(
        `Error executing template: ${message}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${source}\n\traw data was:\n\t\t${goJson(object)}\n\tobject given to template engine was:\n\t\t${goPrint(object)}\n\n\n`,
      );
      throw plainError(`error executing template ${JSON.stringify(source)}: ${message}`);
    }
  };
}
