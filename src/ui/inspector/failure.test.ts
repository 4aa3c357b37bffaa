import { expect, test } from "vitest";
import type { Journey, JourneyEnd, Place, Step } from "#cluster/trace/types";
import { translate, type Translate } from "../i18n/i18n.ts";
import { outcomeOf } from "./outcome.ts";
import { verdictOf } from "./verdict.ts";
import { whySteps } from "./why.ts";

const t: Translate = (key, values) => translate("en", key, values);
const zh: Translate = (key, values) => translate("zh", key, values);

type Failure = Extract<JourneyEnd, { kind: "failure" }>;

const CLIENT: Place = { kind: "client", name: "c" };
const POD: Place = { kind: "pod", namespace: "default", name: "web-1" };

function failed(failure: Failure["failure"], steps: object[], more: Partial<Failure> = {}): Journey {
  return {
    id: 1,
    startedAt: 0,
    client: { place: CLIENT, ip: "198.51.100.7", program: "curl" },
    request: { method: "GET", url: "http://web/", headers: {} },
    legs: [],
    steps: steps.map((step) => ({ at: 0, ...step }) as Step),
    end: { kind: "failure", at: 1, failure, text: "", exit: 7, place: CLIENT, ...more },
  };
}

const said = (journey: Journey): string => verdictOf(journey, t);
const briefs = (journey: Journey): string[] =>
  whySteps(journey).map(({ title, brief }) => `${t(title)}: ${t(brief.key, brief.values)}`);

const dns = (rcode: string, name = "web.default.svc.cluster.local", answer: string[] = []) => ({
  step: "dns",
  name: "web",
  server: "10.96.0.10",
  queries: [{ name, type: "A", answer, rcode }],
  source: "dns",
  ...(answer[0] ? { result: answer[0] } : {}),
});
const endpoints = (...reasons: string[]) => ({
  step: "endpoints",
  service: "default/web",
  candidates: reasons.map((reason) => ({ address: "10.244.1.2:80", in: false, reason })),
  pool: "none",
});
const refusal = { step: "verdict", node: "node-1", verdict: "reject", reason: "noEndpoints" };
const missing = (place: Place, address: string, ...listening: string[]) => ({
  step: "socket",
  place,
  address,
  found: false,
  listening,
});

test("a name server that kept silent has not said that the name does not exist", () => {
  expect(said(failed("timeout", [dns("TIMEOUT")]))).toBe(
    "The name server 10.96.0.10 gave no answer, so the address of web stays unknown.",
  );
  expect(briefs(failed("timeout", [dns("TIMEOUT")]))).toEqual(["DNS: 10.96.0.10 gives no answer"]);
  expect(said(failed("dns", [dns("NXDOMAIN")]))).toMatch(
    /^The name server 10\.96\.0\.10 does not know web\./,
  );
  expect(briefs(failed("dns", [dns("NXDOMAIN")]))).toEqual(["DNS: 10.96.0.10 does not know web"]);
});

test("a Service that refuses says why none of its endpoints may get traffic", () => {
  expect(said(failed("refused", [endpoints(), refusal]))).toMatch(/^Service web has no endpoints: /);
  expect(said(failed("refused", [endpoints("notReady"), refusal]))).toBe(
    "Service web has 1 endpoint, but it is not ready, so nobody may get traffic. The node refuses at once.",
  );
  expect(said(failed("refused", [endpoints("notReady", "notReady"), refusal]))).toBe(
    "Service web has 2 endpoints, but none is ready, so nobody may get traffic. The node refuses at once.",
  );
  expect(said(failed("refused", [endpoints("portUnresolved", "notReady"), refusal]))).toBe(
    "No ready Pod of Service web has a port with the name in targetPort. The node refuses at once.",
  );
});

test("a port that the Service has not is named apart from the Service's address", () => {
  const rule = { step: "noRule", node: "node-1", address: "10.96.7.7:81", reason: "portNotInService" };
  const journey = failed("timeout", [rule]);
  expect(said(journey)).toBe(
    "The Service at 10.96.7.7 has no port 81. Use the Service's port, not the Pod's.",
  );
  expect(briefs(journey)).toEqual(["Port: the Service at 10.96.7.7 has no port 81"]);
  expect(verdictOf(journey, zh)).toBe(
    "10.96.7.7 处的 Service 没有端口 81。要用 Service 的端口，而不是 Pod 的端口。",
  );
});

test("a load balancer that sends nowhere is said to have no healthy node", () => {
  const drop = { step: "verdict", node: "load-balancer", verdict: "drop", reason: "noHealthyNode" };
  const journey = failed("timeout", [drop]);
  expect(said(journey)).toBe("The load balancer has no healthy node to send the packet to.");
  expect(briefs(journey)).toEqual(["Verdict: the load balancer silently drops the packet"]);
});

test("a sender outside of loadBalancerSourceRanges is told so", () => {
  const rule = { step: "noRule", node: "node-2", address: "203.0.113.101:80", reason: "sourceRange" };
  const drop = { step: "verdict", node: "node-2", verdict: "drop", reason: "sourceRange" };
  const journey = failed("timeout", [rule, drop]);
  expect(said(journey)).toBe(
    "The sender is outside the Service's loadBalancerSourceRanges: node-2 drops the packet.",
  );
  expect(whySteps(journey).map(({ evidence }) => evidence)).toEqual([[], []]);
});

test("where nobody listens, only a Service's endpoint is asked for its targetPort", () => {
  const service = { step: "service", service: "default/web", port: 80, matched: "clusterIP", node: "node-1" };
  const closed = missing(POD, "10.244.1.2:80", "0.0.0.0:8080");
  const node: Place = { kind: "node", name: "node-1" };
  expect(said(failed("refused", [service, closed]))).toMatch(/Is targetPort right\?$/);
  expect(said(failed("refused", [closed]))).toBe(
    "The packet arrived at web-1, but no process listens on port 80.",
  );
  expect(said(failed("refused", [dns("NOERROR", undefined, ["10.244.1.2"]), closed]))).toMatch(
    /A headless Service only gives out addresses and maps no port: ask for the port of the Pod\.$/,
  );
  expect(said(failed("refused", [missing(node, "192.168.8.11:30999")]))).toBe(
    "The packet arrived at node-1, but no Service has the node port 30999, and no process listens there.",
  );
  expect(said(failed("refused", [service, missing(POD, "10.244.1.2:80", "127.0.0.1:80")]))).toMatch(
    /listens on 127\.0\.0\.1 only/,
  );
  expect(said(failed("refused", [service, missing(POD, "10.244.1.2:80", "127.0.0.1:9")]))).toMatch(
    /Is targetPort right\?$/,
  );
});

test("addresses of the cluster cannot be reached from outside, and some belong to nobody", () => {
  const lost = (ip: string): Journey => failed("timeout", [], { place: { kind: "internet", ip } });
  expect(said(lost("10.96.7.7"))).toBe(
    "10.96.7.7 is an address inside the cluster: no route leads there from outside. Use a node port, a load balancer or an Ingress.",
  );
  expect(said(lost("203.0.113.180"))).toBe("Nobody answers at 203.0.113.180.");
});

test("a server that hangs up or speaks something else is named, not the client", () => {
  const socket = { ...missing(POD, "10.244.1.2:6379"), found: true };
  const exchange = { step: "exchange", place: POD, request: {} };
  const empty = failed("empty", [socket, exchange], { exit: 52 });
  expect(said(empty)).toBe("web-1 closed the connection before its answer was complete.");
  expect(briefs(empty)[1]).toBe("Answer: no complete answer from web-1");
  const other = failed("reset", [socket], { exit: 1 });
  expect(said(other)).toBe("web-1 answered, but not in HTTP.");
  expect(t(outcomeOf(other).word)).toBe("Not HTTP");
});

test("what was wrong in a TLS handshake is said", () => {
  const tls = (outcome: string): string => said(failed("tls", [{ step: "tls", outcome }], { exit: 60 }));
  expect(tls("selfSigned")).toBe(
    "The certificate is self-signed, so the client does not trust it and sends no request.",
  );
  expect(tls("nameMismatch")).toMatch(/^The certificate is for another name/);
  expect(tls("notTls")).toMatch(/^The client speaks TLS, but the server does not/);
});
