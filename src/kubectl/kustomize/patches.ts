// Patches of a kustomization: strategic merge patches and JSON patches, from files or in place.
// Kubernetes: sigs.k8s.io/kustomize/api/internal/builtins/PatchTransformer.go (kubectl v1.35)
import { parsePerl } from "#base/regexp/perl";
import { goText, PatternError } from "#base/regexp/problems";
import { expressionOf, matches as isFound, type Expression } from "#base/regexp/search";
import { TYPES } from "#api/type-table";
import { isObject, type Json, type JsonObject } from "#base/json";
import { jsonMergePatch } from "#cluster/apiserver/patch/json-merge";
import { jsonPatch, JsonPatchError, type JsonPatchOperation } from "#cluster/apiserver/patch/json-patch";
import { StrategicPatchError, strategicMergePatch } from "#cluster/apiserver/patch/strategic";
import type { KubectlIo } from "../command.ts";
import { plainError } from "../errors.ts";
import { parseYaml } from "../manifests/parse.ts";
import { splitDocuments } from "../manifests/split.ts";
import { matchesSelector } from "../writing/local-selector.ts";
import { join } from "./paths.ts";
import { metadataOf, type Item, type Kustomization, type PatchEntry, type Target } from "./types.ts";

export function patchAll(io: KubectlIo, folder: string, kustomization: Kustomization, items: Item[]): void {
  const old = (kustomization.patchesStrategicMerge ?? []).map((text): PatchEntry =>
    text.includes("\n") || text.includes(": ") ? { patch: text } : { path: text },
  );
  const entries = [...old, ...(kustomization.patches ?? []), ...(kustomization.patchesJson6902 ?? [])];
  for (const entry of entries) patchOne(io, folder, entry, items);
}

function patchOne(io: KubectlIo, folder: string, { path, patch, target }: PatchEntry, items: Item[]): void {
  if ((path === undefined) === (patch === undefined))
    throw plainError("patch and path must not both be set, and one of them must be");
  const text = patch ?? io.readFile(join(folder, path!));
  if (text === undefined)
    throw plainError(
      `unable to get the patch: evalsymlink failure on '${join(folder, path!)}' : lstat ${join(folder, path!)}: no such file or directory`,
    );
  for (const document of documentsOf(text, path)) {
    if (Array.isArray(document)) {
      if (!target) throw plainError("must specify a target for JSON patch");
      for (const item of targetsOf(items, target)) byJsonPatch(item, document);
    } else strategic(items, document, target);
  }
}

function documentsOf(text: string, path: string | undefined): (JsonObject | Json[])[] {
  return splitDocuments(text).flatMap((raw) => {
    const parsed = parseYaml(raw.text);
    const where = path === undefined ? "" : ` from ${path}`;
    if (!parsed.ok) throw plainError(`unable to parse SM or JSON patch${where}: ${parsed.problem.text}`);
    const value = parsed.parsed.value as Json;
    if (value === null) return [];
    if (Array.isArray(value) || isObject(value)) return [value as JsonObject | Json[]];
    throw plainError(`unable to parse SM or JSON patch${where}: [${raw.text.trim()}]`);
  });
}

function expressionFor(pattern: string): Expression {
  try {
    return expressionOf(parsePerl(`^(?:${pattern})$`, "go"), "first");
  } catch (error) {
    throw error instanceof PatternError ? plainError(goText(error)) : error;
  }
}

function targetsOf(items: readonly Item[], target: Target): Item[] {
  const matches = (pattern: string | undefined, value: string): boolean =>
    !pattern || isFound(expressionFor(pattern), value);
  return items.filter(({ object, kind, originalName, namespace }) => {
    const [group, version] = String(object["apiVersion"]).includes("/")
      ? String(object["apiVersion"]).split("/")
      : ["", String(object["apiVersion"])];
    return (
      matches(target.kind, kind) &&
      (matches(target.name, originalName) || matches(target.name, String(metadataOf(object)["name"]))) &&
      matches(target.namespace, namespace) &&
      matches(target.group, group ?? "") &&
      matches(target.version, version ?? "") &&
      (!target.labelSelector || matchesSelector(target.labelSelector, object))
    );
  });
}

function byJsonPatch(item: Item, operations: Json[]): void {
  try {
    item.object = jsonPatch(item.object, operations as unknown as JsonPatchOperation[]) as JsonObject;
  } catch (error) {
    if (error instanceof JsonPatchError) throw plainError(error.message);
    throw error;
  }
}

/** Without a target the patch itself names its object. */
function strategic(items: Item[], patch: JsonObject, target: Target | undefined): void {
  const { name = "", namespace = "" } = metadataOf(patch) as { name?: string; namespace?: string };
  const kind = String(patch["kind"] ?? "");
  const found = target
    ? targetsOf(items, target)
    : items.filter(
        (item) =>
          item.kind === kind &&
          item.originalName === name &&
          (!namespace || item.namespace === "" || item.namespace === namespace),
      );
  if (found.length === 0 && !target) {
    const [group, version] = String(patch["apiVersion"]).includes("/")
      ? String(patch["apiVersion"]).split("/")
      : ["", String(patch["apiVersion"])];
    throw plainError(
      `no resource matches strategic merge patch "${kind}.${version}.${group || "[noGrp]"}/${name}.${namespace || "[noNs]"}": no matches for Id ${kind}.${version}.${group || "[noGrp]"}/${name}.${namespace || "[noNs]"}; failed to find unique target for patch ${kind}.${version}.${group || "[noGrp]"}/${name}.${namespace || "[noNs]"}`,
    );
  }
  for (const item of found) {
    if (patch["$patch"] === "delete") {
      items.splice(items.indexOf(item), 1);
      continue;
    }
    item.object = merged(item, patch);
  }
}

/** An object keeps its name and kind, whatever the patch calls it. */
function merged({ object, kind }: Item, patch: JsonObject): JsonObject {
  const { name: _name, namespace: _namespace, ...metadata } = metadataOf(patch);
  const { apiVersion: _version, kind: _kind, ...rest } = patch;
  const change = { ...rest, metadata };
  try {
    return Object.hasOwn(TYPES, kind)
      ? strategicMergePatch(TYPES, kind, object, change)
      : (jsonMergePatch(object, change) as JsonObject);
  } catch (error) {
    if (error instanceof StrategicPatchError) throw plainError(error.message);
    throw error;
  }
}
