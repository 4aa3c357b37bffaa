// ICMP echo: pods, nodes and the internet's servers answer, a Service's address does not.
import type { Context } from "../machine/component.ts";
import { hostAt, inPodNetwork, inServiceNetwork, isLoopback, nodeAddress, nodeGateway } from "./hosts.ts";
import { seeEcho } from "./capture.ts";
import { hopMs } from "./latency.ts";
import { answersFor, type ProxyMode } from "./rules.ts";
import type { Host, NetworkState } from "./state.ts";
import { sourceAddress } from "./travel.ts";
import type { Network, PingAnswer } from "./types.ts";

type PingSpec = Parameters<Network["ping"]>[0];

/** Linux starts at 64, and every machine that passes a packet on takes one. */
const FULL_TTL = 64;

export function ping(context: Context, state: NetworkState, spec: PingSpec): void {
  const from = state.hosts.get(spec.from);
  const timeout: PingAnswer = { outcome: "timeout", elapsedMs: spec.timeoutMs };
  const answer = (from && echo(context, state, from, spec.ip)) ?? timeout;
  const notSent = from !== undefined && filtersOutput(state, from, spec.ip);
  if (from && state.captures.size > 0 && !notSent) {
    const answered = answer.outcome === "answer" ? answer.elapsedMs : undefined;
    const target = hostAt(state, spec.ip)?.id;
    const addresses = { from: from.id, src: sourceAddress(from, spec.ip), dst: spec.ip, target };
    seeEcho(context, state, { ...addresses, echo: spec.echo ?? "id 1, seq 1" }, answered);
  }
  context.reply(spec.replyTo, { ...answer, ...(notSent && { notSent }) }, answer.elapsedMs);
}

/**
 * kube-proxy's filters on the node's output, which in nftables mode take whatever goes to the Services' network and was
 * not rewritten. Kubernetes: pkg/proxy/nftables/proxier.go, filter-output (v1.35)
 */
function filtersOutput(state: NetworkState, from: Host, ip: string): boolean {
  const rules = from.kind === "node" && from.node ? state.rules.get(from.node) : undefined;
  return rules?.mode === "nftables" && inServiceNetwork(ip);
}

function echo(context: Context, state: NetworkState, from: Host, ip: string): PingAnswer | undefined {
  if (from.node && state.down.has(from.node)) return undefined;
  if (isLoopback(ip) || from.ips.includes(ip))
    return { outcome: "answer", ttl: FULL_TTL, elapsedMs: rtt(context, from, from) };
  const rules = from.node ? state.rules.get(from.node) : undefined;
  if (rules && answersFor(rules, ip)) return serviceEcho(context, state, from, rules.mode);
  if (from.kind === "outside" && ip.startsWith("10.")) return undefined;
  if (inServiceNetwork(ip) || state.loadBalancers.has(ip)) return undefined;
  const target = hostAt(state, ip);
  if (!target || target.kind === "outside" || (target.node && state.down.has(target.node))) return undefined;
  const hops = routers(from, target, ip);
  return { outcome: "answer", ttl: FULL_TTL - hops, elapsedMs: rtt(context, from, target) };
}

function serviceEcho(context: Context, state: NetworkState, from: Host, mode: ProxyMode): PingAnswer {
  const elapsedMs = rtt(context, from, from);
  // In ipvs mode the node itself has all Service addresses.
  if (mode === "ipvs") return { outcome: "answer", ttl: FULL_TTL, elapsedMs };
  const node = from.node!;
  const router = from.kind === "pod" ? nodeGateway(state, node) : nodeAddress(state, node);
  return { outcome: "unreachable", from: router, elapsedMs };
}

/** Nodes that pass the packet on: the pod's own, and the one before the other pod. */
function routers(from: Host, target: Host, ip: string): number {
  const sameNode = from.node !== undefined && from.node === target.node;
  const out = from.kind === "pod" ? 1 : 0;
  // Between the outside and the nodes' own network stands a router.
  if (from.kind === "outside" && isPrivate(ip)) return 1;
  const inward = target.kind === "pod" && inPodNetwork(ip) ? 1 : 0;
  if (sameNode) return out && inward ? 1 : 0;
  return out + inward;
}

function isPrivate(ip: string): boolean {
  return ip.startsWith("192.168.");
}

function rtt(context: Context, from: Host, to: Host): number {
  return 2 * hopMs(context.settings, false, from.machine, to.machine);
}
