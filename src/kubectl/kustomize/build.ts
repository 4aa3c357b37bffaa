// kustomize: a folder with a kustomization becomes the objects that it describes. Asked by `kubectl kustomize`, and by -k
// of every command that takes files.
// Kubernetes: sigs.k8s.io/kustomize/api/internal/target/kusttarget.go (kubectl v1.35)
// Simplified: no components, replacements, vars, helm charts, plugins or remote bases.
import { isObject, type JsonObject } from "#base/json";
import type { KubectlIo } from "../command.ts";
import { plainError } from "../errors.ts";
import { parseYaml } from "../manifests/parse.ts";
import { splitDocuments } from "../manifests/split.ts";
import { generate } from "./generators.ts";
import { setImages, setReplicas } from "./images.ts";
import { addAnnotations, addLabels } from "./labels.ts";
import { addNames, hashNames, setNamespace } from "./names.ts";
import { inLegacyOrder } from "./order.ts";
import { patchAll } from "./patches.ts";
import { clean, join } from "./paths.ts";
import { FIELDS, type Item, type Kustomization } from "./types.ts";

const FILES = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/** The objects, ready to be written out or sent. */
export function buildKustomization(io: KubectlIo, folder: string): JsonObject[] {
  const items = build(io, clean(folder), []);
  hashNames(items);
  return inLegacyOrder(items).map(({ object }) => object);
}

function build(io: KubectlIo, folder: string, within: readonly string[]): Item[] {
  if (within.includes(folder))
    throw plainError(
      `cycle detected: candidate root '${folder}' contains visited root '${within.at(-1) ?? ""}'`,
    );
  const kustomization = read(io, folder);
  warn(io, kustomization);
  const items: Item[] = [];
  for (const entry of [...list(kustomization.resources), ...list(kustomization.bases)])
    items.push(...resourceItems(io, folder, entry, [...within, folder]));
  checkUnique(items);
  generate(io, folder, kustomization, items);
  patchAll(io, folder, kustomization, items);
  setNamespace(items, kustomization.namespace);
  addNames(items, kustomization.namePrefix ?? "", kustomization.nameSuffix ?? "");
  addLabels(items, kustomization);
  addAnnotations(items, kustomization.commonAnnotations);
  setImages(items, list(kustomization.images));
  setReplicas(items, list(kustomization.replicas));
  return items;
}

const list = <T>(items: readonly T[] | undefined): readonly T[] => items ?? [];

function read(io: KubectlIo, folder: string): Kustomization {
  const found = FILES.map((name) => join(folder, name)).filter((path) => io.readFile(path) !== undefined);
  if (found.length === 0) {
    if (io.listFolder(folder) ?? (folder === "." ? [] : undefined))
      throw plainError(
        `unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${folder}'`,
      );
    throw plainError(
      `must build at directory: not a valid directory: evalsymlink failure on '${folder}' : lstat ${folder}: no such file or directory`,
    );
  }
  if (found.length > 1) throw plainError(`Found multiple kustomization files under: ${folder}`);
  const parsed = parseYaml(io.readFile(found[0]!)!);
  const fail = (why: string): never => {
    throw plainError(`invalid Kustomization: ${why}`);
  };
  if (!parsed.ok) return fail(parsed.problem.text);
  const value = parsed.parsed.value ?? {};
  if (!isObject(value)) return fail("it is no map of fields");
  const unknown = Object.keys(value).find((name) => !FIELDS.has(name));
  if (unknown !== undefined) fail(`json: unknown field ${JSON.stringify(unknown)}`);
  const empty = Object.keys(value).every((name) => name === "apiVersion" || name === "kind");
  if (empty) throw plainError("kustomization.yaml is empty");
  return value as Kustomization;
}

const DEPRECATED: readonly [keyof Kustomization, string][] = [
  ["bases", "resources"],
  ["commonLabels", "labels"],
  ["patchesJson6902", "patches"],
  ["patchesStrategicMerge", "patches"],
];

function warn(io: KubectlIo, kustomization: Kustomization): void {
  for (const [old, today] of DEPRECATED)
    if (kustomization[old] !== undefined)
      io.stderr(
        `# Warning: '${old}' is deprecated. Please use '${today}' instead. Run 'kustomize edit fix' to update your Kustomization automatically.\n`,
      );
}

function resourceItems(io: KubectlIo, folder: string, entry: string, within: readonly string[]): Item[] {
  const path = join(folder, entry);
  const text = io.readFile(path);
  if (text === undefined) {
    if (io.listFolder(path)) return build(io, path, within);
    throw plainError(
      `accumulating resources: accumulation err='accumulating resources from '${entry}': open ${path}: no such file or directory': must build at directory: not a valid directory: evalsymlink failure on '${path}' : lstat ${path}: no such file or directory`,
    );
  }
  return splitDocuments(text).flatMap((raw) => {
    const parsed = parseYaml(raw.text);
    if (!parsed.ok)
      throw plainError(
        `accumulating resources: accumulation err='accumulating resources from '${entry}': MalformedYAMLError: ${parsed.problem.text} in File: ${path}'`,
      );
    const { value } = parsed.parsed;
    if (value === null) return [];
    return (isObject(value) && Array.isArray(value["items"]) ? value["items"] : [value]).map((object) =>
      itemOf(object as JsonObject, entry),
    );
  });
}

function itemOf(object: JsonObject, entry: string): Item {
  const fail = (why: string): never => {
    throw plainError(
      `accumulating resources: accumulation err='accumulating resources from '${entry}': missing Resource metadata': ${why}`,
    );
  };
  if (!isObject(object) || !object["kind"]) fail("missing kind in object");
  const { name = "", namespace = "" } = (object["metadata"] ?? {}) as { name?: string; namespace?: string };
  if (name === "") fail("missing metadata.name in object");
  return { object, kind: String(object["kind"]), originalName: name, namespace, hash: false };
}

function checkUnique(items: readonly Item[]): void {
  const seen = new Set<string>();
  for (const { object, kind, originalName, namespace } of items) {
    const key = `${String(object["apiVersion"])}/${kind}/${namespace}/${originalName}`;
    if (seen.has(key))
      throw plainError(
        `accumulating resources: may not add resource with an already registered id: ${kind}.${versionOf(object)}.[noGrp]/${originalName}.${namespace || "[noNs]"}`,
      );
    seen.add(key);
  }
}

const versionOf = (object: JsonObject): string => String(object["apiVersion"]).split("/").at(-1)!;
