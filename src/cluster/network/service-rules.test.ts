import { expect, test } from "vitest";
import type { Endpoint } from "#api/endpointslice/types";
import { endpoint, httpPort, lab, service, slice, type Lab } from "./testing/lab.ts";

const WEB = "10.96.1.1:80";
const nodePorts = [{ ...httpPort, nodePort: 30123 }];

interface World extends Lab {
  ips: string[];
  /** Replaces the slice's endpoints by those pods, all ready or as said, and waits until every node knows. */
  endpoints: (...items: [pod: number, conditions?: Partial<Endpoint>][]) => void;
  seen: (from: string, to: string, times?: number) => string[];
}

/** web-1 .. web-3 on node-1 .. node-3, a client pod on node-1, an outside client. */
function world(spec: Parameters<typeof service>[1] = {}, lbIp?: string): World {
  const made = lab();
  const ips = [1, 2, 3].map((index) => made.pod(`web-${index}`, `node-${index}`));
  made.pod("client", "node-1");
  made.context.network.addOutsideHost("ann", "198.51.100.7");
  made.put("Service", service("web", spec, lbIp));
  const endpoints: World["endpoints"] = (...items) => {
    const list = items.map(([pod, more]) => endpoint(ips[pod - 1]!, `web-${pod}`, `node-${pod}`, more));
    made.put("EndpointSlice", slice("web", list));
    made.run(2000);
  };
  endpoints([1], [2], [3]);
  const seen: World["seen"] = (from, to, times = 40) => {
    const names = Array.from({ length: times }, () => made.get(from, to, { timeoutMs: 500 }).split(" ")[0]!);
    return [...new Set(names)].sort();
  };
  return { ...made, ips, endpoints, seen };
}

const notReady = { conditions: { ready: false, serving: false, terminating: false } };
const terminating = { conditions: { ready: false, serving: true, terminating: true } };

test("PROXY-1: only ready endpoints get new connections", () => {
  const { seen, endpoints } = world();
  expect(seen("pod:client", WEB)).toEqual(["web-1", "web-2", "web-3"]);
  endpoints([1, notReady], [2], [3, terminating]);
  expect(seen("pod:client", WEB)).toEqual(["web-2"]);
});

test("PROXY-2: terminating endpoints that still serve are the last resort", () => {
  const { seen, endpoints } = world();
  endpoints([1, notReady], [3, terminating]);
  expect(seen("pod:client", WEB)).toEqual(["web-3"]);
});

test("PROXY-3: without any endpoint everything is refused at once: cluster IP, node port, load balancer", () => {
  const made = world({ type: "LoadBalancer", ports: nodePorts }, "203.0.113.110");
  made.endpoints([1, notReady]);
  for (const [from, to] of [
    ["pod:client", WEB],
    ["node:node-2", WEB],
    ["outside:ann", "192.168.8.12:30123"],
    ["node:node-2", "127.0.0.1:30123"],
    ["node:node-2", "192.168.8.12:30123"],
    ["outside:ann", "203.0.113.110:80"],
    ["pod:client", "203.0.113.110:80"],
  ] as const) {
    expect([from, to, made.get(from, to)]).toEqual([from, to, "refused"]);
  }
  expect(made.send("pod:client", WEB).outcome).toBe("timeout");
});

test("PROXY-4: a port that the Service has not, and an address that no Service has, swallow packets", () => {
  const made = world({ ports: nodePorts, type: "NodePort" });
  for (const to of ["10.96.1.1:8080", "10.96.1.1:30123", "10.96.200.200:80"]) {
    expect(made.get("pod:client", to)).toBe("timeout");
    expect(made.get("node:node-1", to)).toBe("timeout");
  }
});

test("PROXY-5: internalTrafficPolicy Local: dropped on a node without an endpoint, refused where there is none at all", () => {
  const { seen, endpoints } = world({ internalTrafficPolicy: "Local" });
  expect(seen("pod:client", WEB)).toEqual(["web-1"]);
  expect(seen("node:node-3", WEB)).toEqual(["web-3"]);
  endpoints([2]);
  expect(seen("pod:client", WEB, 1)).toEqual(["timeout"]);
  endpoints([1, terminating], [2]);
  expect(seen("pod:client", WEB)).toEqual(["web-1"]);
  endpoints();
  expect(seen("pod:client", WEB, 1)).toEqual(["refused"]);
});

test("PROXY-6: externalTrafficPolicy Local: from outside only the entered node's endpoints, else dropped", () => {
  const { seen, endpoints } = world({ type: "NodePort", ports: nodePorts, externalTrafficPolicy: "Local" });
  expect(seen("outside:ann", "192.168.8.12:30123")).toEqual(["web-2"]);
  expect(seen("pod:client", WEB)).toEqual(["web-1", "web-2", "web-3"]);
  expect(seen("node:node-3", "127.0.0.1:30123")).toEqual(["web-1", "web-2", "web-3"]);
  expect(seen("pod:client", "192.168.8.11:30123")).toEqual(["web-1", "web-2", "web-3"]);
  endpoints([1]);
  expect(seen("outside:ann", "192.168.8.12:30123", 1)).toEqual(["timeout"]);
  expect(seen("outside:ann", "192.168.8.11:30123", 1)).toEqual(["web-1"]);
  endpoints();
  expect(seen("outside:ann", "192.168.8.12:30123", 1)).toEqual(["refused"]);
});

test("PROXY-7: loadBalancerSourceRanges drop all others, pods and nodes too, at the load balancer's address only", () => {
  const spec = { type: "LoadBalancer", ports: nodePorts } as const;
  const made = world({ ...spec, loadBalancerSourceRanges: ["198.51.100.0/29"] }, "203.0.113.110");
  made.context.network.addOutsideHost("bob", "198.51.100.8");
  expect(made.seen("outside:ann", "203.0.113.110:80")).toEqual(["web-1", "web-2", "web-3"]);
  expect(made.seen("outside:bob", "203.0.113.110:80", 1)).toEqual(["timeout"]);
  expect(made.seen("pod:client", "203.0.113.110:80", 1)).toEqual(["timeout"]);
  expect(made.seen("node:node-1", "203.0.113.110:80", 1)).toEqual(["timeout"]);
  expect(made.seen("outside:bob", "192.168.8.11:30123")).toEqual(["web-1", "web-2", "web-3"]);
});

test("PROXY-8: a load balancer needs no node port, and gets no rule if it is a proxy of its own", () => {
  const made = world({ type: "LoadBalancer", allocateLoadBalancerNodePorts: false }, "203.0.113.110");
  expect(made.seen("outside:ann", "203.0.113.110:80")).toEqual(["web-1", "web-2", "web-3"]);
  const proxied = service("web", { type: "LoadBalancer" });
  proxied.status.loadBalancer = { ingress: [{ ip: "203.0.113.110", ipMode: "Proxy" }] };
  made.put("Service", proxied);
  made.run(2000);
  expect(made.seen("outside:ann", "203.0.113.110:80", 1)).toEqual(["timeout"]);
});

test("PROXY-9: ClientIP affinity is kept by each node for the client's address, renewed by every connection", () => {
  const sessionAffinityConfig = { clientIP: { timeoutSeconds: 10 } };
  const made = world({ sessionAffinity: "ClientIP", sessionAffinityConfig });
  const first = made.seen("pod:client", WEB, 20);
  expect(first.length).toBe(1);
  for (let round = 0; round < 5; round++) {
    made.run(9000);
    expect(made.seen("pod:client", WEB, 1)).toEqual(first);
  }
  const after = new Set<string>();
  for (let round = 0; round < 20; round++) {
    made.run(10_001);
    for (const name of made.seen("pod:client", WEB, 1)) after.add(name);
  }
  expect([...after].sort()).toEqual(["web-1", "web-2", "web-3"]);
  const nodes = new Set(["node-1", "node-2", "node-3"].flatMap((node) => made.seen(`node:${node}`, WEB, 10)));
  expect(nodes.size).toBeGreaterThan(1);
});

test("PROXY-10: affinity to an endpoint that goes moves to another one and stays there when it comes back", () => {
  const made = world({ sessionAffinity: "ClientIP" });
  const [first] = made.seen("pod:client", WEB, 10);
  const others = ([1, 2, 3] as const).filter((index) => `web-${index}` !== first);
  made.endpoints(...others.map((index): [number] => [index]));
  const second = made.seen("pod:client", WEB, 10);
  expect(second.length).toBe(1);
  expect(second).not.toEqual([first]);
  made.endpoints([1], [2], [3]);
  expect(made.seen("pod:client", WEB, 10)).toEqual(second);
});

test("PROXY-10: affinity to an endpoint that was not ready for a while is forgotten", () => {
  const made = world({ sessionAffinity: "ClientIP" });
  const seen = new Set<string>();
  for (let round = 0; round < 20; round++) {
    const [name] = made.seen("pod:client", WEB, 1);
    seen.add(name!);
    made.endpoints(...[1, 2, 3].map((pod): [number, object] => [pod, `web-${pod}` === name ? notReady : {}]));
    made.endpoints([1], [2], [3]);
  }
  expect([...seen].sort()).toEqual(["web-1", "web-2", "web-3"]);
});

test("PROXY-11: hints keep traffic in the zone, or on the node, if every ready endpoint has them", () => {
  const made = world();
  const zone = (name: string) => ({ hints: { forZones: [{ name }] } });
  made.endpoints([1, zone("zone-a")], [2, zone("zone-b")], [3, zone("zone-c")]);
  expect(made.seen("pod:client", WEB)).toEqual(["web-1"]);
  expect(made.seen("node:node-3", WEB)).toEqual(["web-3"]);
  made.endpoints([1, zone("zone-a")], [2, zone("zone-b")], [3]);
  expect(made.seen("pod:client", WEB)).toEqual(["web-1", "web-2", "web-3"]);
  made.endpoints([2, zone("zone-b")], [3, zone("zone-c")]);
  expect(made.seen("pod:client", WEB)).toEqual(["web-2", "web-3"]);
  const node = (name: string) => ({ hints: { forNodes: [{ name }], forZones: [{ name: "zone-a" }] } });
  made.endpoints([1, node("node-1")], [2, node("node-2")], [3, node("node-3")]);
  expect(made.seen("node:node-2", WEB)).toEqual(["web-2"]);
});

test("PROXY-11: a node that loses its zone has no hints for it", () => {
  const made = world();
  const zone = (name: string) => ({ hints: { forZones: [{ name }] } });
  made.endpoints([1, zone("zone-a")], [2, zone("zone-b")], [3, zone("zone-c")]);
  expect(made.seen("pod:client", WEB)).toEqual(["web-1"]);
  const [node] = made.nodes;
  made.put("Node", { ...node!, metadata: { ...node!.metadata, labels: {} } });
  made.run(2000);
  expect(made.seen("pod:client", WEB)).toEqual(["web-1", "web-2", "web-3"]);
});

test("PROXY-12: a port's name leads to the number that each pod has under it; unresolved ones get nothing", () => {
  const made = world();
  const other = made.pod("old", "node-2", { port: 9090 });
  const [first] = made.ips;
  made.endpoints([1]);
  const second = slice(
    "web",
    [endpoint(other, "old", "node-2")],
    [{ name: "", protocol: "TCP", port: 9090 }],
  );
  made.put("EndpointSlice", { ...second, metadata: { ...second.metadata, name: "web-2" } });
  made.run(2000);
  expect(made.seen("pod:client", WEB)).toEqual(["old", "web-1"]);
  made.put("EndpointSlice", { ...second, metadata: { ...second.metadata, name: "web-2" }, ports: [] });
  made.put("EndpointSlice", slice("web", [endpoint(first!, "web-1", "node-1")], []));
  made.run(2000);
  expect(made.seen("pod:client", WEB, 1)).toEqual(["refused"]);
});

test("PROXY-13: manual endpoints lead out of the cluster; conditions that are not set mean ready", () => {
  const made = world();
  const addresses = ["198.51.100.80", "11.11.11.11"];
  const bare = addresses.map((address): Endpoint => ({ addresses: [address], conditions: {} }));
  made.put("EndpointSlice", slice("web", bare, [{ name: "", port: 80 }]));
  made.run(2000);
  expect(made.seen("pod:client", WEB)).toEqual(["internet", "timeout"]);
});

test("PROXY-14: rules follow a change 0.1 to 1.1 s later, on each node at a moment of its own", () => {
  const made = world();
  const times: number[] = [];
  for (let round = 0; round < 30; round++) {
    made.put("EndpointSlice", slice("web", round % 2 ? [endpoint(made.ips[0]!, "web-1", "node-1")] : []));
    const start = made.machine.state.now;
    const wanted = round % 2 ? "connected" : "refused";
    for (const node of ["node-1", "node-2", "node-3"]) {
      made.run(Math.max(0, start - made.machine.state.now));
      while (made.connect(`node:${node}`, WEB).outcome !== wanted) made.run(10);
      times.push(made.machine.state.now - start);
    }
    made.run(2000);
  }
  const first = times.filter((_time, index) => index % 3 === 0);
  expect(Math.min(...first)).toBeGreaterThanOrEqual(100);
  expect(Math.max(...times)).toBeLessThan(1150);
  expect(Math.max(...first) - Math.min(...first)).toBeGreaterThan(500);
});

test("PROXY-15: the health check port of a Local Service says how many endpoints its node has", () => {
  const spec = { type: "LoadBalancer", externalTrafficPolicy: "Local", healthCheckNodePort: 31999 } as const;
  const made = world(spec, "203.0.113.110");
  made.endpoints([1], [2, terminating]);
  const ask = (node: string) => {
    const connected = made.connect("outside:ann", `${node}:31999`);
    return connected.outcome === "connected" ? made.exchange(connected.connection) : connected;
  };
  expect(ask("192.168.8.11")).toMatchObject({
    status: 200,
    headers: { "Content-Type": "application/json", "X-Load-Balancing-Endpoint-Weight": "1" },
    body: '{\n\t"service": {\n\t\t"namespace": "default",\n\t\t"name": "web"\n\t},\n\t"localEndpoints": 1,\n\t"serviceProxyHealthy": true\n}',
  });
  expect(ask("192.168.8.12")).toMatchObject({ status: 503 });
  expect(made.seen("outside:ann", "203.0.113.110:80")).toEqual(["web-1"]);
  made.put("Service", service("web", { type: "ClusterIP" }));
  made.run(2000);
  expect(ask("192.168.8.11")).toMatchObject({ outcome: "refused" });
});

test("PROXY-16: a Service that goes takes its rules along; headless ones and ExternalName have none", () => {
  const made = world({ type: "NodePort", ports: nodePorts });
  made.remove("Service", service("web", {}));
  made.run(2000);
  expect(made.get("pod:client", WEB)).toBe("timeout");
  expect(made.get("outside:ann", "192.168.8.11:30123")).toBe("refused");
  const without = [{ clusterIP: "None" }, { type: "ExternalName", externalName: "example.com" }] as const;
  for (const spec of without) {
    made.put("Service", service("web", {}));
    made.run(2000);
    expect(made.get("pod:client", WEB)).toMatch(/^web-/);
    made.put("Service", service("web", spec));
    made.run(2000);
    expect(made.get("pod:client", WEB)).toBe("timeout");
  }
});
