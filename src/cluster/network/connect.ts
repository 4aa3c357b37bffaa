// Opening a TCP connection: the SYN's way hop by hop, the answer's way back, retransmissions of what vanished.
// A connection attempt keeps the endpoint that was chosen for it, as connection tracking does.
import type { Context } from "../machine/component.ts";
import { packBack, type PackedJourney, packMove, packSocket, packWay } from "../trace/packed.ts";
import type { Place } from "../trace/types.ts";
import { destination, foresee } from "./foresee.ts";
import { nextPort } from "./hosts.ts";
import { hopMs, wayMs } from "./latency.ts";
import {
  packRuling,
  recordGone,
  recordLoss,
  recordPick,
  recordReturn,
  recordRuling,
  recordSocket,
} from "./record.ts";
import { listeningOf, socketFor } from "./sockets.ts";
import type { Connection, NetworkState } from "./state.ts";
import { seeAccepted, seeAcknowledged, seeRefused, seeRejected, seeSyn, seeSynAgain } from "./segments.ts";
import { forget, stopWaiting } from "./waiting.ts";
import {
  advance,
  clientStation,
  serviceOf,
  sourceAddress,
  travelContext,
  type TravelContext,
} from "./travel.ts";
import type { ConnectAnswer, ConnectSpec } from "./types.ts";

/** Linux gives up after six retransmissions. */
const RETRANSMISSIONS = 6;

export function connect(context: Context, state: NetworkState, spec: ConnectSpec): void {
  const host = state.hosts.get(spec.from);
  if (!host) {
    context.reply(spec.replyTo, { outcome: "unreachable", place: null, elapsedMs: 0 });
    return;
  }
  const id = state.nextId++;
  const srcIp = sourceAddress(host, spec.to.ip);
  const srcPort = spec.sourcePort ?? nextPort(host);
  const connection: Connection = {
    id,
    protocol: "TCP",
    from: spec.from,
    srcIp,
    srcPort,
    dstIp: spec.to.ip,
    dstPort: spec.to.port,
    stations: [],
    visible: spec.latency === "visible",
    state: "connecting",
    local: "",
    remote: "",
    startedAt: context.now,
    attempt: 0,
    replyTo: spec.replyTo,
    exchanges: [],
    timeoutMs: spec.timeoutMs,
    journey: spec.journey,
    openedFor: spec.journey,
    packed: spec.journey !== undefined,
    // All fields at once: connections of one shape are quicker to read.
    chosen: undefined,
    retry: undefined,
    deadline: undefined,
    socket: undefined,
    owner: undefined,
    process: undefined,
    tls: undefined,
    server: undefined,
    closesAt: undefined,
    keepsPort: undefined,
  };
  state.connections.set(id, connection);
  host.dialled.add(id);
  const first = clientStation(host, connection);
  connection.local = first.before.src;
  connection.remote = first.before.dst;
  connection.stations.push(first);
  const log = logOf(context, connection);
  if (log) packWay(log, first.place, connection);
  sendOn(context, state, connection);
}

/** Where the way of a connection attempt is packed. */
function logOf(context: Context, { packed, journey }: Connection): PackedJourney | undefined {
  return packed && journey !== undefined ? context.trace.open(journey) : undefined;
}

/** Sends the SYN on from where it stands. */
function sendOn(context: Context, state: NetworkState, connection: Connection): void {
  const here = connection.stations[connection.stations.length - 1]!;
  const net = travelContext(context, state);
  const result = advance(net, connection);
  if (connection.journey !== undefined) recordDecisions(context, connection, connection.journey, net);
  if (result.kind === "move") {
    const { station } = result;
    connection.stations.push(station);
    const delay = hopMs(context.settings, false, here.machine, station.machine);
    if (connection.journey !== undefined && connection.attempt === 0) {
      const lost = foresee(net, connection, station);
      const log = logOf(context, connection);
      if (log) packMove(log, station.place, lost, context.now, context.now + delay);
    }
    seeSyn(context, state, connection, here, station, context.now + delay);
    context.after(delay, "syn", { id: connection.id });
    return;
  }
  const delay = hopMs(context.settings, false, here.machine, result.kind === "refused" ? result.machine : "");
  if (connection.journey !== undefined && connection.attempt === 0) {
    const lost = result.kind;
    const end = context.now + delay;
    const service = serviceOf(net);
    const loss = { purpose: "connect" as const, start: context.now, end, lost, ...(service && { service }) };
    recordLoss(context.trace, connection.journey, here, result.to, loss);
  }
  seeSyn(context, state, connection, here, undefined, context.now + delay);
  if (result.kind === "refused") {
    seeRejected(context, state, connection, result.machine, delay);
    refuse(context, connection, result.to, delay);
  } else vanish(context, connection, result.to, result.stuck);
}

function recordDecisions(
  context: Context,
  connection: Connection,
  journey: number,
  net: TravelContext,
): void {
  const { ruling, pick } = net;
  const isFirst = connection.attempt === 0;
  if (pick && isFirst) recordPick(context.trace, context.now, journey, pick.to, pick.address);
  // A retransmitted packet that is dropped again tells nothing new.
  if (!ruling || (!isFirst && (ruling.decision.kind === "drop" || ruling.noRule))) return;
  const log = logOf(context, connection);
  if (log) packRuling(context.trace, context.now, log, ruling, connection);
  else recordRuling(context.trace, context.now, journey, ruling);
}

export function onSyn(context: Context, state: NetworkState, data: { id: number }): void {
  const connection = state.connections.get(data.id);
  if (!connection || connection.state !== "connecting") return;
  const station = connection.stations[connection.stations.length - 1]!;
  if (station.role !== "end") {
    sendOn(context, state, connection);
    return;
  }
  const host = destination(state, connection, station);
  if (!host) {
    if (connection.attempt === 0 && connection.journey !== undefined)
      recordGone(context.trace, context.now, connection.journey, station, connection);
    vanish(context, connection, station.place, station.place.kind === "internet");
    return;
  }
  const socket = socketFor(host, "TCP", connection.dstIp, connection.dstPort);
  const { journey } = connection;
  if (journey !== undefined) {
    const listening = listeningOf(host, "TCP");
    const log = logOf(context, connection);
    if (log) packSocket(log, context.now, listening, socket?.process);
    else recordSocket(context.trace, context.now, journey, station, listening, socket?.process);
  }
  if (!socket) {
    seeRefused(context, state, connection);
    refuse(context, connection, station.place, 0);
    return;
  }
  connection.server = host.id;
  connection.socket = socket.id;
  connection.owner = socket.owner;
  connection.process = socket.process;
  if (socket.tls) connection.tls = socket.tls;
  socket.connections.add(connection.id);
  seeAccepted(context, state, connection);
  const delay = acknowledge(context, connection);
  context.after(delay, "established", { id: connection.id });
}

/** How long the acknowledgement takes back to the client, with its legs. */
function acknowledge(context: Context, connection: Connection): number {
  const { stations, journey } = connection;
  const log = logOf(context, connection);
  let delay = 0;
  for (let index = stations.length - 1; index > 0; index--) {
    const from = stations[index]!;
    const to = stations[index - 1]!;
    const start = context.now + delay;
    delay += hopMs(context.settings, false, from.machine, to.machine);
    if (log) packBack(log, "connect", index, start, context.now + delay);
    else if (journey !== undefined) {
      const times = { purpose: "connect" as const, start, end: context.now + delay };
      recordReturn(context.trace, journey, from, to, times);
    }
  }
  return delay;
}

export function onEstablished(context: Context, state: NetworkState, data: { id: number }): void {
  const connection = state.connections.get(data.id);
  if (!connection || connection.state !== "connecting") return;
  stopWaiting(context, connection);
  connection.state = "open";
  seeAcknowledged(context, state, connection, "client");
  const { tls } = connection;
  answer(context, connection, {
    outcome: "connected",
    connection: connection.id,
    local: connection.local,
    remote: connection.remote,
    elapsedMs: context.now - connection.startedAt,
    tls: tls ? { subject: tls.subject, issuer: tls.issuer, names: tls.names } : null,
  });
  connection.journey = undefined;
}

function refuse(context: Context, connection: Connection, place: Place, delay: number): void {
  const back = delay + wayMs(context.settings, connection.stations);
  context.after(back, "refused", { id: connection.id, place: { ...place } });
}

export function onRefused(context: Context, state: NetworkState, data: { id: number; place: Place }): void {
  const connection = state.connections.get(data.id);
  if (!connection || connection.state !== "connecting") return;
  const elapsedMs = context.now - connection.startedAt;
  answer(context, connection, { outcome: "refused", place: { ...data.place }, elapsedMs });
  stopWaiting(context, connection);
  forget(state, connection);
}

/** Nothing comes back. The client tries again with growing pauses until its limit or its kernel's. */
function vanish(context: Context, connection: Connection, place: Place, stuck: boolean): void {
  const { startedAt, attempt } = connection;
  const gaveUpAt = startedAt + 1000 * (2 ** (RETRANSMISSIONS + 1) - 1);
  const limit =
    connection.timeoutMs === undefined ? gaveUpAt : Math.min(gaveUpAt, startedAt + connection.timeoutMs);
  if (connection.deadline === undefined) {
    const data = { id: connection.id, place: { ...place } };
    connection.deadline = context.after(Math.max(0, limit - context.now), "connectTimeout", data);
  }
  if (stuck || attempt >= RETRANSMISSIONS) return;
  const next = startedAt + 1000 * (2 ** (attempt + 1) - 1);
  if (next < limit) connection.retry = context.after(next - context.now, "retransmit", { id: connection.id });
}

export function onRetransmit(context: Context, state: NetworkState, data: { id: number }): void {
  const connection = state.connections.get(data.id);
  if (!connection || connection.state !== "connecting") return;
  connection.retry = undefined;
  connection.attempt++;
  const last = connection.stations[connection.stations.length - 1]!;
  if (last.role === "end") {
    // The way is remembered at every node on it; only the end may have changed.
    seeSynAgain(context, state, connection);
    context.after(wayMs(context.settings, connection.stations), "syn", { id: connection.id });
    return;
  }
  const host = state.hosts.get(connection.from);
  if (!host) return;
  const first = connection.stations[0]!.before;
  [connection.srcIp, connection.srcPort] = split(first.src);
  [connection.dstIp, connection.dstPort] = split(first.dst);
  connection.chosen = undefined;
  connection.stations = [clientStation(host, connection)];
  // It may go another way now.
  connection.packed = false;
  sendOn(context, state, connection);
}

function split(address: string): [ip: string, port: number] {
  const colon = address.lastIndexOf(":");
  return [address.slice(0, colon), Number(address.slice(colon + 1))];
}

export function onConnectTimeout(
  context: Context,
  state: NetworkState,
  data: { id: number; place: Place },
): void {
  const connection = state.connections.get(data.id);
  if (!connection || connection.state !== "connecting") return;
  connection.deadline = undefined;
  const elapsedMs = context.now - connection.startedAt;
  answer(context, connection, { outcome: "timeout", place: { ...data.place }, elapsedMs });
  stopWaiting(context, connection);
  forget(state, connection);
}

function answer(context: Context, connection: Connection, outcome: ConnectAnswer): void {
  context.reply(connection.replyTo, outcome);
}
