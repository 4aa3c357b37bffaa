// The segments of a TCP connection as somebody who watches packets sees them: handshake, data, acknowledgements, end.
// The data path knows requests and answers; here they get flags, lengths and sequence numbers.
// Simplified: initial sequence numbers come from the connection's number, and a TLS handshake takes no time.
import { fnv1a } from "#base/hash";
import { encodeUtf8 } from "#base/utf8";
import type { Context } from "../machine/component.ts";
import { seeMove, seeNotice, seeWay, type Sent } from "./capture.ts";
import { nodeAddress, nodeGateway } from "./hosts.ts";
import { wayMs } from "./latency.ts";
import type { Connection, Flow, NetworkState, Station, Stream } from "./state.ts";
import type { HttpAnswer, HttpMessage } from "./types.ts";
import { answerText, requestText } from "./wire-text.ts";

/** ClientHello, the server's flight with its certificate, and the client's Finished, in bytes. */
const TLS_HELLO = [517, 1461, 80] as const;
/** Record header and authentication tag. */
const TLS_OVERHEAD = 22;

type Side = "client" | "server";
const OTHER: Record<Side, Side> = { client: "server", server: "client" };

function streamOf(state: NetworkState, { id }: Connection): Stream {
  let stream = state.streams.get(id);
  if (!stream) state.streams.set(id, (stream = { client: 1, server: 1 }));
  return stream;
}

function initialSequence(id: number, side: Side): number {
  return fnv1a(`${side}/${id}`);
}

/** The connection's first packet on its way to the next station, or to nowhere. */
export function seeSyn(
  context: Context,
  state: NetworkState,
  connection: Connection,
  from: Station,
  to: Station | undefined,
  end: number,
): void {
  if (state.captures.size === 0) return;
  seeMove(context, state, syn(connection), { from, to, start: context.now, end });
}

function syn({ id }: Connection): Sent {
  return { protocol: "TCP", flags: "S", seq: initialSequence(id, "client"), ack: 0, length: 0, stream: id };
}

/** Sent again along a way that is remembered. */
export function seeSynAgain(context: Context, state: NetworkState, connection: Connection): void {
  if (state.captures.size > 0) seeWay(context, state, connection, syn(connection));
}

export function seeAccepted(context: Context, state: NetworkState, connection: Connection): void {
  if (state.captures.size === 0) return;
  const { id } = connection;
  const numbers = { seq: initialSequence(id, "server"), ack: initialSequence(id, "client") + 1 };
  const sent: Sent = { protocol: "TCP", flags: "S.", ...numbers, length: 0, stream: id };
  seeWay(context, state, connection, sent, { back: true });
}

/** The kernel at the end has no socket for it. */
export function seeRefused(context: Context, state: NetworkState, connection: Connection): void {
  if (state.captures.size === 0) return;
  const { id } = connection;
  const ack = initialSequence(id, "client") + 1;
  const sent: Sent = { protocol: "TCP", flags: "R.", seq: 0, ack, length: 0, stream: id };
  seeWay(context, state, connection, sent, { back: true });
}

/** A node's rule refuses the flow: it says so by ICMP. */
export function seeRejected(
  context: Context,
  state: NetworkState,
  flow: Flow,
  node: string,
  delayMs: number,
): void {
  if (state.captures.size === 0) return;
  const { src, dst } = flow.stations[0]!.before;
  const [ip = "", port = ""] = dst.split(":");
  const about = `${ip} ${flow.protocol.toLowerCase()} port ${port} unreachable`;
  const length = flow.protocol === "TCP" ? 68 : 56;
  const isPod = flow.from.startsWith("pod:");
  const router = isPod ? nodeGateway(state, node) : nodeAddress(state, node);
  const addresses = { src: router, dst: src.split(":")[0]! };
  seeNotice(context, state, flow.from, addresses, { protocol: "ICMP", icmp: about, length }, delayMs);
}

export function seeAcknowledged(
  context: Context,
  state: NetworkState,
  connection: Connection,
  by: Side,
): void {
  if (state.captures.size > 0) send(context, state, connection, { by, flags: "." });
}

export function seeRequest(
  context: Context,
  state: NetworkState,
  connection: Connection,
  request: HttpMessage,
  overTls: boolean,
): void {
  if (state.captures.size === 0) return;
  const stream = streamOf(state, connection);
  if (overTls && !stream.tls) {
    stream.tls = true;
    TLS_HELLO.forEach((size, index) => {
      const by = index === 1 ? "server" : "client";
      send(context, state, connection, { by, flags: "P.", size });
    });
  }
  const payload = requestText(request);
  send(context, state, connection, { by: "client", flags: "P.", payload, overTls, visible: true });
}

export function seeAnswer(
  context: Context,
  state: NetworkState,
  connection: Connection,
  answer: HttpAnswer,
  overTls: boolean,
): void {
  if (state.captures.size === 0) return;
  const payload = answerText(answer);
  if (payload !== "")
    send(context, state, connection, { by: "server", flags: "P.", payload, overTls, visible: true });
  if ("reset" in answer) send(context, state, connection, { by: "server", flags: "R." });
  else if ("hangUp" in answer || "raw" in answer || ("close" in answer && answer.close))
    send(context, state, connection, { by: "server", flags: "F.", visible: payload !== "" });
}

/** One side closes, if none has yet, and the other one with it. */
export function seeClosed(context: Context, state: NetworkState, connection: Connection, by: Side): void {
  if (state.captures.size === 0 || connection.state !== "open") return;
  const { closedBy } = streamOf(state, connection);
  const first = closedBy ?? by;
  if (closedBy === undefined) send(context, state, connection, { by: first, flags: "F." });
  const laterMs = wayMs(context.settings, connection.stations);
  send(context, state, connection, { by: OTHER[first], flags: "F.", laterMs });
  send(context, state, connection, { by: first, flags: ".", laterMs: 2 * laterMs });
}

interface Segment {
  by: Side;
  flags: string;
  payload?: string;
  size?: number;
  overTls?: boolean;
  visible?: boolean;
  laterMs?: number;
}

function send(context: Context, state: NetworkState, connection: Connection, segment: Segment): void {
  const { by, flags, payload, overTls = false, visible = false } = segment;
  const stream = streamOf(state, connection);
  const other = OTHER[by];
  const length =
    segment.size ?? (payload === undefined ? 0 : encodeUtf8(payload).length + (overTls ? TLS_OVERHEAD : 0));
  const sent: Sent = {
    protocol: "TCP",
    flags,
    seq: stream[by],
    ack: stream[other],
    length,
    stream: connection.id,
  };
  if (payload !== undefined && !overTls) sent.payload = payload;
  stream[by] += length + (flags === "F." ? 1 : 0);
  if (flags === "F.") stream.closedBy ??= by;
  seeWay(context, state, connection, sent, {
    back: by === "server",
    visible: visible && connection.visible,
    ...(segment.laterMs === undefined ? {} : { laterMs: segment.laterMs }),
  });
}
