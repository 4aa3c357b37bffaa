// Tables, which the server prints for `kubectl get` from each kind's columns.
// Kubernetes: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/response.go (v1.35)
import type { ListedResource } from "#api/define";
import type { AnyObject } from "#api/kinds";
import type { Json, JsonObject } from "#base/json";
import { parseRfc3339 } from "#base/time";
import type { ApiRequest } from "./client.ts";
import { asJson, type Server } from "./server.ts";
import { badRequest } from "./status.ts";

export function wantsTable({ accept = "" }: ApiRequest): boolean {
  return accept.split(",").some((type) => type.includes("as=Table") && type.includes("g=meta.k8s.io"));
}

export function tableOf(
  server: Server,
  definition: ListedResource,
  objects: readonly AnyObject[],
  metadata: JsonObject,
  request: ApiRequest,
): Json {
  const include = includedBy(request);
  const { columns } = definition;
  const { settings, now } = server.context;
  const context = { nowMs: (parseRfc3339(settings.startedAt) ?? 0) + now };
  return {
    kind: "Table",
    apiVersion: "meta.k8s.io/v1",
    metadata,
    columnDefinitions: columns.map(({ name, type, format, description, priority }) => ({
      name,
      type,
      format,
      description,
      priority,
    })),
    rows: objects.map((object) => ({
      cells: columns.map((column) => column.value(asJson(object), context)),
      object: include === "None" ? null : include === "Object" ? asJson(object) : metadataOf(object),
    })),
  };
}

function includedBy({ query = {} }: ApiRequest): "None" | "Object" | "Metadata" {
  const include = query["includeObject"] || "Metadata";
  if (include === "None" || include === "Object" || include === "Metadata") return include;
  const why = `includeObject: Invalid value: ${JSON.stringify(include)}: must be 'Metadata', 'Object', 'None', or empty`;
  throw badRequest(`Unable to convert to Table as requested: ${why}`);
}

/** An object, or a list, of which the client wants the metadata alone. */
export function wantsMetadata({ accept = "" }: ApiRequest): boolean {
  return accept.split(",").some((type) => /as=PartialObjectMetadata(List)?;/.test(`${type};`));
}

export function metadataOf({ metadata }: AnyObject): JsonObject {
  const body = { kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1", metadata };
  return body as unknown as JsonObject;
}
