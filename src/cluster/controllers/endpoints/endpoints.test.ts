import { expect, test } from "vitest";
import { createControlPlane, setReady, type ControlPlane } from "../testing/control-plane.ts";
import { deployment, pod, service } from "../testing/manifests.ts";

const WEB = { selector: { app: "web" }, ports: [{ port: 80, targetPort: 8080 }] };

function subsets(plane: ControlPlane, name: string): unknown {
  return plane.api.get("Endpoints", "default", name)?.subsets?.map((subset) => ({
    ...(subset.addresses && { ready: subset.addresses.map((address) => address.targetRef?.name) }),
    ...(subset.notReadyAddresses && {
      notReady: subset.notReadyAddresses.map((address) => address.targetRef?.name),
    }),
    ...(subset.ports && { ports: subset.ports }),
  }));
}

test("EP-1: Endpoints list ready and unready pods with their nodes, and are labelled by their controller", () => {
  const plane = createControlPlane();
  plane.api.create("Pod", "default", pod("web", { nodeName: "node-1" }));
  plane.api.create("Service", "default", service("web", WEB));
  plane.advance(2000);
  const { metadata, ...rest } = plane.api.get("Endpoints", "default", "web")!;
  expect(metadata.labels).toEqual({ "endpoints.kubernetes.io/managed-by": "endpoint-controller" });
  const uid = plane.api.get("Pod", "default", "web")!.metadata.uid;
  const targetRef = { kind: "Pod", namespace: "default", name: "web", uid };
  expect(rest).toEqual({
    apiVersion: "v1",
    kind: "Endpoints",
    subsets: [
      {
        addresses: [{ ip: "10.244.1.2", nodeName: "node-1", targetRef }],
        ports: [{ port: 8080, protocol: "TCP" }],
      },
    ],
  });
});

test("EP-2: addresses follow readiness, and the annotation says when the change happened", () => {
  const plane = createControlPlane();
  plane.api.create("Pod", "default", pod("a", { nodeName: "node-1" }));
  plane.api.create("Pod", "default", pod("b", { nodeName: "node-1" }));
  plane.api.create("Service", "default", service("web", WEB));
  plane.advance(5000);
  setReady(plane, "a", false);
  plane.advance(1000);
  expect(subsets(plane, "web")).toEqual([
    { ready: ["b"], notReady: ["a"], ports: [{ port: 8080, protocol: "TCP" }] },
  ]);
  expect(plane.api.get("Endpoints", "default", "web")!.metadata.annotations).toEqual({
    "endpoints.kubernetes.io/last-change-trigger-time": "2026-03-02T09:00:05Z",
  });
});

test("EP-3: a named port that pods give different numbers makes a subset for each, one that nobody has none", () => {
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
  plane.api.create(
    "Service",
    "default",
    service("nowhere", { ...WEB, ports: [{ port: 80, targetPort: "nowhere" }] }),
  );
  plane.advance(2000);
  expect(subsets(plane, "web")).toEqual([
    { ready: ["eighty"], ports: [{ port: 80, protocol: "TCP" }] },
    { ready: ["high"], ports: [{ port: 8080, protocol: "TCP" }] },
  ]);
  expect(subsets(plane, "nowhere")).toBe(undefined);
});

test("EP-4: terminating pods leave; publishNotReadyAddresses keeps them and unready ones among the addresses", () => {
  const plane = createControlPlane();
  const held = pod("held", { nodeName: "node-1" });
  held["metadata"] = { name: "held", labels: { app: "web" }, finalizers: ["example.com/hold"] };
  plane.api.create("Pod", "default", held);
  plane.api.create("Pod", "default", pod("free", { nodeName: "node-1" }));
  plane.api.create("Service", "default", service("web", WEB));
  plane.api.create("Service", "default", service("all", { ...WEB, publishNotReadyAddresses: true }));
  plane.advance(2000);
  setReady(plane, "free", false);
  plane.api.delete("Pod", "default", "held");
  plane.advance(1000);
  const ports = [{ port: 8080, protocol: "TCP" }];
  expect(subsets(plane, "web")).toEqual([{ notReady: ["free"], ports }]);
  expect(subsets(plane, "all")).toEqual([{ ready: ["held", "free"], ports }]);
});

test("EP-5: a headless Service without ports has addresses without ports, and the label that says headless", () => {
  const plane = createControlPlane();
  plane.api.create("Pod", "default", pod("web", { nodeName: "node-1" }));
  plane.api.create("Service", "default", service("web", { clusterIP: "None", selector: { app: "web" } }));
  plane.advance(2000);
  expect(subsets(plane, "web")).toEqual([{ ready: ["web"] }]);
  expect(plane.api.get("Endpoints", "default", "web")!.metadata.labels).toEqual({
    "endpoints.kubernetes.io/managed-by": "endpoint-controller",
    "service.kubernetes.io/headless": "",
  });
});

test("EP-6: without a selector the Endpoints are left alone, also when the selector is taken away later", () => {
  const plane = createControlPlane();
  plane.api.create("Pod", "default", pod("web", { nodeName: "node-1" }));
  plane.api.create("Service", "default", service("web", WEB));
  plane.advance(2000);
  const { selector: _, ...spec } = plane.api.get("Service", "default", "web")!.spec;
  plane.api.update("Service", { ...plane.api.get("Service", "default", "web")!, spec });
  plane.api.delete("Pod", "default", "web");
  plane.advance(5000);
  expect(subsets(plane, "web")).toEqual([{ ready: ["web"], ports: [{ port: 8080, protocol: "TCP" }] }]);
  plane.api.delete("Service", "default", "web");
  plane.advance(1000);
  expect(plane.api.get("Endpoints", "default", "web")).toBe(undefined);
});

test("EP-7: more than 1000 addresses are cut off and the object says so", () => {
  const plane = createControlPlane({ nodeCount: 11 });
  plane.api.create("Deployment", "default", deployment("web", 1100));
  plane.api.create("Service", "default", service("web", WEB));
  plane.advance(80_000);
  const endpoints = plane.api.get("Endpoints", "default", "web")!;
  expect(endpoints.subsets!.map((subset) => subset.addresses!.length)).toEqual([1000]);
  expect(endpoints.metadata.annotations!["endpoints.kubernetes.io/over-capacity"]).toBe("truncated");
});
