// One request and its response on an open connection, hop by hop along the way that the connection keeps, with the
// addresses rewritten on the way out and put back on the way home.
import type { Context } from "../machine/component.ts";
import type { Json, JsonObject } from "#base/json";
import { endConnection } from "./disconnect.ts";
import { hopMs, wayMs } from "./latency.ts";
import { seeAcknowledged, seeAnswer, seeClosed, seeRequest } from "./segments.ts";
import { recordGone, recordLeg, recordReturn, recordReverse, rewrites, rewriteStep } from "./record.ts";
import { packBack, type PackedJourney, packExchange, packForward, packReverse } from "../trace/packed.ts";
import { ExchangeStep, SeenRequest, SeenStatus } from "../trace/records.ts";
import type { Connection, Exchange, NetworkState, Station } from "./state.ts";
import type { ExchangeAnswer, ExchangeSpec, HttpAnswer, HttpMessage } from "./types.ts";

/** As far as a program sees that reads lines: there is a newline in it. */
const CLIENT_HELLO: HttpMessage = {
  method: "",
  path: "",
  headers: {},
  body: "\u0016\u0003\u0001\u0000\n\u0000",
};

function takesBytes(state: NetworkState, { socket }: Connection): boolean {
  return socket !== undefined && state.sockets.get(socket)?.takesBytes === true;
}

export function exchange(context: Context, state: NetworkState, spec: ExchangeSpec): void {
  const connection = state.connections.get(spec.connection);
  if (!connection || !isOpen(connection, context.now)) {
    context.reply(spec.replyTo, { outcome: "reset", elapsedMs: 0 });
    return;
  }
  connection.closesAt = undefined;
  const isHello = spec.tls !== undefined && !connection.tls;
  if (isHello && !takesBytes(state, connection)) {
    // The server takes the client's hello for a bad request; no request is ever sent.
    const elapsedMs = 2 * wayMs(context.settings, connection.stations);
    context.reply(spec.replyTo, { outcome: "notTls", elapsedMs }, elapsedMs);
    endConnection(context, state, connection);
    return;
  }
  const { journey, timeoutMs, replyTo } = spec;
  const request = isHello ? CLIENT_HELLO : spec.request;
  const tls = isHello ? undefined : spec.tls;
  const id = state.nextId++;
  const item: Exchange = {
    id,
    connection: connection.id,
    journey,
    request,
    tls,
    hello: isHello ? true : undefined,
    startedAt: context.now,
    deliveredAt: undefined,
    answer: undefined,
    deadline: undefined,
    replyTo,
  };
  state.exchanges.set(id, item);
  connection.exchanges.push(id);
  if (timeoutMs !== undefined) item.deadline = context.after(timeoutMs, "exchangeTimeout", { id });
  if (journey !== undefined && journey !== connection.openedFor) noteKept(context, connection, journey);
  seeRequest(context, state, connection, request, tls !== undefined);
  forward(context, state, connection, item, 0);
}

/** A kept connection goes where it went before: no rule is asked again. */
function noteKept(context: Context, connection: Connection, journey: number): void {
  const { chosen } = connection;
  if (!chosen) return;
  const { address, pod, node } = chosen.endpoint;
  const where = { ...(pod && { pod }), ...(node && { node }) };
  const at = context.now;
  context.trace.step(journey, {
    at,
    step: "choice",
    endpoint: address,
    ...where,
    how: "keepAlive",
    among: 1,
  });
}

function passable(state: NetworkState, station: Station): boolean {
  return station.node === undefined || !state.down.has(station.node);
}

/** As things are when the request sets out for the station. */
function reachable(state: NetworkState, connection: Connection, station: Station): boolean {
  if (!passable(state, station)) return false;
  return station.role !== "end" || state.byIp.has(connection.dstIp);
}

/** Where the journey that follows the connection's way is packed. */
function logOf(context: Context, connection: Connection, journey: number): PackedJourney | undefined {
  return connection.packed && journey === connection.openedFor ? context.trace.open(journey) : undefined;
}

/** The request leaves its station number `at`. */
function forward(
  context: Context,
  state: NetworkState,
  connection: Connection,
  item: Exchange,
  at: number,
): void {
  const here = connection.stations[at]!;
  if (!passable(state, here)) return;
  const next = connection.stations[at + 1]!;
  const delay = hopMs(context.settings, connection.visible, here.machine, next.machine);
  const { journey } = item;
  if (journey !== undefined) {
    if (here.rewriter && journey !== connection.openedFor) {
      const step = rewriteStep(context.now, here.rewriter, here.before, here.after);
      if (step) context.trace.step(journey, step);
    }
    const lost = reachable(state, connection, next) ? undefined : "dropped";
    const log = logOf(context, connection, journey);
    const end = context.now + delay;
    if (log) packForward(log, at, lost, context.now, end);
    else recordLeg(context.trace, journey, here, next, { purpose: "data", start: context.now, end }, lost);
  }
  context.after(delay, "request", { id: item.id, at: at + 1 });
}

export function onRequest(context: Context, state: NetworkState, data: { id: number; at: number }): void {
  const item = state.exchanges.get(data.id);
  const connection = item && state.connections.get(item.connection);
  if (!item || !connection) return;
  const station = connection.stations[data.at]!;
  if (data.at < connection.stations.length - 1) {
    forward(context, state, connection, item, data.at);
    return;
  }
  if (!passable(state, station)) return;
  if (!connection.server || !state.hosts.has(connection.server)) {
    loseAtEnd(context, state, connection, item, station);
    return;
  }
  const { owner } = connection;
  if (!owner) {
    item.answer = { reset: true };
    seeAnswer(context, state, connection, item.answer, false);
    back(context, state, connection, item, data.at);
    return;
  }
  item.deliveredAt = context.now;
  seeAcknowledged(context, state, connection, "server");
  if (connection.tls && !item.tls) {
    const body = "Client sent an HTTP request to an HTTPS server.\n";
    respondNow(context, state, item, { status: 400, body, close: true });
    return;
  }
  const incoming: { [key: string]: Json } = {
    exchange: item.id,
    connection: connection.id,
    peer: station.before.src,
    local: station.before.dst,
    request: item.request as unknown as JsonObject,
  };
  if (item.tls) incoming["tls"] = item.tls;
  if (item.journey !== undefined) incoming["journey"] = item.journey;
  context.reply(owner, incoming);
}

/** The pod is gone: its address swallows packets, or belongs to another pod that knows nothing of the connection. */
function loseAtEnd(
  context: Context,
  state: NetworkState,
  connection: Connection,
  item: Exchange,
  station: Station,
): void {
  if (state.byIp.has(connection.dstIp)) {
    item.answer = { reset: true };
    seeAnswer(context, state, connection, item.answer, false);
    back(context, state, connection, item, connection.stations.length - 1);
    return;
  }
  if (item.journey !== undefined) recordGone(context.trace, context.now, item.journey, station, connection);
}

/** The server answers now. */
export function respondNow(context: Context, state: NetworkState, item: Exchange, answer: HttpAnswer): void {
  const connection = state.connections.get(item.connection);
  // A process that is gone answers no more, whatever it had begun.
  if (!connection || item.answer || !connection.owner) return;
  item.answer = answer;
  seeAnswer(context, state, connection, answer, item.tls !== undefined);
  if (item.journey !== undefined) noteExchange(context, connection, item, answer);
  back(context, state, connection, item, connection.stations.length - 1);
}

function noteExchange(context: Context, connection: Connection, item: Exchange, answer: HttpAnswer): void {
  const durationMs = context.now - (item.deliveredAt ?? context.now);
  const log = "status" in answer ? logOf(context, connection, item.journey!) : undefined;
  if (log && "status" in answer) {
    packExchange(log, context.now, durationMs, answer.status, item.request);
    return;
  }
  const { place, before } = connection.stations[connection.stations.length - 1]!;
  const request = new SeenRequest(item.request, before.src);
  const response = "status" in answer ? new SeenStatus(answer.status) : { ...answer };
  context.trace.step(item.journey!, new ExchangeStep(context.now, place, request, response, durationMs));
}

/** The answer leaves station number `at` towards the client. */
function back(
  context: Context,
  state: NetworkState,
  connection: Connection,
  item: Exchange,
  at: number,
): void {
  const here = connection.stations[at]!;
  if (!passable(state, here)) return;
  const next = connection.stations[at - 1]!;
  const answer = item.answer!;
  // Closing without an answer is no more than a control packet.
  const bare = "hangUp" in answer || "reset" in answer;
  const delay = hopMs(context.settings, connection.visible && !bare, here.machine, next.machine);
  if (item.journey !== undefined) {
    if (at < connection.stations.length - 1) noteReverse(context, connection, item.journey, at);
    const purpose = bare ? ("connect" as const) : ("data" as const);
    const start = context.now;
    const end = start + delay;
    const log = logOf(context, connection, item.journey);
    if (log) packBack(log, purpose, at, start, end);
    else recordReturn(context.trace, item.journey, here, next, { purpose, start, end });
  }
  context.after(delay, "response", { id: item.id, at: at - 1 });
}

function noteReverse(context: Context, connection: Connection, journey: number, at: number): void {
  const station = connection.stations[at]!;
  const log = rewrites(station) ? logOf(context, connection, journey) : undefined;
  if (log) packReverse(log, at, context.now);
  else recordReverse(context.trace, context.now, journey, station);
}

export function onResponse(context: Context, state: NetworkState, data: { id: number; at: number }): void {
  const item = state.exchanges.get(data.id);
  const connection = item && state.connections.get(item.connection);
  if (!item || !connection) return;
  if (data.at > 0) {
    back(context, state, connection, item, data.at);
    return;
  }
  const here = connection.stations[0]!;
  if (!passable(state, here)) return;
  if (item.journey !== undefined) noteReverse(context, connection, item.journey, 0);
  const answer = item.answer!;
  const closes = !("status" in answer) || answer.close === true;
  if ("status" in answer || "raw" in answer) seeAcknowledged(context, state, connection, "client");
  finish(context, state, item, clientAnswer(answer, context.now - item.startedAt, item.hello));
  if (closes && !("reset" in answer)) seeClosed(context, state, connection, "client");
  if (closes) endConnection(context, state, connection);
  else if ("status" in answer) setKeepAlive(connection, answer.headers, context.now);
}

/** The server says how long it keeps an idle connection. */
function setKeepAlive(
  connection: Connection,
  headers: Record<string, string> | undefined,
  now: number,
): void {
  const given = headers?.["Keep-Alive"];
  if (given === undefined) return;
  if (given !== keepAlive.given) {
    const seconds = /timeout=(\d+)/.exec(given)?.[1];
    keepAlive = { given, ms: seconds === undefined ? undefined : Number(seconds) * 1000 };
  }
  if (keepAlive.ms !== undefined) connection.closesAt = now + keepAlive.ms;
}

/** The last header that was read: a server says the same in each answer. */
let keepAlive: { given: string; ms: number | undefined } = { given: "", ms: undefined };

/** As its client knows it. */
export function isOpen(connection: Connection, now: number): boolean {
  return connection.state === "open" && (connection.closesAt === undefined || connection.closesAt > now);
}

function clientAnswer(answer: HttpAnswer, elapsedMs: number, hello = false): ExchangeAnswer {
  if (hello) {
    if ("reset" in answer) return { outcome: "tlsReset", elapsedMs };
    // What only comes back as it was sent looks like the beginning of a record, and then ends.
    const isEcho = "raw" in answer && answer.raw.startsWith("\u0016\u0003");
    return { outcome: isEcho || "hangUp" in answer ? "tlsClosed" : "notTls", elapsedMs };
  }
  if ("status" in answer) {
    return {
      outcome: "response",
      status: answer.status,
      headers: answer.headers ?? {},
      body: answer.body,
      elapsedMs,
    };
  }
  if ("raw" in answer) return { outcome: "garbage", raw: answer.raw, elapsedMs };
  return { outcome: "reset" in answer ? "reset" : "empty", elapsedMs };
}

/** Ends an exchange for its client. */
export function finish(context: Context, state: NetworkState, item: Exchange, answer: ExchangeAnswer): void {
  if (item.deadline !== undefined) context.cancel(item.deadline);
  item.deadline = undefined;
  state.exchanges.delete(item.id);
  const open = state.connections.get(item.connection)?.exchanges;
  const index = open?.indexOf(item.id) ?? -1;
  if (index >= 0) open!.splice(index, 1);
  context.reply(item.replyTo, answer);
}

export function onExchangeTimeout(context: Context, state: NetworkState, data: { id: number }): void {
  const item = state.exchanges.get(data.id);
  if (!item) return;
  item.deadline = undefined;
  const connection = state.connections.get(item.connection);
  if (item.journey !== undefined && item.deliveredAt !== undefined && !item.answer && connection) {
    const { place } = connection.stations[connection.stations.length - 1]!;
    const request: JsonObject = messageOf(item.request);
    const durationMs = context.now - item.deliveredAt;
    context.trace.step(item.journey, { at: context.now, step: "exchange", place, request, durationMs });
  }
  finish(context, state, item, { outcome: "timeout", elapsedMs: context.now - item.startedAt });
}

function messageOf(request: HttpMessage): JsonObject {
  return { method: request.method, path: request.path, headers: request.headers };
}
