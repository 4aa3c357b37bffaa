// Random clusters under random hands, checked by the invariants all the time. A failure names its seed; replay it with
// FUZZ_SEED=<seed> npx vitest run src/session/testing/fuzz.test.ts, or look further with FUZZ_RUNS=500.
import { expect, test } from "vitest";
import { nextInt, seedRandom, type RandomState } from "#base/random";
import type { ClientSpec } from "#cluster/clients/types";
import { digest } from "#cluster/digest";
import { world, type World } from "./world.ts";

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 12);
const FIRST = process.env["FUZZ_SEED"];
const STEPS = 25;

const pick = <T>(random: RandomState, items: readonly T[]): T => items[nextInt(random, items.length)]!;
const APPS = ["red", "green", "blue"] as const;

function deployment(random: RandomState, app: string): string {
  const probe = pick(random, [
    "",
    "        readinessProbe: {httpGet: {path: /, port: 8080}, periodSeconds: 1, failureThreshold: 1}\n",
    "        readinessProbe: {tcpSocket: {port: 8080}, periodSeconds: 2}\n",
  ]);
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${app}}
spec:
  replicas: ${nextInt(random, 6)}
  selector: {matchLabels: {app: ${app}}}
  template:
    metadata: {labels: {app: ${app}, tier: ${pick(random, ["a", "b"])}}}
    spec:
      terminationGracePeriodSeconds: ${nextInt(random, 5)}
      containers:
      - name: main
        image: ${pick(random, ["luksa/kubia", "luksa/kubia:v2", "luksa/kubia-unhealthy"])}
        ports: [{name: http, containerPort: 8080}]
${probe}`;
}

function service(random: RandomState, app: string): string {
  const type = pick(random, ["ClusterIP", "NodePort", "LoadBalancer"]);
  const lines = [
    `  type: ${type}`,
    `  selector: {${pick(random, [`app: ${app}`, "tier: a", `app: ${app}, tier: b`])}}`,
    `  ports: [{port: 80, targetPort: ${pick(random, ["8080", "http", "9090", "nosuch"])}}]`,
    ...(nextInt(random, 3) === 0 ? ["  sessionAffinity: ClientIP"] : []),
    ...(type !== "ClusterIP" && nextInt(random, 3) === 0 ? ["  externalTrafficPolicy: Local"] : []),
    ...(nextInt(random, 4) === 0 ? ["  publishNotReadyAddresses: true"] : []),
  ];
  return `apiVersion: v1\nkind: Service\nmetadata: {name: ${app}}\nspec:\n${lines.join("\n")}\n`;
}

function client(random: RandomState, cluster: World): ClientSpec {
  const pods = cluster.objects("Pod").filter(({ metadata }) => metadata.namespace === "default");
  const inside = pods.length > 0 && nextInt(random, 2) === 0;
  const app = pick(random, APPS);
  return {
    name: `client-${nextInt(random, 3)}`,
    location: inside
      ? { kind: "pod", namespace: "default", name: pick(random, pods).metadata.name }
      : { kind: "outside", ip: `198.51.100.${10 + nextInt(random, 3)}` },
    program: pick(random, ["curl", "browser"]),
    url: inside
      ? `http://${app}/`
      : pick(random, [`http://{lb:default/${app}}/`, "http://{node:1}:30080/", "http://{node:2}:31000/"]),
    method: "GET",
    headers: {},
    rate: 1 + nextInt(random, 5),
    keepAlive: nextInt(random, 2) === 0,
    cookies: false,
    maxTimeMs: 2000,
  };
}

/** One thing that a person might do. */
function act(random: RandomState, it: World): void {
  const app = pick(random, APPS);
  const pods = it.objects("Pod").filter(({ metadata }) => metadata.namespace === "default");
  const pod = pods.length > 0 ? pick(random, pods).metadata.name : "none";
  const target = { namespace: "default", pod };
  switch (nextInt(random, 9)) {
    case 0:
    case 1:
      return void it.tryApply(deployment(random, app));
    case 2:
    case 3:
      return void it.tryApply(service(random, app));
    case 4:
      return void it.act({
        type: "setFaults",
        ...target,
        faults: pick(random, [{}, { failStatus: 500 }, { localhostOnly: true }, { slowMs: 500 }]),
      });
    case 5:
      return void it.act({
        type: "api",
        request: { method: "DELETE", path: `/api/v1/namespaces/default/pods/${pod}` },
      });
    case 6:
      return void it.act({ type: "crash", ...target });
    case 7:
      return void it.act({
        type: "nodePower",
        node: `node-${1 + nextInt(random, 3)}`,
        up: nextInt(random, 3) > 0,
      });
    default:
      return void it.act({ type: "setClient", client: client(random, it) });
  }
}

function play(seed: string): string {
  const random = seedRandom(seed);
  const it = world({ seed });
  for (let step = 0; step < STEPS; step++) {
    act(random, it);
    it.advance(`${pick(random, [20, 300, 2000, 7000])}ms`);
  }
  for (const node of ["node-1", "node-2", "node-3"]) it.act({ type: "nodePower", node, up: true });
  for (const { spec } of it.cluster.clients()) it.act({ type: "removeClient", name: spec.name });
  // Faulty pods flap for ever; without them the cluster comes to rest.
  for (const { metadata } of it.objects("Pod"))
    it.act({ type: "setFaults", namespace: metadata.namespace!, pod: metadata.name, faults: {} });
  it.advance("2m");
  const open = it.cluster.journeys().filter(({ end, client: { program } }) => !end && program !== "probe");
  expect([seed, open.map(({ id }) => id)]).toEqual([seed, []]);
  return digest(it.cluster);
}

const seeds = FIRST ? [FIRST] : Array.from({ length: RUNS }, (_, index) => `fuzz-${index}`);

test.each(seeds)("FUZZ-1: seed %s: the invariants hold, and every request ends", (seed) => {
  play(seed);
});

test("FUZZ-2: a seed replays to the same bytes", () => {
  expect(play("again")).toBe(play("again"));
});
