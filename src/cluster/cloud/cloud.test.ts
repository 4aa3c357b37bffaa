import { expect, test } from "vitest";
import { createControlPlane, eventsOf, type ControlPlane } from "../controllers/testing/control-plane.ts";
import { service } from "../controllers/testing/manifests.ts";
import { setLoadBalancerProvider, type LoadBalancerState } from "./load-balancer.ts";

const LB = { type: "LoadBalancer", selector: { app: "web" }, ports: [{ port: 80 }] };

function ingress(plane: ControlPlane, name: string): unknown {
  return plane.api.get("Service", "default", name)?.status.loadBalancer;
}

function patch(plane: ControlPlane, name: string, spec: Record<string, string>): void {
  const found = plane.api.get("Service", "default", name)!;
  expect(plane.api.update("Service", { ...found, spec: { ...found.spec, ...spec } as never }).ok).toBe(true);
}

test("NODE-4: a fresh cluster has its namespaces, nodes, kubernetes Service and cluster DNS", () => {
  const plane = createControlPlane({ dns: true });
  plane.advance(2000);
  const names = (kind: "Namespace" | "Node"): string[] =>
    plane.api.list(kind).map((object) => object.metadata.name);
  expect(names("Namespace")).toEqual(["default", "kube-node-lease", "kube-public", "kube-system"]);
  expect(names("Node")).toEqual(["node-1", "node-2", "node-3"]);
  const services = plane.api.list("Service").map((item) => `${item.metadata.name} ${item.spec.clusterIP}`);
  expect(services).toEqual(["kubernetes 10.96.0.1", "kube-dns 10.96.0.10"]);
  expect(plane.api.get("Endpoints", "default", "kubernetes")!.subsets).toEqual([
    { addresses: [{ ip: "192.168.8.10" }], ports: [{ name: "https", port: 6443, protocol: "TCP" }] },
  ]);
  const [coredns] = plane.api.list("Pod", { namespace: "kube-system", labels: { "k8s-app": "kube-dns" } });
  expect([coredns!.spec.nodeName, coredns!.status.podIP]).toEqual(["node-1", "10.244.1.2"]);
  expect(plane.api.list("IngressClass").map((item) => item.spec.controller)).toEqual([
    "k8s.io/ingress-nginx",
  ]);
});

test("NODE-5: a node shows its capacity, addresses and zone", () => {
  const plane = createControlPlane({ nodeCount: 4, zoneCount: 3 });
  const node = plane.api.get("Node", undefined, "node-4")!;
  expect(node.metadata.labels).toEqual({
    "beta.kubernetes.io/arch": "amd64",
    "beta.kubernetes.io/os": "linux",
    "kubernetes.io/arch": "amd64",
    "kubernetes.io/hostname": "node-4",
    "kubernetes.io/os": "linux",
    "topology.kubernetes.io/zone": "zone-a",
  });
  expect(node.spec).toEqual({ podCIDR: "10.244.4.0/24", podCIDRs: ["10.244.4.0/24"] });
  expect(node.status.capacity).toEqual({ cpu: "4", "ephemeral-storage": "50Gi", memory: "8Gi", pods: "110" });
  expect(node.status.addresses).toEqual([
    { type: "InternalIP", address: "192.168.8.14" },
    { type: "ExternalIP", address: "203.0.113.14" },
    { type: "Hostname", address: "node-4" },
  ]);
});

test("LB-1: a LoadBalancer Service gets an address of the pool after a moment, with Events and a finalizer", () => {
  const plane = createControlPlane();
  plane.api.create("Service", "default", service("web", LB));
  plane.advance(500);
  expect(ingress(plane, "web")).toEqual({});
  plane.advance(2000);
  expect(ingress(plane, "web")).toEqual({ ingress: [{ ip: "203.0.113.100", ipMode: "VIP" }] });
  expect(plane.api.get("Service", "default", "web")!.metadata.finalizers).toEqual([
    "service.kubernetes.io/load-balancer-cleanup",
  ]);
  expect(eventsOf(plane, "Service", "web")).toEqual([
    "EnsuringLoadBalancer: Ensuring load balancer",
    "EnsuredLoadBalancer: Ensured load balancer",
  ]);
});

test("LB-2: deletion frees the address for the next Service", () => {
  const plane = createControlPlane();
  plane.api.create("Service", "default", service("web", LB));
  plane.advance(2000);
  plane.api.delete("Service", "default", "web");
  plane.advance(500);
  expect(plane.api.get("Service", "default", "web")).toBe(undefined);
  plane.api.create("Service", "default", service("shop", LB));
  plane.advance(2000);
  expect(ingress(plane, "shop")).toEqual({ ingress: [{ ip: "203.0.113.100", ipMode: "VIP" }] });
});

test("LB-3: a change of type takes the address away, and back again gives one", () => {
  const plane = createControlPlane();
  plane.api.create("Service", "default", service("web", LB));
  plane.advance(2000);
  patch(plane, "web", { type: "ClusterIP" });
  plane.advance(500);
  const found = plane.api.get("Service", "default", "web")!;
  expect([found.status.loadBalancer, found.metadata.finalizers]).toEqual([{}, undefined]);
  expect(eventsOf(plane, "Service", "web").slice(2)).toEqual([
    "Type: LoadBalancer -> ClusterIP",
    "DeletingLoadBalancer: Deleting load balancer",
    "DeletedLoadBalancer: Deleted load balancer",
  ]);
  patch(plane, "web", { type: "LoadBalancer" });
  plane.advance(3000);
  expect(ingress(plane, "web")).toEqual({ ingress: [{ ip: "203.0.113.100", ipMode: "VIP" }] });
});

test("LB-4: without a provider the address stays pending until the provider is switched on", () => {
  const plane = createControlPlane({ loadBalancerProvider: false });
  plane.api.create("Service", "default", service("web", LB));
  plane.advance(10_000);
  expect(ingress(plane, "web")).toEqual({});
  expect(eventsOf(plane, "Service", "web")).toEqual([]);
  const { context, state } = plane.machine.enter<LoadBalancerState>("service-controller");
  setLoadBalancerProvider(context, state, true);
  plane.advance(2000);
  expect(ingress(plane, "web")).toEqual({ ingress: [{ ip: "203.0.113.100", ipMode: "VIP" }] });
});

test("LB-5: a wanted address of the pool is given if it is free; Services of another class are left alone", () => {
  const plane = createControlPlane();
  plane.api.create("Service", "default", service("wanted", { ...LB, loadBalancerIP: "203.0.113.120" }));
  plane.api.create("Service", "default", service("again", { ...LB, loadBalancerIP: "203.0.113.120" }));
  plane.api.create(
    "Service",
    "default",
    service("foreign", { ...LB, loadBalancerClass: "example.com/other" }),
  );
  plane.advance(3000);
  expect(ingress(plane, "wanted")).toEqual({ ingress: [{ ip: "203.0.113.120", ipMode: "VIP" }] });
  expect(ingress(plane, "again")).toEqual({});
  expect(ingress(plane, "foreign")).toEqual({});
  expect(eventsOf(plane, "Service", "again").at(-1)).toMatch(
    /^SyncLoadBalancerFailed: Error syncing load balancer: /,
  );
});

test("LB-6: a Service that is deleted and made again while it waits is set up like a new one", () => {
  const plane = createControlPlane();
  plane.api.create("Service", "default", service("web", LB));
  plane.advance(600);
  plane.api.delete("Service", "default", "web");
  plane.advance(100);
  plane.api.create("Service", "default", service("web", LB));
  plane.advance(900);
  expect(ingress(plane, "web")).toEqual({});
  plane.advance(1000);
  expect(ingress(plane, "web")).toEqual({ ingress: [{ ip: "203.0.113.100", ipMode: "VIP" }] });
});
