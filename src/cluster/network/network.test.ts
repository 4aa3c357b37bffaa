import { expect, test } from "vitest";
import { formatIp, parseIp } from "#base/ipv4";
import { WORLD } from "../settings.ts";
import { drawn, endpoint, httpPort, lab, service, slice, type Lab } from "./testing/lab.ts";

const WEB = "10.96.1.1:80";

/** web-1 on node-1 and web-2 on node-2 behind Service web, and a client pod on node-3. */
function world(spec: Parameters<typeof service>[1] = {}, lbIp?: string): Lab & { ips: string[] } {
  const made = lab({ hopMs: 100 });
  const ips = [made.pod("web-1", "node-1"), made.pod("web-2", "node-2"), made.pod("client", "node-3")];
  made.put("Service", service("web", spec, lbIp));
  made.put(
    "EndpointSlice",
    slice("web", [endpoint(ips[0]!, "web-1", "node-1"), endpoint(ips[1]!, "web-2", "node-2")]),
  );
  made.context.network.addOutsideHost("ann", "198.51.100.7");
  made.run(2000);
  return { ...made, ips };
}

test("NET-1: a pod reaches a Service's pods by its cluster IP and keeps its address", () => {
  const { get } = world();
  const answers = new Set(Array.from({ length: 30 }, () => get("pod:client", WEB)));
  expect([...answers].sort()).toEqual(["web-1 10.244.3.2", "web-2 10.244.3.2"]);
});

test("NET-2: a node port answers at every node, under Cluster with the entered node as client", () => {
  const { get } = world({ type: "NodePort", ports: [{ ...httpPort, nodePort: 30123 }] });
  const seen = new Set(Array.from({ length: 40 }, () => get("outside:ann", "192.168.8.11:30123")));
  expect([...seen].sort()).toEqual(["web-1 10.244.1.1", "web-2 192.168.8.11"]);
  expect(get("outside:ann", "203.0.113.13:30123")).toMatch(/^web-[12] 192\.168\.8\.13$/);
  expect(get("node:node-3", "127.0.0.1:30123")).toMatch(/^web-[12] 192\.168\.8\.13$/);
  expect(get("pod:client", "127.0.0.1:30123")).toBe("refused");
  expect(get("outside:ann", "192.168.8.11:30124")).toBe("refused");
});

test("NET-2: a hundred nodes have addresses of their own, apart from the Ingress controller and load balancers", () => {
  const { context } = lab({ nodeCount: 100 });
  const { first, last } = WORLD.loadBalancerPool;
  const pool = Array.from({ length: parseIp(last)! - parseIp(first)! + 1 }, (_, at) =>
    formatIp(parseIp(first)! + at),
  );
  const nodes = Array.from({ length: 100 }, (_, at) => WORLD.nodeExternalIp(at + 1));
  expect(new Set([...nodes, ...pool, WORLD.ingressIp]).size).toBe(100 + pool.length + 1);
  expect(nodes.map((ip) => parseIp(ip)).includes(undefined)).toBe(false);
  expect(context.network.ipOf("node:node-100")).toBe("192.168.8.110");
});

test("NET-3: a load balancer's address leads to a node for each flow", () => {
  const { get } = world({ type: "LoadBalancer" }, "203.0.113.110");
  const seen = new Set(Array.from({ length: 80 }, () => get("outside:ann", "203.0.113.110:80")));
  expect([...seen].sort()).toEqual([
    "web-1 10.244.1.1",
    "web-1 192.168.8.12",
    "web-1 192.168.8.13",
    "web-2 10.244.2.1",
    "web-2 192.168.8.11",
    "web-2 192.168.8.13",
  ]);
  expect(get("outside:ann", "203.0.113.110:8080")).toBe("timeout");
});

test("NET-4: a request's legs pass client, load balancer, node and pod, and come back the same way", () => {
  const made = world({ type: "LoadBalancer", externalTrafficPolicy: "Local" }, "203.0.113.110");
  made.put("EndpointSlice", slice("web", [endpoint(made.ips[0]!, "web-1", "node-1")]));
  made.run(3000);
  const id = made.begin("outside:ann");
  expect(made.get("outside:ann", "203.0.113.110:80", { journey: id })).toBe("web-1 198.51.100.7");
  expect(drawn(made.journey(id).legs)).toEqual([
    "ann > 203.0.113.110 100",
    "203.0.113.110 > node-1 100",
    "node-1 > web-1 via default/web 3",
    "web-1 > node-1 via default/web 3",
    "node-1 > 203.0.113.110 100",
    "203.0.113.110 > ann 100",
  ]);
});
