// The scale subresource: one shape for everything that has replicas.
// Kubernetes: pkg/registry/apps/deployment/storage/storage.go ScaleREST (v1.35)
import type { KindMap } from "#api/kinds";
import type { Column } from "#api/define";
import type { KubeObject, LabelSelector } from "#api/meta";
import { ageColumn, nameColumn } from "#api/table";
import { formatLabelSelector, formatSelector } from "#api/selectors";
import { isObject, type Json, type JsonObject } from "#base/json";
import { jsonKind } from "./decode.ts";
import type { Answer, ResourceRequest } from "./handle.ts";
import { managed, managersOf, noteUpdate } from "./managers/requests.ts";
import { applyPatch } from "./patch/apply-patch.ts";
import { existing } from "./read-requests.ts";
import { isDryRun } from "./request-options.ts";
import { asJson, asObject, type Server } from "./server.ts";
import { badRequest, conflict, invalid, methodNotAllowed, MODIFIED } from "./status.ts";
import { tableOf, wantsTable } from "./table.ts";
import { replaceObject } from "./update.ts";

type Scalable = KindMap["Deployment"] | KindMap["ReplicaSet"] | KindMap["ReplicationController"];

const SCALE = { group: "autoscaling", kind: "Scale" };

export function handleScale(server: Server, about: ResourceRequest): Answer {
  const { request } = about;
  const object = existing(server, about) as Scalable;
  const current = scaleOf(object);
  switch (request.method) {
    case "GET":
      return { status: 200, body: wantsTable(request) ? tableOfScale(server, about, current) : current };
    case "PUT":
      if (!isObject(request.body))
        throw badRequest("the object provided is unrecognized (must be of type Scale)");
      return write(server, about, object, request.body as JsonObject, (why) =>
        badRequest(`Scale in version "v1" cannot be handled as a Scale: ${why}`),
      );
    case "PATCH": {
      const contentType = request.contentType ?? "";
      const patched = applyPatch(server.scheme.types, "Scale", current, contentType, request.body ?? null);
      return write(server, about, object, patched.object, (why) =>
        invalid(undefined, "", [{ field: "patch", type: "invalid", value: patched.text(), detail: why }]),
      );
    }
    default:
      throw methodNotAllowed();
  }
}

// Kubernetes: pkg/printers/internalversion/printers.go printScale (v1.35)
function tableOfScale(server: Server, { definition, request }: ResourceRequest, scale: JsonObject): Json {
  const count = (name: string, part: "spec" | "status"): Column => ({
    name,
    type: "integer",
    format: "",
    description: "",
    priority: 0,
    value: (object) => (object[part] as JsonObject)["replicas"] ?? 0,
  });
  const columns = [
    nameColumn<KubeObject>() as unknown as Column,
    count("Desired", "spec"),
    count("Available", "status"),
    ageColumn<KubeObject>() as unknown as Column,
  ];
  const object = asObject(scale);
  const { resourceVersion } = object.metadata;
  return tableOf(server, { ...definition, columns }, [object], { resourceVersion }, request);
}

function scaleOf(object: Scalable): JsonObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const { replicas } = object.spec;
  return {
    kind: "Scale",
    apiVersion: "autoscaling/v1",
    metadata: { name, namespace: namespace ?? "", uid, resourceVersion, creationTimestamp },
    spec: replicas ? { replicas } : {},
    status: { replicas: object.status.replicas ?? 0, selector: selectorText(object) },
  };
}

function selectorText({ kind, spec }: Scalable): string {
  return kind === "ReplicationController"
    ? formatSelector(spec.selector as Record<string, string>)
    : formatLabelSelector(spec.selector as LabelSelector);
}

/** A Scale whose replicas nobody manages has no managers, and to what has none a writer is not added. */
function isReplicasOwned(server: Server, object: Scalable): boolean {
  return managersOf(server, object).some(({ fields }) => fields.kids?.["f:spec"]?.kids?.["f:replicas"]);
}

/** `refused` is what the request is told of a number that is none of 32 bits. */
function write(
  server: Server,
  about: ResourceRequest,
  object: Scalable,
  scale: JsonObject,
  refused: (why: string) => Error,
): Answer {
  const { definition, path, request } = about;
  const meta = (scale["metadata"] ?? {}) as Record<string, Json>;
  if (meta["name"] !== undefined && meta["name"] !== path.name) {
    throw badRequest(
      `the name of the object (${String(meta["name"])}) does not match the name on the URL (${path.name ?? ""})`,
    );
  }
  if (meta["resourceVersion"] && meta["resourceVersion"] !== object.metadata.resourceVersion) {
    throw conflict(definition, object.metadata.name, MODIFIED);
  }
  const spec = isObject(scale["spec"]) ? (scale["spec"] as JsonObject) : {};
  const replicas = spec["replicas"] ?? 0;
  if (typeof replicas !== "number" || (replicas | 0) !== replicas) {
    const kind = typeof replicas === "number" ? `number ${replicas}` : jsonKind(replicas);
    throw refused(
      `json: cannot unmarshal ${kind} into Go struct field ScaleSpec.spec.replicas of type int32`,
    );
  }
  if (replicas < 0) {
    const detail = "must be greater than or equal to 0";
    throw invalid(SCALE, object.metadata.name, [
      { field: "spec.replicas", type: "invalid", value: replicas, detail },
    ]);
  }
  const next = { ...object, spec: { ...object.spec, replicas } } as Scalable;
  const { managers, touched } = isReplicasOwned(server, object)
    ? noteUpdate(server, about, object, asJson(next))
    : { managers: managersOf(server, object), touched: false };
  const written = replaceObject(server, definition, object, asJson(next), {
    dryRun: isDryRun(request),
    touched,
  });
  managed(server, about, { status: 200, body: written.object as unknown as Json }, managers);
  return { status: 200, body: scaleOf(written.object as Scalable), warnings: written.warnings };
}
