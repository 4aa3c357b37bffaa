// Manifests from -f: files, folders (with -R those below them too), patterns and stdin, document by document, each
// matched with the resource that the server has for it.
// Kubernetes: staging/src/k8s.io/cli-runtime/pkg/resource/visitor.go (v1.35)
import { withoutTrailing } from "#base/trailing";
import { matches } from "#base/regexp/search";
import { wildcard } from "#base/regexp/wildcard";
import { isObject, type JsonObject } from "#base/json";
import type { FlagValues, KubectlIo } from "./command.ts";
import { goJson } from "./apply/last-applied.ts";
import { plainError } from "./errors.ts";
import { flag, list, text } from "./flags.ts";
import { buildKustomization } from "./kustomize/build.ts";
import { findKind, type ApiResource } from "./mapper.ts";
import { parseErrorText, parseManifest } from "./manifests/parse.ts";
import { splitDocuments } from "./manifests/split.ts";
import { toYaml } from "./printers/yaml.ts";
import { decodeProblem } from "./manifests/validate.ts";

export interface LocalObject {
  resource: ApiResource;
  namespace: string | undefined;
  name: string;
  object: JsonObject;
  /** As errors name it: the file's path, "STDIN" for stdin. */
  source: string;
}

const EXTENSIONS = [".json", ".yaml", ".yml"];

interface Source {
  source: string;
  text: string;
}

async function readSources(io: KubectlIo, paths: readonly string[], recursive: boolean): Promise<Source[]> {
  const sources: Source[] = [];
  for (const path of paths) {
    if (path === "-") sources.push({ source: "STDIN", text: await io.stdin() });
    else if (path.startsWith(KUSTOMIZED)) sources.push(kustomized(io, path.slice(KUSTOMIZED.length)));
    else if (/^https?:\/\//.test(path)) throw unreachable(path);
    else sources.push(...readPath(io, path, recursive));
  }
  return sources;
}

function kustomized(io: KubectlIo, folder: string): Source {
  return { source: folder, text: buildKustomization(io, folder).map(toYaml).join("---\n") };
}

// Simplified: the workstation has no way to the internet.
function unreachable(address: string): Error {
  const host = /^https?:\/\/([^/:?#]+)/.exec(address)?.[1] ?? "";
  return plainError(
    `unable to read URL "${address}": Get "${address}": dial tcp: lookup ${host}: no such host`,
  );
}

function readPath(io: KubectlIo, path: string, recursive: boolean): Source[] {
  const text = io.readFile(path);
  if (text !== undefined) return [{ source: path, text }];
  const names = io.listFolder(path);
  if (names) {
    const found = readFolder(io, path, names, recursive);
    if (found.length === 0)
      throw plainError(`error reading [${path}]: recognized file extensions are [${EXTENSIONS.join(" ")}]`);
    return found;
  }
  const matches = /[*?[]/.test(path) ? expandPattern(io, path) : [];
  if (matches.length === 0) throw plainError(`the path "${path}" does not exist`);
  return matches.flatMap((match) => readPath(io, match, recursive));
}

function readFolder(io: KubectlIo, folder: string, names: readonly string[], recursive: boolean): Source[] {
  const base = withoutTrailing(folder, "/");
  return [...names].sort().flatMap((name) => {
    const path = base === "." || base === "" ? name : `${base}/${name}`;
    if (!recursive && name.includes("/")) return [];
    const below = io.listFolder(path);
    if (below)
      return recursive && !names.some((other) => other.startsWith(`${name}/`))
        ? readFolder(io, path, below, true)
        : [];
    const text = EXTENSIONS.some((end) => name.endsWith(end)) ? io.readFile(path) : undefined;
    return text === undefined ? [] : [{ source: path, text }];
  });
}

/** `*.yaml`: kubectl expands a pattern that no shell has. */
function expandPattern(io: KubectlIo, pattern: string): string[] {
  const slash = pattern.lastIndexOf("/");
  const folder = slash < 0 ? "." : pattern.slice(0, slash);
  const expression = wildcard(pattern.slice(slash + 1), true);
  const names = (io.listFolder(folder) ?? []).filter((name) => matches(expression, name));
  return names.sort().map((name) => (slash < 0 ? name : `${folder}/${name}`));
}

/** Before a folder that -k gave, where the others stand as they were typed. */
const KUSTOMIZED = "kustomize:";

/** What a line names as files: those of -f, or the folder of -k. */
export function filesOf(flags: FlagValues): string[] {
  const folder = text(flags, "kustomize");
  const files = list(flags, "filename");
  if (folder === "") return files;
  if (files.length > 0 || flag(flags, "recursive")) throw plainError("only one of -f or -k can be specified");
  return [`${KUSTOMIZED}${folder}`];
}

export interface FileOptions {
  recursive: boolean;
  resources: readonly ApiResource[];
  /** Where objects without a namespace go. */
  namespace: string;
  /** -n was given, so that another namespace in a file is an error. */
  enforceNamespace: boolean;
  /** Checks a document before it is decoded, as apply and create do against the schema; may throw. */
  check?: (value: unknown, source: string) => void;
}

export interface LocalObjects {
  objects: LocalObject[];
  /** What went wrong with documents, besides those that are in `objects`. */
  errors: Error[];
}

/** All objects of the files, in order. A document that cannot be read ends its file. */
export async function readObjects(
  io: KubectlIo,
  paths: readonly string[],
  options: FileOptions,
): Promise<LocalObjects> {
  const objects: LocalObject[] = [];
  const errors: Error[] = [];
  for (const { source, text } of await readSources(io, paths, options.recursive)) {
    for (const raw of splitDocuments(text)) {
      try {
        objects.push(...readDocument(raw, source, options));
      } catch (error) {
        errors.push(error as Error);
        if (raw.separatorError || (error as { fatal?: boolean }).fatal) break;
      }
    }
  }
  return { objects, errors };
}

function readDocument(
  raw: { text: string; separatorError?: string },
  source: string,
  options: FileOptions,
): LocalObject[] {
  const fatal = (text: string): Error => Object.assign(plainError(text), { fatal: true });
  if (raw.separatorError) throw fatal(`error parsing ${source}: ${raw.separatorError}`);
  const parsed = parseManifest(raw.text);
  if (!parsed.ok) throw fatal(`error parsing ${source}: ${parseErrorText(parsed)}`);
  const { value } = parsed.parsed;
  if (value === null) return [];
  options.check?.(value, source);
  return toObjects(value, source, options);
}

function toObjects(value: unknown, source: string, options: FileOptions): LocalObject[] {
  const missing = (field: string): Error =>
    plainError(`unable to decode "${source}": Object '${field}' is missing in '${goJson(value)}'`);
  if (!isObject(value))
    throw plainError(
      `unable to decode "${source}": json: cannot unmarshal ${Array.isArray(value) ? "array" : typeof value} into Go value of type unstructured.detector`,
    );
  if (!value["kind"]) throw missing("Kind");
  if (!value["apiVersion"]) throw missing("apiVersion");
  const problem = decodeProblem(value as JsonObject);
  if (problem) throw plainError(`unable to decode "${source}": ${problem.text}`);
  const object = value as JsonObject;
  if (Array.isArray(object["items"]) && String(object["kind"]).endsWith("List"))
    return object["items"].flatMap((item) => toObjects(item, source, options));
  return [located(object, source, options)];
}

function located(object: JsonObject, source: string, options: FileOptions): LocalObject {
  const apiVersion = String(object["apiVersion"]);
  const kind = String(object["kind"]);
  const metadata = (object["metadata"] ?? {}) as { name?: string; namespace?: string };
  const { name = "", namespace: own = "" } = metadata;
  const resource = findKind(options.resources, apiVersion, kind);
  if (!resource)
    throw plainError(
      `resource mapping not found for name: "${name}" namespace: "${own}" from "${source}": no matches for kind "${kind}" in version "${apiVersion}"\nensure CRDs are installed first`,
    );
  if (!resource.namespaced) return { resource, namespace: undefined, name, object, source };
  if (options.enforceNamespace && own && own !== options.namespace)
    throw plainError(
      `the namespace from the provided object "${own}" does not match the namespace "${options.namespace}". You must pass '--namespace=${own}' to perform this operation.`,
    );
  return { resource, namespace: own || options.namespace, name, object, source };
}
