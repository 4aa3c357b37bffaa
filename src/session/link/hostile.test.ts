// Links are made by strangers: whatever stands where a scenario's parts should be, the cluster starts and runs on.
import { expect, test } from "vitest";
import { nextInt, seedRandom, type RandomState } from "#base/random";
import { createEngine } from "../engine.ts";
import { exampleScenario } from "../examples/example.ts";
import { findExample } from "../examples/registry.ts";
import type { SessionAction } from "../protocol.ts";
import { decodeLink, encodeLink } from "./link.ts";
import { fromPayload, toPayload } from "./payload.ts";

const POD = { apiVersion: "v1", kind: "Pod", metadata: { name: "x" } };
const CONTAINER = { name: "x", image: "busybox", command: ["sh", "-c", "sleep 30"] };
const at = { namespace: "default", pod: "x" };
const client = {
  name: "c",
  location: { kind: "outside", ip: "198.51.100.7" },
  program: "curl",
  url: "http://{node:1}:30123/",
  method: "GET",
  headers: { a: "b" },
  rate: 5,
  keepAlive: false,
  cookies: false,
  hosts: { a: "192.0.2.1" },
  body: "a=b",
  count: 9,
  maxTimeMs: 900,
  insecure: true,
} as const;
const http = {
  url: "http://198.51.100.80/",
  method: "GET",
  headers: {},
  program: "curl",
  latency: "real",
  traced: true,
  body: "a=b",
  connectTimeoutMs: 500,
  maxTimeMs: 900,
  keepAliveKey: "k",
  resolve: { "a:80": "192.0.2.1" },
  authorities: ["CN=x"],
  curlVersion: "8.5.0",
};
const call = (id: number, name: string, spec: object): SessionAction =>
  ({ type: "workstation", do: "call", id, call: name, spec }) as SessionAction;
const ACTIONS: readonly SessionAction[] = [
  { type: "applyFile", name: "a.yaml", text: "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n" },
  {
    type: "api",
    request: {
      method: "POST",
      path: "/api/v1/namespaces/default/pods",
      body: { ...POD, spec: { containers: [CONTAINER] } },
    },
  },
  { type: "exec", ...at, command: ["ls"] },
  { type: "crash", ...at },
  { type: "setFaults", ...at, faults: { slowMs: 5 } },
  { type: "setClient", client },
  { type: "send", client: "c", count: 3 },
  { type: "nodePower", node: "node-1", up: false },
  { type: "loadBalancerProvider", on: false },
  { type: "openSession", session: "s", ...at, command: ["sh"], stdin: true, tty: true },
  { type: "typeIntoSession", session: "s", text: "ls\n" },
  call(1, "http", http),
  call(2, "http", { ...http, url: "https://192.168.8.10:6443/api?a=b" }),
  call(3, "connect", {
    to: { ip: "10.96.0.1", port: 443 },
    protocol: "TCP",
    timeoutMs: 100,
    sourcePort: 4000,
  }),
  call(4, "resolve", { name: "example.com", timeoutMs: 100, ipv4Only: true }),
  call(5, "datagram", { to: { ip: "10.96.0.10", port: 53 }, payload: "{}", timeoutMs: 100, latency: "real" }),
  call(6, "ping", { ip: "10.96.0.1", timeoutMs: 100, echo: "id 1" }),
  call(7, "watchPackets", { key: "w" }),
  call(8, "exchange", {
    connection: 5,
    request: { method: "GET", path: "/", headers: {}, body: "" },
    tls: { serverName: "x" },
    timeoutMs: 100,
  }),
  { type: "workstation", do: "forward", id: 9, ...at, localPort: 8080, port: 80 },
];

const ODD = [null, -1, 1e308, "", "__proto__", [], {}, [null], true, "a".repeat(3000), "http://[", undefined];

/** A copy in which about one value in ten is another one, or gone. */
function damaged(value: unknown, random: RandomState): unknown {
  if (nextInt(random, 10) === 0) return ODD[nextInt(random, ODD.length)];
  if (Array.isArray(value)) return value.map((item) => damaged(item, random));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, damaged(item, random)]));
}

test("LINK-6: a link with damaged actions, clients and settings is refused, or opens and runs", () => {
  const base = exampleScenario(findExample("nodeport")!);
  const actions = ACTIONS.map((action, index) => ({ at: index * 20, action }));
  const [text, ...files] = toPayload({ ...base, actions, warmUpMs: 0 }).split("\u0000");
  let opened = 0;
  for (let round = 0; round < Number(process.env["FUZZ_RUNS"] ?? 60); round++) {
    const random = seedRandom(`hostile/${round}`);
    const { f, ...head } = JSON.parse(text!) as Record<string, unknown>;
    const parts = Object.entries(head).map(([key, part]) => [key, damaged(part, random)]);
    const payload = [JSON.stringify({ f, ...Object.fromEntries(parts) }), ...files].join("\u0000");
    let scenario;
    try {
      scenario = fromPayload(payload);
    } catch {
      // The reader is told that this is no link of ours.
      continue;
    }
    const engine = createEngine(scenario);
    engine.tick(1000, () => true);
    expect([round, engine.cluster.now]).toEqual([round, 1000 + (scenario.warmUpMs ?? 0)]);
    const link = encodeLink(engine.exportScenario(scenario.files));
    expect(decodeLink(link)).toMatchObject({ ok: true });
    opened++;
  }
  expect(opened).toBeGreaterThan(20);
});
