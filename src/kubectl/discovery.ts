// Maps a manifest's apiVersion and kind to a REST path by asking the API server's discovery documents.
import { isObject } from "#base/json";
import type { Handle } from "./cluster-access.ts";

export interface ResourceMapping {
  group: string;
  version: string;
  kind: string;
  /** Plural, as in paths. */
  resource: string;
  namespaced: boolean;
}

interface ApiResource {
  name: string;
  kind: string;
  namespaced: boolean;
}

/** The resource of a kind, or undefined where the server has none: "no matches for kind". */
export function mapKind(handle: Handle, apiVersion: string, kind: string): ResourceMapping | undefined {
  const [group, version] = splitApiVersion(apiVersion);
  const response = handle({ method: "GET", path: groupVersionPath(group, version) });
  if (response.status !== 200 || !isObject(response.body)) return undefined;
  const resources = (response.body["resources"] ?? []) as unknown as ApiResource[];
  const found = resources.find(
    (item) => (item.kind === kind || item.kind.toLowerCase() === kind) && !item.name.includes("/"),
  );
  return found && { group, version, kind, resource: found.name, namespaced: found.namespaced };
}

export function splitApiVersion(apiVersion: string): [group: string, version: string] {
  const slash = apiVersion.indexOf("/");
  return slash < 0 ? ["", apiVersion] : [apiVersion.slice(0, slash), apiVersion.slice(slash + 1)];
}

export function groupVersionPath(group: string, version: string): string {
  return group
    ? `/apis/${encodeURIComponent(group)}/${encodeURIComponent(version)}`
    : `/api/${encodeURIComponent(version)}`;
}

/** The path of a collection, or of one object in it. */
export function resourcePath(mapping: ResourceMapping, namespace: string | undefined, name?: string): string {
  const scope = mapping.namespaced && namespace ? `/namespaces/${encodeURIComponent(namespace)}` : "";
  const tail = name === undefined ? "" : `/${encodeURIComponent(name)}`;
  return `${groupVersionPath(mapping.group, mapping.version)}${scope}/${mapping.resource}${tail}`;
}

/** "service/kubia", "ingress.networking.k8s.io/kubia": how kubectl names an object in its answers. */
export function printedName(mapping: ResourceMapping, name: string): string {
  const kind = mapping.kind.toLowerCase();
  return `${mapping.group ? `${kind}.${mapping.group}` : kind}/${name}`;
}
