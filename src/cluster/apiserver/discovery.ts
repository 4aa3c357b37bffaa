// Discovery: which groups, versions and resources there are, the server's version, and its health.
// Kubernetes: staging/src/k8s.io/apiserver/pkg/endpoints/discovery (v1.35)
import { componentStatus } from "#api/componentstatus/definition";
import type { ListedResource } from "#api/define";
import type { Json, JsonObject } from "#base/json";
import { WORLD } from "../settings.ts";
import type { ApiRequest } from "./client.ts";
import type { Answer } from "./handle.ts";
import { apiVersionOf, type Scheme } from "./scheme.ts";
import type { Server } from "./server.ts";
import { methodNotAllowed, noSuchResource } from "./status.ts";

const VERSION = {
  major: "1",
  minor: "35",
  emulationMajor: "1",
  emulationMinor: "35",
  minCompatibilityMajor: "1",
  minCompatibilityMinor: "34",
  gitVersion: "v1.35.4",
  gitCommit: "unknown",
  gitTreeState: "clean",
  buildDate: "2026-04-15T00:00:00Z",
  goVersion: "go1.26.8",
  compiler: "gc",
  platform: "linux/amd64",
};

const HEALTH = new Set(["/healthz", "/livez", "/readyz"]);
const VERBS = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

export function discover({ scheme }: Server, request: ApiRequest): Answer {
  const path = request.path.replace(/\/+$/, "");
  const body = HEALTH.has(path) ? "ok" : documentAt(scheme, path, request.accept ?? "");
  if (body === undefined) throw noSuchResource();
  if (request.method !== "GET") throw methodNotAllowed();
  return { status: 200, body };
}

function documentAt(scheme: Scheme, path: string, accept: string): Json | undefined {
  const aggregated = accept.split(",").some((type) => type.includes("as=APIGroupDiscoveryList"));
  if (path === "/version") return VERSION;
  if (path === "/api") return aggregated ? aggregatedList(scheme, [""]) : coreVersions();
  if (path === "/apis") return aggregated ? aggregatedList(scheme, groupsOf(scheme)) : groupList(scheme);
  const [, root, first = "", second = "", extra] = path.split("/");
  if (extra !== undefined) return undefined;
  if (root === "api" && second === "") return resourceList(scheme, "", first);
  if (root !== "apis") return undefined;
  if (second !== "") return resourceList(scheme, first, second);
  return groupsOf(scheme).includes(first)
    ? { kind: "APIGroup", apiVersion: "v1", ...groupOf(scheme, first) }
    : undefined;
}

function coreVersions(): JsonObject {
  const serverAddress = `${WORLD.controlPlaneIp}:6443`;
  return {
    kind: "APIVersions",
    versions: ["v1"],
    serverAddressByClientCIDRs: [{ clientCIDR: "0.0.0.0/0", serverAddress }],
  };
}

function groupsOf({ kinds }: Scheme): string[] {
  return [...new Set(kinds.map(({ group }) => group))].filter((group) => group !== "").sort();
}

function versionsOf({ kinds }: Scheme, group: string): string[] {
  return [...new Set(kinds.filter((kind) => kind.group === group).map(({ version }) => version))];
}

function groupOf(scheme: Scheme, name: string): JsonObject {
  const versions = versionsOf(scheme, name).map((version) => ({
    groupVersion: `${name}/${version}`,
    version,
  }));
  return { name, versions, preferredVersion: versions[0]! };
}

function groupList(scheme: Scheme): JsonObject {
  return {
    kind: "APIGroupList",
    apiVersion: "v1",
    groups: groupsOf(scheme).map((name) => groupOf(scheme, name)),
  };
}

/** Listed like the kinds, though no object of it is stored. */
const READ_ONLY = [componentStatus as unknown as ListedResource];

function kindsIn({ kinds }: Scheme, group: string, version: string): ListedResource[] {
  return [...kinds, ...READ_ONLY]
    .filter((kind) => kind.group === group && kind.version === version)
    .sort((a, b) => (a.plural < b.plural ? -1 : 1));
}

function resourceList(scheme: Scheme, group: string, version: string): JsonObject | undefined {
  const kinds = kindsIn(scheme, group, version);
  if (kinds.length === 0) return undefined;
  return {
    kind: "APIResourceList",
    apiVersion: "v1",
    groupVersion: apiVersionOf({ group, version }),
    resources: kinds.flatMap(resourcesOf),
  };
}

function resourcesOf(definition: ListedResource): JsonObject[] {
  const { plural, singular, namespaced, kind, shortNames, categories, verbs = VERBS } = definition;
  return [
    {
      name: plural,
      singularName: singular,
      namespaced,
      kind,
      verbs: [...verbs],
      ...(shortNames.length > 0 && { shortNames: [...shortNames] }),
      ...(categories.length > 0 && { categories: [...categories] }),
    },
    ...subresourcesOf(definition).map(({ name, group, version, kind: subKind, verbs }) => ({
      name: `${plural}/${name}`,
      singularName: "",
      namespaced,
      ...(group && { group, version }),
      kind: subKind,
      verbs,
    })),
  ];
}

interface Subresource {
  name: string;
  /** Of the subresource's own kind, where it differs from the resource's. */
  group?: string;
  version?: string;
  kind: string;
  verbs: string[];
}

function subresourcesOf({ kind, subresources }: ListedResource): Subresource[] {
  const verbs = ["get", "patch", "update"];
  const list: Subresource[] = subresources.map((name) =>
    name === "scale"
      ? { name, group: "autoscaling", version: "v1", kind: "Scale", verbs }
      : { name, kind, verbs },
  );
  if (kind === "Namespace") list.push({ name: "finalize", kind, verbs: ["update"] });
  if (kind === "Pod") {
    list.push({ name: "binding", kind: "Binding", verbs: ["create"] });
    list.push({ name: "ephemeralcontainers", kind: "Pod", verbs });
    list.push({ name: "log", kind: "Pod", verbs: ["get"] });
    list.push({ name: "eviction", group: "policy", version: "v1", kind: "Eviction", verbs: ["create"] });
  }
  if (kind === "ServiceAccount") {
    const group = "authentication.k8s.io";
    list.push({ name: "token", group, version: "v1", kind: "TokenRequest", verbs: ["create"] });
  }
  return list.sort((a, b) => (a.name < b.name ? -1 : 1));
}

// Kubernetes: staging/src/k8s.io/api/apidiscovery/v2/types.go (v1.35)
function aggregatedList(scheme: Scheme, groups: readonly string[]): JsonObject {
  return {
    kind: "APIGroupDiscoveryList",
    apiVersion: "apidiscovery.k8s.io/v2",
    metadata: {},
    items: groups.map((group) => ({
      metadata: { ...(group && { name: group }), creationTimestamp: null },
      versions: versionsOf(scheme, group).map((version) => ({
        version,
        resources: kindsIn(scheme, group, version).map(aggregatedResource),
        freshness: "Current",
      })),
    })),
  };
}

function aggregatedResource(definition: ListedResource): JsonObject {
  const { group, version, kind, plural, singular, namespaced } = definition;
  const { shortNames, categories, verbs = VERBS } = definition;
  const subresources = subresourcesOf(definition).map((sub) => ({
    subresource: sub.name,
    responseKind: { group: sub.group ?? group, version: sub.version ?? version, kind: sub.kind },
    verbs: sub.verbs,
  }));
  return {
    resource: plural,
    responseKind: { group, version, kind },
    scope: namespaced ? "Namespaced" : "Cluster",
    singularResource: singular,
    verbs: [...verbs],
    ...(shortNames.length > 0 && { shortNames: [...shortNames] }),
    ...(categories.length > 0 && { categories: [...categories] }),
    ...(subresources.length > 0 && { subresources }),
  };
}
