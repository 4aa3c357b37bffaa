import { expect, test } from "vitest";
import type { Journey, Step } from "#cluster/trace/types";
import { translate, type Translate } from "../i18n/i18n.ts";
import { verdictOf } from "./verdict.ts";

const t: Translate = (key, values) => translate("en", key, values);

function journey(status: number, steps: Step[]): Journey {
  return {
    id: 1,
    startedAt: 0,
    client: { place: { kind: "client", name: "c" }, ip: "198.51.100.7", program: "curl" },
    request: { method: "GET", url: "http://a.example/", headers: {} },
    legs: [],
    steps,
    end: { kind: "response", at: 1, status, body: "" },
  };
}

const asked = { at: 0, step: "ingress", host: "a.example", path: "/x" } as const;

test("an Ingress controller that answers by itself is not said to have gone anywhere", () => {
  const said = (status: number, step: Step): string => verdictOf(journey(status, [step]), t);
  expect(said(200, { ...asked, backend: "web:80", outcome: "matched" })).toBe(
    "The Ingress controller looked at host and path (a.example/x) and went to web:80.",
  );
  const read: Step = {
    at: 0,
    step: "service",
    service: "default/web",
    port: "80",
    matched: "ingressEndpoints",
    node: "node-1",
  } as unknown as Step;
  const chosen = { at: 0, step: "choice", endpoint: "10.244.1.2:8080", pod: "web-1" } as unknown as Step;
  const passed = journey(200, [{ ...asked, backend: "web:80", outcome: "matched" }, read, chosen]);
  expect(verdictOf(passed, t)).toBe(
    "The Ingress controller looked at host and path (a.example/x) and went to web:80.",
  );
  expect(said(308, { ...asked, backend: "web:80", outcome: "tlsRedirect" })).toBe(
    "The Ingress controller serves a.example over TLS only: it answered 308 itself, with the https address to ask instead.",
  );
  expect(said(404, { ...asked, outcome: "noRule" })).toBe(
    "The Ingress controller has no rule for a.example/x: it answered 404 itself and asked no Pod.",
  );
  expect(said(503, { ...asked, backend: "web:80", outcome: "noEndpoints" })).toBe(
    "The Ingress controller found the rule for a.example/x, but web:80 has no ready endpoint: it answered 503 itself.",
  );
});

test("a Service that was only a name is said to have been one", () => {
  const looked = (name: string, answer: string[]): Step => ({
    at: 0,
    step: "dns",
    name,
    server: "10.96.0.10",
    queries: [{ name: `${name}.default.svc.cluster.local`, type: "A", answer, rcode: "NOERROR" }],
    source: "dns",
  });
  const socket = (place: Extract<Step, { step: "socket" }>["place"]): Step => ({
    at: 0,
    step: "socket",
    place,
    address: "10.244.1.2:80",
    found: true,
    listening: [],
  });
  const pod = socket({ kind: "pod", namespace: "default", name: "p" });
  expect(verdictOf(journey(200, [looked("web", ["10.244.1.2"]), pod]), t)).toBe(
    "The headless Service web only answered in DNS, with the addresses of its Pods; the request went straight to p.",
  );
  const outside = socket({ kind: "internet", ip: "198.51.100.81" });
  expect(verdictOf(journey(200, [looked("ext", ["api.example.", "198.51.100.81"]), outside]), t)).toBe(
    "Service ext is only a name: DNS pointed to api.example, and the client went to 198.51.100.81 itself.",
  );
  expect(verdictOf(journey(200, [pod]), t)).toBe("It went straight to p; no Service was involved.");
});

test("what came through a door is said to have been free to go elsewhere only where it was", () => {
  const through = (
    policy: "Cluster" | "Local",
    how: string,
    place: Journey["client"]["place"] = { kind: "client", name: "c" },
  ): string => {
    const entered = { at: 0, step: "service", service: "default/web", port: 80, matched: "nodePort" };
    const chosen = { at: 0, step: "choice", endpoint: "10.244.1.2:8080", pod: "p", node: "node-1", how };
    const steps = [{ ...entered, node: "node-1", policy }, chosen] as unknown as Step[];
    return verdictOf({ ...journey(200, steps), client: { place, ip: "", program: "curl" } }, t);
  };
  expect(through("Cluster", "random")).toBe(
    "It entered at node-1, and p on the same node answers. The door could have led to any ready Pod.",
  );
  expect(through("Local", "only")).toBe(
    "It entered at node-1, and p on the same node answers: under the traffic policy Local a node sends only to its own Pods.",
  );
  expect(through("Cluster", "affinity")).toBe(
    "It entered at node-1. Session affinity led it to p on node-1 again.",
  );
  expect(through("Cluster", "random", { kind: "pod", namespace: "default", name: "q" })).toBe(
    "The rule of Service web led it to p. The Service itself is no stop on the way.",
  );
});

test("an Ingress controller that got no answer points to its own request", () => {
  const parent = journey(502, [{ ...asked, backend: "web:80", outcome: "matched" }]);
  const end = { kind: "failure", at: 1, failure: "refused", text: "", exit: 7 } as unknown as Journey["end"];
  const child: Journey = { ...journey(0, []), id: 7, parent: 1, ...(end ? { end } : {}) };
  expect(verdictOf(parent, t, child)).toBe(
    "The Ingress controller went to web:80 for a.example/x but got no answer there, so it answered 502 itself. Request 7 shows why.",
  );
  expect(verdictOf(parent, t, { ...journey(502, []), parent: 1 })).toBe(
    "The Ingress controller looked at host and path (a.example/x) and went to web:80.",
  );
});
