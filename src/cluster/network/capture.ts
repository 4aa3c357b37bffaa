// Who watches the packets of a host, as tcpdump does, and what they are shown. While nobody watches, the network asks
// no more than whether somebody does; nothing here changes what packets do.
import type { Address, Context } from "../machine/component.ts";
import type { Addresses } from "../trace/types.ts";
import { isLoopback } from "./hosts.ts";
import { hopMs } from "./latency.ts";
import type { Flow, Host, NetworkState, Station } from "./state.ts";
import type { HostId, SeenPacket } from "./types.ts";

/** A packet without what depends on where it is seen. */
export type Sent = Omit<SeenPacket, "at" | "interface" | "direction" | "src" | "dst">;

const MOST_KEPT = 2000;

/** Shows whoever watches all packets not shown yet, as soon as there are any. The key begins and ends a watch. */
export function watchPackets(
  context: Context,
  state: NetworkState,
  spec: { key: string; host: HostId; replyTo: Address },
): void {
  let capture = state.captures.get(spec.key);
  if (!capture) state.captures.set(spec.key, (capture = { host: spec.host, packets: [] }));
  capture.waiting = spec.replyTo;
  hand(context, state, spec.key);
}

export function endWatch(state: NetworkState, key: string): void {
  if (state.captures.delete(key) && state.captures.size === 0) state.streams.clear();
}

function hand(context: Context, state: NetworkState, key: string): void {
  const capture = state.captures.get(key);
  if (!capture?.waiting || capture.packets.length === 0) return;
  const { waiting, packets } = capture;
  capture.waiting = undefined;
  capture.packets = [];
  context.reply(waiting, { packets: packets as never });
}

/** One movement of a packet between neighbouring stations; `to` is absent where it got lost on the way. */
export function seeMove(
  context: Context,
  state: NetworkState,
  sent: Sent,
  move: { from: Station; to?: Station | undefined; back?: boolean; start: number; end: number },
): void {
  if (state.captures.size === 0) return;
  const { from, to, back = false, start, end } = move;
  const leaving = from.role === "client" || from.role === "end" ? from.host : undefined;
  const [outer, inner] = back ? [from.before, from.before] : [from.after, from.before];
  const crosses = from.machine !== to?.machine;
  if (leaving !== undefined) {
    const isNode = leaving.startsWith("node:");
    see(context, state, leaving, "Out", turned(isNode ? outer : inner, back), sent, start, crosses);
  }
  const ownNode = nodeOf(from);
  if (ownNode !== undefined && ownNode !== leaving && crosses)
    see(context, state, ownNode, "Out", turned(outer, back), sent, start, true);
  if (!to) return;
  const arriving = to.role === "client" || to.role === "end" ? to.host : undefined;
  const theirNode = nodeOf(to);
  const arrived = back ? to.after : to.before;
  if (theirNode !== undefined && theirNode !== arriving && crosses)
    see(context, state, theirNode, "In", turned(arrived, back), sent, end, true);
  if (arriving === undefined) return;
  const isPod = !arriving.startsWith("node:");
  see(context, state, arriving, "In", turned(isPod ? to.before : arrived, back), sent, end, crosses);
}

/** The packet goes the whole way that its flow has taken, or back. */
export function seeWay(
  context: Context,
  state: NetworkState,
  flow: Flow,
  sent: Sent,
  options: { back?: boolean; visible?: boolean; laterMs?: number } = {},
): void {
  if (state.captures.size === 0) return;
  const { back = false, visible = false, laterMs = 0 } = options;
  const way = back ? flow.stations.toReversed() : flow.stations;
  let start = context.now + laterMs;
  for (let index = 1; index < way.length; index++) {
    const from = way[index - 1]!;
    const to = way[index]!;
    const end = start + hopMs(context.settings, visible, from.machine, to.machine);
    seeMove(context, state, sent, { from, to, back, start, end });
    start = end;
  }
}

/** A packet that a host gets out of turn, such as the word of a router that it cannot be delivered. */
export function seeNotice(
  context: Context,
  state: NetworkState,
  host: HostId,
  addresses: Addresses,
  sent: Sent,
  delayMs: number,
): void {
  if (state.captures.size > 0) see(context, state, host, "In", addresses, sent, context.now + delayMs, true);
}

/** ICMP echo between two hosts. Simplified: the nodes between them do not see it. */
export function seeEcho(
  context: Context,
  state: NetworkState,
  spec: { from: HostId; src: string; dst: string; target?: HostId | undefined; echo: string },
  answeredAfterMs: number | undefined,
): void {
  if (state.captures.size === 0) return;
  const { now } = context;
  const { from, src, dst, target, echo } = spec;
  const sent = (what: string): Sent => ({ protocol: "ICMP", icmp: `echo ${what}, ${echo}`, length: 64 });
  const there = { src, dst };
  const back = { src: dst, dst: src };
  see(context, state, from, "Out", there, sent("request"), now, true);
  if (answeredAfterMs === undefined) return;
  const half = now + answeredAfterMs / 2;
  if (target !== undefined) {
    see(context, state, target, "In", there, sent("request"), half, true);
    see(context, state, target, "Out", back, sent("reply"), half, true);
  }
  see(context, state, from, "In", back, sent("reply"), now + answeredAfterMs, true);
}

function nodeOf({ node }: Station): HostId | undefined {
  return node === undefined ? undefined : `node:${node}`;
}

function turned(addresses: Addresses, back: boolean): Addresses {
  return back ? { src: addresses.dst, dst: addresses.src } : addresses;
}

function see(
  context: Context,
  state: NetworkState,
  id: HostId,
  direction: SeenPacket["direction"],
  addresses: Addresses,
  sent: Sent,
  at: number,
  crosses: boolean,
): void {
  const host = state.hosts.get(id);
  if (!host || ![...state.captures.values()].some((capture) => capture.host === id)) return;
  const { src, dst } = sent.protocol === "ICMP" ? bare(addresses) : addresses;
  const isLocal = isOwn(host, src) && isOwn(host, dst);
  // A node meets its own pods on their bridge.
  const near = host.kind === "node" && !crosses ? "cni0" : "eth0";
  const packet: SeenPacket = { at, interface: isLocal ? "lo" : near, direction, src, dst, ...sent };
  if (at > context.now) context.after(at - context.now, "packet", { host: id, packet: packet as never });
  else onPacket(context, state, { host: id, packet });
}

/** ICMP knows no ports. */
function bare({ src, dst }: Addresses): Addresses {
  return { src: src.split(":")[0]!, dst: dst.split(":")[0]! };
}

function isOwn(host: Host, address: string): boolean {
  const ip = address.split(":")[0]!;
  return isLoopback(ip) || host.ips.includes(ip);
}

/** The packet is at the host's interface. */
export function onPacket(
  context: Context,
  state: NetworkState,
  data: { host: HostId; packet: SeenPacket },
): void {
  const { node } = state.hosts.get(data.host) ?? {};
  if (node !== undefined && state.down.has(node)) return;
  for (const [key, capture] of state.captures) {
    if (capture.host !== data.host) continue;
    if (capture.packets.length < MOST_KEPT) capture.packets.push(data.packet);
    hand(context, state, key);
  }
}
