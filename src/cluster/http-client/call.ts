// One HTTP call from its URL to its end: resolve the name or reuse a connection, connect to one address after the
// other, shake hands, exchange. Called by the service "http" for curl, browsers, probes and the Ingress controller.
import type { Json } from "#base/json";
import type { Context } from "../machine/component.ts";
import type { ConnectAnswer } from "../network/types.ts";
import { JourneyClient, JourneyQuestion } from "../trace/records.ts";
import type { Place } from "../trace/types.ts";
import { completed } from "../tls/times.ts";
import { takeIdle } from "./connections.ts";
import {
  PUBLIC_AUTHORITY,
  certificateFailure,
  connectionTimedOut,
  connectTimedOut,
  couldNotConnect,
  couldNotResolve,
  DEFAULT_CURL_VERSION,
  resolvingTimedOut,
} from "./curl-texts.ts";
import { exchange } from "./exchange.ts";
import { elapsed, fail } from "./finish.ts";
import { resolve } from "./lookup.ts";
import { requestHeaders } from "./request.ts";
import { toSelf, type CallState, type HttpState } from "./state.ts";
import type { HttpCall, ResolveAnswer } from "./types.ts";
import { parseUrl } from "./url.ts";

/** curl's own limit for name look-up and connecting where none is given. */
const DEFAULT_CONNECT_TIMEOUT_MS = 300_000;

export function call(context: Context, state: HttpState, spec: HttpCall): void {
  const parsed = parseUrl(spec.url);
  const place = context.network.placeOf(spec.from);
  const headers = parsed.ok ? requestHeaders(spec, parsed.url) : spec.headers;
  const journey = spec.traced
    ? context.trace.begin({
        client: clientAt(place, context.network.ipOf(spec.from), spec.program),
        request: question(spec.method, spec.url, headers),
        parent: spec.parent,
      })
    : null;
  if (!parsed.ok) {
    const { text, exit } = parsed;
    const at = context.now;
    if (journey !== null)
      context.trace.end(journey, { kind: "failure", at, failure: "badUrl", text, exit, place });
    context.reply(spec.replyTo, { ok: false, journey, failure: "badUrl", text, exit, elapsedMs: 0 });
    return;
  }
  const item: CallState = {
    id: state.nextId++,
    call: spec,
    url: parsed.url,
    headers,
    journey,
    startedAt: context.now,
    place,
    phase: "resolving",
    addresses: [],
    connection: undefined,
    remote: "",
    local: "",
    reused: false,
  };
  state.calls.set(item.id, item);
  start(context, state, item);
}

/** The last of each place and of each set of headers: a client's journeys share them. */
const clients = new WeakMap<Place, JourneyClient>();
const questions = new WeakMap<Record<string, string>, JourneyQuestion>();

function clientAt(place: Place, ip: string, program: string): JourneyClient {
  const last = clients.get(place);
  if (last && last.ip === ip && last.program === program) return last;
  const client = new JourneyClient(place, ip, program);
  clients.set(place, client);
  return client;
}

function question(method: string, url: string, headers: Record<string, string>): JourneyQuestion {
  const last = questions.get(headers);
  if (last && last.method === method && last.url === url) return last;
  const asked = new JourneyQuestion(method, url, headers);
  questions.set(headers, asked);
  return asked;
}

function start(context: Context, state: HttpState, item: CallState): void {
  const kept = takeIdle(context, state, item);
  if (kept) {
    Object.assign(item, { ...kept, reused: true });
    exchange(context, item);
    return;
  }
  startFresh(context, state, item);
}

export function startFresh(context: Context, state: HttpState, item: CallState): void {
  const { call: spec, url } = item;
  item.reused = false;
  item.phase = "resolving";
  const fixed = spec.resolve?.[`${url.host}:${url.port}`];
  if (fixed !== undefined) {
    item.addresses = [fixed];
    noteFixed(context, item, fixed, "hosts");
    connectNext(context, item);
    return;
  }
  if (url.isIp) {
    item.addresses = [url.host];
    connectNext(context, item);
    return;
  }
  resolve(context, state, {
    from: spec.from,
    name: url.host,
    timeoutMs: timeLeft(context, item),
    replyTo: toSelf("resolved", { id: item.id }),
    ...(item.journey === null ? {} : { journey: item.journey }),
    ...(spec.ipv4Only ? { ipv4Only: true } : {}),
    ...(spec.resolver === undefined ? {} : { resolver: spec.resolver }),
  });
}

function noteFixed(context: Context, item: CallState, result: string, source: "hosts"): void {
  if (item.journey === null) return;
  const at = context.now;
  context.trace.step(item.journey, {
    at,
    step: "dns",
    name: item.url.host,
    server: "",
    queries: [],
    result,
    source,
  });
}

/** What is left of the limits on connecting. `lateMs`: curl sees --max-time only when it is over. */
function timeLeft(context: Context, item: CallState, lateMs = 0): number {
  const { connectTimeoutMs = DEFAULT_CONNECT_TIMEOUT_MS } = item.call;
  const maxTimeMs = (item.call.maxTimeMs ?? Infinity) + lateMs;
  return Math.max(0, Math.min(connectTimeoutMs, maxTimeMs) - elapsed(context, item));
}

export function onResolved(context: Context, state: HttpState, data: ResolveAnswer & { id: number }): void {
  const item = state.calls.get(data.id);
  if (!item) return;
  if (data.outcome === "resolved") {
    item.addresses = [...data.addresses];
    connectNext(context, item);
  } else if (data.outcome === "timeout") {
    fail(context, state, item, resolvingTimedOut(elapsed(context, item)));
  } else fail(context, state, item, couldNotResolve(item.url.host));
}

function connectNext(context: Context, item: CallState): void {
  const ip = item.addresses.shift()!;
  const left = timeLeft(context, item, 1);
  (item.tried ??= []).push(ip);
  if (item.call.program === "curl") item.phases ??= { lookedUpMs: elapsed(context, item) };
  item.phase = "connecting";
  context.network.connect({
    from: item.call.from,
    to: { ip, port: item.url.port },
    protocol: "TCP",
    latency: item.call.latency,
    // curl leaves half of its time to the addresses that follow.
    timeoutMs: item.addresses.length > 0 ? left / 2 : left,
    replyTo: toSelf("connected", { id: item.id }),
    journey: item.journey ?? undefined,
  });
}

export function onConnected(context: Context, state: HttpState, data: ConnectAnswer & { id: number }): void {
  const item = state.calls.get(data.id);
  if (!item) {
    if (data.outcome === "connected") context.network.disconnect(data.connection);
    return;
  }
  if (data.outcome === "connected") {
    item.connection = data.connection;
    item.local = data.local;
    item.remote = data.remote;
    if (item.phases) item.phases.connectedMs = elapsed(context, item);
    handshake(context, state, item);
    return;
  }
  if (item.addresses.length > 0 && timeLeft(context, item) > 0) {
    connectNext(context, item);
    return;
  }
  failToConnect(context, state, item, data.outcome, data.place);
}

function failToConnect(
  context: Context,
  state: HttpState,
  item: CallState,
  outcome: "refused" | "timeout" | "unreachable",
  where: Json,
): void {
  const { host, port } = item.url;
  const { connectTimeoutMs = DEFAULT_CONNECT_TIMEOUT_MS, maxTimeMs, curlVersion } = item.call;
  const version = curlVersion ?? DEFAULT_CURL_VERSION;
  const place = (where ?? item.place) as Place;
  const ms = elapsed(context, item);
  if (outcome !== "timeout")
    fail(context, state, item, couldNotConnect(host, port, ms, version, outcome), place);
  else if (maxTimeMs !== undefined && ms >= maxTimeMs)
    fail(context, state, item, connectionTimedOut(ms), place);
  else if (ms >= connectTimeoutMs)
    fail(context, state, item, connectTimedOut(host, port, ms, version), place);
  else fail(context, state, item, couldNotConnect(host, port, ms, version, "timeout"), place);
}

/** The certificate is looked at before anything is sent. */
function handshake(context: Context, state: HttpState, item: CallState): void {
  const { url, call: spec } = item;
  if (url.scheme !== "https") {
    exchange(context, item);
    return;
  }
  const certificate = context.network.certificate(item.connection!, url.host);
  if (!certificate) {
    exchange(context, item);
    return;
  }
  const problem = certificateFailure(certificate, url.host, spec.authorities ?? [PUBLIC_AUTHORITY]);
  const failure = spec.insecure ? undefined : problem;
  const full = completed(certificate, context.settings);
  item.certificate = { ...full, ...(problem ? { problem: problem.text.split("\n", 1)[0]! } : {}) };
  if (item.journey !== null) {
    const outcome =
      failure === undefined ? "ok" : failure.failure === "tlsName" ? "nameMismatch" : "selfSigned";
    const { subject, issuer } = certificate;
    context.trace.step(item.journey, { at: context.now, step: "tls", outcome, subject, issuer });
  }
  if (failure) fail(context, state, item, failure);
  else exchange(context, item);
}
