// Every example of the gallery shows what it claims: asserted from the journeys of its own clients.
import { expect, test } from "vitest";
import type { Journey, Step } from "#cluster/trace/types";
import { createEngine, type Engine } from "../engine.ts";
import { exampleScenario } from "./example.ts";
import { EXAMPLES, findExample } from "./registry.ts";

function run(slug: string, ms: number): { engine: Engine; journeys: Journey[] } {
  const engine = createEngine(exampleScenario(findExample(slug)!));
  engine.cluster.advance(ms);
  return { engine, journeys: engine.cluster.journeys().filter(({ end }) => end) };
}

type Of<K extends Step["step"]> = Extract<Step, { step: K }>;

const of = (journeys: readonly Journey[], client: string): Journey[] =>
  journeys.filter(
    ({ client: { place }, parent }) =>
      parent === undefined && "name" in place && (place.name === client || place.kind === "pod"),
  );

const steps = <K extends Step["step"]>(journey: Journey, kind: K): Of<K>[] =>
  journey.steps.filter((step): step is Of<K> => step.step === kind);

const body = (journey: Journey): string =>
  journey.end?.kind === "response" ? journey.end.body : `failed: ${journey.end?.text}`;
const distinct = <T>(items: readonly T[]): T[] => [...new Set(items)].sort();

/** After the warm-up, so that pods that were still starting do not count. */
const settled = (journeys: readonly Journey[], after: number): Journey[] =>
  journeys.filter(({ startedAt }) => startedAt >= after);

test("EX-1: the gallery's slugs are unique and every text stands in both languages", () => {
  expect(new Set(EXAMPLES.map(({ slug }) => slug)).size).toBe(EXAMPLES.length);
  for (const { title, claim, hint } of EXAMPLES) {
    for (const text of [title, claim, hint]) {
      expect(text.en.length).toBeGreaterThan(5);
      expect(text.zh).toMatch(/[\u4e00-\u9fff]/);
    }
  }
});

test("EX-2: clusterip: every ready pod answers, and the address is rewritten on the client's node", () => {
  const { journeys } = run("clusterip", 30_000);
  const done = settled(journeys, 12_000);
  expect(distinct(done.map(body)).length).toBe(3);
  for (const journey of done) {
    const [rewrite] = steps(journey, "rewrite");
    expect(rewrite?.kind).toBe("DNAT");
    expect(rewrite?.before.dst).toMatch(/^10\.96\.\d+\.\d+:80$/);
    expect(rewrite?.after.dst).toMatch(/^10\.244\.\d\.\d+:8080$/);
    expect(journey.legs.every(({ from, to }) => [from.kind, to.kind].every((kind) => kind === "pod"))).toBe(
      true,
    );
  }
});

test("EX-3: session-affinity: twenty requests of one client, one pod", () => {
  const done = settled(run("session-affinity", 14_000).journeys, 12_000).slice(0, 20);
  expect(done.length).toBe(20);
  expect(distinct(done.map(body))).toHaveLength(1);
  expect(done[0]!.end).toMatchObject({ kind: "response", status: 200 });
});

test("EX-4: named-ports: each port leads to its own container", () => {
  const done = settled(run("named-ports", 20_000).journeys, 12_000);
  const answers = new Map<string, string[]>();
  for (const journey of done) {
    const { host } = new URL(journey.request.url);
    answers.set(host, distinct([...(answers.get(host) ?? []), body(journey)]));
  }
  expect(Object.fromEntries(answers)).toEqual({ web: ["the site\n"], "web:81": ["the console\n"] });
});

test("EX-5: environment: the pod older than the Service has no variables, the younger one has", () => {
  const { engine } = run("environment", 20_000);
  const variables = (pod: string): string[] =>
    engine.cluster.environment("default", pod).filter((line) => line.startsWith("KUBIA_SERVICE"));
  expect(variables("early")).toEqual([]);
  expect(variables("late").map((line) => line.replace(/=10\.96.*/, "=IP"))).toEqual([
    "KUBIA_SERVICE_HOST=IP",
    "KUBIA_SERVICE_PORT=80",
  ]);
  expect(
    engine.cluster.logs("default", "late").filter((line) => line.startsWith("You've hit")).length,
  ).toBeGreaterThan(3);
  expect(engine.cluster.logs("default", "early").filter((line) => line.startsWith("You've hit"))).toEqual([]);
});

test("EX-6: manual-endpoints: requests go to the two written addresses", () => {
  const done = settled(run("manual-endpoints", 30_000).journeys, 10_000);
  expect(
    distinct(done.flatMap((journey) => steps(journey, "choice").map(({ endpoint }) => endpoint))),
  ).toEqual(["11.11.11.11:80", "22.22.22.22:80"]);
  expect(distinct(done.map(({ end }) => end?.kind))).toEqual(["response"]);
});

test("EX-7: externalname: a CNAME and no rewrite to any pod", () => {
  const done = settled(run("externalname", 20_000).journeys, 10_000);
  expect(done.length).toBeGreaterThan(5);
  for (const journey of done) {
    expect(steps(journey, "dns")[0]?.source).toBe("dns");
    expect(steps(journey, "service")).toEqual([]);
    expect(
      journey.legs
        .filter(({ purpose, direction }) => purpose === "data" && direction === "request")
        .map(({ to }) => to.kind),
    ).toEqual(["internet"]);
  }
});

test("EX-8: nodeport: both doors lead to every pod", () => {
  const done = settled(run("nodeport", 60_000).journeys, 12_000);
  for (const client of ["client-a", "client-b"]) {
    const own = of(done, client);
    expect(distinct(own.map(body))).toHaveLength(3);
    expect(distinct(own.flatMap((journey) => journey.legs.slice(0, 1).map(({ to }) => to.kind)))).toEqual([
      "node",
    ]);
  }
});

test("EX-9: nodeport-local: the node with the pod answers and sees the client, the other never does", () => {
  const done = settled(run("nodeport-local", 40_000).journeys, 12_000);
  const answered = of(done, "client-a");
  expect(distinct(answered.map(({ end }) => end?.kind))).toEqual(["response"]);
  for (const journey of answered)
    for (const { kind } of steps(journey, "rewrite")) expect(["DNAT", "reverse"]).toContain(kind);
  const lost = of(done, "client-b");
  expect(lost.length).toBeGreaterThan(3);
  expect(distinct(lost.map(({ end }) => (end?.kind === "failure" ? end.failure : "answered")))).toEqual([
    "timeout",
  ]);
});

test("EX-10: loadbalancer: the balancer picks nodes, the nodes pick pods", () => {
  const done = settled(run("loadbalancer", 60_000).journeys, 15_000);
  expect(distinct(done.map(({ legs }) => legs[0]?.to.kind))).toEqual(["loadBalancer"]);
  expect(distinct(done.map(({ legs }) => (legs[1]?.to.kind === "node" ? legs[1].to.name : "")))).toEqual([
    "node-1",
    "node-2",
    "node-3",
  ]);
  expect(distinct(done.map(body))).toHaveLength(3);
});

test("EX-11: ingress: host and path choose the Service, and the controller goes straight to pods", () => {
  const { journeys } = run("ingress", 40_000);
  const done = settled(journeys, 13_000);
  const texts = (client: string): string[] =>
    distinct(
      of(done, client).map((journey) =>
        body(journey)
          .replace(/(pod|hit) \S+|Hostname: \S+/, "$1 NAME")
          .trim(),
      ),
    );
  expect(texts("client-a")).toEqual(["This is v1 running in pod NAME"]);
  expect(texts("client-b")).toEqual(["This is v2 running in pod NAME"]);
  expect(texts("client-c")[0]).toContain("Hello, world!");
  const upstream = done.filter(({ parent }) => parent !== undefined);
  expect(upstream.length).toBeGreaterThan(10);
  expect(
    upstream.every(({ legs }) =>
      legs.every(
        ({ from, to }) => ["ingress", "pod"].includes(from.kind) && ["ingress", "pod"].includes(to.kind),
      ),
    ),
  ).toBe(true);
});

test("EX-12: ingress-tls: TLS ends at the controller, pods get plain HTTP, plain HTTP is redirected", () => {
  const done = settled(run("ingress-tls", 30_000).journeys, 13_000);
  const secure = of(done, "client-a");
  expect(distinct(secure.map(({ end }) => (end?.kind === "response" ? end.status : end?.text)))).toEqual([
    200,
  ]);
  expect(distinct(secure.flatMap((journey) => steps(journey, "tls").map(({ subject }) => subject)))).toEqual([
    "CN=kubia.example.com",
  ]);
  expect(
    distinct(of(done, "plain").map(({ end }) => (end?.kind === "response" ? end.status : end?.text))),
  ).toEqual([308]);
  const upstream = done.filter(({ parent }) => parent !== undefined);
  expect(upstream.every(({ request }) => request.url.startsWith("http://"))).toBe(true);
});

test("EX-13: ingress-cookie: the browser stays with one pod, the client without cookies meets all", () => {
  const done = settled(run("ingress-cookie", 40_000).journeys, 13_000);
  expect(distinct(of(done, "browser").map(body))).toHaveLength(1);
  expect(distinct(of(done, "no-cookies").map(body))).toHaveLength(3);
});

test("EX-14: readiness-exec: rm takes the pod out, touch puts it back, and nothing restarts", () => {
  const { engine } = run("readiness-exec", 3000);
  const { cluster } = engine;
  const pods = cluster.machine.context.api.list("Pod", { labels: { app: "kubia" } });
  const [first] = pods;
  const name = first!.metadata.name;
  const hitsOf = (from: number): boolean =>
    cluster.journeys().some((journey) => journey.startedAt >= from && body(journey).includes(name));
  engine.act({ type: "exec", namespace: "default", pod: name, command: ["rm", "-f", "/var/ready"] });
  cluster.advance(5000);
  const out = cluster.now;
  cluster.advance(20_000);
  expect(hitsOf(out)).toBe(false);
  engine.act({ type: "exec", namespace: "default", pod: name, command: ["touch", "/var/ready"] });
  cluster.advance(5000);
  const back = cluster.now;
  cluster.advance(20_000);
  expect(hitsOf(back)).toBe(true);
  const now = cluster.machine.context.api.list("Pod", { labels: { app: "kubia" } });
  expect(now.map(({ status }) => status.containerStatuses?.[0]?.restartCount)).toEqual([0, 0, 0]);
});

test("EX-15: readiness-http: from the sixth request on the pods leave, and then connections are refused", () => {
  const { engine } = run("readiness-http", 180_000);
  const { api } = engine.cluster.machine.context;
  const ready = api
    .list("EndpointSlice", { labels: { "kubernetes.io/service-name": "kubia" } })
    .flatMap(({ endpoints }) => (endpoints ?? []).map(({ conditions }) => conditions.ready));
  expect(ready).toEqual([false, false, false]);
  const last = engine.cluster
    .journeys()
    .filter(({ end }) => end)
    .at(-1)!;
  expect(last.end).toMatchObject({ kind: "failure", failure: "refused", exit: 7 });
  expect(
    api
      .list("Event")
      .filter(({ message }) => message === "Readiness probe failed: HTTP probe failed with statuscode: 500")
      .length,
  ).toBeGreaterThan(0);
});

test("EX-16: readiness-tcp: the slow pod becomes an endpoint when it listens", () => {
  const { engine, journeys } = run("readiness-tcp", 8000);
  const early = settled(journeys, 10_000);
  expect(distinct(early.map(body))).toEqual(["quick\n"]);
  engine.cluster.advance(60_000);
  const late = settled(
    engine.cluster.journeys().filter(({ end }) => end),
    45_000,
  );
  expect(distinct(late.map(body))).toEqual(["quick\n", "slow\n"]);
});

test("EX-17: headless: the name answers with every ready pod's address, and no rule is passed", () => {
  const done = settled(run("headless", 30_000).journeys, 12_000);
  for (const journey of done) {
    const found = steps(journey, "dns")[0]!.queries.find(
      ({ type, answer }) => type === "A" && answer.length > 0,
    );
    expect(found?.answer.length).toBe(3);
    expect(steps(journey, "service")).toEqual([]);
  }
});

test("EX-18: publish-not-ready: one Service answers from pods that are not ready, the other refuses", () => {
  const done = settled(run("publish-not-ready", 30_000).journeys, 12_000);
  const ends = (url: string): unknown[] =>
    distinct(
      done
        .filter(({ request }) => request.url === url)
        .map(({ end }) => (end?.kind === "failure" ? end.failure : end?.status)),
    );
  expect(ends("http://kubia-all/")).toEqual([200]);
  expect(ends("http://kubia/")).toEqual(["refused"]);
});
