// A live object that was opened from the canvas is written back as a replacement, as `kubectl edit` does: a conflict
// is an error that says so, and nothing is overwritten unseen.
import type { Status } from "#api/meta";
import { isObject, type Json, type JsonObject } from "#base/json";
import { fieldOf, statusText } from "#kubectl/errors";
import { mapKind, printedName, resourcePath } from "#kubectl/discovery";
import { locateField, parseFieldPath } from "#kubectl/manifests/locate";
import { parseYaml } from "#kubectl/manifests/parse";
import { request } from "#session/cluster-link";
import type { DocumentResult } from "#session/protocol";
import type { WorkspaceFile } from "#session/workspace";
import { stringify } from "yaml";

/** YAML of an object as it is shown and edited: keys sorted as kubectl prints them, without managedFields. */
export function liveYaml(object: object): string {
  const { metadata, ...rest } = object as { metadata?: Record<string, unknown> };
  const { managedFields: _, ...kept } = metadata ?? {};
  return stringify({ ...rest, metadata: kept }, { sortMapEntries: true, lineWidth: 0, version: "1.1" });
}

export async function applyLive(file: WorkspaceFile): Promise<DocumentResult[]> {
  const base: DocumentResult = { file: file.name, document: 0, line: 1, message: "", warnings: [] };
  const parsed = parseYaml(file.text);
  if (!parsed.ok) {
    const text = `error: error parsing ${file.name}: error converting YAML to JSON: ${parsed.problem.text}`;
    return [{ ...base, error: { text, line: parsed.problem.line } }];
  }
  const { value, document } = parsed.parsed;
  if (!isObject(value)) return [{ ...base, error: { text: "error: invalid object", line: 1 } }];
  const path = await pathOf(value as JsonObject);
  if (!path)
    return [{ ...base, error: { text: `error: no matches for kind "${String(value["kind"])}"`, line: 1 } }];
  const response = await request({
    method: "PUT",
    path: path.path,
    query: { fieldValidation: "Strict" },
    body: value as Json,
  });
  if (response.status < 300)
    return [{ ...base, message: `${path.printed} edited`, warnings: response.warnings }];
  const status = response.body as unknown as Status;
  const field = fieldOf(status);
  const { line } = locateField(document, file.text, field ? parseFieldPath(field) : []);
  return [
    {
      ...base,
      warnings: response.warnings,
      error: { text: statusText(status, undefined, true), line, ...(field ? { field } : {}) },
    },
  ];
}

async function pathOf(object: JsonObject): Promise<{ path: string; printed: string } | undefined> {
  const apiVersion = String(object["apiVersion"] ?? "");
  const kind = String(object["kind"] ?? "");
  const metadata = (isObject(object["metadata"]) ? object["metadata"] : {}) as {
    name?: string;
    namespace?: string;
  };
  const discovery = await request({
    method: "GET",
    path: apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`,
  });
  const mapping = mapKind(() => discovery, apiVersion, kind);
  if (!mapping || !metadata.name) return undefined;
  return {
    path: resourcePath(mapping, metadata.namespace, metadata.name),
    printed: printedName(mapping, metadata.name),
  };
}
