import { expect, test } from "vitest";
import type { JsonObject } from "#base/json";
import { createControlPlane, type ControlPlane } from "../testing/control-plane.ts";
import { pod, service } from "../testing/manifests.ts";

const PORTS = [
  { name: "sql", port: 5432 },
  { name: "metrics", port: 9100 },
];
const ENDPOINTS: JsonObject = {
  apiVersion: "v1",
  kind: "Endpoints",
  metadata: { name: "db", labels: { team: "data" }, annotations: { "example.com/a": "b" } },
  subsets: [
    { addresses: [{ ip: "198.51.100.2" }, { ip: "198.51.100.1", hostname: "primary" }], ports: PORTS },
    { addresses: [{ ip: "198.51.100.3" }], ports: [{ name: "sql", port: 6432 }] },
  ],
};

function slices(plane: ControlPlane): unknown[] {
  return plane.api
    .list("EndpointSlice", { namespace: "default", labels: { "kubernetes.io/service-name": "db" } })
    .map((slice) => ({
      ports: slice.ports!.map((port) => `${port.name} ${port.port}`),
      endpoints: slice.endpoints,
      labels: slice.metadata.labels,
      annotations: slice.metadata.annotations,
    }))
    .sort((a, b) => b.ports.length - a.ports.length);
}

test("EPS-10: hand-made Endpoints of a Service without selector are mirrored, a slice for each set of ports", () => {
  const plane = createControlPlane();
  plane.api.create("Service", "default", service("db", { ports: PORTS }));
  plane.api.create("Endpoints", "default", ENDPOINTS);
  plane.advance(1000);
  const common = {
    labels: {
      team: "data",
      "kubernetes.io/service-name": "db",
      "endpointslice.kubernetes.io/managed-by": "endpointslicemirroring-controller.k8s.io",
    },
    annotations: { "example.com/a": "b" },
  };
  expect(slices(plane)).toEqual([
    {
      ports: ["sql 5432", "metrics 9100"],
      endpoints: [
        { addresses: ["198.51.100.2"], conditions: { ready: true } },
        { addresses: ["198.51.100.1"], conditions: { ready: true }, hostname: "primary" },
      ],
      ...common,
    },
    {
      ports: ["sql 6432"],
      endpoints: [{ addresses: ["198.51.100.3"], conditions: { ready: true } }],
      ...common,
    },
  ]);
});

test("EPS-11: skip-mirror, a selector, and the Service's deletion end the mirroring", () => {
  const plane = createControlPlane();
  plane.api.create("Service", "default", service("db", { ports: PORTS }));
  plane.api.create("Endpoints", "default", ENDPOINTS);
  plane.advance(1000);
  const label = (value: string | undefined): void => {
    const found = plane.api.get("Endpoints", "default", "db")!;
    const labels = {
      team: "data",
      ...(value !== undefined && { "endpointslice.kubernetes.io/skip-mirror": value }),
    };
    plane.api.update("Endpoints", { ...found, metadata: { ...found.metadata, labels } });
    plane.advance(500);
  };
  label("true");
  expect(slices(plane)).toEqual([]);
  label(undefined);
  expect(slices(plane).length).toBe(2);
  plane.api.delete("Service", "default", "db");
  plane.advance(1000);
  expect(slices(plane)).toEqual([]);
  expect(plane.api.get("Endpoints", "default", "db")).toBe(undefined);
});

test("EPS-12: a Service that gets a selector changes from mirrored slices to its own", () => {
  const plane = createControlPlane();
  plane.api.create("Pod", "default", pod("web", { nodeName: "node-1" }));
  plane.api.create("Service", "default", service("db", { ports: [{ name: "sql", port: 5432 }] }));
  plane.api.create("Endpoints", "default", ENDPOINTS);
  plane.advance(2000);
  const found = plane.api.get("Service", "default", "db")!;
  plane.api.update("Service", { ...found, spec: { ...found.spec, selector: { app: "web" } } });
  plane.advance(1000);
  const managers = plane.api
    .list("EndpointSlice", { namespace: "default", labels: { "kubernetes.io/service-name": "db" } })
    .map((slice) => slice.metadata.labels!["endpointslice.kubernetes.io/managed-by"]);
  expect(managers).toEqual(["endpointslice-controller.k8s.io"]);
});

test("EPS-13: the kubernetes Service has one hand-made slice and no mirrored one", () => {
  const plane = createControlPlane();
  plane.advance(1000);
  const names = plane.api.list("EndpointSlice", { namespace: "default" }).map((slice) => slice.metadata.name);
  expect(names).toEqual(["kubernetes"]);
});

test("EPS-16: addresses are packed anew, each kind in slices of its own, and without ports there are none", () => {
  const plane = createControlPlane();
  const mirror = (name: string, subsets: JsonObject[]): void => {
    plane.api.create("Service", "default", service(name, { ports: PORTS }));
    plane.api.create("Endpoints", "default", {
      apiVersion: "v1",
      kind: "Endpoints",
      metadata: { name },
      subsets,
    });
  };
  const here = { addresses: [{ ip: "198.51.100.2" }], ports: [{ port: 1 }] };
  mirror("six", [{ addresses: [{ ip: "198.51.100.2" }, { ip: "fd00::1" }], ports: [{ port: 1 }] }]);
  mirror("bare", [{ addresses: [{ ip: "198.51.100.2" }] }]);
  mirror("twice", [here, here, { notReadyAddresses: [{ ip: "198.51.100.2" }], ports: [{ port: 2 }] }]);
  mirror("joined", [here, { addresses: [{ ip: "198.51.100.2" }], ports: [{ name: "b", port: 2 }] }]);
  mirror("doubted", [here, { notReadyAddresses: [{ ip: "198.51.100.2" }], ports: [{ port: 1 }] }]);
  plane.advance(1000);
  const lines = (name: string): string[] =>
    plane.api
      .list("EndpointSlice", { namespace: "default", labels: { "kubernetes.io/service-name": name } })
      .map(({ addressType, ports, endpoints }) => {
        const each = endpoints!.map(({ addresses, conditions }) => `${addresses[0]} ${conditions!.ready}`);
        return `${addressType} ${ports?.map(({ port }) => port).join() ?? "none"}: ${each.join()}`;
      })
      .sort();
  expect(Object.fromEntries(["six", "bare", "twice", "joined", "doubted"].map((n) => [n, lines(n)]))).toEqual(
    {
      six: ["IPv4 1: 198.51.100.2 true", "IPv6 1: fd00::1 true"],
      bare: ["IPv4 none: 198.51.100.2 true"],
      twice: ["IPv4 1: 198.51.100.2 true", "IPv4 2: 198.51.100.2 false"],
      joined: ["IPv4 1,2: 198.51.100.2 true"],
      doubted: ["IPv4 1: 198.51.100.2 false"],
    },
  );
});

test("EPS-16: a slice that is written again no longer says that its name was generated", () => {
  const plane = createControlPlane();
  plane.api.create("Service", "default", service("db", { ports: PORTS }));
  plane.api.create("Endpoints", "default", { ...ENDPOINTS, subsets: [] });
  const write = (ip: string): (string | undefined)[] => {
    const found = plane.api.get("Endpoints", "default", "db")!;
    const subsets = [{ addresses: [{ ip }], ports: [{ port: 1, protocol: "TCP" as const }] }];
    plane.api.update("Endpoints", { ...found, subsets });
    plane.advance(1000);
    return plane.api
      .list("EndpointSlice", { namespace: "default", labels: { "kubernetes.io/service-name": "db" } })
      .flatMap(({ metadata, endpoints }) => [metadata.generateName, endpoints![0]!.addresses[0]]);
  };
  expect(write("198.51.100.7")).toEqual(["db-", "198.51.100.7"]);
  expect(write("198.51.100.8")).toEqual([undefined, "198.51.100.8"]);
});
