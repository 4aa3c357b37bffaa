// Symptoms that people search for: names, the Ingress, and kubectl port-forward.
import { expect, test } from "vitest";
import type { Journey, Step } from "#cluster/trace/types";
import { terminal, type Said } from "./terminal.ts";
import { world, type World } from "./world.ts";

const pod = (name: string, image: string, more = ""): string => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {app: ${name.replace(/-\d$/, "")}}}
spec: {containers: [{name: main, image: "${image}"${more}}]}
---
`;
const IDLE = ", command: [sleep, infinity]";
const TOOLS = pod("client", "nicolaka/netshoot", IDLE) + pod("box", "busybox:1.36", IDLE);
const service = (name: string, spec: string): string => `apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {${spec}}
---
`;
const web = (name = "web", more = "", targetPort = "8080"): string =>
  service(name, `selector: {app: web}, ports: [{port: 80, targetPort: ${targetPort}}]${more}`);

const started = (yaml: string): World =>
  world({ imagesPresent: true, nodeCount: 2 }).apply(yaml).advance("5s");
const said = (exit: number, stdout: string, stderr = ""): Said => ({ stdout, stderr, exit });

test("SYM-31: a name that is no Service: curl (6), and busybox asks name by name", () => {
  const typed = terminal(started(TOOLS + web()));
  expect(typed.inPod("client", "curl -sS http://wbe")).toEqual(
    said(6, "", "curl: (6) Could not resolve host: wbe\n"),
  );
  const ip = typed.inPod("client", "dig +short web.default.svc.cluster.local").stdout.trim();
  expect(typed.inPod("box", "nslookup web")).toEqual(
    said(
      1,
      [
        "Server:\t\t10.96.0.10",
        "Address:\t10.96.0.10:53",
        "",
        "Name:\tweb.default.svc.cluster.local",
        `Address: ${ip}`,
        "",
        "",
        "** server can't find web.svc.cluster.local: NXDOMAIN",
        "",
        "** server can't find web.svc.cluster.local: NXDOMAIN",
        "",
        "** server can't find web.cluster.local: NXDOMAIN",
        "",
        "** server can't find web.cluster.local: NXDOMAIN",
        "",
        "",
      ].join("\n"),
    ),
  );
});

const dnsOf = (journey: Journey | undefined): Extract<Step, { step: "dns" }>[] =>
  (journey?.steps ?? []).flatMap((step) => (step.step === "dns" ? [step] : []));

test("SYM-32: with ndots 5 an external name costs four names and eight questions", () => {
  const w = started(TOOLS);
  expect(terminal(w).inPod("client", "curl -sS -o /dev/null http://example.com").exit).toBe(0);
  const [lookup] = dnsOf(w.requests("client").at(-1));
  expect(lookup!.queries.map(({ name, type, rcode }) => `${type} ${name} ${rcode}`)).toEqual([
    ...["default.svc.cluster.local", "svc.cluster.local", "cluster.local"].flatMap((domain) =>
      ["A", "AAAA"].map((type) => `${type} example.com.${domain} NXDOMAIN`),
    ),
    "A example.com NOERROR",
    "AAAA example.com NOERROR",
  ]);
});

test("SYM-33: a headless name has an A record for each pod", () => {
  const pods = ["web-1", "web-2", "web-3"].map((name) => pod(name, "luksa/kubia")).join("");
  const w = started(TOOLS + pods + web("web", ", clusterIP: None"));
  const { stdout } = terminal(w).inPod("client", "dig +short web.default.svc.cluster.local");
  expect(stdout.trim().split("\n").sort()).toEqual(
    w
      .objects("Pod", { app: "web" })
      .map(({ status }) => status.podIP!)
      .sort(),
  );
});

test("SYM-34: through an ExternalName, TLS knows another name, and the site does not know this Host", () => {
  const external = service("external-service", "type: ExternalName, externalName: docs.somecompany.com");
  const typed = terminal(started(TOOLS + external));
  const tls = typed.inPod("client", "curl -sS https://external-service");
  expect([tls.stderr.split("\n")[0], tls.exit]).toEqual([
    "curl: (60) SSL: no alternative certificate subject name matches target host name 'external-service'",
    60,
  ]);
  const status = "curl -sS -o /dev/null -w '%{http_code}\n'";
  expect(typed.inPod("client", `${status} http://external-service`)).toEqual(said(0, "404\n"));
  expect(typed.inPod("client", `${status} -H 'Host: docs.somecompany.com' http://external-service`)).toEqual(
    said(0, "200\n"),
  );
});

const path = (name: string): string =>
  `{path: /${name}, pathType: Prefix, backend: {service: {name: ${name}, port: {number: 80}}}}`;

test("SYM-35: backends without a Service, without endpoints, without a rule, and refused", async () => {
  const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop}
spec:
  rules:
  - host: shop.example.com
    http: {paths: [${["web", "missing", "empty", "wrong"].map(path).join(", ")}]}
`;
  const empty = service("empty", "selector: {app: nobody}, ports: [{port: 80}]");
  const w = started(TOOLS + pod("web-1", "luksa/kubia") + web() + empty + web("wrong", "", "9999") + ingress);
  const typed = terminal(w);
  const ip = w.objects("Pod", { app: "web" })[0]!.status.podIP!;
  const { stdout } = await typed.kubectl("describe ingress shop");
  expect(stdout).toContain(
    [
      "  shop.example.com  ",
      `                    /web       web:80 (${ip}:8080)`,
      '                    /missing   missing:80 (<error: services "missing" not found>)',
      "                    /empty     empty:80 ()",
      `                    /wrong     wrong:80 (${ip}:9999)`,
      "",
    ].join("\n"),
  );
  const status = (path: string): string =>
    typed.inPod(
      "client",
      `curl -sS -o /dev/null -w '%{http_code}' -H 'Host: shop.example.com' http://203.0.113.80/${path}`,
    ).stdout;
  expect(["web", "missing", "empty", "elsewhere", "wrong"].map(status)).toEqual([
    "200",
    "503",
    "503",
    "404",
    "502",
  ]);
});

test("SYM-36: port-forward pins one pod, and wants one that runs", async () => {
  const pods = ["web-1", "web-2", "web-3"].map((name) => pod(name, "luksa/kubia")).join("");
  const pending = `apiVersion: v1
kind: Pod
metadata: {name: pending}
spec: {nodeSelector: {disk: none}, containers: [{name: main, image: luksa/kubia}]}
---
`;
  const w = started(pods + pending + web());
  const typed = terminal(w);
  const spec = {
    method: "GET",
    url: "http://localhost:8888/",
    headers: {},
    program: "curl",
    latency: "real",
    traced: true,
  };
  const forwarded = await typed.kubectlWhile("port-forward service/web 8888:80", () => {
    for (let id = 0; id < 12; id++)
      w.act({ type: "workstation", do: "call", id, call: "http", spec }).advance("100ms");
  });
  expect(forwarded).toEqual(
    said(0, "Forwarding from 127.0.0.1:8888 -> 8080\nForwarding from [::1]:8888 -> 8080\n"),
  );
  const answers = w
    .requests("workstation")
    .map(({ end }) => (end?.kind === "response" ? end.body : end?.text));
  expect(answers.length).toBe(12);
  expect(new Set(answers)).toEqual(new Set(["You've hit web-1\n"]));
  expect(await typed.kubectl("port-forward pending 8888:8080")).toEqual(
    said(1, "", "error: unable to forward port because pod is not running. Current status=Pending\n"),
  );
});
