// A live object that was opened from the canvas is written back as `kubectl edit` does: what was changed since it was
// opened goes as a patch, so that what the cluster changed meanwhile stays.
import type { Status } from "#api/meta";
import { TYPES } from "#api/type-table";
import { canonicalJson, isObject, type JsonObject } from "#base/json";
import { strategicMergePatch } from "#cluster/apiserver/patch/strategic";
import { threeWayPatch } from "#kubectl/apply/three-way";
import { fieldOf, statusText } from "#kubectl/errors";
import { mapKind, printedName, resourcePath } from "#kubectl/discovery";
import { locateField, parseFieldPath } from "#kubectl/manifests/locate";
import { parseYaml } from "#kubectl/manifests/parse";
import { request } from "#session/cluster-link";
import type { DocumentResult } from "#session/protocol";
import { reopenLive, type WorkspaceFile } from "#session/workspace";
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
  const opened = parseYaml(file.live?.opened ?? "");
  if (!path || !opened.ok)
    return [{ ...base, error: { text: `error: no matches for kind "${String(value["kind"])}"`, line: 1 } }];
  const before = opened.parsed.value as JsonObject;
  const edited = value as JsonObject;
  const patch = threeWayPatch(before, edited, before, { types: TYPES, root: String(edited["kind"]) });
  if (Object.keys(patch).length === 0) return [{ ...base, message: "Edit cancelled, no changes made." }];
  const response = await request({
    method: "PATCH",
    path: path.path,
    contentType: "application/strategic-merge-patch+json",
    query: { fieldManager: "kubectl-edit", fieldValidation: "Strict" },
    body: patch,
  });
  if (response.status < 300)
    reopenLive(file.name, liveYaml(response.body as object), liveYaml(response.body as object));
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

/** What a person edits of an object; status and bookkeeping change all the time and do not count. */
export function editableYaml(yaml: string): string {
  const result = parseYaml(yaml);
  if (!result.ok || !isObject(result.parsed.value)) return yaml;
  const { status: _, metadata, ...rest } = result.parsed.value;
  const { labels, annotations } = (isObject(metadata) ? metadata : {}) as JsonObject;
  return canonicalJson({ ...rest, labels, annotations });
}

/** The newest object with what was typed on top; the typed text itself where one of them cannot be read. */
export function mergedYaml(opened: string, typed: string, current: string): string {
  const [before, edited, now] = [opened, typed, current].map((text) => parseYaml(text));
  if (!before?.ok || !edited?.ok || !now?.ok) return typed;
  const [from, to, onto] = [before, edited, now].map(({ parsed }) => parsed.value as JsonObject);
  const schema = { types: TYPES, root: String(onto!["kind"]) };
  const patch = threeWayPatch(from!, to!, from!, schema);
  return liveYaml(strategicMergePatch(schema.types, schema.root, onto!, patch));
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
