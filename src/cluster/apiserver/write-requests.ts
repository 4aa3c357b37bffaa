// POST, PUT and PATCH of objects: bodies are decoded, checked against the URL, and written.
// Kubernetes: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/{create,update,patch}.go (v1.35)
import type { AnyObject, KindName } from "#api/kinds";
import type { Json, JsonObject } from "#base/json";
import { createObject } from "./create.ts";
import type { Answer, ResourceRequest } from "./handle.ts";
import { applyPatch } from "./patch/apply-patch.ts";
import { existing } from "./read-requests.ts";
import { handleApply } from "./apply-requests.ts";
import { managed, noteCreation, noteUpdate, shown } from "./managers/requests.ts";
import { checkUrl, decodeBody, decodePatched } from "./request-body.ts";
import { fieldValidationOf, isDryRun } from "./request-options.ts";
import { namespaceFor, type Server, type Written } from "./server.ts";
import { getObject } from "./store.ts";
import { replaceObject, replaceStatus } from "./update.ts";

/** The content type of server-side apply. */
const APPLY_PATCH = "application/apply-patch+yaml";

/** Kinds of which a PUT may make a new object. */
const CREATED_BY_PUT: ReadonlySet<KindName> = new Set<KindName>(["Service", "Endpoints", "Event"]);

export function handleCreate(server: Server, about: ResourceRequest): Answer {
  const { request, definition } = about;
  const { object, warnings } = decodeBody(
    server,
    definition,
    request.body ?? null,
    fieldValidationOf(request),
  );
  return create(server, about, object, warnings);
}

function create(server: Server, about: ResourceRequest, object: JsonObject, warnings: string[]): Answer {
  const { request, definition, path } = about;
  const managers = noteCreation(server, about, object);
  const written = createObject(server, definition, path.namespace, object, { dryRun: isDryRun(request) });
  return managed(server, about, answer(written, warnings), managers);
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
  if (path.subresource === undefined && CREATED_BY_PUT.has(definition.kind)) {
    const namespace = namespaceFor(definition, path.namespace);
    if (!getObject(server.state.store, definition.kind, namespace, path.name!)) {
      return create(server, about, object, warnings);
    }
  }
  return replace(server, about, existing(server, about), { object, warnings });
}

export function handlePatch(server: Server, about: ResourceRequest): Answer {
  const { request, definition } = about;
  if (request.contentType === APPLY_PATCH) return handleApply(server, about);
  const previous = existing(server, about);
  const patched = applyPatch(
    server.scheme.types,
    definition.type,
    shown(server, previous) as JsonObject,
    request.contentType ?? "",
    request.body ?? null,
  );
  const { object, warnings } = decodePatched(server, definition, patched, fieldValidationOf(request));
  checkUrl(about, object);
  return replace(server, about, previous, { object, warnings });
}

function replace(
  server: Server,
  about: ResourceRequest,
  previous: AnyObject,
  { object, warnings }: { object: JsonObject; warnings: string[] },
): Answer {
  const { request, definition, path } = about;
  const { managers, touched } = noteUpdate(server, about, previous, object);
  const write = path.subresource === "status" ? replaceStatus : replaceObject;
  const written = write(server, definition, previous, object, { dryRun: isDryRun(request), touched });
  return managed(server, about, answer(written, warnings), managers);
}

export function answer({ object, warnings, created }: Written, before: string[]): Answer {
  return { status: created ? 201 : 200, body: object as unknown as Json, warnings: [...before, ...warnings] };
}
