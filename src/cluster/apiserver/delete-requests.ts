// DELETE of one object or of many.
// Kubernetes: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/delete.go (v1.35)
import type { KindName } from "#api/kinds";
import { isObject, type Json } from "#base/json";
import { deleteObject, type DeletePreconditions } from "./delete.ts";
import type { Answer, ResourceRequest } from "./handle.ts";
import { existing, select } from "./read-requests.ts";
import { isDryRun } from "./request-options.ts";
import { apiVersionOf } from "./scheme.ts";
import type { Server } from "./server.ts";
import { badRequest } from "./status.ts";

/** Kubernetes: pkg/registry/core/replicationcontroller/strategy.go DefaultGarbageCollectionPolicy (v1.35) */
const DEFAULT_POLICY: Partial<Record<KindName, "Orphan">> = { ReplicationController: "Orphan" };

/** Kinds whose deletion is answered with the object itself. */
const ANSWERED_WITH_OBJECT = new Set(["Pod", "Service", "ServiceAccount"]);

function deleteOptions({ request: { query = {}, body }, definition }: ResourceRequest): DeletePreconditions {
  const given = isObject(body) ? (body as Record<string, Json>) : {};
  const preconditions = isObject(given["preconditions"])
    ? (given["preconditions"] as Record<string, Json>)
    : {};
  const grace = given["gracePeriodSeconds"] ?? query["gracePeriodSeconds"];
  const policy =
    given["propagationPolicy"] ??
    query["propagationPolicy"] ??
    policyOf(given["orphanDependents"]) ??
    DEFAULT_POLICY[definition.kind];
  if (policy !== undefined && policy !== "Background" && policy !== "Foreground" && policy !== "Orphan") {
    throw badRequest(
      `invalid DeleteOptions: propagationPolicy: Unsupported value: ${JSON.stringify(policy)}: supported values: "Foreground", "Background", "Orphan", "nil"`,
    );
  }
  if (grace !== undefined && grace !== null && !Number.isInteger(Number(grace))) {
    throw badRequest(`invalid value for gracePeriodSeconds: ${JSON.stringify(grace)}`);
  }
  return {
    ...(grace !== undefined && grace !== null && { gracePeriodSeconds: Number(grace) }),
    ...(policy !== undefined && { propagationPolicy: policy }),
    ...(typeof preconditions["uid"] === "string" && { uid: preconditions["uid"] }),
    ...(typeof preconditions["resourceVersion"] === "string" && {
      resourceVersion: preconditions["resourceVersion"],
    }),
  };
}

function policyOf(orphanDependents: Json | undefined): "Orphan" | "Background" | undefined {
  if (orphanDependents === true) return "Orphan";
  return orphanDependents === false ? "Background" : undefined;
}

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
