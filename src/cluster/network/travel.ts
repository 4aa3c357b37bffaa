// The way of a flow's first packet: from place to place, with the decisions of each node that it passes. The caller
// asks for the next station whenever the packet stands at one, so every decision uses the state of that moment.
import type { Context } from "../machine/component.ts";
import { PacketAddresses } from "../trace/records.ts";
import type { Addresses, Place } from "../trace/types.ts";
import { decide, type DecideContext, type Decision, type Origin } from "./decide.ts";
import {
  externalAddress,
  hostAt,
  hostOf,
  INGRESS_POD_IP,
  inPodNetwork,
  inServiceNetwork,
  isInternal,
  isLoopback,
  nodeAddress,
  nodeGateway,
  nodeHost,
  nodeOfPodIp,
} from "./hosts.ts";
import { fnv1a } from "#base/hash";
import { nextInt } from "#base/random";
import type { Flow, Host, NetworkState, Station } from "./state.ts";

export type Advance =
  | { kind: "move"; station: Station }
  /** Vanishes on the way to `to`. `stuck`: connection tracking holds it there, another attempt changes nothing. */
  | { kind: "dropped"; to: Place; stuck: boolean }
  | { kind: "refused"; to: Place; machine: string };

/** What a node decided about a packet and what came of it, for the journey. */
export interface Ruling {
  node: string;
  decision: Decision;
  before: Addresses;
  after: Addresses;
  noRule: "portNotInService" | "addressGone" | undefined;
}

export interface TravelContext extends DecideContext {
  /** What a node decided on the way to the next station. */
  ruling: Ruling | undefined;
  /** Which node a load balancer sends the flow to, or why to none. */
  pick: { to: Place | "portNotInService" | "noHealthyNode"; address: string } | undefined;
}

export function travelContext(context: Context, state: NetworkState): TravelContext {
  return { state, random: context.random, now: context.now, ruling: undefined, pick: undefined };
}

/** The Service whose rule decided. */
export function serviceOf({ ruling }: TravelContext): string | undefined {
  return ruling && "match" in ruling.decision ? ruling.decision.match?.rule.service : undefined;
}

export function addressesOf(flow: Flow): Addresses {
  return new PacketAddresses(`${flow.srcIp}:${flow.srcPort}`, `${flow.dstIp}:${flow.dstPort}`);
}

export function clientStation(host: Host, flow: Flow): Station {
  const addresses = addressesOf(flow);
  return new PacketStation(host.place, host.machine, "client", addresses, host.id, host.node);
}

/** All fields at once: stations of one shape are quicker to read. */
class PacketStation implements Station {
  declare place: Place;
  declare machine: string;
  declare role: Station["role"];
  declare host: string | undefined;
  declare node: string | undefined;
  declare before: Addresses;
  declare after: Addresses;
  declare rewriter: string | undefined;
  declare via: string[] | undefined;
  declare answerAfter: Addresses | undefined;
  declare answerBefore: Addresses | undefined;

  constructor(
    place: Place,
    machine: string,
    role: Station["role"],
    addresses: Addresses,
    host: string | undefined,
    node: string | undefined,
  ) {
    this.place = place;
    this.machine = machine;
    this.role = role;
    this.host = host;
    this.node = node;
    this.before = addresses;
    this.after = addresses;
    this.rewriter = undefined;
    this.via = undefined;
    this.answerAfter = undefined;
    this.answerBefore = undefined;
  }
}

/** The address that a host's socket takes when it dials `ip`. */
export function sourceAddress(host: Host, ip: string): string {
  if (isLoopback(ip)) return "127.0.0.1";
  if (host.ips.includes(ip)) return ip;
  if (host.kind === "ingress") return isInternal(ip) ? INGRESS_POD_IP : host.ips[0]!;
  // On its own pod network a node is the gateway.
  const gateway = host.ips[1];
  if (host.kind === "node" && gateway && samePodBlock(ip, gateway)) return gateway;
  return host.ips[0]!;
}

function samePodBlock(ip: string, gateway: string): boolean {
  return ip.startsWith(gateway.slice(0, gateway.lastIndexOf(".") + 1));
}

/** The next station of a packet that stands at its flow's last one. Rewrites the flow's addresses. */
export function advance(net: TravelContext, flow: Flow): Advance {
  const here = flow.stations[flow.stations.length - 1]!;
  if (here.role === "loadBalancer") return fromLoadBalancer(net, flow);
  if (here.role === "door") return fromNode(net, flow, here, here.node!, doorOrigin(flow));
  const host = hostOf(net.state, flow.from);
  if (isLoopback(flow.dstIp) || host.ips.includes(flow.dstIp)) {
    if (host.kind === "node") return fromNode(net, flow, here, host.node!, "node");
    return { kind: "move", station: endStation(flow, host) };
  }
  if (host.kind === "node") return fromNode(net, flow, here, host.node!, "node");
  if (host.kind === "pod") {
    if (net.state.down.has(host.node!))
      return { kind: "dropped", to: nodePlace(net, host.node!), stuck: false };
    if (nodeHost(net.state, host.node!).ips.includes(flow.dstIp)) {
      return { kind: "move", station: doorStation(net, flow, host.node!) };
    }
    return fromNode(net, flow, here, host.node!, "pod");
  }
  return fromOutside(net, flow, host);
}

export function doorOrigin(flow: Flow): Origin {
  return flow.stations.length === 2 && flow.stations[0]!.machine === flow.stations[1]!.machine
    ? "pod"
    : "network";
}

function fromLoadBalancer(net: TravelContext, flow: Flow): Advance {
  const balancer = net.state.loadBalancers.get(flow.dstIp);
  const address = `${flow.dstIp}:${flow.dstPort}`;
  const problem = balancerProblem(net, flow);
  if (!balancer || problem) {
    net.pick = { to: problem ?? "noHealthyNode", address };
    return { kind: "dropped", to: flow.stations[flow.stations.length - 1]!.place, stuck: false };
  }
  // The same flow always goes to the same node, as long as that is healthy.
  const hash = fnv1a(`${flow.protocol}/${flow.srcIp}:${flow.srcPort}>${address}`);
  const station = doorStation(net, flow, balancer.healthy[hash % balancer.healthy.length]!);
  net.pick = { to: station.place, address };
  return { kind: "move", station };
}

/** Why the load balancer has no node for the flow. */
export function balancerProblem(
  net: DecideContext,
  flow: Flow,
): "portNotInService" | "noHealthyNode" | undefined {
  const balancer = net.state.loadBalancers.get(flow.dstIp);
  if (balancer && !balancer.ports.has(`${flow.protocol}/${flow.dstPort}`)) return "portNotInService";
  return balancer && balancer.healthy.length > 0 ? undefined : "noHealthyNode";
}

/** Outside machines reach nodes, load balancers and the internet, never pod or Service addresses. */
function fromOutside(net: TravelContext, flow: Flow, host: Host): Advance {
  const inside = host.kind === "ingress" || host.kind === "controlPlane";
  if (!inside && flow.dstIp.startsWith("10.")) {
    return { kind: "dropped", to: { kind: "internet", ip: flow.dstIp }, stuck: true };
  }
  // Simplified: the Ingress controller is a pod of no node; Service addresses are translated for it by a node's rules.
  const node = host.kind === "ingress" && inServiceNetwork(flow.dstIp) ? firstRunning(net) : undefined;
  if (node !== undefined) return fromNode(net, flow, flow.stations[0]!, node, "pod");
  return toAddress(net, flow, undefined);
}

function firstRunning(net: TravelContext): string | undefined {
  return net.state.nodes.find((node) => !net.state.down.has(node));
}

function fromNode(net: TravelContext, flow: Flow, here: Station, node: string, origin: Origin): Advance {
  const place = nodePlace(net, node);
  if (net.state.down.has(node)) return { kind: "dropped", to: place, stuck: false };
  const before = here.before;
  const { srcIp, srcPort, dstIp, dstPort } = flow;
  if (dstIp === externalAddress(node) && here.role === "door") flow.dstIp = nodeAddress(net.state, node);
  const decision = decide(net, node, flow, origin);
  if (decision.kind === "reject" || decision.kind === "drop") {
    net.ruling = { node, decision, before, after: before, noRule: undefined };
    const to = here.role === "client" && origin === "node" ? here.place : place;
    if (decision.kind === "reject") return { kind: "refused", to, machine: node };
    return { kind: "dropped", to, stuck: false };
  }
  let masquerade = false;
  if (decision.kind === "dnat") {
    const { endpoint, match } = decision;
    flow.dstIp = endpoint.ip;
    flow.dstPort = endpoint.port;
    flow.chosen = { service: match.rule.service, endpoint, rule: match.rule.key };
    here.via = match.rule.via;
    masquerade = decision.masquerade;
  } else if (decision.kind === "hostPort") {
    flow.dstIp = decision.ip;
    flow.dstPort = decision.port;
    masquerade = isLoopback(flow.srcIp) || flow.srcIp === decision.ip;
  }
  const missing = decision.kind === "pass" ? missingRule(net, node, flow) : undefined;
  if (!missing) translateSource(net, flow, node, masquerade);
  const isSame =
    flow.dstIp === dstIp && flow.dstPort === dstPort && flow.srcIp === srcIp && flow.srcPort === srcPort;
  const after = isSame ? before : rewritten(flow, decision);
  here.after = after;
  if (after !== before) here.rewriter = node;
  net.ruling = { node, decision, before, after, noRule: missing };
  if (missing) return { kind: "dropped", to: place, stuck: inServiceNetwork(flow.dstIp) };
  return toAddress(net, flow, node);
}

function rewritten(flow: Flow, decision: Decision): Addresses {
  // An endpoint has its address written out.
  if (decision.kind !== "dnat") return addressesOf(flow);
  return new PacketAddresses(`${flow.srcIp}:${flow.srcPort}`, decision.endpoint.address);
}

function missingRule(net: TravelContext, node: string, flow: Flow): Ruling["noRule"] {
  // Sent by the load balancer to a node that has no rule for it: it would only go round in circles.
  if (flow.stations.some(({ role }) => role === "loadBalancer")) {
    return net.state.loadBalancers.has(flow.dstIp) ? "addressGone" : undefined;
  }
  if (!inServiceNetwork(flow.dstIp)) return undefined;
  return net.state.rules.get(node)?.addresses.has(flow.dstIp) ? "portNotInService" : "addressGone";
}

/** Masquerading by kube-proxy and by the pod network, and the address translation before the nodes. */
function translateSource(net: TravelContext, flow: Flow, node: string, masquerade: boolean): void {
  const host = nodeHost(net.state, node);
  // What ends on the node itself passes no POSTROUTING chain.
  if (host.ips.includes(flow.dstIp)) return;
  const fromPod = inPodNetwork(flow.srcIp) && flow.srcIp !== nodeGateway(net.state, node);
  const leavesPods = fromPod && !inPodNetwork(flow.dstIp);
  if (masquerade || leavesPods) {
    flow.srcIp = sourceAddress(host, flow.dstIp);
    flow.srcPort = 1024 + nextInt(net.random, 64_512);
  }
  if (!isInternal(flow.dstIp) && flow.srcIp === nodeAddress(net.state, node))
    flow.srcIp = externalAddress(node);
}

/** Routes to the flow's destination address. `node`: where the packet is now, if on a node. */
function toAddress(net: TravelContext, flow: Flow, node: string | undefined): Advance {
  const { dstIp } = flow;
  const balancer = net.state.loadBalancers.get(dstIp);
  if (balancer)
    return { kind: "move", station: stationOf(flow, balancer.place, `lb:${dstIp}`, "loadBalancer") };
  const host = isLoopback(dstIp) && node ? nodeHost(net.state, node) : hostAt(net.state, dstIp);
  if (host?.kind === "node") {
    // A packet that was sent on to an endpoint on the node's own network is not translated again there.
    const ends = flow.chosen !== undefined || (host.node === node && dstIp !== externalAddress(host.node!));
    if (!ends) return { kind: "move", station: doorStation(net, flow, host.node!) };
  }
  if (host && host.kind !== "outside") return { kind: "move", station: endStation(flow, host) };
  return toNobody(net, flow);
}

function toNobody(net: TravelContext, flow: Flow): Advance {
  const { dstIp } = flow;
  if (!inPodNetwork(dstIp)) return { kind: "dropped", to: { kind: "internet", ip: dstIp }, stuck: true };
  const owner = nodeOfPodIp(net.state, dstIp);
  const station = stationOf(
    flow,
    owner ? nodePlace(net, owner) : { kind: "internet", ip: dstIp },
    owner ?? "",
    "end",
  );
  return { kind: "move", station };
}

function nodePlace(net: TravelContext, node: string): Place {
  return nodeHost(net.state, node).place;
}

function doorStation(net: TravelContext, flow: Flow, node: string): Station {
  return stationOf(flow, nodePlace(net, node), node, "door", undefined, node);
}

function endStation(flow: Flow, host: Host): Station {
  const place = host.kind === "node" ? (flow.chosen?.endpoint.place ?? host.place) : host.place;
  return stationOf(flow, place, host.machine, "end", host.id, host.node);
}

function stationOf(
  flow: Flow,
  place: Place,
  machine: string,
  role: Station["role"],
  host?: string,
  node?: string,
): Station {
  // It comes as it left: only nodes rewrite, and they say so at their own station.
  const addresses = flow.stations[flow.stations.length - 1]!.after;
  return new PacketStation(place, machine, role, addresses, host, node);
}
