// UDP: one datagram and its answer. A flow that keeps its source port keeps its endpoint too, as connection tracking
// does, until kube-proxy clears the entry because the endpoint serves no more.
import type { Context } from "../machine/component.ts";
import { seeMove, seeWay, type Sent } from "./capture.ts";
import { destination, foresee } from "./foresee.ts";
import { nextPort } from "./hosts.ts";
import { hopMs, wayMs } from "./latency.ts";
import {
  recordLeg,
  recordLoss,
  recordPick,
  recordReturn,
  recordReverse,
  recordRuling,
  recordSocket,
} from "./record.ts";
import { seeRejected } from "./segments.ts";
import { listeningOf, socketFor } from "./sockets.ts";
import type { Datagram, NetworkState } from "./state.ts";
import { advance, clientStation, serviceOf, sourceAddress, travelContext } from "./travel.ts";
import type { DatagramAnswer, DatagramSpec } from "./types.ts";

const DEFAULT_TIMEOUT_MS = 5000;

export function datagram(context: Context, state: NetworkState, spec: DatagramSpec): void {
  const host = state.hosts.get(spec.from);
  const timeoutMs = spec.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  if (!host) {
    context.reply(spec.replyTo, { outcome: "timeout", elapsedMs: timeoutMs }, timeoutMs);
    return;
  }
  const id = state.nextId++;
  const item: Datagram = {
    id,
    protocol: "UDP",
    from: spec.from,
    srcIp: sourceAddress(host, spec.to.ip),
    srcPort: spec.sourcePort ?? nextPort(host),
    dstIp: spec.to.ip,
    dstPort: spec.to.port,
    stations: [],
    visible: spec.latency === "visible",
    keepsPort: spec.sourcePort !== undefined,
    payload: spec.payload,
    startedAt: context.now,
    deadline: context.after(timeoutMs, "datagramTimeout", { id }),
    replyTo: spec.replyTo,
  };
  if (spec.journey !== undefined) item.journey = spec.journey;
  item.stations.push(clientStation(host, item));
  state.datagrams.set(id, item);
  sendOn(context, state, item);
}

function purposeOf(item: Datagram): "connect" | "data" {
  return item.visible ? "data" : "connect";
}

function sendOn(context: Context, state: NetworkState, item: Datagram): void {
  const here = item.stations[item.stations.length - 1]!;
  const net = travelContext(context, state);
  const result = advance(net, item);
  const { journey } = item;
  if (journey !== undefined && net.pick)
    recordPick(context.trace, context.now, journey, net.pick.to, net.pick.address);
  if (journey !== undefined && net.ruling) recordRuling(context.trace, context.now, journey, net.ruling);
  if (result.kind === "move") {
    const { station } = result;
    item.stations.push(station);
    const delay = hopMs(context.settings, item.visible, here.machine, station.machine);
    if (journey !== undefined) {
      const lost = foresee(net, item, station);
      const times = { purpose: purposeOf(item), start: context.now, end: context.now + delay };
      recordLeg(context.trace, journey, here, station, times, lost);
    }
    if (state.captures.size > 0) {
      const move = { from: here, to: station, start: context.now, end: context.now + delay };
      seeMove(context, state, sentOf(item.payload), move);
    }
    context.after(delay, "datagram", { id: item.id });
    return;
  }
  const delay = hopMs(context.settings, false, here.machine, result.kind === "refused" ? result.machine : "");
  if (journey !== undefined) {
    const end = context.now + delay;
    const service = serviceOf(net);
    const loss = {
      purpose: purposeOf(item),
      start: context.now,
      end,
      lost: result.kind,
      ...(service && { service }),
    };
    recordLoss(context.trace, journey, here, result.to, loss);
  }
  if (state.captures.size > 0)
    seeMove(context, state, sentOf(item.payload), { from: here, start: context.now, end: context.now });
  if (result.kind === "refused") {
    seeRejected(context, state, item, result.machine, delay);
    context.after(delay + wayMs(context.settings, item.stations), "datagramRefused", { id: item.id });
  }
}

/** The kernel at the end has no socket for it. */
function seeUnreachable(context: Context, state: NetworkState, item: Datagram): void {
  const icmp = `${item.dstIp} udp port ${item.dstPort} unreachable`;
  const length = item.payload.length + 36;
  seeWay(context, state, item, { protocol: "ICMP", icmp, length }, { back: true });
}

function sentOf(payload: string): Sent {
  return { protocol: "UDP", payload, length: payload.length };
}

export function onDatagram(context: Context, state: NetworkState, data: { id: number }): void {
  const item = state.datagrams.get(data.id);
  if (!item) return;
  const station = item.stations[item.stations.length - 1]!;
  if (station.role !== "end") {
    sendOn(context, state, item);
    return;
  }
  const host = destination(state, item, station);
  if (!host) return;
  const socket = socketFor(host, "UDP", item.dstIp, item.dstPort);
  if (item.journey !== undefined) {
    const listening = listeningOf(host, "UDP");
    recordSocket(context.trace, context.now, item.journey, station, listening, socket?.process);
  }
  if (!socket) {
    seeUnreachable(context, state, item);
    context.after(wayMs(context.settings, item.stations), "datagramRefused", { id: item.id });
    return;
  }
  item.deliveredAt = context.now;
  context.reply(socket.owner, {
    exchange: item.id,
    connection: 0,
    peer: `${item.srcIp}:${item.srcPort}`,
    local: `${item.dstIp}:${item.dstPort}`,
    request: { datagram: item.payload },
  });
}

export function answerDatagram(context: Context, state: NetworkState, item: Datagram, payload: string): void {
  if (item.answer !== undefined) return;
  item.answer = payload;
  back(context, state, item, item.stations.length - 1);
}

function back(context: Context, state: NetworkState, item: Datagram, at: number): void {
  const here = item.stations[at]!;
  if (here.node !== undefined && state.down.has(here.node)) return;
  const next = item.stations[at - 1]!;
  const delay = hopMs(context.settings, item.visible, here.machine, next.machine);
  if (state.captures.size > 0) {
    const move = { from: here, to: next, back: true, start: context.now, end: context.now + delay };
    seeMove(context, state, sentOf(item.answer ?? ""), move);
  }
  if (item.journey !== undefined) {
    if (at < item.stations.length - 1) recordReverse(context.trace, context.now, item.journey, here);
    const times = { purpose: purposeOf(item), start: context.now, end: context.now + delay };
    recordReturn(context.trace, item.journey, here, next, times);
  }
  context.after(delay, "datagramAnswer", { id: item.id, at: at - 1 });
}

export function onDatagramAnswer(
  context: Context,
  state: NetworkState,
  data: { id: number; at: number },
): void {
  const item = state.datagrams.get(data.id);
  if (!item) return;
  if (data.at > 0) {
    back(context, state, item, data.at);
    return;
  }
  if (item.journey !== undefined) recordReverse(context.trace, context.now, item.journey, item.stations[0]!);
  end(context, state, item, {
    outcome: "answer",
    payload: item.answer ?? "",
    elapsedMs: context.now - item.startedAt,
  });
}

export function onDatagramRefused(context: Context, state: NetworkState, data: { id: number }): void {
  const item = state.datagrams.get(data.id);
  if (item) end(context, state, item, { outcome: "refused", elapsedMs: context.now - item.startedAt });
}

export function onDatagramTimeout(context: Context, state: NetworkState, data: { id: number }): void {
  const item = state.datagrams.get(data.id);
  if (item) end(context, state, item, { outcome: "timeout", elapsedMs: context.now - item.startedAt }, false);
}

function end(
  context: Context,
  state: NetworkState,
  item: Datagram,
  answer: DatagramAnswer,
  waiting = true,
): void {
  if (waiting) context.cancel(item.deadline);
  state.datagrams.delete(item.id);
  context.reply(item.replyTo, answer);
}
