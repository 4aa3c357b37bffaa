// get and list: objects, lists and Tables, narrowed by selectors.
// Kubernetes: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/get.go (v1.35)
import type { AnyObject } from "#api/kinds";
import type { Json } from "#base/json";
import { fieldMatcher } from "./field-selector.ts";
import type { Answer, ResourceRequest } from "./handle.ts";
import { labelMatcher } from "./label-selector.ts";
import { pageOf, type Page } from "./list-options.ts";
import { shown } from "./managers/requests.ts";
import { apiVersionOf } from "./scheme.ts";
import { namespaceFor, type Server } from "./server.ts";
import { notFound } from "./status.ts";
import { getObject, listObjects } from "./store.ts";
import { metadataOf, tableOf, wantsMetadata, wantsTable } from "./table.ts";

export function existing(server: Server, { definition, path }: ResourceRequest): AnyObject {
  const name = path.name ?? "";
  const found = getObject(
    server.state.store,
    definition.kind,
    namespaceFor(definition, path.namespace),
    name,
  );
  if (!found) throw notFound(definition, name);
  return found;
}

export function getOne(server: Server, about: ResourceRequest): Answer {
  const object = existing(server, about);
  const page = { objects: [object], metadata: { resourceVersion: object.metadata.resourceVersion } };
  return { status: 200, body: present(server, about, page, true) };
}

/** The objects that a list, a watch or a deletion of many is about. */
export function select(server: Server, { request, definition, path }: ResourceRequest): readonly AnyObject[] {
  const { labelSelector = "", fieldSelector = "" } = request.query ?? {};
  const all = listObjects(
    server.state.store,
    definition.kind,
    definition.namespaced ? path.namespace : undefined,
  );
  if (!labelSelector && !fieldSelector) return all;
  const byLabels = labelMatcher(labelSelector);
  const byFields = fieldMatcher(definition.kind, fieldSelector);
  return all.filter((object) => byLabels(object.metadata.labels) && byFields(object));
}

export function listMany(server: Server, about: ResourceRequest): Answer {
  const page = pageOf(about, select(server, about), server.state.store.revision);
  return { status: 200, body: present(server, about, page, false) };
}

function present(
  server: Server,
  { request, definition }: ResourceRequest,
  { objects, metadata }: Page,
  single: boolean,
): Json {
  if (wantsTable(request)) return tableOf(server, definition, objects, metadata, request);
  const isMetadata = wantsMetadata(request);
  const view = (object: AnyObject): Json => {
    const whole = shown(server, object);
    return isMetadata ? metadataOf(whole as unknown as AnyObject) : whole;
  };
  if (single) return view(objects[0]!);
  return {
    kind: `${isMetadata ? "PartialObjectMetadata" : definition.kind}List`,
    apiVersion: isMetadata ? "meta.k8s.io/v1" : apiVersionOf(definition),
    metadata,
    items: objects.map(view),
  };
}
