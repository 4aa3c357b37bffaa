// Whether a packet that now sets out for a station will be lost there, as things are at this moment: a leg says so
// when it begins. What really happens is decided when the packet arrives.
import { decide, type DecideContext } from "./decide.ts";
import { externalAddress, hostAt, nodeAddress, nodeHost } from "./hosts.ts";
import { socketFor } from "./sockets.ts";
import type { Flow, Host, NetworkState, Station } from "./state.ts";
import { balancerProblem, doorOrigin } from "./travel.ts";

export function foresee(net: DecideContext, flow: Flow, station: Station): "refused" | "dropped" | undefined {
  const { state } = net;
  if (station.node && state.down.has(station.node)) return "dropped";
  if (station.role === "loadBalancer") return balancerProblem(net, flow) && "dropped";
  if (station.role === "door") return foreseeDoor(net, flow, station.node!);
  const host = destination(state, flow, station);
  if (!host) return "dropped";
  return socketFor(host, flow.protocol, flow.dstIp, flow.dstPort) ? undefined : "refused";
}

function foreseeDoor(net: DecideContext, flow: Flow, node: string): "refused" | "dropped" | undefined {
  const dstIp = flow.dstIp === externalAddress(node) ? nodeAddress(net.state, node) : flow.dstIp;
  const { protocol, srcIp, srcPort, dstPort, keepsPort } = flow;
  const packet = { protocol, srcIp, srcPort, dstIp, dstPort, keepsPort };
  const decision = decide(net, node, packet, doorOrigin(flow), true);
  if (decision.kind === "reject") return "refused";
  if (decision.kind === "drop") return "dropped";
  if (decision.kind !== "pass") return undefined;
  const host = nodeHost(net.state, node);
  if (!host.ips.includes(dstIp)) return undefined;
  return socketFor(host, flow.protocol, dstIp, flow.dstPort) ? undefined : "refused";
}

/** The host that has the packet's address at this moment. */
export function destination(state: NetworkState, flow: Flow, station: Station): Host | undefined {
  if (station.node && state.down.has(station.node)) return undefined;
  const { host } = station;
  if (host && state.hosts.has(host)) return state.hosts.get(host);
  return hostAt(state, flow.dstIp);
}
