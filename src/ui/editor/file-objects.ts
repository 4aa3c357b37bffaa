// The objects that a document of a file names: its own one, or the items of a `kind: List`. Asked by all that compares a
// file with the cluster.
import type { Document } from "yaml";
import { isObject, type Json, type JsonObject } from "#base/json";
import type { PathPart } from "#kubectl/manifests/locate";
import { parseYaml } from "#kubectl/manifests/parse";
import type { RawDocument } from "#kubectl/manifests/split";

export interface FileObject {
  raw: RawDocument;
  document: Document;
  /** Where in the document it stands. */
  path: readonly PathPart[];
  value: JsonObject;
}

/** Undefined where the document cannot be read. */
export function objectsOfDocument(raw: RawDocument): FileObject[] | undefined {
  const result = raw.separatorError ? undefined : parseYaml(raw.text);
  if (!result?.ok || !isObject(result.parsed.value)) return undefined;
  const { document, value } = result.parsed;
  return itemsOf(value as JsonObject, []).map((item) => ({ raw, document, ...item }));
}

function itemsOf(value: JsonObject, path: readonly PathPart[]): { value: JsonObject; path: PathPart[] }[] {
  const { apiVersion, kind, items } = value;
  if (apiVersion !== "v1" || kind !== "List" || !Array.isArray(items)) return [{ value, path: [...path] }];
  return (items as Json[]).flatMap((item, index) =>
    isObject(item) ? itemsOf(item as JsonObject, [...path, "items", index]) : [],
  );
}
