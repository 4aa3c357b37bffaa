// Server-side apply: what the body names is merged into the object, which is made if it is not there; what its manager
// no longer names goes, and what others manage otherwise is a conflict.
// Kubernetes: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/patch.go applyPatcher (v1.35)
import { isObject, type Json, type JsonObject } from "#base/json";
import { createObject } from "./create.ts";
import type { Answer, ResourceRequest } from "./handle.ts";
import { goJson } from "./go-json.ts";
import { pathText } from "./managers/field-tree.ts";
import { afterApply, LAST_APPLIED, type Conflict, type Manager } from "./managers/managers.ts";
import { withWholes } from "./managers/compare.ts";
import { typedProblems } from "./managers/typed-problems.ts";
import { managed, managersOf, ownOf } from "./managers/requests.ts";
import { applyPatch } from "./patch/apply-patch.ts";
import { checkUrl, decodeApplied, decodePatched } from "./request-body.ts";
import { fieldValidationOf, isDryRun } from "./request-options.ts";
import { apiVersionOf } from "./scheme.ts";
import { asJson, namespaceFor, type Server } from "./server.ts";
import { badRequest, failure, invalid, type Refusal } from "./status.ts";
import { getObject } from "./store.ts";
import { replaceObject, replaceStatus } from "./update.ts";

export function handleApply(server: Server, about: ResourceRequest): Answer {
  const { request, definition, path } = about;
  if (!request.query?.["fieldManager"]) {
    const detail = "is required for apply patch";
    throw invalid({ group: "meta.k8s.io", kind: "PatchOptions" }, "", [
      { field: "fieldManager", type: "required", detail },
    ]);
  }
  const { types } = server.scheme;
  const validation = fieldValidationOf(request);
  const config = configOf(server, about);
  checkUrl(about, config);
  const previous = getObject(
    server.state.store,
    definition.kind,
    namespaceFor(definition, path.namespace),
    path.name!,
  );
  const dryRun = isDryRun(request);
  const own = ownOf(server, about);
  if (!previous && path.subresource === undefined) {
    const objects = { before: {}, merged: config, config };
    const { managers } = afterApply(types, definition, [], objects, own);
    const written = createObject(server, definition, path.namespace, config, { dryRun });
    const body = written.object as unknown as Json;
    return managed(server, about, { status: 201, body, warnings: written.warnings }, managers);
  }
  const live = previous ?? existingFor(about);
  const strategic = "application/strategic-merge-patch+json";
  const patched = applyPatch(types, definition.type, asJson(live), strategic, request.body ?? null);
  const { object: sum } = decodePatched(server, definition, patched, validation);
  const merged = withWholes(types, definition.type, sum, config);
  const objects = { before: asJson(live), merged: definition.defaults(merged), config };
  const applied = afterApply(types, definition, managersOf(server, live), objects, own);
  if (applied.conflicts.length > 0 && request.query["force"] !== "true") throw refusalOf(applied.conflicts);
  const replace = path.subresource === "status" ? replaceStatus : replaceObject;
  const touched = applied.managers !== managersOf(server, live);
  const object = own.manager === "kubectl" ? withLastApplied(applied.object, request.body!) : applied.object;
  const written = replace(server, definition, live, object, { dryRun, touched });
  const body = written.object as unknown as Json;
  return managed(server, about, { status: 200, body, warnings: written.warnings }, applied.managers);
}

function configOf(server: Server, { request, definition, path }: ResourceRequest): JsonObject {
  const { body } = request;
  if (!isObject(body)) {
    const found = Array.isArray(body) ? "array" : typeof (body ?? "");
    const why = `json: cannot unmarshal ${found} into Go value of type map[string]interface {}`;
    throw badRequest(`error decoding YAML: error unmarshaling JSON: while decoding JSON: ${why}`);
  }
  const { apiVersion = "", kind = "", metadata } = body as Record<string, Json>;
  const [version = "", group = ""] = String(apiVersion).split("/").reverse();
  const gvk = `${group}/${version}, Kind=${String(kind)}`;
  if (apiVersion !== apiVersionOf(definition) || kind !== definition.kind)
    throw badRequest(`invalid object type: ${gvk}`);
  const namespace = isObject(metadata) ? ((metadata as JsonObject)["namespace"] ?? "") : "";
  const about = `${String(namespace)}/${path.name}; ${gvk}`;
  const problems = typedProblems(server.scheme.types, definition.type, body as JsonObject);
  if (problems.length > 0) {
    const list = problems.map((line) => `  ${line}`).join("\n");
    const text = problems.length === 1 ? problems[0] : `errors:\n${list}`;
    throw failure(500, "", `failed to create typed patch object (${about}): ${text}`);
  }
  return decodeApplied(server, definition, body as JsonObject, fieldValidationOf(request), about).object;
}

/** Where client-side apply left its annotation, kubectl's server-side apply keeps it up to date. */
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/util/managedfields/internal/lastappliedupdater.go (v1.35)
function withLastApplied(object: JsonObject, config: Json): JsonObject {
  const metadata = object["metadata"] as JsonObject;
  const annotations = metadata["annotations"];
  if (!isObject(annotations) || !Object.hasOwn(annotations, LAST_APPLIED)) return object;
  const text = `${goJson(sorted(config))}\n`;
  return {
    ...object,
    metadata: { ...metadata, annotations: { ...(annotations as JsonObject), [LAST_APPLIED]: text } },
  };
}

/** Go writes the keys of maps in order. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const entries = Object.entries(value as JsonObject).map(([key, item]): [string, Json] => [
    key,
    sorted(item),
  ]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function existingFor({ definition, path }: ResourceRequest): never {
  throw failure(404, "NotFound", `${definition.plural} "${path.name}" not found`);
}

function nameOf({ manager, subresource, operation, apiVersion }: Manager): string {
  const name = JSON.stringify(manager);
  const where = subresource === undefined ? name : `${name} with subresource "${subresource}"`;
  return operation === "Update" ? `${where} using ${apiVersion}` : where;
}

function refusalOf(conflicts: readonly Conflict[]): Refusal {
  const causes = conflicts.map(({ manager, path }) => ({
    reason: "FieldManagerConflict",
    message: `conflict with ${nameOf(manager)}`,
    field: pathText(path),
  }));
  return failure(409, "Conflict", messageOf(conflicts), { causes });
}

function messageOf(conflicts: readonly Conflict[]): string {
  const [first] = conflicts;
  if (conflicts.length === 1)
    return `Apply failed with 1 conflict: conflict with ${nameOf(first!.manager)}: ${pathText(first!.path)}`;
  const names = [...new Set(conflicts.map(({ manager }) => nameOf(manager)))].sort();
  const lines = names.flatMap((name) => [
    `conflicts with ${name}:`,
    ...conflicts.filter(({ manager }) => nameOf(manager) === name).map(({ path }) => `- ${pathText(path)}`),
  ]);
  return `Apply failed with ${conflicts.length} conflicts: ${lines.join("\n")}`;
}
