// Where the Ingress controller passes requests, what pods are told, and what comes back, as ingress-nginx behaves.
import { expect, test } from "vitest";
import type { Ingress } from "#api/ingress/types";
import type { Secret } from "#api/secret/types";
import { endpoint, ingress, service, slice } from "../clients/testing/objects.ts";
import { SHOP_CERTIFICATE } from "./fixtures/certificate.ts";
import { NGINX, path, rule, spec, world } from "./fixtures/world.ts";

test("ING-8: 503 without ready endpoints, Service or port, 502 where the pod refuses or hangs up, 504 where it is silent", () => {
  const made = world(
    ingress(
      "shop",
      spec(
        rule(
          "shop.example.com",
          path("/none", "none"),
          path("/gone", "gone"),
          path("/deaf", "deaf"),
          path("/port", "a2"),
          path("/hangup", "a"),
          path("/reset", "a"),
          path("/silent", "a"),
        ),
      ),
    ),
  );
  made.put(service("none", { clusterIP: "10.96.1.8" }));
  made.put(
    slice("none", [
      endpoint("10.244.1.99", "x", { conditions: { ready: false, serving: false, terminating: false } }),
    ]),
  );
  made.put(service("deaf", { clusterIP: "10.96.1.9" }));
  made.put(slice("deaf", [endpoint(made.pod("deaf", "node-2", {}, null), "deaf")]));
  made.put(
    service("a2", { clusterIP: "10.96.1.10", ports: [{ protocol: "TCP", port: 81, targetPort: 8080 }] }),
  );
  made.run(2000);
  const to = (target: string): string => made.short(`http://shop.example.com${target}`);
  const paths = ["/none", "/gone", "/port", "/deaf", "/hangup", "/reset", "/silent"];
  expect(paths.map((target) => `${target} ${to(target)}`)).toEqual([
    "/none 503 Service Temporarily Unavailable",
    "/gone 503 Service Temporarily Unavailable",
    "/port 503 Service Temporarily Unavailable",
    "/deaf 502 Bad Gateway",
    "/hangup 502 Bad Gateway",
    "/reset 502 Bad Gateway",
    "/silent 504 Gateway Time-out",
  ]);
  // The Service's only endpoint becomes ready, and is not refused by what was said before.
  made.put(slice("none", [endpoint(made.pod("none", "node-2"), "none")]));
  made.run(2000);
  expect(to("/none")).toMatch(/^200 none /);
});

test("ING-8: a backend's port is the Service's, by number or name, or its target port", () => {
  const at = (port: { number: number } | { name: string }): string => {
    const route = path("/", "named");
    const backend = { service: { name: "named", port } };
    const made = world(ingress("shop", spec(rule("shop.example.com", { ...route, backend }))));
    const ports = [{ name: "web", protocol: "TCP" as const, port: 81, targetPort: 8080 }];
    made.put(service("named", { clusterIP: "10.96.1.8", ports }));
    made.put(
      slice(
        "named",
        [endpoint(made.pod("named-1", "node-1"), "named-1")],
        [{ name: "web", protocol: "TCP", port: 8080 }],
      ),
    );
    made.run(2000);
    return made.short("http://shop.example.com/").slice(0, 11);
  };
  expect(
    [{ number: 81 }, { name: "web" }, { number: 8080 }, { number: 80 }, { name: "http" }].map(at),
  ).toEqual(["200 named-1", "200 named-1", "200 named-1", "503 Service", "503 Service"]);
});

test("ING-9: endpoints take turns; after an error the next is tried", () => {
  const made = world(ingress("shop", spec(rule("shop.example.com", path("/", "many")))));
  made.put(service("many", { clusterIP: "10.96.1.8" }));
  const ips = [1, 2, 3].map((index) => made.pod(`many-${index}`, `node-${index}`));
  made.put(
    slice(
      "many",
      ips.map((ip, index) => endpoint(ip, `many-${index + 1}`)),
    ),
  );
  made.run(2000);
  const names = Array.from({ length: 9 }, () => made.short("http://shop.example.com/").split(" ")[1]!);
  expect([0, 3, 6].map((index) => names.slice(index, index + 3).sort())).toEqual(
    Array.from({ length: 3 }, () => ["many-1", "many-2", "many-3"]),
  );
  const { journey } = made.get("http://shop.example.com/");
  expect(made.journey(journey!).steps.find(({ step }) => step === "choice")).toMatchObject({
    how: "roundRobin",
    among: 3,
  });
  made.put(
    slice("many", [endpoint(made.pod("deaf", "node-2", {}, null), "deaf"), endpoint(ips[0]!, "many-1")]),
  );
  made.run(2000);
  const after = Array.from({ length: 6 }, () => made.short("http://shop.example.com/").split(" ")[1]!);
  expect(new Set(after)).toEqual(new Set(["many-1"]));
});

test("ING-10: pods are told who asked, for which host and how; the client's own word for it does not count", () => {
  const made = world(ingress("shop", spec(rule("shop.example.com", path("/", "a")))));
  const answer = made.get("http://shop.example.com/headers", {
    headers: { "X-Forwarded-For": "1.2.3.4", "X-Mine": "1", Proxy: "http://1.2.3.4/" },
  });
  expect(answer.ok && JSON.parse(answer.body)).toEqual({
    Host: "shop.example.com",
    "X-Request-ID": expect.stringMatching(/^[0-9a-f]{32}$/),
    "X-Real-IP": "198.51.100.7",
    "X-Forwarded-For": "198.51.100.7",
    "X-Forwarded-Host": "shop.example.com",
    "X-Forwarded-Port": "80",
    "X-Forwarded-Proto": "http",
    "X-Forwarded-Scheme": "http",
    "X-Scheme": "http",
    "X-Original-Forwarded-For": "1.2.3.4",
    "User-Agent": "curl/7.88.1",
    Accept: "*/*",
    "X-Mine": "1",
  });
});

function secret(name: string, data: Record<string, string>): Secret {
  const metadata = {
    name,
    namespace: "default",
    uid: name,
    resourceVersion: "1",
    creationTimestamp: "2026-03-02T09:00:00Z",
  };
  return { apiVersion: "v1", kind: "Secret", metadata, type: "kubernetes.io/tls", data };
}

const TLS = [{ hosts: ["shop.example.com"], secretName: "shop" }];

test("ING-11: TLS with the Secret's certificate for its hosts, the fake one elsewhere and until there is a Secret", () => {
  const made = world(ingress("shop", { ...spec(rule("shop.example.com", path("/", "a"))), tls: TLS }));
  const certificate = (host: string): unknown => {
    const { journey } = made.get(`https://${host}/`, { insecure: true });
    return made.journey(journey!).steps.find(({ step }) => step === "tls");
  };
  const fake = { outcome: "ok", subject: "O=Acme Co; CN=Kubernetes Ingress Controller Fake Certificate" };
  expect(certificate("shop.example.com")).toMatchObject(fake);
  made.put(secret("shop", { "tls.crt": SHOP_CERTIFICATE, "tls.key": "eA==" }));
  made.run(2000);
  expect(certificate("shop.example.com")).toMatchObject({
    outcome: "ok",
    subject: "O=Shop; CN=shop.example.com",
    issuer: "O=Shop; CN=shop.example.com",
  });
  expect(certificate("other.test")).toMatchObject(fake);
  expect(made.short("https://shop.example.com/")).toBe(
    "(60) SSL certificate problem: self-signed certificate",
  );
  expect(made.short("https://shop.example.com/", { authorities: ["O=Shop; CN=shop.example.com"] })).toBe(
    "200 a-1 10.244.0.80 /",
  );
  made.put(secret("shop", { "tls.crt": "bm9uc2Vuc2U=", "tls.key": "eA==" }));
  made.run(2000);
  expect(certificate("shop.example.com")).toMatchObject(fake);
});

test("ING-12: with TLS plain requests are sent to https by 308, unless an annotation says no; or by one that says so", () => {
  const tlsFor = (name: string, host: string, annotations = {}): Ingress =>
    ingress(name, { ...spec(rule(host, path("/", "a"))), tls: [{ hosts: [host] }] }, annotations);
  const made = world(
    tlsFor("shop", "shop.example.com"),
    tlsFor("plain", "x.example.com", { [`${NGINX}ssl-redirect`]: "false" }),
    ingress("force", spec(rule("other.test", path("/", "a"))), { [`${NGINX}force-ssl-redirect`]: "true" }),
  );
  expect(made.get("http://shop.example.com/a?b")).toMatchObject({
    status: 308,
    headers: { Location: "https://shop.example.com/a?b" },
  });
  expect(made.short("http://x.example.com/")).toBe("200 a-1 10.244.0.80 /");
  expect(made.short("http://other.test/")).toBe("308 Permanent Redirect");
  expect(made.get("https://shop.example.com/", { insecure: true })).toMatchObject({
    status: 200,
    headers: { "Strict-Transport-Security": "max-age=31536000; includeSubDomains" },
  });
});

test("ING-13: cookie affinity sends a client back to its pod, as long as that one is there", () => {
  const annotations = {
    [`${NGINX}affinity`]: "cookie",
    [`${NGINX}session-cookie-name`]: "route",
    [`${NGINX}session-cookie-max-age`]: "600",
  };
  const made = world(ingress("shop", spec(rule("shop.example.com", path("/", "many"))), annotations));
  made.put(service("many", { clusterIP: "10.96.1.8" }));
  const ips = [1, 2, 3].map((index) => made.pod(`many-${index}`, `node-${index}`));
  const all = ips.map((ip, index) => endpoint(ip, `many-${index + 1}`));
  made.put(slice("many", all));
  made.run(2000);
  const first = made.get("http://shop.example.com/");
  if (!first.ok) throw new Error(first.text);
  const pod = first.body.split(" ")[0]!;
  expect(first.headers["Set-Cookie"]).toMatch(
    /^route=\d+\.\d+\.32\.\d+\|[0-9a-f]{32}; Max-Age=600; Path=\/; HttpOnly$/,
  );
  const Cookie = first.headers["Set-Cookie"]!.split(";")[0]!;
  const again = Array.from({ length: 5 }, () =>
    made.get("http://shop.example.com/", { headers: { Cookie } }),
  );
  expect(
    again.map((answer) => answer.ok && [answer.body.split(" ")[0], answer.headers["Set-Cookie"]]),
  ).toEqual(Array.from({ length: 5 }, () => [pod, undefined]));
  const choice = made.journey(again[0]!.journey!).steps.find(({ step }) => step === "choice");
  expect(choice).toMatchObject({ pod, how: "cookie", among: 3 });
  made.put(
    slice(
      "many",
      all.filter(({ targetRef }) => targetRef?.name !== pod),
    ),
  );
  made.run(2000);
  const moved = made.get("http://shop.example.com/", { headers: { Cookie } });
  expect(moved.ok && moved.body.split(" ")[0] !== pod && moved.headers["Set-Cookie"] !== undefined).toBe(
    true,
  );
});

test("ING-15: the journey tells the rule, the endpoints and the choice; the request to the pod is its child", () => {
  const made = world(ingress("shop", spec(rule("shop.example.com", path("/a", "a")))));
  const { journey } = made.get("http://shop.example.com/a");
  const own = made.journey(journey!);
  const steps = own.steps.filter(({ step }) => ["ingress", "service", "endpoints", "choice"].includes(step));
  expect(steps.map(({ at, ...step }) => (at >= 0 ? step : at))).toEqual([
    {
      step: "ingress",
      ingress: "default/shop",
      backend: "a:80",
      rule: { host: "shop.example.com", path: "/a", pathType: "Prefix" },
      host: "shop.example.com",
      path: "/a",
      outcome: "matched",
    },
    {
      step: "service",
      service: "default/a",
      port: 80,
      node: "",
      matched: "ingressEndpoints",
      policy: "Cluster",
    },
    {
      step: "endpoints",
      service: "default/a",
      candidates: [{ address: "10.244.1.3:8080", pod: "a-1", node: "node-1", in: true, reason: "ready" }],
      pool: "ready",
    },
    { step: "choice", endpoint: "10.244.1.3:8080", pod: "a-1", node: "node-1", how: "only", among: 1 },
  ]);
  const child = made.journey(journey! + 1);
  expect(child).toMatchObject({
    parent: journey,
    client: { place: { kind: "ingress" }, program: "ingress" },
    end: { kind: "response", status: 200 },
  });
  const data = child.legs.filter(({ purpose }) => purpose === "data");
  expect(data[0]).toMatchObject({ from: { kind: "ingress" }, direction: "request" });
  expect(data.at(-1)).toMatchObject({ to: { kind: "ingress" }, direction: "response" });
  const failed = made.get("http://other.test/");
  expect(made.journey(failed.journey!).steps.find(({ step }) => step === "ingress")).toMatchObject({
    host: "other.test",
    path: "/",
    outcome: "noRule",
  });
});

test("ING-17: an ExternalName Service is asked by its name", () => {
  const made = world(ingress("shop", spec(rule("shop.example.com", path("/", "out")))));
  made.put(
    service("out", {
      type: "ExternalName",
      externalName: "example.com",
      ports: [{ protocol: "TCP", port: 80, targetPort: 80 }],
    }),
  );
  made.run(1000);
  expect(made.short("http://shop.example.com/")).toMatch(
    /^200 shop\.example\.com: hello from the internet, /,
  );
  // At whatever port the Ingress says, if the Service says none.
  made.put(service("out", { type: "ExternalName", externalName: "example.com", ports: [] }));
  made.run(1000);
  expect(made.short("http://shop.example.com/")).toMatch(/^200 shop\.example\.com: hello/);
});
