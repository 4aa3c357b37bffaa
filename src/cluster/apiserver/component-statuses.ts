// componentstatuses: nothing is stored of them, the server asks the control plane's parts, which are well here.
// Kubernetes: pkg/registry/core/componentstatus/rest.go (v1.35)
import { componentStatus } from "#api/componentstatus/definition";
import type { ComponentStatus } from "#api/componentstatus/types";
import type { ListedResource } from "#api/define";
import type { Json } from "#base/json";
import type { ApiRequest } from "./client.ts";
import type { Answer } from "./handle.ts";
import { labelMatcher } from "./label-selector.ts";
import type { RequestPath } from "./request-path.ts";
import type { Server } from "./server.ts";
import { failure, methodNotAllowed, noSuchResource } from "./status.ts";
import { tableOf, wantsTable } from "./table.ts";

const LISTED = componentStatus as unknown as ListedResource;
const WARNING = "v1 ComponentStatus is deprecated in v1.19+";

/** In the order in which the answers of the three came. */
const PARTS = ["etcd-0", "scheduler", "controller-manager"];

export function isComponentStatuses({ group, version, resource }: RequestPath): boolean {
  return group === LISTED.group && version === LISTED.version && resource === LISTED.plural;
}

export function readComponentStatuses(server: Server, request: ApiRequest, path: RequestPath): Answer {
  const { name, namespace, subresource } = path;
  if (namespace !== undefined || subresource !== undefined) throw noSuchResource();
  const { labelSelector = "", watch } = request.query ?? {};
  if (request.method !== "GET" || watch === "true") throw methodNotAllowed();
  const wanted = PARTS.filter((part) => (name ?? part) === part && labelMatcher(labelSelector)(undefined));
  if (name !== undefined && wanted.length === 0) throw failure(500, "", `Component not found: ${name}`);
  return { status: 200, body: present(server, request, wanted, name !== undefined), warnings: [WARNING] };
}

function present(server: Server, request: ApiRequest, parts: readonly string[], single: boolean): Json {
  const objects = parts.map(statusOf);
  if (wantsTable(request)) return tableOf(server, LISTED, objects as never, { resourceVersion: "" }, request);
  if (single) return objects[0] as unknown as Json;
  return { kind: "ComponentStatusList", apiVersion: "v1", metadata: {}, items: objects as unknown as Json[] };
}

function statusOf(name: string): Omit<ComponentStatus, "metadata"> & { metadata: object } {
  return {
    kind: "ComponentStatus",
    apiVersion: "v1",
    metadata: { name },
    conditions: [{ type: "Healthy", status: "True", message: "ok" }],
  };
}
