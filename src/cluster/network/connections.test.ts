import { expect, test } from "vitest";
import { drawn, endpoint, httpPort, lab, service, slice, type Lab } from "./testing/lab.ts";

const WEB = "10.96.1.1:80";

/** web on node-1, client on node-2, Service web with a node port. */
function world(): Lab & { ip: string } {
  const made = lab({ hopMs: 100 });
  const ip = made.pod("web", "node-1");
  made.pod("client", "node-2");
  made.context.network.addOutsideHost("ann", "198.51.100.7");
  made.put("Service", service("web", { type: "NodePort", ports: [{ ...httpPort, nodePort: 30123 }] }));
  made.put("EndpointSlice", slice("web", [endpoint(ip, "web", "node-1")]));
  made.run(2000);
  return { ...made, ip };
}

function open(made: Lab, from: string, to: string, journey?: number): number {
  const connected = made.connect(from, to, journey === undefined ? {} : { journey });
  if (connected.outcome !== "connected") throw new Error(connected.outcome);
  return connected.connection;
}

function socketOf(made: Lab, host: string): number {
  const socket = made.context.network.listeners(host)[0] as unknown as { id: number };
  return socket.id;
}

test("NET-8: handshakes take real times, requests and responses the visible time between machines", () => {
  const made = world();
  const connected = made.connect("pod:client", WEB);
  expect(connected.elapsedMs).toBeCloseTo(0.24, 5);
  if (connected.outcome !== "connected") return;
  expect(made.exchange(connected.connection)).toMatchObject({ outcome: "response", elapsedMs: 200 });
  const local = made.connect("node:node-1", `${made.ip}:8080`);
  expect(local.elapsedMs).toBeCloseTo(0.06, 5);
  if (local.outcome !== "connected") return;
  expect(made.exchange(local.connection)).toMatchObject({ outcome: "response", elapsedMs: 6 });
  const probe = made.connect("pod:client", WEB, { latency: "real" });
  if (probe.outcome !== "connected") return;
  expect(made.exchange(probe.connection).elapsedMs).toBeCloseTo(0.24, 5);
});

test("NET-9: a kept connection stays with its pod when the Service changes its endpoints, and when it goes", () => {
  const made = world();
  const connection = open(made, "pod:client", WEB);
  const other = made.pod("other", "node-3");
  made.put("EndpointSlice", slice("web", [endpoint(other, "other", "node-3")]));
  made.run(2000);
  expect(made.get("pod:client", WEB)).toMatch(/^other /);
  expect(made.exchange(connection)).toMatchObject({ body: "web 10.244.2.2" });
  made.remove("Service", service("web", {}));
  made.run(2000);
  const journey = made.begin("pod:client");
  expect(made.exchange(connection, { journey })).toMatchObject({ body: "web 10.244.2.2" });
  expect(made.journey(journey).steps.map(({ step }) => step)).toEqual([
    "choice",
    "rewrite",
    "exchange",
    "rewrite",
  ]);
  expect(made.journey(journey).steps[0]).toMatchObject({ how: "keepAlive", endpoint: `${made.ip}:8080` });
});

test("NET-10: when the server's process dies its clients learn it, and a request that it had read ends empty", () => {
  const made = world();
  const idle = open(made, "pod:client", WEB);
  const waiting = open(made, "outside:ann", "192.168.8.13:30123");
  const { network } = made.context;
  network.exchange({
    connection: waiting,
    request: { method: "GET", path: "/silent", headers: {}, body: "" },
    replyTo: { to: "client", what: "answer", data: { key: "mine" } },
  });
  made.run(250);
  network.close(socketOf(made, "pod:web"), { reset: true });
  expect(network.isOpen(idle)).toBe(true);
  made.run(1);
  expect(network.isOpen(idle)).toBe(false);
  const { answers } = made.machine.enter<{ answers: Map<string, { outcome: string }> }>("client").state;
  expect(answers.get("mine")).toMatchObject({ outcome: "empty" });
  expect(made.get("pod:client", WEB)).toBe("refused");
  expect(made.exchange(idle)).toMatchObject({ outcome: "reset" });
});

test("NET-11: a request that arrives at a process that has just died is reset", () => {
  const made = world();
  const connection = open(made, "pod:client", WEB);
  made.context.network.exchange({
    connection,
    request: { method: "GET", path: "/", headers: {}, body: "" },
    replyTo: { to: "client", what: "answer", data: { key: "mine" } },
  });
  made.run(50);
  made.context.network.close(socketOf(made, "pod:web"), { reset: true });
  made.run(100);
  const { answers } = made.machine.enter<{ answers: Map<string, { outcome: string }> }>("client").state;
  expect(answers.get("mine")).toMatchObject({ outcome: "reset" });
});

test("NET-12: a pod whose network is gone swallows what comes on open connections; new ones time out", () => {
  const made = world();
  const connection = open(made, "pod:client", WEB);
  made.context.network.detachPod("web");
  const journey = made.begin("pod:client");
  expect(made.exchange(connection, { journey })).toMatchObject({ outcome: "timeout", elapsedMs: 3000 });
  expect(made.journey(journey).steps.at(-1)).toMatchObject({ step: "noRule", reason: "addressGone" });
  expect(drawn(made.journey(journey).legs)).toEqual(["client > web via default/web dropped 100"]);
  expect(made.connect("pod:client", WEB)).toMatchObject({ outcome: "timeout", elapsedMs: 3000 });
});

test("NET-13: an address that another pod has by now resets connections of its former owner", () => {
  const made = lab();
  const [first] = [made.pod("one", "node-1"), made.pod("client", "node-1")];
  const connection = open(made, "pod:client", `${first}:8080`);
  made.context.network.detachPod("one");
  for (let index = 0; index < 260; index++) {
    const { ip } = made.context.network.attachPod({
      uid: `p${index}`,
      namespace: "default",
      name: "p",
      node: "node-1",
    });
    if (ip === first) break;
    made.context.network.detachPod(`p${index}`);
  }
  expect(made.exchange(connection)).toMatchObject({ outcome: "reset" });
});

test("NET-14: freed addresses are not handed out again at once", () => {
  const { context } = lab();
  const attach = (uid: string) =>
    context.network.attachPod({ uid, namespace: "default", name: uid, node: "node-1" }).ip;
  expect([attach("a"), attach("b")]).toEqual(["10.244.1.2", "10.244.1.3"]);
  context.network.detachPod("a");
  expect([attach("c"), attach("c"), attach("d")]).toEqual(["10.244.1.4", "10.244.1.4", "10.244.1.5"]);
});

test("NET-15: a connection attempt is never redirected, and is answered if its own endpoint comes up in time", () => {
  const made = lab();
  made.pod("client", "node-2");
  made.put("Service", service("web", {}));
  made.put("EndpointSlice", slice("web", [endpoint("10.244.1.2", "dead", "node-1")]));
  made.run(2000);
  const ask = (key: string, timeoutMs: number): void =>
    made.context.network.connect({
      from: "pod:client",
      to: { ip: "10.96.1.1", port: 80 },
      protocol: "TCP",
      latency: "visible",
      timeoutMs,
      replyTo: { to: "client", what: "answer", data: { key } },
    });
  ask("short", 2500);
  ask("long", 8000);
  made.run(1500);
  made.put(
    "EndpointSlice",
    slice("web", [endpoint("198.51.100.80", "alive", "node-1")], [{ name: "", port: 80 }]),
  );
  made.run(1400);
  made.pod("late", "node-1");
  made.run(6000);
  const { answers } = made.machine.enter<{ answers: Map<string, { outcome: string; elapsedMs: number }> }>(
    "client",
  ).state;
  expect(answers.get("short")).toMatchObject({ outcome: "timeout", elapsedMs: 2500 });
  expect(answers.get("long")).toMatchObject({ outcome: "connected" });
  expect(answers.get("long")!.elapsedMs).toBeCloseTo(3000.24, 2);
});

test("NET-16: the kernel retries after 1, 3, 7, 15, 31 and 63 s and gives up after 127 s", () => {
  // Somebody who is there from then on hears the next retry: the seconds are [there from, answered after].
  const rounds = [
    [0.9, 1],
    [1.1, 3],
    [3.1, 7],
    [7.1, 15],
    [15.1, 31],
    [31.1, 63],
    [63.1, 127],
  ];
  const heard = rounds.map(([there]) => {
    const late = lab();
    late.pod("client", "node-2");
    late.run(2000);
    late.context.network.connect({
      from: "pod:client",
      to: { ip: "10.244.1.2", port: 8080 },
      protocol: "TCP",
      latency: "real",
      timeoutMs: 1_000_000,
      replyTo: { to: "client", what: "answer", data: { key: "late" } },
    });
    late.run(there! * 1000);
    expect(late.pod("late", "node-1")).toBe("10.244.1.2");
    late.run(130_000);
    const { answers } = late.machine.enter<{ answers: Map<string, { outcome: string; elapsedMs: number }> }>(
      "client",
    ).state;
    const { outcome, elapsedMs } = answers.get("late")!;
    return `${outcome} ${Math.round(elapsedMs / 10) / 100}`;
  });
  expect(heard).toEqual([...[1, 3, 7, 15, 31, 63].map((seconds) => `connected ${seconds}`), "timeout 127"]);
  const made = world();
  expect(made.connect("pod:client", "10.244.1.250:80", { timeoutMs: 1_000_000 })).toMatchObject({
    outcome: "timeout",
    elapsedMs: 127_000,
  });
});

test("NET-17: a stopped node drops its own packets, its pods' and those that pass it; balancers leave it out", () => {
  const made = world();
  const lb = service("lb", { type: "LoadBalancer", clusterIP: "10.96.1.2" }, "203.0.113.110");
  made.put("Service", lb);
  made.put("EndpointSlice", slice("lb", [endpoint(made.ip, "web", "node-1")]));
  made.run(2000);
  made.context.network.setNodeUp("node-3", false);
  expect(made.get("outside:ann", "192.168.8.13:30123", { timeoutMs: 900 })).toBe("timeout");
  expect(made.get("outside:ann", "192.168.8.12:30123")).toBe("web 192.168.8.12");
  for (let round = 0; round < 20; round++)
    expect(made.get("outside:ann", "203.0.113.110:80")).toMatch(/^web /);
  const connection = open(made, "pod:client", WEB);
  made.context.network.setNodeUp("node-1", false);
  expect(made.exchange(connection)).toMatchObject({ outcome: "timeout" });
  expect(made.get("pod:client", WEB, { timeoutMs: 900 })).toBe("timeout");
  made.context.network.setNodeUp("node-1", true);
  made.run(1000);
  expect(made.get("pod:client", WEB)).toBe("web 10.244.2.2");
});

test("NET-18: TLS to a plain port fails, plain HTTP to a TLS port gets a 400, SNI picks the certificate", () => {
  const made = world();
  const own = { subject: "fake", issuer: "fake", names: ["fake"] };
  const byName = [{ subject: "shop", issuer: "ca", names: ["shop.example.com", "*.shop.example.com"] }];
  made.pod("tls", "node-3", { port: 443, tls: { ...own, byName } });
  const ip = made.context.network.ipOf("pod:tls");
  const plain = open(made, "pod:client", WEB);
  expect(made.exchange(plain, { tls: { serverName: "web" } })).toMatchObject({ outcome: "notTls" });
  made.pod("bytes", "node-3", { port: 9000, takesBytes: true });
  const bytes = open(made, "pod:client", `${made.context.network.ipOf("pod:bytes")}:9000`);
  expect(made.exchange(bytes, { tls: { serverName: "web" } })).toMatchObject({ outcome: "tlsClosed" });
  const secure = open(made, "pod:client", `${ip}:443`);
  const { network } = made.context;
  expect(network.certificate(secure, "shop.example.com")).toEqual(byName[0]);
  expect(network.certificate(secure, "a.shop.example.com")).toEqual(byName[0]);
  expect(network.certificate(secure, "a.b.shop.example.com")).toEqual(own);
  expect(made.exchange(secure, { tls: { serverName: "x" } })).toMatchObject({
    outcome: "response",
    status: 200,
  });
  expect(made.exchange(secure)).toMatchObject({ status: 400 });
  expect(network.isOpen(secure)).toBe(false);
});

test("NET-19: sockets belong to an address: 127.0.0.1 is reached from within only, one address and port once", () => {
  const made = world();
  const ip = made.pod("inward", "node-1", { address: "127.0.0.1" });
  expect(made.get("pod:client", `${ip}:8080`)).toBe("refused");
  expect(made.get("pod:inward", `${ip}:8080`)).toBe("refused");
  expect(made.get("pod:inward", "127.0.0.1:8080")).toBe("inward 127.0.0.1");
  const owner = { to: "server", what: "request", data: { name: "second" } };
  const basics = { host: "pod:inward", port: 8080, protocol: "TCP", process: "x", owner } as const;
  expect(made.context.network.listen({ ...basics, address: "0.0.0.0" })).toEqual({
    ok: false,
    reason: "addressInUse",
  });
  expect(made.context.network.listen({ ...basics, address: ip })).toMatchObject({ ok: true });
  expect(made.get("pod:client", `${ip}:8080`)).toBe(`second 10.244.2.2`);
});

test("NET-20: hostPort leads from the node's port to the pod, which sees its client", () => {
  const made = world();
  const hostPorts = [{ hostPort: 8000, port: 8080, protocol: "TCP" as const }];
  const pod = { uid: "hp", namespace: "default", name: "hp", node: "node-2" };
  const { host } = made.context.network.attachPod({ ...pod, hostPorts });
  const owner = { to: "server", what: "request", data: { name: "hp" } };
  made.context.network.listen({ host, address: "0.0.0.0", port: 8080, protocol: "TCP", process: "x", owner });
  expect(made.get("outside:ann", "192.168.8.12:8000")).toBe("hp 198.51.100.7");
  expect(made.get("outside:ann", "192.168.8.11:8000")).toBe("refused");
  made.context.network.detachPod("hp");
  expect(made.get("outside:ann", "192.168.8.12:8000")).toBe("refused");
});

test("NET-21: an idle connection is closed after the time that its server's Keep-Alive header says", () => {
  const made = world();
  const connection = open(made, "pod:client", WEB);
  const { network } = made.context;
  made.exchange(connection);
  made.run(60_000);
  expect(network.isOpen(connection)).toBe(true);
  made.exchange(connection, { path: "/keep" });
  made.run(4999);
  expect(network.isOpen(connection)).toBe(true);
  made.run(1);
  expect(network.isOpen(connection)).toBe(false);
  expect(made.exchange(connection)).toMatchObject({ outcome: "reset" });
});

test("NET-22: a hang-up without an answer comes back empty", () => {
  const made = world();
  const connection = open(made, "outside:ann", "192.168.8.12:30123");
  const journey = made.begin("outside:ann");
  expect(made.exchange(connection, { path: "/hangup", journey })).toMatchObject({ outcome: "empty" });
  expect(made.context.network.isOpen(connection)).toBe(false);
  expect(drawn(made.journey(journey).legs)).toEqual(["ann > node-2 100", "node-2 > web via default/web 100"]);
});

test("NET-41: a server that stops listening serves its open connections on, until its process ends", () => {
  const made = world();
  const connection = open(made, "pod:client", WEB);
  const socket = socketOf(made, "pod:web");
  made.context.network.close(socket);
  expect(made.get("pod:client", WEB)).toBe("refused");
  expect(made.exchange(connection)).toMatchObject({ outcome: "response" });
  made.context.network.close(socket, { reset: true });
  made.run(1);
  expect(made.context.network.isOpen(connection)).toBe(false);
  const state = made.machine.enter<{ sockets: Map<number, object> }>("network").state;
  expect(state.sockets.has(socket)).toBe(false);
});

test("NET-42: whoever works for a host that goes is told", () => {
  const made = world();
  const connection = open(made, "pod:client", WEB);
  const { network } = made.context;
  const request = { method: "GET", path: "/silent", headers: {}, body: "" };
  const replyTo = (key: string) => ({ to: "client", what: "answer", data: { key } });
  network.exchange({ connection, request, replyTo: replyTo("exchange") });
  const to = { ip: "10.244.1.99", port: 80 };
  network.connect({
    from: "pod:client",
    to,
    protocol: "TCP",
    latency: "visible",
    replyTo: replyTo("connect"),
  });
  made.run(500);
  network.detachPod("client");
  made.run(1);
  const { answers } = made.machine.enter<{ answers: Map<string, { outcome: string }> }>("client").state;
  expect([answers.get("exchange")?.outcome, answers.get("connect")?.outcome]).toEqual([
    "reset",
    "unreachable",
  ]);
  network.connect({ from: "pod:client", to, protocol: "TCP", latency: "visible", replyTo: replyTo("late") });
  made.run(1);
  expect(answers.get("late")?.outcome).toBe("unreachable");
  const { connections } = made.machine.enter<{ connections: Map<number, object> }>("network").state;
  expect(connections.size).toBe(0);
});
