import { expect, test } from "vitest";
import { drawn, endpoint, httpPort, lab, service, slice, type Lab } from "./testing/lab.ts";

const WEB = "10.96.1.1:80";

/** web-1 on node-1 is ready, web-2 on node-2 is not; the client runs on node-3. */
function world(spec: Parameters<typeof service>[1] = {}, lbIp?: string): Lab {
  const made = lab({ hopMs: 100 });
  const ips = [made.pod("web-1", "node-1"), made.pod("web-2", "node-2")];
  made.pod("client", "node-3");
  made.context.network.addOutsideHost("ann", "198.51.100.7");
  const conditions = { ready: false, serving: false, terminating: false };
  made.put("Service", service("web", spec, lbIp));
  made.put(
    "EndpointSlice",
    slice("web", [
      endpoint(ips[0]!, "web-1", "node-1"),
      endpoint(ips[1]!, "web-2", "node-2", { conditions }),
    ]),
  );
  made.run(2000);
  return made;
}

const candidates = [
  { address: "10.244.1.2:8080", pod: "web-1", node: "node-1", in: true, reason: "ready" },
  { address: "10.244.2.2:8080", pod: "web-2", node: "node-2", in: false, reason: "notReady" },
];
const pod = (name: string) => ({ kind: "pod", namespace: "default", name });

test("NET-23: a request through a cluster IP tells rule, candidates, choice, rewrites, socket and exchange", () => {
  const made = world();
  const journey = made.begin("pod:client");
  expect(made.get("pod:client", WEB, { journey })).toBe("web-1 10.244.3.2");
  const { legs, steps } = made.journey(journey);
  const start = steps[0]!.at;
  const round = (time: number) => Math.round((time - start) * 1000) / 1000;
  expect(steps.map((step) => ({ ...step, at: round(step.at) }))).toEqual([
    {
      at: 0,
      step: "service",
      service: "default/web",
      port: 80,
      matched: "clusterIP",
      node: "node-3",
      policy: "Cluster",
    },
    { at: 0, step: "endpoints", service: "default/web", candidates, pool: "ready" },
    {
      at: 0,
      step: "choice",
      endpoint: "10.244.1.2:8080",
      pod: "web-1",
      node: "node-1",
      how: "only",
      among: 1,
    },
    {
      at: 0,
      step: "rewrite",
      node: "node-3",
      kind: "DNAT",
      before: { src: "10.244.3.2:32768", dst: WEB },
      after: { src: "10.244.3.2:32768", dst: "10.244.1.2:8080" },
    },
    {
      at: 0.12,
      step: "socket",
      place: pod("web-1"),
      address: "10.244.1.2:8080",
      found: true,
      process: "node app.js",
      listening: ["0.0.0.0:8080"],
    },
    {
      at: 100.24,
      step: "exchange",
      place: pod("web-1"),
      request: { method: "GET", path: "/", headers: { Host: "web" }, peer: "10.244.3.2:32768" },
      response: { status: 200 },
      durationMs: 0,
    },
    {
      at: 200.24,
      step: "rewrite",
      node: "node-3",
      kind: "reverse",
      before: { src: "10.244.1.2:8080", dst: "10.244.3.2:32768" },
      after: { src: WEB, dst: "10.244.3.2:32768" },
    },
  ]);
  expect(legs.map((leg) => ({ ...leg, start: round(leg.start), end: round(leg.end) }))).toEqual([
    {
      from: pod("client"),
      to: pod("web-1"),
      direction: "request",
      purpose: "connect",
      start: 0,
      end: 0.12,
      packet: { src: "10.244.3.2:32768", dst: "10.244.1.2:8080" },
      via: ["default/web"],
    },
    {
      from: pod("web-1"),
      to: pod("client"),
      direction: "response",
      purpose: "connect",
      start: 0.12,
      end: 0.24,
      packet: { src: "10.244.1.2:8080", dst: "10.244.3.2:32768" },
      via: ["default/web"],
    },
    {
      from: pod("client"),
      to: pod("web-1"),
      direction: "request",
      purpose: "data",
      start: 0.24,
      end: 100.24,
      packet: { src: "10.244.3.2:32768", dst: "10.244.1.2:8080" },
      via: ["default/web"],
    },
    {
      from: pod("web-1"),
      to: pod("client"),
      direction: "response",
      purpose: "data",
      start: 100.24,
      end: 200.24,
      packet: { src: "10.244.1.2:8080", dst: "10.244.3.2:32768" },
      via: ["default/web"],
    },
  ]);
});

test("NET-24: at a node port the entered node rewrites both addresses, and back again on the way home", () => {
  const made = world({ type: "NodePort", ports: [{ ...httpPort, name: "http", nodePort: 30123 }] });
  made.put(
    "EndpointSlice",
    slice("web", [endpoint("10.244.1.2", "web-1", "node-1")], [{ name: "http", port: 8080 }]),
  );
  made.run(2000);
  const journey = made.begin("outside:ann");
  made.get("outside:ann", "203.0.113.12:30123", { journey });
  const { legs, steps } = made.journey(journey);
  expect(drawn(legs)).toEqual([
    "ann > node-2 100",
    "node-2 > web-1 via default/web 100",
    "web-1 > node-2 via default/web 100",
    "node-2 > ann 100",
  ]);
  expect(steps[0]).toMatchObject({ portName: "http", port: 80, matched: "nodePort", node: "node-2" });
  const rewrites = steps.filter((step) => step.step === "rewrite");
  const [there, home] = rewrites;
  const client = "198.51.100.7:32768";
  const masked = there!.after.src;
  expect(masked).toMatch(/^192\.168\.8\.12:\d+$/);
  expect(rewrites).toMatchObject([
    {
      kind: "DNAT+SNAT",
      node: "node-2",
      before: { src: client, dst: "203.0.113.12:30123" },
      after: { dst: "10.244.1.2:8080" },
    },
    {
      kind: "reverse",
      node: "node-2",
      before: { src: "10.244.1.2:8080", dst: masked },
      after: { src: "203.0.113.12:30123", dst: client },
    },
  ]);
  expect(home!.at).toBeGreaterThan(there!.at + 300);
  expect(legs.filter(({ purpose }) => purpose === "data").map(({ packet }) => packet)).toEqual([
    { src: client, dst: "203.0.113.12:30123" },
    { src: masked, dst: "10.244.1.2:8080" },
    { src: "10.244.1.2:8080", dst: masked },
    { src: "203.0.113.12:30123", dst: client },
  ]);
});

test("NET-25: a refusal by the rules says so, and where the packet ended", () => {
  const made = world();
  made.put("EndpointSlice", slice("web", []));
  made.run(2000);
  const journey = made.begin("pod:client");
  const answer = made.connect("pod:client", WEB, { journey });
  expect(answer).toMatchObject({ outcome: "refused", place: { kind: "node", name: "node-3" } });
  expect(answer.elapsedMs).toBeLessThan(1);
  expect(made.journey(journey).steps).toMatchObject([
    { step: "service", service: "default/web" },
    { step: "endpoints", candidates: [], pool: "none" },
    { step: "verdict", node: "node-3", verdict: "reject", reason: "noEndpoints" },
  ]);
  expect(drawn(made.journey(journey).legs, "connect")).toEqual([
    "client > node-3 via default/web refused 0.03",
  ]);
});

test("NET-26: a refusal by the pod shows what it listens on instead", () => {
  const made = world();
  const ip = made.pod("inward", "node-1", { address: "127.0.0.1", process: "httpd (main)" });
  made.put("EndpointSlice", slice("web", [endpoint(ip, "inward", "node-1")]));
  made.run(2000);
  const journey = made.begin("pod:client");
  expect(made.connect("pod:client", WEB, { journey })).toMatchObject({
    outcome: "refused",
    place: pod("inward"),
  });
  expect(made.journey(journey).steps.at(-1)).toMatchObject({
    step: "socket",
    place: pod("inward"),
    address: `${ip}:8080`,
    found: false,
    listening: ["127.0.0.1:8080"],
  });
  expect(drawn(made.journey(journey).legs, "connect")).toEqual([
    "client > inward via default/web refused 0.12",
  ]);
});

test("NET-27: packets that vanish say where and why: no such port, no such address, no pod on this node, not allowed", () => {
  const cases: [spec: Parameters<typeof service>[1], from: string, to: string, step: object, leg: string][] =
    [
      [
        {},
        "pod:client",
        "10.96.1.1:8080",
        { step: "noRule", node: "node-3", reason: "portNotInService" },
        "client > node-3 dropped 0.12",
      ],
      [
        {},
        "pod:client",
        "10.96.9.9:80",
        { step: "noRule", node: "node-3", reason: "addressGone" },
        "client > node-3 dropped 0.12",
      ],
      [
        {},
        "pod:client",
        "10.244.1.99:80",
        { step: "noRule", node: "node-1", reason: "addressGone" },
        "client > node-1 dropped 0.12",
      ],
      [
        { internalTrafficPolicy: "Local" },
        "pod:client",
        WEB,
        { step: "verdict", node: "node-3", verdict: "drop", reason: "noLocalEndpoints" },
        "client > node-3 via default/web dropped 0.12",
      ],
      [
        { type: "LoadBalancer", loadBalancerSourceRanges: ["198.51.100.0/24"] },
        "pod:client",
        "203.0.113.110:80",
        { step: "verdict", node: "node-3", verdict: "drop", reason: "sourceRange" },
        "client > node-3 via default/web dropped 0.12",
      ],
    ];
  for (const [spec, from, to, step, leg] of cases) {
    const made = world(spec, spec.type === "LoadBalancer" ? "203.0.113.110" : undefined);
    const journey = made.begin(from);
    expect(made.connect(from, to, { journey })).toMatchObject({ outcome: "timeout", elapsedMs: 3000 });
    expect(made.journey(journey).steps.at(-1)).toMatchObject(step);
    expect(drawn(made.journey(journey).legs, "connect")).toEqual([leg]);
  }
});

test("NET-28: with Local the candidates on other nodes are out for that reason", () => {
  const made = world({
    type: "NodePort",
    ports: [{ ...httpPort, nodePort: 30123 }],
    externalTrafficPolicy: "Local",
  });
  const journey = made.begin("outside:ann");
  made.connect("outside:ann", "192.168.8.13:30123", { journey });
  expect(made.journey(journey).steps).toMatchObject([
    { step: "service", matched: "nodePort", policy: "Local" },
    {
      step: "endpoints",
      pool: "none",
      candidates: [
        { address: "10.244.1.2:8080", in: false, reason: "notOnThisNode" },
        { address: "10.244.2.2:8080", in: false, reason: "notOnThisNode" },
      ],
    },
    { step: "verdict", node: "node-3", verdict: "drop", reason: "noLocalEndpoints" },
  ]);
  expect(drawn(made.journey(journey).legs, "connect")).toEqual(["ann > node-3 dropped 0.12"]);
});

test("NET-37: a leg to a node says when the packet will be refused there", () => {
  const made = world({ type: "NodePort", ports: [{ ...httpPort, nodePort: 30123 }] });
  const legs = (to: string): string[] => {
    const journey = made.begin("outside:ann");
    made.connect("outside:ann", to, { journey });
    return drawn(made.journey(journey).legs, "connect");
  };
  expect(legs("203.0.113.12:30124")).toEqual(["ann > node-2 refused 0.12"]);
  made.put("EndpointSlice", slice("web", []));
  made.run(2000);
  expect(legs("203.0.113.12:30123")).toEqual(["ann > node-2 refused 0.12"]);
  made.context.network.setNodeUp("node-2", false);
  expect(legs("203.0.113.12:30123")).toEqual(["ann > node-2 dropped 0.12"]);
});

test("NET-29: a pod that dials a load balancer's address never gets there: its own node has the rule", () => {
  const made = world({ type: "LoadBalancer" }, "203.0.113.110");
  const journey = made.begin("pod:client");
  expect(made.get("pod:client", "203.0.113.110:80", { journey })).toBe("web-1 192.168.8.13");
  expect(drawn(made.journey(journey).legs)).toEqual([
    "client > web-1 via default/web 100",
    "web-1 > client via default/web 100",
  ]);
});

test("NET-30: a load balancer that is ready before the nodes' rules sends into the void", () => {
  const made = world();
  made.put("Service", service("early", { type: "LoadBalancer", clusterIP: "10.96.1.9" }, "203.0.113.120"));
  made.run(10);
  const journey = made.begin("outside:ann");
  const answer = made.connect("outside:ann", "203.0.113.120:80", { journey, timeoutMs: 50 });
  expect(answer).toMatchObject({ outcome: "timeout", place: { kind: "node" } });
  expect(made.journey(journey).steps.at(-1)).toMatchObject({ step: "noRule", reason: "addressGone" });
});

test("NET-40: a load balancer's pick is told; so is why it has none", () => {
  const made = world({ type: "LoadBalancer", externalTrafficPolicy: "Local" }, "203.0.113.110");
  const told = (to: string) => {
    const journey = made.begin("outside:ann");
    made.connect("outside:ann", to, { journey, timeoutMs: 500 });
    return [made.journey(journey).steps[0], ...drawn(made.journey(journey).legs, "connect")];
  };
  expect(told("203.0.113.110:80")).toMatchObject([
    { step: "route", to: { kind: "node", name: "node-1" }, reason: "loadBalancerPick" },
    "ann > 203.0.113.110 0.12",
    "203.0.113.110 > node-1 0.12",
    "node-1 > web-1 via default/web 0.03",
    "web-1 > node-1 via default/web 0.03",
    "node-1 > 203.0.113.110 0.12",
    "203.0.113.110 > ann 0.12",
  ]);
  expect(told("203.0.113.110:8080")).toMatchObject([
    { step: "noRule", address: "203.0.113.110:8080", reason: "portNotInService" },
    "ann > 203.0.113.110 dropped 0.12",
  ]);
  made.context.network.setNodeUp("node-1", false);
  made.run(500);
  expect(told("203.0.113.110:80")).toMatchObject([
    { step: "verdict", verdict: "drop", reason: "noHealthyNode" },
    "ann > 203.0.113.110 dropped 0.12",
  ]);
});
