// The one entrance for everything that speaks HTTP: finds what a request is about and answers as kube-apiserver does.
// Kubernetes: staging/src/k8s.io/apiserver/pkg/endpoints/installer.go (v1.35)
import type { KindDefinition } from "#api/define";
import type { Json } from "#base/json";
import type { ApiRequest, ApiResponse } from "./client.ts";
import { isComponentStatuses, readComponentStatuses } from "./component-statuses.ts";
import { handleDelete, handleDeleteCollection } from "./delete-requests.ts";
import { discover } from "./discovery.ts";
import { parseRequestPath, type RequestPath } from "./request-path.ts";
import { listMany } from "./read-requests.ts";
import { readOrWrite } from "./read-or-write.ts";
import { checkManager } from "./request-options.ts";
import type { Server } from "./server.ts";
import { badRequest, methodNotAllowed, noSuchResource, Refusal } from "./status.ts";
import { handleSubresource } from "./subresources.ts";
import { handleCreate } from "./write-requests.ts";

/** A request whose path leads to a resource. */
export interface ResourceRequest {
  request: ApiRequest;
  definition: KindDefinition;
  path: RequestPath;
}

export interface Answer {
  status: number;
  body: Json;
  warnings?: string[];
}

const ENDPOINTS_WARNING = "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice";

export function handle(server: Server, request: ApiRequest): ApiResponse {
  const warnings: string[] = [];
  try {
    if (request.body !== undefined && isTooDeep(request.body)) throw badRequest("exceeded max depth");
    const answer = route(server, request, warnings);
    return { status: answer.status, body: answer.body, warnings: [...warnings, ...(answer.warnings ?? [])] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { status } = error;
    return { status: status.code ?? 500, body: status as unknown as Json, warnings };
  }
}

/** Simplified: bodies may be nested 1,000 deep; Kubernetes' own decoder takes 10,000. */
const MAX_DEPTH = 1000;

function isTooDeep(body: Json): boolean {
  let level: Json[] = [body];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap((value) =>
      typeof value === "object" && value !== null ? Object.values(value) : [],
    );
  }
  return false;
}

function route(server: Server, request: ApiRequest, warnings: string[]): Answer {
  const path = parseRequestPath(request.path);
  if (!path) return discover(server, request);
  if (isComponentStatuses(path)) return readComponentStatuses(server, request, path);
  const definition = server.scheme.byResource.get(`${path.group}/${path.version}/${path.resource}`);
  if (!definition) throw noSuchResource();
  // Namespaced objects have no path without their namespace, and others none inside of one.
  if (
    definition.namespaced
      ? path.namespace === undefined && path.name !== undefined
      : path.namespace !== undefined
  ) {
    throw noSuchResource();
  }
  if (definition.kind === "Endpoints") warnings.push(ENDPOINTS_WARNING);
  if (request.method !== "GET" && request.method !== "DELETE") checkManager(request);
  const about: ResourceRequest = { request, definition, path };
  if (path.subresource !== undefined) return handleSubresource(server, about);
  return path.name === undefined ? onCollection(server, about) : onObject(server, about);
}

function onCollection(server: Server, about: ResourceRequest): Answer {
  switch (about.request.method) {
    case "GET":
      return listMany(server, about);
    case "POST":
      if (about.definition.namespaced && about.path.namespace === undefined) throw methodNotAllowed();
      return handleCreate(server, about);
    case "DELETE":
      if (about.definition.namespaced && about.path.namespace === undefined) throw methodNotAllowed();
      return handleDeleteCollection(server, about);
    default:
      throw methodNotAllowed();
  }
}

function onObject(server: Server, about: ResourceRequest): Answer {
  return about.request.method === "DELETE" ? handleDelete(server, about) : readOrWrite(server, about);
}
