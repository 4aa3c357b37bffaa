import { expect, test } from "vitest";
import type { Json, JsonObject } from "#base/json";
import { createApiMachine } from "./testing/api-machine.ts";

const get = (path: string, accept?: string): Json => {
  const { send } = createApiMachine();
  return send("GET", path, undefined, accept === undefined ? {} : { accept }).body;
};
const VERBS = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

test("API-90: version, health and API versions answer as a 1.35 server does", () => {
  expect(get("/version")).toMatchObject({
    major: "1",
    minor: "35",
    gitVersion: "v1.35.4",
    platform: "linux/amd64",
  });
  expect(get("/healthz")).toBe("ok");
  expect(get("/api")).toEqual({
    kind: "APIVersions",
    versions: ["v1"],
    serverAddressByClientCIDRs: [{ clientCIDR: "0.0.0.0/0", serverAddress: "192.168.8.10:6443" }],
  });
  expect(get("/apis/networking.k8s.io")).toEqual({
    kind: "APIGroup",
    apiVersion: "v1",
    name: "networking.k8s.io",
    versions: [{ groupVersion: "networking.k8s.io/v1", version: "v1" }],
    preferredVersion: { groupVersion: "networking.k8s.io/v1", version: "v1" },
  });
});

test("API-91: a group version lists its resources with their subresources", () => {
  expect(get("/apis/discovery.k8s.io/v1")).toEqual({
    kind: "APIResourceList",
    apiVersion: "v1",
    groupVersion: "discovery.k8s.io/v1",
    resources: [
      {
        name: "endpointslices",
        singularName: "endpointslice",
        namespaced: true,
        kind: "EndpointSlice",
        verbs: VERBS,
      },
    ],
  });
  const { resources } = get("/api/v1") as { resources: JsonObject[] };
  expect(resources.filter(({ name }) => String(name).startsWith("replicationcontrollers"))).toEqual([
    {
      name: "replicationcontrollers",
      singularName: "replicationcontroller",
      namespaced: true,
      kind: "ReplicationController",
      verbs: VERBS,
      shortNames: ["rc"],
      categories: ["all"],
    },
    {
      name: "replicationcontrollers/scale",
      singularName: "",
      namespaced: true,
      group: "autoscaling",
      version: "v1",
      kind: "Scale",
      verbs: ["get", "patch", "update"],
    },
    {
      name: "replicationcontrollers/status",
      singularName: "",
      namespaced: true,
      kind: "ReplicationController",
      verbs: ["get", "patch", "update"],
    },
  ]);
  expect(get("/apis/extensions/v1beta1")).toMatchObject({ reason: "NotFound", code: 404 });
});

test("API-92: aggregated discovery tells everything at once", () => {
  const accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
  const { kind, apiVersion, items } = get("/apis", accept) as {
    kind: string;
    apiVersion: string;
    items: JsonObject[];
  };
  expect([kind, apiVersion]).toEqual(["APIGroupDiscoveryList", "apidiscovery.k8s.io/v2"]);
  expect(items.map(({ metadata }) => (metadata as JsonObject)["name"])).toEqual([
    "apps",
    "discovery.k8s.io",
    "networking.k8s.io",
  ]);
  expect(items[1]!["versions"]).toEqual([
    {
      version: "v1",
      freshness: "Current",
      resources: [
        {
          resource: "endpointslices",
          responseKind: { group: "discovery.k8s.io", version: "v1", kind: "EndpointSlice" },
          scope: "Namespaced",
          singularResource: "endpointslice",
          verbs: VERBS,
        },
      ],
    },
  ]);
});

test("API-93: componentstatuses are listed and read, with a warning, and never written or watched", () => {
  const { send } = createApiMachine();
  const { resources } = send("GET", "/api/v1").body as { resources: JsonObject[] };
  expect(resources.filter(({ name }) => String(name).startsWith("componentstatuses"))).toEqual([
    {
      name: "componentstatuses",
      singularName: "componentstatus",
      namespaced: false,
      kind: "ComponentStatus",
      verbs: ["get", "list"],
      shortNames: ["cs"],
    },
  ]);
  const status = (name: string): JsonObject => ({
    kind: "ComponentStatus",
    apiVersion: "v1",
    metadata: { name },
    conditions: [{ type: "Healthy", status: "True", message: "ok" }],
  });
  const path = "/api/v1/componentstatuses";
  expect(send("GET", path)).toEqual({
    status: 200,
    warnings: ["v1 ComponentStatus is deprecated in v1.19+"],
    body: {
      kind: "ComponentStatusList",
      apiVersion: "v1",
      metadata: {},
      items: ["etcd-0", "scheduler", "controller-manager"].map(status),
    },
  });
  expect(send("GET", `${path}/scheduler`).body).toEqual(status("scheduler"));
  expect(send("GET", path, undefined, { query: { labelSelector: "a=b" } }).body).toMatchObject({ items: [] });
  expect(send("GET", `${path}/kubelet`)).toMatchObject({
    status: 500,
    body: { message: "Component not found: kubelet" },
  });
  const accept = "application/json;as=Table;v=v1;g=meta.k8s.io";
  expect(send("GET", path, undefined, { accept }).body).toMatchObject({
    columnDefinitions: ["Name", "Status", "Message", "Error"].map((name) => ({ name })),
    rows: [
      { cells: ["etcd-0", "Healthy", "ok", ""] },
      { cells: ["scheduler", "Healthy", "ok", ""] },
      { cells: ["controller-manager", "Healthy", "ok", ""] },
    ],
  });
  const refused = { status: 405, body: { reason: "MethodNotAllowed" } };
  expect(send("POST", path, {})).toMatchObject(refused);
  expect(send("DELETE", `${path}/scheduler`)).toMatchObject(refused);
  expect(send("GET", path, undefined, { query: { watch: "true" } })).toMatchObject(refused);
});
