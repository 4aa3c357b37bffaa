import { expect, test } from "vitest";
import { createControlPlane, setReady } from "../testing/control-plane.ts";
import { endpointLines, portLines, sliceSizes } from "../testing/endpoints-view.ts";
import { deployment, pod, service } from "../testing/manifests.ts";

const WEB = { selector: { app: "web" }, ports: [{ port: 80, targetPort: 8080 }] };

test("EPS-1: a Service gets a slice of its own with its pods as endpoints", () => {
  const plane = createControlPlane();
  plane.api.create("Pod", "default", pod("web", { nodeName: "node-2" }));
  plane.api.create("Service", "default", service("web", WEB));
  plane.advance(2000);
  const [slice] = plane.api.list("EndpointSlice", {
    namespace: "default",
    labels: { "kubernetes.io/service-name": "web" },
  });
  const {
    name,
    uid: _uid,
    resourceVersion: _rv,
    creationTimestamp: _ct,
    generation: _g,
    ...metadata
  } = slice!.metadata;
  expect(name).toMatch(/^web-[a-z0-9]{5}$/);
  expect({ ...slice, metadata }).toEqual({
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: {
      generateName: "web-",
      namespace: "default",
      labels: {
        "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
        "kubernetes.io/service-name": "web",
      },
      annotations: { "endpoints.kubernetes.io/last-change-trigger-time": "2026-03-02T09:00:00Z" },
      ownerReferences: [
        {
          apiVersion: "v1",
          kind: "Service",
          name: "web",
          uid: plane.api.get("Service", "default", "web")!.metadata.uid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    addressType: "IPv4",
    endpoints: [
      {
        addresses: ["10.244.2.2"],
        conditions: { ready: true, serving: true, terminating: false },
        nodeName: "node-2",
        targetRef: {
          kind: "Pod",
          namespace: "default",
          name: "web",
          uid: plane.api.get("Pod", "default", "web")!.metadata.uid,
        },
        zone: "zone-b",
      },
    ],
    ports: [{ name: "", port: 8080, protocol: "TCP" }],
  });
});

test("EPS-2: unready pods stay listed as not ready, terminating ones as serving and terminating", () => {
  const plane = createControlPlane();
  const held = pod("held", { nodeName: "node-1" });
  held["metadata"] = { name: "held", labels: { app: "web" }, finalizers: ["example.com/hold"] };
  plane.api.create("Pod", "default", held);
  for (const name of ["free", "sick"]) plane.api.create("Pod", "default", pod(name, { nodeName: "node-1" }));
  plane.api.create("Service", "default", service("web", WEB));
  plane.api.create("Service", "default", service("all", { ...WEB, publishNotReadyAddresses: true }));
  plane.advance(2000);
  setReady(plane, "sick", false);
  plane.api.delete("Pod", "default", "held");
  plane.advance(500);
  expect(endpointLines(plane, "web")).toEqual(["free ready serving", "held serving terminating", "sick"]);
  expect(endpointLines(plane, "all")).toEqual([
    "free ready serving",
    "held ready serving terminating",
    "sick ready",
  ]);
});

test("EPS-3: slices hold 100 endpoints; scaled down, the fuller one stays; scaled to none, one empty slice remains", () => {
  const plane = createControlPlane({ nodeCount: 3 });
  plane.api.create("Deployment", "default", deployment("web", 120));
  plane.api.create("Service", "default", service("web", WEB));
  plane.advance(10_000);
  expect(sliceSizes(plane, "web")).toEqual([100, 20]);
  const scale = (replicas: number): void => {
    const found = plane.api.get("Deployment", "default", "web")!;
    plane.api.update("Deployment", { ...found, spec: { ...found.spec, replicas } });
    plane.advance(10_000);
  };
  scale(90);
  expect(sliceSizes(plane, "web").reduce((sum, size) => sum + size)).toBe(90);
  scale(0);
  expect(sliceSizes(plane, "web")).toEqual([0]);
  expect(portLines(plane, "web")).toEqual(["null "]);
  const [empty] = plane.api.list("EndpointSlice", {
    namespace: "default",
    labels: { "kubernetes.io/service-name": "web" },
  });
  expect([empty!.endpoints, empty!.ports]).toEqual([null, null]);
});

test("EPS-4: pods that give a named port different numbers are in slices of their own, those without it under no port", () => {
  const plane = createControlPlane();
  const named = (name: string, port: { name: string; containerPort: number }) =>
    pod(name, { nodeName: "node-1", containers: [{ name: "main", image: "luksa/kubia", ports: [port] }] });
  plane.api.create("Pod", "default", named("eighty", { name: "http", containerPort: 80 }));
  plane.api.create("Pod", "default", named("high", { name: "http", containerPort: 8080 }));
  plane.api.create("Pod", "default", named("none", { name: "other", containerPort: 9090 }));
  plane.api.create(
    "Service",
    "default",
    service("web", { ...WEB, ports: [{ port: 80, targetPort: "http" }] }),
  );
  plane.advance(2000);
  expect(portLines(plane, "web")).toEqual([
    '[{"name":"","port":80,"protocol":"TCP"}] eighty',
    '[{"name":"","port":8080,"protocol":"TCP"}] high',
    "null none",
  ]);
});

test("EPS-5: hostname and subdomain show only in the headless Service of that name", () => {
  const plane = createControlPlane();
  plane.api.create("Pod", "default", pod("a", { nodeName: "node-1", hostname: "db-a", subdomain: "db" }));
  plane.api.create("Pod", "default", pod("b", { nodeName: "node-1", hostname: "db-b", subdomain: "other" }));
  plane.api.create("Pod", "default", pod("c", { nodeName: "node-1", subdomain: "db" }));
  plane.api.create("Service", "default", service("db", { ...WEB, clusterIP: "None" }));
  plane.advance(2000);
  const hostnames = plane.api
    .list("EndpointSlice", { namespace: "default", labels: { "kubernetes.io/service-name": "db" } })
    .flatMap((slice) =>
      slice.endpoints!.map((endpoint) => `${endpoint.targetRef!.name}:${endpoint.hostname ?? ""}`),
    );
  expect(hostnames.sort()).toEqual(["a:db-a", "b:", "c:"]);
});

test("EPS-6: trafficDistribution puts hints on ready endpoints, and takes them away again", () => {
  const plane = createControlPlane();
  plane.api.create("Pod", "default", pod("web", { nodeName: "node-2" }));
  const hints = (name: string): unknown =>
    plane.api
      .list("EndpointSlice", { namespace: "default", labels: { "kubernetes.io/service-name": name } })
      .flatMap((slice) => slice.endpoints!.map((endpoint) => endpoint.hints));
  for (const [name, trafficDistribution] of [
    ["node", "PreferSameNode"],
    ["zone", "PreferSameZone"],
    ["close", "PreferClose"],
  ]) {
    plane.api.create(
      "Service",
      "default",
      service(name!, { ...WEB, trafficDistribution: trafficDistribution! }),
    );
  }
  plane.advance(2000);
  expect(hints("node")).toEqual([{ forNodes: [{ name: "node-2" }], forZones: [{ name: "zone-b" }] }]);
  expect(hints("zone")).toEqual([{ forZones: [{ name: "zone-b" }] }]);
  expect(hints("close")).toEqual([{ forZones: [{ name: "zone-b" }] }]);
  const found = plane.api.get("Service", "default", "node")!;
  const { trafficDistribution: _, ...spec } = found.spec;
  plane.api.update("Service", { ...found, spec });
  plane.advance(500);
  expect(hints("node")).toEqual([undefined]);
});

test("EPS-7: a slice that somebody deletes comes back; pods that ended are in none", () => {
  const plane = createControlPlane();
  plane.api.create("Pod", "default", pod("web", { nodeName: "node-1" }));
  plane.api.create("Pod", "default", pod("ended", { nodeName: "node-1" }));
  plane.api.create("Service", "default", service("web", WEB));
  plane.advance(2000);
  const ended = plane.api.get("Pod", "default", "ended")!;
  plane.api.updateStatus("Pod", { ...ended, status: { ...ended.status, phase: "Succeeded" } });
  const [slice] = plane.api.list("EndpointSlice", {
    namespace: "default",
    labels: { "kubernetes.io/service-name": "web" },
  });
  plane.api.delete("EndpointSlice", "default", slice!.metadata.name);
  plane.advance(500);
  expect(endpointLines(plane, "web")).toEqual(["web ready serving"]);
});

test("EPS-8: a change of the selector moves the Service to other pods at once", () => {
  const plane = createControlPlane();
  plane.api.create("Pod", "default", pod("blue", { nodeName: "node-1" }, { app: "web", colour: "blue" }));
  plane.api.create("Pod", "default", pod("green", { nodeName: "node-1" }, { app: "web", colour: "green" }));
  plane.api.create("Service", "default", service("web", { ...WEB, selector: { colour: "blue" } }));
  plane.advance(2000);
  expect(endpointLines(plane, "web")).toEqual(["blue ready serving"]);
  const found = plane.api.get("Service", "default", "web")!;
  plane.api.update("Service", { ...found, spec: { ...found.spec, selector: { colour: "green" } } });
  plane.advance(100);
  expect(endpointLines(plane, "web")).toEqual(["green ready serving"]);
});

test("EPS-9: of many slices only those that changed are written", () => {
  const plane = createControlPlane({ nodeCount: 4 });
  plane.api.create("Deployment", "default", deployment("web", 300));
  plane.api.create("Service", "default", service("web", WEB));
  plane.advance(15_000);
  let writes = 0;
  plane.machine.onPublish((change) => void (writes += change.kind === "EndpointSlice" ? 1 : 0));
  setReady(plane, plane.api.list("Pod", { namespace: "default" })[0]!.metadata.name, false);
  plane.advance(2000);
  expect(writes).toBe(1);
});
