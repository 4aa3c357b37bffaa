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
