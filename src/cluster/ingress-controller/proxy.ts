// One request at the Ingress controller's front: the rule that it meets, the endpoint that it is passed to, and what
// comes back to the client. The request to the pod is a journey of its own, the child of the client's.
import { nextInt, nextUint32 } from "#base/random";
import { hasHeader, headerOf } from "../http-client/request.ts";
import type { HttpFailure, HttpResult } from "../http-client/types.ts";
import type { Context } from "../machine/component.ts";
import type { HttpMessage, Incoming } from "../network/types.ts";
import { cookieValue, remembered, setCookie } from "./affinity.ts";
import { upstreamsOf, type Upstream, type Upstreams } from "./backends.ts";
import { match, serverFor, type Matched } from "./match.ts";
import { page } from "./pages.ts";
import type { IngressState, Proxied } from "./state.ts";
import type { Location, Server } from "./table.ts";

/** Kubernetes: ingress-nginx' proxy-next-upstream-tries (v1.35) */
const TRIES = 3;
const HOP_BY_HOP = new Set(["connection", "keep-alive", "transfer-encoding", "upgrade", "proxy-connection"]);
/** Of the client's headers; a program that takes "Proxy" for its own setting could be led astray. */
const NOT_PASSED_ON = new Set([...HOP_BY_HOP, "proxy"]);
const IDEMPOTENT = new Set(["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"]);
const STRICT_TRANSPORT = { "Strict-Transport-Security": "max-age=31536000; includeSubDomains" };

export function onRequest(context: Context, state: IngressState, data: Incoming & { secure: boolean }): void {
  const { exchange, journey, request, secure } = data;
  if ("datagram" in request) return;
  const host = hostOf(request);
  const server = serverFor(state.table, host);
  const matched = server && match(server, request.path);
  if (!matched) {
    note(context, journey, { host, path: request.path, outcome: "noRule" });
    context.network.respond(exchange, page(404, secure ? STRICT_TRANSPORT : {}));
    return;
  }
  const { location } = matched;
  if (!secure && redirects(server, location)) {
    note(context, journey, { ...ruleOf(location), host, path: request.path, outcome: "tlsRedirect" });
    context.network.respond(exchange, page(308, { Location: `https://${host}${request.path}` }));
    return;
  }
  passOn(context, state, data, request, matched, host);
}

function hostOf(request: HttpMessage): string {
  return (headerOf(request.headers, "host") ?? "").replace(/:\d+$/, "").toLowerCase();
}

function redirects(server: Server, { config }: Location): boolean {
  return config.forceSslRedirect || (config.sslRedirect && server.tls);
}

type IngressStep = Extract<Parameters<Context["trace"]["step"]>[1], { step: "ingress" }>;

function note(context: Context, journey: number | undefined, step: Omit<IngressStep, "at" | "step">): void {
  if (journey !== undefined) context.trace.step(journey, { at: context.now, step: "ingress", ...step });
}

function ruleOf({ ingress, host, path, pathType, backend, isDefault }: Location) {
  const rule = { ...(host === "" ? {} : { host }), path, pathType };
  return { ingress, backend: `${backend.service}:${backend.port}`, ...(isDefault ? {} : { rule }) };
}

function passOn(
  context: Context,
  state: IngressState,
  data: Incoming & { secure: boolean },
  request: HttpMessage,
  matched: Matched,
  host: string,
): void {
  const { exchange, journey, secure } = data;
  const { location, path } = matched;
  const { namespace, service } = location.backend;
  const key = `${namespace}/${service}`;
  const upstreams = upstreamsOf(
    location.backend,
    state.services.get(key),
    state.slices.get(key)?.values() ?? [],
  );
  const { ready } = upstreams;
  const outcome = ready.length === 0 ? "noEndpoints" : location.isDefault ? "defaultBackend" : "matched";
  note(context, journey, { ...ruleOf(location), host, path: request.path, outcome });
  noteEndpoints(context, journey, key, upstreams);
  if (ready.length === 0) {
    context.network.respond(exchange, page(503, secure ? STRICT_TRANSPORT : {}));
    return;
  }
  const cookie = location.config.cookie;
  const known = cookie && remembered(ready, cookieValue(headerOf(request.headers, "cookie"), cookie.name));
  const order = inTurn(context, state, `${key}:${location.backend.port}`, ready, known);
  const item: Proxied = {
    id: state.nextId++,
    exchange,
    request,
    location,
    secure,
    path,
    headers: forwardedHeaders(context, request, data),
    left: order.slice(0, TRIES),
    among: ready.length,
    ...(journey === undefined ? {} : { journey }),
  };
  if (cookie && !known) {
    const seconds = Math.floor(context.now / 1000);
    item.setCookie = setCookie(cookie, order[0]!, secure, seconds);
  }
  state.proxied.set(item.id, item);
  tryNext(context, item, known ? "cookie" : ready.length === 1 ? "only" : "roundRobin");
}

function noteEndpoints(
  context: Context,
  journey: number | undefined,
  service: string,
  { ready, candidates, port }: Upstreams,
): void {
  if (journey === undefined) return;
  const at = context.now;
  if (port) {
    const named = port.name === undefined ? {} : { portName: port.name };
    const step = { step: "service" as const, service, port: port.port, ...named, node: "" };
    context.trace.step(journey, { at, ...step, matched: "ingressEndpoints", policy: "Cluster" });
  }
  const pool = ready.length > 0 ? ("ready" as const) : ("none" as const);
  context.trace.step(journey, { at, step: "endpoints", service, candidates, pool });
}

// Simplified: one round for all; each of nginx' processes goes round on its own from where chance put it, so that
// which endpoint is next cannot be told from outside.
function inTurn(
  context: Context,
  state: IngressState,
  key: string,
  ready: readonly Upstream[],
  known: Upstream | undefined,
): Upstream[] {
  if (known) return [known, ...ready.filter((upstream) => upstream !== known)];
  const turn = state.turns.get(key) ?? nextInt(context.random, ready.length);
  state.turns.set(key, turn + 1);
  const first = turn % ready.length;
  return [...ready.slice(first), ...ready.slice(0, first)];
}

function forwardedHeaders(
  context: Context,
  request: HttpMessage,
  data: Incoming & { secure: boolean },
): Record<string, string> {
  const client = data.peer.slice(0, data.peer.lastIndexOf(":"));
  const scheme = data.secure ? "https" : "http";
  const host = headerOf(request.headers, "host") ?? "";
  const own: Record<string, string> = {
    Host: host,
    "X-Request-ID": headerOf(request.headers, "x-request-id") ?? requestId(context),
    "X-Real-IP": client,
    "X-Forwarded-For": client,
    "X-Forwarded-Host": host,
    "X-Forwarded-Port": data.secure ? "443" : "80",
    "X-Forwarded-Proto": scheme,
    "X-Forwarded-Scheme": scheme,
    "X-Scheme": scheme,
  };
  const claimed = headerOf(request.headers, "x-forwarded-for");
  if (claimed !== undefined) own["X-Original-Forwarded-For"] = claimed;
  for (const [name, value] of Object.entries(request.headers)) {
    if (!NOT_PASSED_ON.has(name.toLowerCase()) && !hasHeader(own, name)) own[name] = value;
  }
  return own;
}

function requestId(context: Context): string {
  return [0, 1, 2, 3].map(() => nextUint32(context.random).toString(16).padStart(8, "0")).join("");
}

function tryNext(context: Context, item: Proxied, how: "roundRobin" | "cookie" | "only"): void {
  const upstream = item.left.shift()!;
  const { location, request, journey } = item;
  const { connectTimeoutMs, readTimeoutMs, backendProtocol } = location.config;
  if (journey !== undefined) {
    const { address: endpoint, ...where } = upstream;
    context.trace.step(journey, {
      at: context.now,
      step: "choice",
      endpoint,
      ...where,
      how,
      among: item.among,
    });
  }
  context.http.call({
    from: "ingress",
    program: "ingress",
    method: request.method,
    url: `${backendProtocol}://${upstream.address}${item.path}`,
    headers: item.headers,
    bareHeaders: true,
    latency: "visible",
    traced: journey !== undefined,
    connectTimeoutMs,
    maxTimeMs: readTimeoutMs,
    keepAliveKey: "ingress",
    insecure: true,
    replyTo: { to: "ingress-controller", what: "answer", data: { id: item.id } },
    ...(request.body === "" ? {} : { body: request.body }),
    ...(journey === undefined ? {} : { parent: journey }),
  });
}

export function onAnswer(context: Context, state: IngressState, data: HttpResult & { id: number }): void {
  const item = state.proxied.get(data.id);
  if (!item) return;
  if (!data.ok && item.left.length > 0 && mayTryAnother(data.failure, item.request.method)) {
    tryNext(context, item, "roundRobin");
    return;
  }
  state.proxied.delete(item.id);
  const strict = item.secure ? STRICT_TRANSPORT : {};
  if (!data.ok) {
    const late = data.failure === "timeout" || data.failure === "connectTimeout";
    context.network.respond(item.exchange, page(late ? 504 : 502, strict));
    return;
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(data.headers)) {
    if (!HOP_BY_HOP.has(name.toLowerCase())) headers[name] = value;
  }
  if (item.setCookie !== undefined) headers["Set-Cookie"] = item.setCookie;
  context.network.respond(item.exchange, {
    status: data.status,
    headers: { ...headers, ...strict },
    body: data.body,
  });
}

/** nginx goes on after errors and time-outs; what may have been done already only if doing it twice does no harm. */
function mayTryAnother(failure: HttpFailure, method: string): boolean {
  if (failure === "refused" || failure === "unreachable" || failure === "connectTimeout" || failure === "dns")
    return true;
  return ["timeout", "reset", "empty", "garbage"].includes(failure) && IDEMPOTENT.has(method);
}
