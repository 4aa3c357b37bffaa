// Symptoms that people search for: Services whose pods are not behind them, or not ready.
import { expect, test } from "vitest";
import type { ClientSpec } from "#cluster/clients/types";
import { terminal } from "./terminal.ts";
import { world, type World } from "./world.ts";

const pod = (name: string, image: string, more = ""): string => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {app: ${name.replace(/-\d$/, "")}}}
spec:
  containers:
  - name: ${name.replace(/-\d$/, "")}
    image: ${image}
${more}---
`;
const CLIENT = pod("client", "nicolaka/netshoot", "    command: [sleep, infinity]\n");
const service = (name: string, app: string, targetPort: string): string => `apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {selector: {app: ${app}}, ports: [{port: 80, targetPort: ${targetPort}}]}
---
`;

/** One node with all images on its disk, so that addresses are known. */
const small = (yaml: string): World =>
  world({ nodeCount: 1, imagesPresent: true }).apply(yaml).advance("10s");

const REFUSED = (name: string): string =>
  `curl: (7) Failed to connect to ${name} port 80 after 0 ms: Couldn't connect to server\n`;

const DEPRECATED = "Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice\n";

const events = (w: World, name: string): string[] =>
  w
    .objects("Event")
    .filter(({ involvedObject, type }) => involvedObject.name === name && type === "Warning")
    .map(({ reason, message }) => `${reason}: ${message}`);

const addressOf = (w: World, name: string): string =>
  w.objects("Pod").find(({ metadata }) => metadata.name === name)!.status.podIP!;

test("SYM-15: a selector that matches nothing leaves three different traces", async () => {
  const typed = terminal(small(pod("web", "luksa/kubia") + service("web", "wbe", "8080")));
  expect((await typed.kubectl("describe svc web")).stdout).toMatch(/^Endpoints: {16}$/m);
  expect((await typed.kubectl("get endpointslices -l kubernetes.io/service-name=web")).stdout).toMatch(
    /^NAME +ADDRESSTYPE +PORTS +ENDPOINTS +AGE\nweb-\w{5} +IPv4 +<unset> +<unset> +10s\n$/,
  );
  expect(await typed.kubectl("get endpoints web")).toEqual({
    stdout: "NAME   ENDPOINTS   AGE\nweb    <none>      10s\n",
    stderr: DEPRECATED,
    exit: 0,
  });
});

test("SYM-16: a pod that says 503 runs, is not ready, and stays listed with ready=false", async () => {
  const probe = `    args: [netexec, --http-port=8080]
    readinessProbe: {httpGet: {path: "/echo?msg=no&code=503", port: 8080}, periodSeconds: 1}
`;
  const w = small(
    pod("web", "registry.k8s.io/e2e-test-images/agnhost:2.53", probe) + service("web", "web", "8080"),
  );
  const typed = terminal(w);
  expect((await typed.kubectl("get pod web")).stdout).toBe(
    "NAME   READY   STATUS    RESTARTS   AGE\nweb    0/1     Running   0          10s\n",
  );
  expect(events(w, "web")).toEqual([
    "Unhealthy: Readiness probe failed: HTTP probe failed with statuscode: 503",
  ]);
  const [slice] = w.objects("EndpointSlice", { "kubernetes.io/service-name": "web" });
  expect(slice!.endpoints?.map(({ addresses, conditions }) => [addresses, conditions])).toEqual([
    [[addressOf(w, "web")], { ready: false, serving: false, terminating: false }],
  ]);
  expect((await typed.kubectl("get endpointslices -l kubernetes.io/service-name=web")).stdout).toContain(
    ` 8080    ${addressOf(w, "web")} `,
  );
});

test("SYM-17: a probe at a port on which nobody listens is refused", () => {
  const probe = "    readinessProbe: {httpGet: {path: /healthz, port: 8081}, periodSeconds: 1}\n";
  const w = small(pod("web", "luksa/kubia", probe));
  const ip = addressOf(w, "web");
  expect(events(w, "web")).toEqual([
    `Unhealthy: Readiness probe failed: Get "http://${ip}:8081/healthz": dial tcp ${ip}:8081: connect: connection refused`,
  ]);
});

test("SYM-18: a liveness probe that fails restarts the container", async () => {
  const probe = "    livenessProbe: {httpGet: {path: /, port: 8080}, periodSeconds: 1}\n";
  const w = small(pod("web", "luksa/kubia-unhealthy", probe)).advance("50s");
  const typed = terminal(w);
  const described = (await typed.kubectl("describe pod web")).stdout;
  expect(described).toMatch(
    /Normal +Killing +\S+( \(x\d over \w+\))? +kubelet +spec\.containers\{web\}: Container web failed liveness probe, will be restarted\n/,
  );
  expect((await typed.kubectl("get pod web")).stdout).toMatch(/^web +1\/1 +Running +1 \(\d+s ago\) +60s$/m);
});

const request = (url: string): ClientSpec => ({
  name: "shopper",
  location: { kind: "pod", namespace: "default", name: "client" },
  program: "curl",
  url,
  method: "GET",
  headers: {},
  rate: 10,
  keepAlive: false,
  cookies: false,
});

const answers = (w: World, client: string): string[] =>
  w.requests(client).map(({ end }) => (end?.kind === "response" ? end.body.trim() : `${end?.text}`));

test("SYM-19: too broad a selector gives no error, only answers of two versions", () => {
  const both = ["luksa/kubia:v1", "luksa/kubia:v2"]
    .map((image, index) => pod(`web-${index + 1}`, image))
    .join("");
  const w = small(CLIENT + both + service("web", "web", "8080"));
  w.act({ type: "setClient", client: request("http://web") }).advance("5s");
  const versions = new Set(answers(w, "client").map((text) => text.split(" running")[0]));
  expect([...versions].sort()).toEqual(["This is v1", "This is v2"]);
});

test("SYM-20: a wrong target port has endpoints and refuses; a name that no pod has is refused too", async () => {
  const w = small(
    CLIENT + pod("web", "luksa/kubia") + service("number", "web", "9999") + service("named", "web", "http"),
  );
  const typed = terminal(w);
  const ip = addressOf(w, "web");
  expect((await typed.kubectl("get ep number named")).stdout).toBe(
    `NAME     ENDPOINTS         AGE\nnumber   ${ip}:9999   10s\nnamed    <none>            10s\n`,
  );
  expect((await typed.kubectl("get endpointslices -l kubernetes.io/service-name=named")).stdout).toContain(
    ` IPv4          <unset>   ${ip} `,
  );
  for (const name of ["number", "named"])
    expect(typed.inPod("client", `curl -sS http://${name}`)).toEqual({
      stdout: "",
      stderr: REFUSED(name),
      exit: 7,
    });
});

test("SYM-21: a process on 127.0.0.1 answers inside its pod only", async () => {
  const local = "    args: [--bind, 127.0.0.1]\n";
  const probe = "    readinessProbe: {tcpSocket: {port: 8080}, periodSeconds: 1}\n";
  const yaml =
    pod("web-1", "lab/echo", local) +
    pod("probed", "lab/echo", local + probe) +
    service("web", "web", "8080");
  const w = small(CLIENT + yaml);
  const typed = terminal(w);
  expect(typed.inPod("client", "curl -sS http://web")).toEqual({
    stdout: "",
    stderr: REFUSED("web"),
    exit: 7,
  });
  expect(events(w, "probed")).toEqual([
    `Unhealthy: Readiness probe failed: dial tcp ${addressOf(w, "probed")}:8080: connect: connection refused`,
  ]);
  expect(await typed.kubectl("exec web-1 -- curl -sS http://localhost:8080")).toEqual({
    stdout: "web-1 client=127.0.0.1 host=localhost:8080\n",
    stderr: "",
    exit: 0,
  });
  // kubectl port-forward connects to the pod's own localhost.
  const spec = {
    method: "GET",
    url: "http://127.0.0.1:8888/",
    headers: {},
    program: "curl",
    latency: "real",
    traced: true,
  };
  await typed.kubectlWhile("port-forward web-1 8888:8080", () =>
    w.act({ type: "workstation", do: "call", id: 2, call: "http", spec }).advance("1s"),
  );
  expect(answers(w, "workstation")).toEqual(["web-1 client=127.0.0.1 host=127.0.0.1:8888"]);
});
