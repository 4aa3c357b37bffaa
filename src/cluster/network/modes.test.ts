import { expect, test } from "vitest";
import { endpoint, httpPort, lab, service, slice, type Lab } from "./testing/lab.ts";

function world(proxyMode: "iptables" | "nftables" | "ipvs"): Lab {
  const made = lab({ proxyMode });
  const ip = made.pod("web", "node-2");
  made.pod("client", "node-1");
  made.put("Service", service("web", { type: "NodePort", ports: [{ ...httpPort, nodePort: 30123 }] }));
  made.put("EndpointSlice", slice("web", [endpoint(ip, "web", "node-2")]));
  made.run(2000);
  return made;
}

test("PROXY-17: nftables refuses ports that the Service has not, and node ports at 127.0.0.1", () => {
  const made = world("nftables");
  expect(made.get("pod:client", "10.96.1.1:80")).toBe("web 10.244.1.2");
  expect(made.get("pod:client", "10.96.1.1:8080")).toBe("refused");
  expect(made.get("node:node-1", "10.96.1.1:8080")).toBe("refused");
  expect(made.get("pod:client", "10.96.200.200:80")).toBe("timeout");
  expect(made.get("node:node-1", "192.168.8.11:30123")).toBe("web 192.168.8.11");
  expect(made.get("node:node-1", "127.0.0.1:30123")).toBe("refused");
});

test("PROXY-17: nftables refuses no port of an address that is not a cluster IP: the packet goes on to the load balancer", () => {
  const made = world("nftables");
  made.put(
    "Service",
    service("web", { type: "LoadBalancer", externalIPs: ["198.51.100.9"] }, "203.0.113.110"),
  );
  made.run(2000);
  expect(made.get("pod:client", "203.0.113.110:80")).toBe("web 192.168.8.11");
  for (const ip of ["203.0.113.110", "198.51.100.9"]) {
    expect(made.get("pod:client", `${ip}:8080`)).toBe("timeout");
    expect(made.ping("pod:client", ip)).toMatchObject({ outcome: "timeout" });
  }
});

test("PROXY-18: a ping to a cluster IP is lost with iptables, told to be unreachable with nftables, answered with ipvs", () => {
  expect(world("iptables").ping("pod:client", "10.96.1.1")).toMatchObject({ outcome: "timeout" });
  const made = world("nftables");
  expect(made.ping("pod:client", "10.96.1.1")).toMatchObject({ outcome: "unreachable", from: "10.244.1.1" });
  expect(made.ping("node:node-1", "10.96.1.1")).toMatchObject({
    outcome: "unreachable",
    from: "192.168.8.11",
  });
  // The node's own filters reject what it sends itself, also to addresses of no Service, without a word.
  expect(made.ping("node:node-1", "10.96.1.1")).toMatchObject({ notSent: true });
  expect(made.ping("node:node-1", "10.96.200.200")).toMatchObject({ outcome: "timeout", notSent: true });
  expect(made.ping("pod:client", "10.96.1.1")).not.toHaveProperty("notSent");
  expect(world("ipvs").ping("pod:client", "10.96.1.1")).toMatchObject({ outcome: "answer" });
});
