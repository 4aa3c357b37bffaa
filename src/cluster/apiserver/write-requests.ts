// POST, PUT and PATCH of objects: bodies are decoded, checked against the URL, and written.
// Kubernetes: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/{create,update,patch}.go (v1.35)
import type { KindDefinition } from "#api/define";
import type { AnyObject, KindName } from "#api/kinds";
import { isObject, type Json, type JsonObject } from "#base/json";
import { createObject } from "./create.ts";
import { decode, DecodeError } from "./decode.ts";
import type { Answer, ResourceRequest } from "./handle.ts";
import { applyPatch } from "./patch/apply-patch.ts";
import { existing } from "./read-requests.ts";
import { fieldValidationOf, isDryRun, type FieldValidation } from "./request-options.ts";
import { apiVersionOf } from "./scheme.ts";
import { asJson, namespaceFor, type Server, type Written } from "./server.ts";
import { badRequest, invalid } from "./status.ts";
import { getObject } from "./store.ts";
import { replaceObject, replaceStatus } from "./update.ts";

/** The content type of server-side apply. */
const APPLY_PATCH = "application/apply-patch+yaml";

/** Kinds of which a PUT may make a new object. */
const CREATED_BY_PUT: ReadonlySet<KindName> = new Set<KindName>(["Service", "Endpoints", "Event"]);

export function handleCreate(server: Server, about: ResourceRequest): Answer {
  const { request, definition, path } = about;
  const { object, warnings } = decodeBody(
    server,
    definition,
    request.body ?? null,
    fieldValidationOf(request),
  );
  return answer(
    createObject(server, definition, path.namespace, object, { dryRun: isDryRun(request) }),
    warnings,
  );
}

export function handleReplace(server: Server, about: ResourceRequest): Answer {
  const { request, definition, path } = about;
  const { object, warnings } = decodeBody(
    server,
    definition,
    request.body ?? null,
    fieldValidationOf(request),
  );
  checkUrl(about, object);
  const dryRun = isDryRun(request);
  if (path.subresource === undefined && CREATED_BY_PUT.has(definition.kind)) {
    const namespace = namespaceFor(definition, path.namespace);
    if (!getObject(server.state.store, definition.kind, namespace, path.name!)) {
      return answer(createObject(server, definition, path.namespace, object, { dryRun }), warnings);
    }
  }
  const replace = path.subresource === "status" ? replaceStatus : replaceObject;
  return answer(replace(server, definition, existing(server, about), object, { dryRun }), warnings);
}

export function handlePatch(server: Server, about: ResourceRequest): Answer {
  const { request, definition, path } = about;
  if (request.contentType === APPLY_PATCH) return handleApply(server, about);
  const previous = existing(server, about);
  const patched = applyPatch(
    server.scheme.types,
    definition.type,
    asJson(previous),
    request.contentType ?? "",
    request.body ?? null,
  );
  const { object, warnings } = decodePatched(server, definition, patched, fieldValidationOf(request));
  checkUrl(about, object);
  const replace = path.subresource === "status" ? replaceStatus : replaceObject;
  return answer(replace(server, definition, previous, object, { dryRun: isDryRun(request) }), warnings);
}

/**
 * Server-side apply: what the body names is merged into the object, which is made if it is not there.
 * Simplified: the server keeps no record of who manages which field, so nothing conflicts, and a field that a manager
 * no longer names stays.
 */
function handleApply(server: Server, about: ResourceRequest): Answer {
  const { request, definition, path } = about;
  if (!request.query?.["fieldManager"]) {
    const detail = "is required for apply patch";
    throw invalid({ group: "meta.k8s.io", kind: "PatchOptions" }, "", [
      { field: "fieldManager", type: "required", detail },
    ]);
  }
  const { object: body } = decodeBody(server, definition, request.body ?? null, fieldValidationOf(request));
  checkUrl(about, body);
  const namespace = namespaceFor(definition, path.namespace);
  const previous = getObject(server.state.store, definition.kind, namespace, path.name!);
  const dryRun = isDryRun(request);
  if (!previous && path.subresource === undefined)
    return answer(createObject(server, definition, path.namespace, body, { dryRun }), []);
  const merge = { ...request, contentType: "application/strategic-merge-patch+json", body };
  return handlePatch(server, { ...about, request: merge });
}

function answer({ object, warnings, created }: Written, before: string[]): Answer {
  return { status: created ? 201 : 200, body: object as unknown as Json, warnings: [...before, ...warnings] };
}

interface Body {
  object: JsonObject;
  warnings: string[];
}

function decodeBody(
  server: Server,
  definition: KindDefinition,
  body: Json,
  validation: FieldValidation,
): Body {
  const expected = definition.kind;
  if (!isObject(body)) {
    const summary = JSON.stringify(body).slice(0, 30);
    throw badRequest(
      `the object provided is unrecognized (must be of type ${expected}): couldn't get version/kind; json parse error (${summary})`,
    );
  }
  const { apiVersion = apiVersionOf(definition), kind = expected } = body as Record<string, Json>;
  const version = String(apiVersion).split("/").at(-1) ?? "";
  const refuse = (why: string): never => {
    throw badRequest(
      `${String(kind)} in version ${JSON.stringify(version)} cannot be handled as a ${expected}: ${why}`,
    );
  };
  const named = server.scheme.byKind.get(String(kind));
  if (!named || apiVersionOf(named) !== apiVersion) {
    refuse(
      `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)} in scheme "pkg/runtime/scheme.go:111"`,
    );
  }
  if (apiVersion !== apiVersionOf(definition)) {
    throw badRequest(
      `the API version in the data (${String(apiVersion)}) does not match the expected API version (${apiVersionOf(definition)})`,
    );
  }
  if (kind !== expected) {
    throw badRequest(`the kind in the data (${String(kind)}) does not match the expected kind (${expected})`);
  }
  try {
    const { object, problems } = decode(server.scheme.types, definition.type, body as JsonObject);
    if (problems.length > 0 && validation === "Strict")
      refuse(`strict decoding error: ${problems.join(", ")}`);
    return { object: typed(definition, object), warnings: validation === "Warn" ? problems : [] };
  } catch (error) {
    if (error instanceof DecodeError) return refuse(error.message);
    throw error;
  }
}

function decodePatched(
  server: Server,
  definition: KindDefinition,
  patched: { object: JsonObject; text: string },
  validation: FieldValidation,
): Body {
  const refuse = (why: string): never => {
    throw invalid(undefined, "", [{ field: "patch", type: "invalid", value: patched.text, detail: why }]);
  };
  try {
    const { object, problems } = decode(server.scheme.types, definition.type, patched.object);
    if (problems.length > 0 && validation === "Strict")
      refuse(`strict decoding error: ${problems.join(", ")}`);
    return { object: typed(definition, object), warnings: validation === "Warn" ? problems : [] };
  } catch (error) {
    if (error instanceof DecodeError) return refuse(error.message);
    throw error;
  }
}

function typed(definition: KindDefinition, object: JsonObject): JsonObject {
  return { ...object, apiVersion: apiVersionOf(definition), kind: definition.kind };
}

function checkUrl({ path, definition }: ResourceRequest, object: JsonObject): void {
  const { name = "", namespace } = (object["metadata"] ?? {}) as unknown as Partial<AnyObject["metadata"]>;
  if (name === "") {
    throw badRequest(
      `the name of the object (${path.name ?? ""} based on URL) was undeterminable: name must be provided`,
    );
  }
  if (name !== path.name) {
    throw badRequest(
      `the name of the object (${name}) does not match the name on the URL (${path.name ?? ""})`,
    );
  }
  if (definition.namespaced && namespace && namespace !== path.namespace) {
    throw badRequest(
      `the namespace of the object (${namespace}) does not match the namespace on the URL (${path.namespace ?? ""})`,
    );
  }
}
