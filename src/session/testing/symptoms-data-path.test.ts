// Symptoms that people search for: what requests meet between a client and a pod.
import { expect, test } from "vitest";
import type { ClientSpec } from "#cluster/clients/types";
import type { ClusterSettings } from "#cluster/settings";
import { terminal, type Said } from "./terminal.ts";
import { world, type World } from "./world.ts";

const CLIENT = `apiVersion: v1
kind: Pod
metadata: {name: client}
spec: {containers: [{name: main, image: nicolaka/netshoot, command: [sleep, infinity]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: curl}
spec: {containers: [{name: main, image: "curlimages/curl:8.10.1", command: [sleep, infinity]}]}
---
`;

const deployment = (replicas: number, container = "image: lab/echo"): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: main, ${container}}]}
---
`;

const service = (spec = "", name = "web"): string => `apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]${spec && `, ${spec}`}}
---
`;

const nodePort = (spec: string): string => `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: NodePort, selector: {app: web}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}], ${spec}}
`;

const started = (yaml: string, settings: Partial<ClusterSettings> = {}): World =>
  world({ imagesPresent: true, ...settings })
    .apply(yaml)
    .advance("5s");

const outside = (name: string, url: string, changes: Partial<ClientSpec> = {}): ClientSpec => ({
  name,
  location: { kind: "outside", ip: "198.51.100.7" },
  program: "curl",
  url,
  method: "GET",
  headers: {},
  rate: 10,
  count: 10,
  keepAlive: false,
  cookies: false,
  maxTimeMs: 1000,
  ...changes,
});

const answers = (w: World, client: string): string[] =>
  w
    .requests(client)
    .flatMap(({ end }) => (end ? [end] : []))
    .map((end) => (end.kind === "response" ? end.body.trim() : `curl: (${end.exit}) ${end.text}`));
const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].sort();
/** "web-5d4f... client=1.2.3.4 host=..." */
const podOf = (text: string): string => text.split(" ")[0]!;

const failure = (exit: number, stderr: string): Said => ({ stdout: "", stderr: `${stderr}\n`, exit });

test("SYM-22: a cluster IP answers curl and no ping", () => {
  const typed = terminal(started(CLIENT + deployment(1) + service()));
  expect(typed.inPod("client", "curl -sS http://web").stdout).toMatch(
    /^web-\S+ client=10\.244\.\d\.\d+ host=web\n$/,
  );
  const ip = typed.inPod("client", "dig +short web.default.svc.cluster.local").stdout.trim();
  expect(typed.inPod("client", "ping -c 2 -W 1 web")).toEqual({
    stdout: `PING web.default.svc.cluster.local (${ip}) 56(84) bytes of data.\n\n--- web.default.svc.cluster.local ping statistics ---\n2 packets transmitted, 0 received, 100% packet loss, time 1000ms\n\n`,
    stderr: "",
    exit: 1,
  });
});

test("SYM-23: no endpoints: refused at once, in the words of the curl in the image", () => {
  const typed = terminal(started(CLIENT + service()));
  const text = "curl: (7) Failed to connect to web port 80 after 0 ms: Could";
  expect(typed.inPod("client", "curl -sS http://web")).toEqual(failure(7, `${text}n't connect to server`));
  expect(typed.inPod("curl", "curl -sS http://web")).toEqual(failure(7, `${text} not connect to server`));
});

test("SYM-24: a port that the Service does not have hangs in iptables mode and is refused in nftables mode", () => {
  const yaml = CLIENT + deployment(1) + service();
  const line = "curl -sS --max-time 2 http://web:81";
  const iptables = terminal(started(yaml)).inPod("client", line);
  expect(iptables.stderr).toMatch(/^curl: \(28\) Connection timed out after 200\d milliseconds\n$/);
  expect(iptables.exit).toBe(28);
  expect(terminal(started(yaml, { proxyMode: "nftables" })).inPod("client", line)).toEqual(
    failure(7, "curl: (7) Failed to connect to web port 81 after 0 ms: Couldn't connect to server"),
  );
});

test("SYM-25: Local keeps the client's address and times out at nodes without a pod; Cluster loses it", () => {
  const at = (policy: string): World => {
    const w = started(deployment(1) + nodePort(`externalTrafficPolicy: ${policy}`));
    for (const node of [1, 2, 3])
      w.act({ type: "setClient", client: outside(`to-${node}`, `http://{node:${node}}:30080/`) });
    return w.advance("10s");
  };
  const local = at("Local");
  const home = Number(local.objects("Pod", { app: "web" })[0]!.spec.nodeName!.slice(-1));
  for (const node of [1, 2, 3]) {
    const [answer = "", ...others] = distinct(answers(local, `to-${node}`));
    expect(others).toEqual([]);
    if (node === home) expect(answer).toMatch(/ client=198\.51\.100\.7 /);
    else expect(answer).toMatch(/^curl: \(28\) Connection timed out after 100\d milliseconds$/);
  }
  const cluster = at("Cluster");
  for (const node of [1, 2, 3]) {
    const source = node === Number(cluster.objects("Pod", { app: "web" })[0]!.spec.nodeName!.slice(-1));
    const [answer] = distinct(answers(cluster, `to-${node}`));
    expect(answer).toContain(source ? ` client=10.244.${node}.1 ` : ` client=192.168.8.1${node} `);
  }
});

test("SYM-26: without a provider the external IP stays pending", async () => {
  const w = started(service("type: LoadBalancer"), { loadBalancerProvider: false }).advance("10m");
  const { stdout } = await terminal(w).kubectl("get svc web");
  expect(stdout).toMatch(
    /^NAME +TYPE +CLUSTER-IP +EXTERNAL-IP +PORT\(S\) +AGE\nweb +LoadBalancer +10\.96\.\d+\.\d+ +<pending> +80:3\d{4}\/TCP +10m\n$/,
  );
});

test("SYM-27: affinity by client address puts everybody behind one address on one pod", () => {
  const w = started(deployment(5) + nodePort("sessionAffinity: ClientIP"));
  const people = ["ann", "ben", "cem", "dee", "eve"];
  for (const name of people) w.act({ type: "setClient", client: outside(name, "http://{node:1}:30080/") });
  for (const [index, name] of people.entries()) {
    const location = { kind: "outside" as const, ip: `198.51.100.${30 + index}` };
    w.act({ type: "setClient", client: outside(`${name}-home`, "http://{node:1}:30080/", { location }) });
  }
  w.advance("5s");
  const pods = (suffix: string): string[] =>
    distinct(people.flatMap((name) => answers(w, name + suffix)).map(podOf));
  expect(pods("").length).toBe(1);
  expect(pods("-home").length).toBeGreaterThan(1);
});

test("SYM-28: over connections that are kept, new replicas get no traffic", () => {
  const w = started(deployment(1) + nodePort("externalTrafficPolicy: Cluster"));
  const url = "http://{node:1}:30080/";
  w.act({
    type: "setClient",
    client: outside("kept", url, { program: "browser", keepAlive: true, count: 100 }),
  });
  w.act({ type: "setClient", client: outside("fresh", url, { count: 100 }) });
  w.advance("2s").apply(deployment(4)).advance("10s");
  const late = (client: string): string[] => distinct(answers(w, client).slice(-60).map(podOf));
  expect(w.objects("Pod", { app: "web" }).length).toBe(4);
  expect(late("kept").length).toBe(1);
  expect(late("fresh").length).toBe(4);
});

const INGRESS = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}
`;

/** What clients met while a Deployment restarted, pod after pod: curl's errors, and statuses of the Ingress. */
function rollout(replicas: number, container: string): { curl: string[]; ingress: number[] } {
  const entrances = `${nodePort("externalTrafficPolicy: Cluster")}---\n${INGRESS}`;
  const w = started(deployment(replicas, container) + entrances);
  const { count: _, ...busy } = { ...outside("ann", "http://{node:1}:30080/"), rate: 20 };
  w.act({ type: "setClient", client: busy });
  w.act({ type: "setClient", client: { ...busy, name: "ben", url: "http://{ingress}/" } });
  w.apply(deployment(replicas, `${container}, env: [{name: VERSION, value: "2"}]`));
  const curl = new Set<string>();
  const ingress = new Set<number>();
  // Old journeys are forgotten, so they are read as time passes.
  for (let second = 0; second < 15; second++) {
    w.advance("1s");
    for (const text of answers(w, "ann"))
      if (text.startsWith("curl:")) curl.add(text.replace(/after \d+/, "after N"));
    for (const { end } of w.requests("ben")) ingress.add(end?.kind === "response" ? end.status : 0);
  }
  const [web] = w.objects("Deployment").filter(({ metadata }) => metadata.name === "web");
  expect([web!.status.updatedReplicas, web!.status.replicas]).toEqual([replicas, replicas]);
  return { curl: [...curl].sort(), ingress: [...ingress].sort() };
}

test("SYM-29: servers that accept no more after SIGTERM refuse requests in a rollout; a preStop sleep cures it", () => {
  const probe = "readinessProbe: {httpGet: {path: /, port: 8080}, periodSeconds: 1}";
  const closing = `image: lab/echo, args: [--close, --term-delay, "2"], ${probe}`;
  const refused =
    "curl: (7) Failed to connect to 203.0.113.11 port 30080 after N ms: Couldn't connect to server";
  // The Ingress controller tries another pod before it says 502.
  expect(rollout(3, closing)).toEqual({ curl: [refused], ingress: [200] });
  const cured = `${closing}, lifecycle: {preStop: {sleep: {seconds: 5}}}`;
  expect(rollout(3, cured)).toEqual({ curl: [], ingress: [200] });
});

test("SYM-30: a pod older than the Service has no variables of it", () => {
  const w = started(CLIENT);
  w.apply(service()).advance("1s").apply(CLIENT.replaceAll("name: client", "name: younger")).advance("5s");
  const typed = terminal(w);
  const variables = (pod: string): string => typed.inPod(pod, "env | grep ^WEB_ | sort").stdout;
  const ip = w.objects("Service").find(({ metadata }) => metadata.name === "web")!.spec.clusterIP!;
  expect(variables("client")).toBe("");
  expect(variables("younger")).toBe(
    [
      `WEB_PORT=tcp://${ip}:80`,
      `WEB_PORT_80_TCP=tcp://${ip}:80`,
      `WEB_PORT_80_TCP_ADDR=${ip}`,
      "WEB_PORT_80_TCP_PORT=80",
      "WEB_PORT_80_TCP_PROTO=tcp",
      `WEB_SERVICE_HOST=${ip}`,
      "WEB_SERVICE_PORT=80",
      "",
    ].join("\n"),
  );
});
