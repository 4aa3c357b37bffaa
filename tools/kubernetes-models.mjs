// Reads types out of the declaration files and validators of the package kubernetes-models: fields, their shapes,
// enums, descriptions, and whether they are required. Used by the generators of type tables and editor schema.
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { renamed } from "./api-facts.mjs";

const packages = fileURLToPath(new URL("../node_modules/", import.meta.url));
const MODELS = `${packages}kubernetes-models/`;
const MACHINERY = `${packages}@kubernetes-models/apimachinery/`;

/** The apiVersion of a group's types, which is also their folder in the package. */
const GROUPS = {
  CoreV1: "v1",
  AppsV1: "apps/v1",
  DiscoveryV1: "discovery.k8s.io/v1",
  NetworkingV1: "networking.k8s.io/v1",
};
const API = new RegExp(`^IoK8sApi(${Object.keys(GROUPS).join("|")})([A-Z].*)$`);
const META = /^IoK8sApimachineryPkgApisMetaV1(.*)$/;

/** What a type is called here: IoK8sApiCoreV1ServicePort is ServicePort. */
export function nameOf(id) {
  return renamed[id] ?? API.exec(id)?.[2] ?? META.exec(id)?.[1] ?? id;
}

export function apiVersionOf(id) {
  return GROUPS[API.exec(id)[1]];
}

/** The declaration file and validator of a type such as IoK8sApiCoreV1ServicePort. */
function filesOf(id) {
  const api = API.exec(id);
  if (api) return { types: `${MODELS}${GROUPS[api[1]]}/${api[2]}.d.ts`, check: `${MODELS}_schemas/${id}.js` };
  const meta = META.exec(id);
  if (meta)
    return { types: `${MACHINERY}apis/meta/v1/${meta[1]}.d.ts`, check: `${MACHINERY}_schemas/${id}.js` };
  throw new Error(`Where is ${id}?`);
}

/** Formats (int32, int64, double, date-time, byte) by field, from the text of the validator. */
function formatsOf(file) {
  const source = existsSync(file) ? readFileSync(file, "utf8") : "";
  const bodies = new Map();
  for (const part of source.split(/(?=function validate\d+\()/)) {
    const name = /^function (validate\d+)\(/.exec(part)?.[1];
    if (name) bodies.set(name, part);
  }
  const formats = {};
  const formatIn = (name, depth) => {
    const body = bodies.get(name) ?? "";
    const own = /keyword:"format",params:\{format:"([^"]+)"\}/.exec(body)?.[1];
    if (own || depth > 3) return own;
    const inner = /(validate\d+)\(data\[/.exec(body)?.[1];
    return inner ? formatIn(inner, depth + 1) : undefined;
  };
  for (const [, field, name] of source.matchAll(/void 0!==data\.([A-Za-z0-9_$]+)&&\((validate\d+)\(/g)) {
    const format = formatIn(name, 0);
    if (format) formats[field] = format;
  }
  return formats;
}

function parseShape(text, format) {
  const type = text.trim().replace(/;$/, "");
  const list = /^Array<(.*)>$/s.exec(type);
  if (list) return { list: parseShape(list[1], format) };
  const map = /^\{\s*\[key: string\]: (.*)\s*\}$/s.exec(type);
  if (map) return { map: parseShape(map[1].trim(), format) };
  if (type.startsWith('"')) {
    const values = [...type.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1]);
    return { scalar: "string", enum: values };
  }
  if (type === "string") {
    const scalar = format === "byte" ? "bytes" : format === "date-time" ? "time" : "string";
    return { scalar };
  }
  if (type === "boolean") return { scalar: "bool" };
  if (type === "number") {
    const scalar = { int64: "int64", double: "float" }[format] ?? "int32";
    return { scalar };
  }
  if (/^I[A-Z]/.test(type)) return { ref: type.slice(1) };
  throw new Error(`Unknown shape ${type}`);
}

function cleanDescription(comment) {
  return comment
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, ""))
    .join("\n")
    .replaceAll("\\*", "*")
    .trim();
}

/** The fields of a type: name, required, shape ({scalar, enum?} | {ref} | {list} | {map}), description. */
export function loadType(id) {
  const files = filesOf(id);
  const source = readFileSync(files.types, "utf8");
  const body = /export interface \w+(?: extends TypeMeta)? \{\n(.*?)\n\}\n/s.exec(source)?.[1] ?? "";
  const formats = formatsOf(files.check);
  const fields = [];
  const pattern = /(?:\/\*\*(.*?)\*\/\s*)?"([^"]+)"(\?)?: (.*?);\n(?=    (?:\/\*\*|")|$)/gs;
  for (const [, comment, name, optional, type] of `${body}\n`.matchAll(pattern)) {
    fields.push({
      name,
      required: !optional,
      shape: parseShape(type, formats[name]),
      description: comment ? cleanDescription(comment) : "",
    });
  }
  return fields;
}

/** What the type itself is for. */
export function describeType(id) {
  const source = readFileSync(filesOf(id).types, "utf8");
  const comment = /\/\*\*((?:(?!\*\/).)*)\*\/\nexport interface/s.exec(source)?.[1];
  return comment ? cleanDescription(comment) : "";
}
