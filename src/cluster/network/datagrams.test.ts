import { expect, test } from "vitest";
import type { NetworkState } from "./state.ts";
import { drawn, endpoint, lab, service, slice, type Lab } from "./testing/lab.ts";

const WEB = "10.96.1.1:81";
const udpPort = { protocol: "UDP", port: 81, targetPort: 8080, nodePort: 30181 } as const;

interface World extends Lab {
  endpoints: (...names: string[]) => void;
}

function world(): World {
  const made = lab();
  const ips = new Map(["web-1", "web-2"].map((name, index) => [name, made.pod(name, `node-${index + 1}`)]));
  made.pod("client", "node-3");
  made.context.network.addOutsideHost("ann", "198.51.100.7");
  made.put("Service", service("web", { type: "NodePort", ports: [udpPort] }));
  const endpoints = (...names: string[]): void => {
    const list = names.map((name) => endpoint(ips.get(name)!, name, `node-${name.at(-1)}`));
    made.put("EndpointSlice", slice("web", list, [{ name: "", protocol: "UDP", port: 8080 }]));
    made.run(2000);
  };
  endpoints("web-1", "web-2");
  return { ...made, endpoints };
}

function answers(made: Lab, from: string, to: string, sourcePort?: number): string[] {
  const seen = Array.from({ length: 20 }, () => {
    const answer = made.send(from, to, sourcePort === undefined ? {} : { sourcePort });
    return answer.outcome === "answer" ? answer.payload : answer.outcome;
  });
  return [...new Set(seen)].sort();
}

test("NET-31: datagrams go directly, through a Service and through a node port, and their answers come back", () => {
  const made = world();
  expect(answers(made, "pod:client", "10.244.1.2:8080")).toEqual(["web-1"]);
  expect(answers(made, "pod:client", WEB)).toEqual(["web-1", "web-2"]);
  expect(answers(made, "outside:ann", "192.168.8.13:30181")).toEqual(["web-1", "web-2"]);
});

test("NET-32: refused at once without endpoints or listener; a port that the Service has not times out", () => {
  const made = world();
  expect(answers(made, "pod:client", "10.244.1.2:8082")).toEqual(["refused"]);
  expect(made.send("pod:client", "10.96.1.1:80")).toEqual({ outcome: "timeout", elapsedMs: 1000 });
  made.endpoints();
  expect(answers(made, "pod:client", WEB)).toEqual(["refused"]);
});

test("NET-33: a flow from one source port stays with its endpoint until that serves no more", () => {
  const made = world();
  made.endpoints("web-1");
  expect(answers(made, "pod:client", WEB, 40404)).toEqual(["web-1"]);
  made.endpoints("web-1", "web-2");
  expect(answers(made, "pod:client", WEB, 40404)).toEqual(["web-1"]);
  expect(answers(made, "pod:client", WEB)).toEqual(["web-1", "web-2"]);
  made.endpoints("web-2");
  expect(answers(made, "pod:client", WEB, 40404)).toEqual(["web-2"]);
  made.endpoints();
  expect(answers(made, "pod:client", WEB, 40404)).toEqual(["refused"]);
});

test("NET-45: a load balancer sends the datagrams of one flow to one node", () => {
  const made = world();
  const spec = { type: "LoadBalancer", clusterIP: "10.96.1.5", ports: [udpPort] } as const;
  made.put("Service", service("lb", { ...spec, ports: [...spec.ports] }, "203.0.113.110"));
  const ips = ["10.244.1.2", "10.244.2.2"];
  const list = ips.map((ip, index) => endpoint(ip, `web-${index + 1}`, `node-${index + 1}`));
  made.put("EndpointSlice", slice("lb", list, [{ name: "", protocol: "UDP", port: 8080 }]));
  made.run(2000);
  expect(answers(made, "outside:ann", "203.0.113.110:81")).toEqual(["web-1", "web-2"]);
  for (const port of [40404, 40405, 40406]) {
    expect(answers(made, "outside:ann", "203.0.113.110:81", port).length).toBe(1);
  }
});

test("NET-34: a flow that rests is forgotten", () => {
  const made = world();
  made.endpoints("web-1");
  expect(answers(made, "pod:client", WEB, 40404)).toEqual(["web-1"]);
  made.endpoints("web-1", "web-2");
  const seen = new Set<string>();
  for (let round = 0; round < 20; round++) {
    made.run(121_000);
    const answer = made.send("pod:client", WEB, { sourcePort: 40404 });
    if (answer.outcome === "answer") seen.add(answer.payload);
  }
  expect([...seen].sort()).toEqual(["web-1", "web-2"]);
  for (const sourcePort of [40405, 40406, 40407]) {
    made.run(121_000);
    made.send("pod:client", WEB, { sourcePort });
  }
  expect(made.machine.enter<NetworkState>("network").state.udpFlows.size).toBe(1);
});

test("NET-35: a datagram's journey has legs there and back", () => {
  const made = world();
  made.endpoints("web-1");
  const journey = made.begin("pod:client");
  made.send("pod:client", WEB, { journey } as never);
  expect(drawn(made.journey(journey).legs, "connect")).toEqual([
    "client > web-1 via default/web 0.12",
    "web-1 > client via default/web 0.12",
  ]);
  expect(made.journey(journey).steps.map(({ step }) => step)).toEqual([
    "service",
    "endpoints",
    "choice",
    "rewrite",
    "socket",
    "rewrite",
  ]);
});

test("NET-36: ping is answered by pods and nodes with their distance, by nobody at Service addresses", () => {
  const made = world();
  made.pod("near", "node-3");
  const ttl = (from: string, ip: string) => {
    const answer = made.ping(from, ip);
    return answer["outcome"] === "answer" ? answer["ttl"] : answer["outcome"];
  };
  expect(ttl("pod:client", "10.244.1.2")).toBe(62);
  expect(ttl("node:node-3", "10.244.1.2")).toBe(63);
  expect(ttl("pod:client", "192.168.8.13")).toBe(64);
  expect(ttl("pod:client", "10.244.3.3")).toBe(63);
  expect(ttl("pod:client", "10.96.1.1")).toBe("timeout");
  expect(ttl("node:node-1", "10.96.1.1")).toBe("timeout");
  expect(ttl("pod:client", "10.244.1.99")).toBe("timeout");
  expect(ttl("outside:ann", "10.244.1.2")).toBe("timeout");
  expect(ttl("outside:ann", "192.168.8.11")).toBe(63);
  made.context.network.setNodeUp("node-1", false);
  expect(ttl("pod:client", "10.244.1.2")).toBe("timeout");
});
