// DELETE of one object or of many.
// Kubernetes: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/delete.go (v1.35)
import type { Json } from "#base/json";
import { deleteOptions } from "./delete-options.ts";
import { deleteObject } from "./delete.ts";
import type { Answer, ResourceRequest } from "./handle.ts";
import { existing, select } from "./read-requests.ts";
import { isDryRun } from "./request-options.ts";
import { apiVersionOf } from "./scheme.ts";
import type { Server } from "./server.ts";

/** Kinds whose deletion is answered with the object itself. */
const ANSWERED_WITH_OBJECT = new Set(["Pod", "Service", "ServiceAccount"]);

export function handleDelete(server: Server, about: ResourceRequest): Answer {
  const { definition, request } = about;
  const options = deleteOptions(about);
  const { object, gone } = deleteObject(server, definition, existing(server, about), options, {
    dryRun: isDryRun(request),
  });
  if (!gone || ANSWERED_WITH_OBJECT.has(definition.kind))
    return { status: 200, body: object as unknown as Json };
  const { name, uid } = object.metadata;
  return {
    status: 200,
    body: {
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Success",
      details: {
        name,
        ...(definition.group && { group: definition.group }),
        kind: definition.plural,
        uid,
      },
    },
  };
}

export function handleDeleteCollection(server: Server, about: ResourceRequest): Answer {
  const { definition, request } = about;
  const options = deleteOptions(about);
  const items = select(server, about).map(
    (object) => deleteObject(server, definition, object, options, { dryRun: isDryRun(request) }).object,
  );
  return {
    status: 200,
    body: {
      kind: `${definition.kind}List`,
      apiVersion: apiVersionOf(definition),
      metadata: { resourceVersion: String(server.state.store.revision) },
      items: items as unknown as Json[],
    },
  };
}
