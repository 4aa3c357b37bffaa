// Managers of fields as requests know them: what a write makes of them, and metadata.managedFields in answers.
// Kubernetes: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/fieldmanager (v1.35)
import type { AnyObject } from "#api/kinds";
import { deepEqual, type Json, type JsonObject } from "#base/json";
import type { Answer, ResourceRequest } from "../handle.ts";
import { isDryRun } from "../request-options.ts";
import { apiVersionOf } from "../scheme.ts";
import { asJson, type Server } from "../server.ts";
import { afterUpdate, managedFields, managersFrom, type Manager, type ManagerOf } from "./managers.ts";

const NONE: readonly Manager[] = [];

export const managersOf = ({ state }: Server, { metadata }: AnyObject): readonly Manager[] =>
  state.managers.get(metadata.uid) ?? NONE;

export function ownOf({ context }: Server, { request, definition, path }: ResourceRequest): ManagerOf {
  const { subresource } = path;
  return {
    manager: request.query?.["fieldManager"] || "kubectl",
    apiVersion: apiVersionOf(definition),
    ...(subresource !== undefined && { subresource }),
    time: context.timestamp(),
  };
}

/** Of an object that is about to be made. */
export function noteCreation(server: Server, about: ResourceRequest, object: JsonObject): readonly Manager[] {
  const objects = { before: {}, after: about.definition.defaults(object) };
  return afterUpdate(server.scheme.types, about.definition, NONE, objects, ownOf(server, about));
}

/** Of an object that is about to be replaced; a change of its managers alone is a change. */
export function noteUpdate(
  server: Server,
  about: ResourceRequest,
  previous: AnyObject,
  object: JsonObject,
): { managers: readonly Manager[]; touched: boolean } {
  const known = managersOf(server, previous);
  // Whoever sends a list of managers rewrites it.
  const given = managersFrom((object["metadata"] as JsonObject | undefined)?.["managedFields"]);
  const isSame = !given || deepEqual(given as unknown as Json, known as unknown as Json);
  const start = isSame ? known : given;
  const objects = { before: asJson(previous), after: about.definition.defaults(object) };
  const managers = afterUpdate(server.scheme.types, about.definition, start, objects, ownOf(server, about));
  return { managers, touched: managers !== known };
}

/** Remembers them, and tells of them in the answer. */
export function managed(
  server: Server,
  { request }: ResourceRequest,
  answer: Answer,
  managers: readonly Manager[],
): Answer {
  const object = answer.body as unknown as AnyObject;
  const { uid } = object.metadata;
  if (!isDryRun(request)) {
    if (managers.length > 0) server.state.managers.set(uid, managers);
    else server.state.managers.delete(uid);
  }
  return { ...answer, body: withManagers(object, managers) };
}

export function shown(server: Server, object: AnyObject): Json {
  return withManagers(object, managersOf(server, object));
}

function withManagers(object: AnyObject, managers: readonly Manager[]): Json {
  if (managers.length === 0) return object as unknown as Json;
  const metadata = { ...object.metadata, managedFields: managedFields(managers) };
  return { ...object, metadata } as unknown as Json;
}
