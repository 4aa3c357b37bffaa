import { expect, test } from "vitest";
import { client, ingress, inputOf, node, pod, replicaSet, service, slice, workload } from "./fixtures.ts";
import { topologyOf } from "./topology.ts";
import { podCard } from "./workloads.ts";

const NONE: ReadonlySet<string> = new Set();

function edgeLines(input: ReturnType<typeof inputOf>): string[] {
  return topologyOf(input, NONE).edges.map((e) => `${e.from} > ${e.to} ${e.kind}${e.cut ? " cut" : ""}`);
}

test("CAN-1: a LoadBalancer Service has its own balancer, leads through every node's door, and is cut from a pod that is not ready", () => {
  const a = pod("a", { node: "node-1", ip: "10.244.1.5" });
  const b = pod("b", { node: "node-2", ip: "10.244.2.5", ready: false });
  const web = service(
    "web",
    { type: "LoadBalancer", ports: [{ port: 80, targetPort: 8080, nodePort: 30123, protocol: "TCP" }] },
    "203.0.113.100",
  );
  const lines = edgeLines(
    inputOf({
      nodes: [node(1), node(2)],
      pods: [a, b],
      services: [web],
      slices: [slice("web", [a, b])],
      clients: [client("c", { kind: "outside", ip: "198.51.100.7" }, "http://{lb:default/web}/")],
    }),
  );
  expect(lines).toEqual([
    "lb/default/web > door/node-1 traffic",
    "door/node-1 > svc/default/web traffic",
    "lb/default/web > door/node-2 traffic",
    "door/node-2 > svc/default/web traffic",
    "svc/default/web > pod/default/a traffic",
    "svc/default/web > pod/default/b traffic cut",
    "client/c > lb/default/web traffic",
  ]);
});

test("CAN-1: a load balancer without an address leads nowhere yet", () => {
  const web = service("web", {
    type: "LoadBalancer",
    ports: [{ port: 80, targetPort: 8080, nodePort: 30123, protocol: "TCP" }],
  });
  const lines = edgeLines(
    inputOf({
      nodes: [node(1)],
      services: [web],
      clients: [client("c", { kind: "outside", ip: "198.51.100.7" }, "http://{lb:default/web}/")],
    }),
  );
  expect(lines).toEqual(["door/node-1 > svc/default/web traffic", "client/c > lb/default/web traffic cut"]);
});

test("CAN-2: under externalTrafficPolicy Local nodes without a ready endpoint are cut on both sides", () => {
  const a = pod("a", { node: "node-1", ip: "10.244.1.5" });
  const web = service(
    "web",
    {
      type: "LoadBalancer",
      externalTrafficPolicy: "Local",
      ports: [{ port: 80, targetPort: 8080, nodePort: 30123, protocol: "TCP" }],
    },
    "203.0.113.100",
  );
  const lines = edgeLines(
    inputOf({ nodes: [node(1), node(2)], pods: [a], services: [web], slices: [slice("web", [a])] }),
  );
  expect(lines.slice(0, 4)).toEqual([
    "lb/default/web > door/node-1 traffic",
    "door/node-1 > svc/default/web traffic",
    "lb/default/web > door/node-2 traffic cut",
    "door/node-2 > svc/default/web traffic cut",
  ]);
});

test("CAN-3: an Ingress looks its Services up and sends packets straight to their ready pods", () => {
  const a = pod("a", { node: "node-1", ip: "10.244.1.5" });
  const b = pod("b", { node: "node-1", ip: "10.244.1.6", ready: false });
  const lines = edgeLines(
    inputOf({
      pods: [a, b],
      services: [service("web")],
      slices: [slice("web", [a, b])],
      ingresses: [ingress("site", "kubia.example.com", "web")],
      clients: [client("c", { kind: "outside", ip: "198.51.100.7" }, "http://kubia.example.com/")],
    }),
  );
  expect(lines).toEqual([
    "svc/default/web > pod/default/a traffic",
    "svc/default/web > pod/default/b traffic cut",
    "ingress/default/site > svc/default/web lookup",
    "ingress/default/site > pod/default/a direct",
    "client/c > ingress/default/site traffic",
  ]);
});

test("CAN-4: a port that resolves to nothing cuts the edge although the pod is ready", () => {
  const a = pod("a", { node: "node-1", ip: "10.244.1.5" });
  const lines = edgeLines(
    inputOf({ pods: [a], services: [service("web")], slices: [slice("web", [a], null)] }),
  );
  expect(lines).toEqual(["svc/default/web > pod/default/a traffic cut"]);
});

test("CAN-5: addresses without pods and external names become targets outside the cluster", () => {
  const manual = service("manual", { selector: undefined });
  const ext = service("ext", { type: "ExternalName", externalName: "api.example.com", clusterIP: undefined });
  const topology = topologyOf(
    inputOf({ services: [manual, ext], slices: [slice("manual", ["11.11.11.11", "22.22.22.22"])] }),
    NONE,
  );
  expect(topology.services.map((part) => part.target)).toEqual([
    {
      type: "target",
      id: "target/default/manual",
      service: "default/manual",
      title: "manual",
      addresses: ["11.11.11.11", "22.22.22.22"],
      externalName: false,
    },
    {
      type: "target",
      id: "target/default/ext",
      service: "default/ext",
      title: "api.example.com",
      addresses: [],
      externalName: true,
    },
  ]);
});

test("CAN-6: above twelve pods a workload is one card with honest counts per node, and stays so until it fits twice over", () => {
  const sets = [replicaSet("web-7c9d", "web")];
  const big = topologyOf(inputOf({ pods: workload("web", 13), replicaSets: sets }), NONE);
  expect(big.pods).toEqual([]);
  expect(
    big.groups.map((g) => [
      g.key,
      g.ready,
      g.total,
      g.rows.map((r) => `${r.node} ${r.ready}/${r.pods.length}`),
    ]),
  ).toEqual([["default/web", 11, 13, ["node-1 4/5", "node-2 3/4", "node-3 4/4"]]]);
  const shrunk = topologyOf(inputOf({ pods: workload("web", 9), replicaSets: sets }), big.collapsed);
  expect(shrunk.groups.map((g) => g.total)).toEqual([9]);
  const small = topologyOf(inputOf({ pods: workload("web", 6), replicaSets: sets }), shrunk.collapsed);
  expect([small.groups.length, small.pods.length]).toEqual([0, 6]);
  const fresh = topologyOf(inputOf({ pods: workload("web", 12), replicaSets: sets }), NONE);
  expect([fresh.groups.length, fresh.pods.length]).toEqual([0, 12]);
});

test("CAN-6: pods of nobody with the same labels are one workload, wherever they run", () => {
  const bare = (count: number) =>
    Array.from({ length: count }, (_, i) => ({
      ...pod(`p${i}`, { node: `node-${1 + (i % 3)}`, ip: `10.244.1.${i}` }),
      metadata: {
        ...pod(`p${i}`).metadata,
        labels: { app: "many", "topology.kubernetes.io/zone": `zone-${i % 3}` },
      },
    }));
  const many = topologyOf(inputOf({ pods: bare(13) }), NONE);
  expect(many.groups.map(({ key, kind, name, total }) => [key, kind, name, total])).toEqual([
    ["default/app=many", "Pod", "app=many", 13],
  ]);
  expect(topologyOf(inputOf({ pods: bare(12) }), NONE).pods).toHaveLength(12);
});

test("CAN-7: the Service card counts what its selector matches and what gets traffic", () => {
  const a = pod("a", { node: "node-1", ip: "10.244.1.5" });
  const b = pod("b", { node: "node-2", ip: "10.244.2.5", ready: false });
  const other = pod("c", { node: "node-2", ip: "10.244.2.6", app: "other" });
  const { card } = topologyOf(
    inputOf({ pods: [a, b, other], services: [service("web")], slices: [slice("web", [a, b])] }),
    NONE,
  ).services[0]!;
  expect(card).toEqual({
    type: "service",
    id: "svc/default/web",
    key: "default/web",
    name: "web",
    namespace: "default",
    serviceType: "ClusterIP",
    headless: false,
    clusterIP: "10.96.0.50",
    ports: [{ port: 80, target: "8080", protocol: "TCP" }],
    selector: ["app=kubia"],
    ready: 1,
    total: 2,
    looks: [
      { state: "ready", restarts: 0 },
      { state: "notReady", restarts: 0 },
    ],
    affinity: false,
    externalLocal: false,
  });
});

test("CAN-8: clients find their card by address, name or Ingress host", () => {
  const a = pod("a", { node: "node-1", ip: "10.244.1.5" });
  const web = service("web", {
    type: "NodePort",
    ports: [{ port: 80, targetPort: 8080, nodePort: 30123, protocol: "TCP" }],
  });
  const outside = { kind: "outside", ip: "198.51.100.7" } as const;
  const inside = { kind: "pod", namespace: "default", name: "a" } as const;
  const lines = edgeLines(
    inputOf({
      pods: [a],
      services: [web],
      ingresses: [ingress("site", "*.example.com", "web")],
      clients: [
        client("node", outside, "http://203.0.113.12:30123/"),
        client("wild", outside, "https://shop.example.com/x"),
        client("name", inside, "http://web.default.svc.cluster.local/"),
        client("address", inside, "http://10.96.0.50:80/"),
        client("pod", inside, "10.244.1.5:8080"),
        client("lost", outside, "http://web/"),
      ],
    }),
  );
  expect(lines.filter((line) => line.startsWith("client/"))).toEqual([
    "client/node > door/node-2 traffic",
    "client/wild > ingress/default/site traffic",
    "client/name > svc/default/web traffic",
    "client/address > svc/default/web traffic",
    "client/pod > pod/default/a traffic",
  ]);
});

test("CAN-9: more than four doors are one stack", () => {
  const nodes = [1, 2, 3, 4, 5].map(node);
  const web = service("web", {
    type: "NodePort",
    ports: [{ port: 80, targetPort: 8080, nodePort: 30123, protocol: "TCP" }],
  });
  const { doors } = topologyOf({ ...inputOf({ nodes, services: [web] }), stoppedNodes: ["node-4"] }, NONE);
  expect(doors).toEqual([
    { type: "door", id: "doors", node: "", ip: "", ports: [30123], count: 5, nodeUp: false },
  ]);
});

test("CAN-41: a headless Service and an external name are only looked up; packets go past them", () => {
  const a = pod("a", { node: "node-1", ip: "10.244.1.5" });
  const input = inputOf({
    pods: [a],
    services: [
      service("headless", { clusterIP: "None" }),
      service("ext", { type: "ExternalName", externalName: "api.example.com", clusterIP: undefined }),
    ],
    slices: [slice("headless", [a])],
    clients: [client("in", { kind: "pod", namespace: "default", name: "a" }, "http://headless:8080/")],
  });
  const place = { kind: "pod", namespace: "default", name: "a" } as const;
  const targets = [{ kind: "internet", ip: "11.11.11.11" } as const];
  const seen = new Map([["pod/default/a", { place, program: "curl", targets }]]);
  expect(edgeLines({ ...input, seen })).toEqual([
    "svc/default/headless > pod/default/a lookup",
    "svc/default/ext > target/default/ext lookup",
    "client/in > svc/default/headless lookup",
    "client/in > target/default/ext traffic",
  ]);
});

test("CAN-42: a pod's card knows which part of its name was made up, and only of those that have one", () => {
  const made = pod("kubia-x7k2p", { node: "node-1" });
  const pods = [{ ...made, metadata: { ...made.metadata, generateName: "kubia-" } }, pod("bad-image")];
  expect(pods.map((each) => podCard(each, each.metadata.name, false, false).generated)).toEqual([
    "x7k2p",
    undefined,
  ]);
});
