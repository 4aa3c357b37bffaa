import { expect, test } from "vitest";
import type { Endpoint } from "#api/endpointslice/types";
import { endpoint, httpPort, lab, service, slice } from "../network/testing/lab.ts";
import { clusterChoice, localChoice, type PortRule } from "../network/rules.ts";
import { rulesOf } from "./rules.ts";

const addresses = (rule: PortRule) => rule.endpoints.map(({ address }) => address);

test("PROXY-19: a rule for each port, with the endpoints whose port has its name and protocol", () => {
  const ports = [
    { ...httpPort, name: "http" },
    { name: "dns", protocol: "UDP", port: 53, targetPort: 5353 },
    { name: "dns-tcp", protocol: "TCP", port: 53, targetPort: "dns" },
  ] as const;
  const web = service("web", { ports: [...ports] });
  const both = slice(
    "web",
    [endpoint("10.244.1.2", "a", "node-1")],
    [
      { name: "http", port: 8080 },
      { name: "dns", protocol: "UDP", port: 5353 },
    ],
  );
  const rules = rulesOf(web, [both]);
  expect(rules.map((rule) => [rule.key, rule.port, addresses(rule), rule.cluster.pool])).toEqual([
    ["default/web:http/TCP", 80, ["10.244.1.2:8080"], "ready"],
    ["default/web:dns/UDP", 53, ["10.244.1.2:5353"], "ready"],
    ["default/web:dns-tcp/TCP", 53, ["10.244.1.2"], "none"],
  ]);
  expect(rules[2]!.endpoints[0]).toMatchObject({ unresolved: true, pod: "a", node: "node-1" });
});

test("PROXY-20: headless Services and ExternalName make no rules; IPv6 and FQDN slices no endpoints", () => {
  expect(rulesOf(service("web", { clusterIP: "None" }), [])).toEqual([]);
  expect(rulesOf(service("web", { type: "ExternalName", clusterIP: "" }), [])).toEqual([]);
  const six = { ...slice("web", [endpoint("fd00::1", "a", "node-1")]), addressType: "IPv6" as const };
  expect(rulesOf(service("web", {}), [six])[0]!.endpoints).toEqual([]);
});

test("PROXY-21: an address that stands in two slices counts once, ready if it is ready in one", () => {
  const old = endpoint("10.244.1.2", "a", "node-1", { conditions: { ready: false } });
  const first = slice("web", [old]);
  const second = slice("web", [endpoint("10.244.1.2", "a", "node-1"), endpoint("10.244.1.3", "b", "node-1")]);
  const [rule] = rulesOf(service("web", {}), [first, second]);
  expect(rule!.cluster.endpoints.map(({ address }) => address)).toEqual([
    "10.244.1.2:8080",
    "10.244.1.3:8080",
  ]);
});

test("PROXY-22: publishNotReadyAddresses' endpoints are ready whether they serve or not", () => {
  const conditions = { ready: true, serving: false, terminating: false };
  const [rule] = rulesOf(service("web", {}), [
    slice("web", [endpoint("10.244.1.2", "a", "node-1", { conditions })]),
  ]);
  expect(rule!.cluster).toMatchObject({ pool: "ready", endpoints: [{ address: "10.244.1.2:8080" }] });
});

test("PROXY-13: an endpoint that only says that it terminates still serves, and is the last resort", () => {
  const conditions = { ready: false, terminating: true };
  const [rule] = rulesOf(service("web", {}), [
    slice("web", [endpoint("10.244.1.2", "a", "node-1", { conditions })]),
  ]);
  expect(rule!.cluster).toMatchObject({ pool: "terminating", endpoints: [{ address: "10.244.1.2:8080" }] });
});

/** A few hundred random slices, each checked against what the traffic policies promise. */
test("PROXY-23: whatever the endpoints, no choice holds one that must not be used", () => {
  let seed = 7;
  const chance = (limit: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((seed / 2 ** 32) * limit);
  };
  for (let round = 0; round < 500; round++) {
    const endpoints = Array.from({ length: chance(7) }, (_item, index): Endpoint => {
      const terminating = chance(3) === 0;
      const serving = chance(3) > 0;
      const zone = `zone-${"ab"[chance(2)]}`;
      return endpoint(`10.244.1.${index + 2}`, `p${index}`, `node-${1 + chance(3)}`, {
        conditions: { ready: serving && !terminating, serving, terminating },
        ...(chance(4) > 0 && { hints: { forZones: [{ name: zone }] } }),
      });
    });
    const [rule] = rulesOf(service("web", {}), [slice("web", endpoints)]);
    const usable = rule!.endpoints.filter((item) => item.ready || (item.serving && item.terminating));
    const anyReady = usable.some((item) => item.ready);
    for (const node of ["node-1", "node-2", "node-3"]) {
      const near = usable.filter((item) => item.node === node);
      const local = localChoice(rule!, node);
      const wanted = near.some((item) => item.ready) ? near.filter((item) => item.ready) : near;
      expect(local.endpoints).toEqual(wanted);
      for (const zone of ["zone-a", "zone-b", undefined]) {
        const { endpoints: chosen, pool } = clusterChoice(rule!, node, zone);
        expect(chosen.length > 0).toBe(usable.length > 0);
        expect(pool).toBe(anyReady ? "ready" : usable.length > 0 ? "terminating" : "none");
        expect(chosen.every((item) => usable.includes(item) && item.ready === anyReady)).toBe(true);
        if (pool !== "ready") continue;
        const hinted = rule!.cluster.endpoints.every((item) => item.hintZones);
        const mine = rule!.cluster.endpoints.filter((item) => zone && item.hintZones?.includes(zone));
        expect(chosen).toEqual(hinted && mine.length > 0 ? mine : rule!.cluster.endpoints);
      }
    }
  }
});

test("PROXY-24: a node that joins gets the rules of all Services", () => {
  const made = lab();
  const ip = made.pod("web", "node-1");
  const late = made.nodes[1]!;
  made.remove("Node", late);
  made.run(100);
  made.put("Service", service("web", {}));
  made.put("EndpointSlice", slice("web", [endpoint(ip, "web", "node-1")]));
  made.run(2000);
  expect(made.get("node:node-1", "10.96.1.1:80")).toBe("web 10.244.1.1");
  expect(made.get("node:node-2", "10.96.1.1:80")).toBe("timeout");
  made.put("Node", late);
  made.run(2000);
  expect(made.get("node:node-2", "10.96.1.1:80")).toBe("web 192.168.8.12");
});

test("PROXY-24: without its Node a kube-proxy leaves the rules as they are, and catches up when there is one again", () => {
  const made = lab();
  const ip = made.pod("web", "node-1");
  const web = service("web", {});
  const node = made.nodes[1]!;
  made.put("Service", web);
  made.put("EndpointSlice", slice("web", [endpoint(ip, "web", "node-1")]));
  made.run(2000);
  made.remove("Node", node);
  made.remove("Service", web);
  made.run(2000);
  expect(made.get("node:node-1", "10.96.1.1:80")).toBe("timeout");
  expect(made.get("node:node-2", "10.96.1.1:80")).toBe("web 192.168.8.12");
  made.put("Node", node);
  made.run(2000);
  expect(made.get("node:node-2", "10.96.1.1:80")).toBe("timeout");
});

test("PROXY-25: a Service that takes an address over from another keeps it when that one goes", () => {
  const made = lab();
  const ip = made.pod("web", "node-1");
  const externalIPs = ["192.168.8.11"];
  for (const name of ["first", "second"]) {
    made.put("Service", service(name, { clusterIP: `10.96.1.${name.length}`, externalIPs }));
    made.put("EndpointSlice", slice(name, [endpoint(ip, "web", "node-1")]));
    made.run(2000);
  }
  made.remove("Service", service("first", {}));
  made.run(2000);
  expect(made.get("node:node-2", "192.168.8.11:80")).toMatch(/^web /);
});
