import { expect, test } from "vitest";
import type { AnyObject, KindName } from "#api/kinds";
import { parseIp } from "#base/ipv4";
import type { Json, JsonObject } from "#base/json";
import { nextInt, seedRandom, type RandomState } from "#base/random";
import type { Change } from "../machine/component.ts";
import type { ApiServerState } from "./server.ts";
import { createApiMachine, type ApiMachine } from "./testing/api-machine.ts";

const SERVICES = "/api/v1/namespaces/default/services";
const TYPES = ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"];
const pick = <T>(random: RandomState, from: readonly T[]): T => from[nextInt(random, from.length)]!;

function randomSpec(random: RandomState): JsonObject {
  const type = pick(random, TYPES);
  const ports = Array.from({ length: 1 + nextInt(random, 2) }, (_, index) => ({
    name: `p${index}`,
    port: 80 + nextInt(random, 3) * 10 + index,
    ...(nextInt(random, 3) === 0 && { nodePort: 30_000 + nextInt(random, 6) }),
  }));
  return {
    type,
    ports,
    ...(nextInt(random, 3) === 0 && { clusterIP: `10.96.0.${1 + nextInt(random, 6)}` }),
    ...(type === "ExternalName" && { externalName: "example.com" }),
    ...(nextInt(random, 3) === 0 && { externalTrafficPolicy: "Local" }),
    ...(nextInt(random, 4) === 0 && { allocateLoadBalancerNodePorts: false }),
  };
}

function act({ send }: ApiMachine, random: RandomState): void {
  const name = pick(random, ["a", "b", "c", "d", "e"]);
  const query: Record<string, string> = nextInt(random, 5) === 0 ? { dryRun: "All" } : {};
  const labels = { app: pick(random, ["x", "y"]) };
  const body: JsonObject = { metadata: { name, labels }, spec: randomSpec(random) };
  const contentType = pick(random, [
    "application/strategic-merge-patch+json",
    "application/merge-patch+json",
  ]);
  switch (nextInt(random, 5)) {
    case 0:
      return void send("POST", SERVICES, body, { query });
    case 1:
      return void send("PUT", `${SERVICES}/${name}`, body, { query });
    case 2:
      return void send("DELETE", `${SERVICES}/${name}`, undefined, { query });
    default:
      return void send(
        "PATCH",
        `${SERVICES}/${name}`,
        { metadata: { labels }, spec: body["spec"] as Json },
        { query, contentType },
      );
  }
}

/** Everything that Services hold is taken, and nothing else. */
function checkAllocations({ machine, api }: ApiMachine): void {
  const { clusterIps, nodePorts } = machine.enter<ApiServerState>("apiserver").state;
  const [ips, ports] = [new Set<number>(), new Set<number>()];
  for (const { spec } of api.list("Service")) {
    if (spec.clusterIP && spec.clusterIP !== "None") ips.add(parseIp(spec.clusterIP)!);
    // An ExternalName may carry a node port that nobody opens.
    const opens = spec.type === "NodePort" || spec.type === "LoadBalancer";
    for (const { nodePort } of spec.ports ?? []) if (nodePort && opens) ports.add(nodePort);
    if (spec.healthCheckNodePort) ports.add(spec.healthCheckNodePort);
  }
  expect(new Set(clusterIps.taken)).toEqual(ips);
  expect(new Set(nodePorts.taken)).toEqual(ports);
}

/** The published changes alone give the stored objects, with rising revisions. */
function checkChanges({ api, changes }: ApiMachine): void {
  const seen = new Map<string, AnyObject>();
  let revision = 0;
  for (const { type, object, old } of changes as Change[]) {
    expect(Number(object.metadata.resourceVersion)).toBeGreaterThan(revision);
    revision = Number(object.metadata.resourceVersion);
    const key = object.metadata.name;
    expect(old).toBe(seen.get(key));
    if (type === "DELETED") seen.delete(key);
    else seen.set(key, object);
  }
  const stored = api.list("Service" satisfies KindName);
  expect([...seen.values()].toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))).toEqual(stored);
  for (const app of ["x", "y"]) {
    const wanted = stored.filter(({ metadata }) => metadata.labels?.["app"] === app);
    expect(api.list("Service", { namespace: "default", labels: { app } })).toEqual(wanted);
  }
}

test("API-28: after any run of requests, exactly what Services hold is allocated, and watchers saw it all", () => {
  for (let seed = 0; seed < 40; seed++) {
    const machine = createApiMachine();
    const random = seedRandom(`services/${seed}`);
    for (let step = 0; step < 40; step++) {
      act(machine, random);
      checkAllocations(machine);
    }
    checkChanges(machine);
  }
});
