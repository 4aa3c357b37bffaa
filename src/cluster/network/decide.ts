// What the kernel of a node does to a packet that starts a flow: kube-proxy's rules, the choice of an endpoint,
// masquerading. Pure but for the affinity table and the random stream.
import { contains, parseIp } from "#base/ipv4";
import { nextInt, type RandomState } from "#base/random";
import { inPodNetwork, isLoopback, nodeAddress, nodeHost } from "./hosts.ts";
import {
  answersFor,
  clusterChoice,
  localChoice,
  type Choice,
  type Matched,
  type NodeRules,
  type PortRule,
  type RuleEndpoint,
} from "./rules.ts";
import { portKey } from "./sockets.ts";
import type { Flow, NetworkState } from "./state.ts";

/** Where the packet comes from, as the node's kernel sees it. */
export type Origin = "pod" | "node" | "network";

type DropReason = "noLocalEndpoints" | "sourceRange";

interface RuleMatch {
  rule: PortRule;
  matched: Matched;
  policy: "Cluster" | "Local";
}

export type Decision =
  /** No rule: the packet goes to its address. */
  | { kind: "pass" }
  | { kind: "hostPort"; ip: string; port: number }
  | {
      kind: "dnat";
      match: RuleMatch;
      choice: Choice;
      endpoint: RuleEndpoint;
      how: "random" | "affinity" | "only" | "conntrack";
      masquerade: boolean;
    }
  | { kind: "reject"; match?: RuleMatch; choice?: Choice; reason: "noEndpoints" | "portNotInService" }
  | { kind: "drop"; match: RuleMatch; choice: Choice; reason: DropReason };

export interface DecideContext {
  state: NetworkState;
  random: RandomState;
  now: number;
}

/** What the kernel looks at. */
export type Packet = Pick<Flow, "protocol" | "srcIp" | "srcPort" | "dstIp" | "dstPort" | "keepsPort">;

/** `rehearsal`: only to know what would happen; nothing is chosen or remembered. */
export function decide(
  net: DecideContext,
  node: string,
  flow: Packet,
  origin: Origin,
  rehearsal = false,
): Decision {
  const rules = net.state.rules.get(node);
  const { protocol, dstIp, dstPort } = flow;
  const local = isLoopback(dstIp) || nodeHost(net.state, node).ips.includes(dstIp);
  if (rules) {
    const isService = rules.addresses.has(dstIp);
    const byAddress = isService ? rules.byAddress.get(`${protocol}/${dstIp}:${dstPort}`) : undefined;
    if (byAddress)
      return applyRule(net, node, rules, flow, origin, rehearsal, byAddress.rule, byAddress.matched);
    if (local && reachesNodePorts(net, rules, node, dstIp)) {
      const rule = rules.byNodePort.get(portKey(protocol, dstPort));
      if (rule) return applyRule(net, node, rules, flow, origin, rehearsal, rule, "nodePort");
    }
    // A port that the Service has not.
    if (!local && answersFor(rules, dstIp)) return { kind: "reject", reason: "portNotInService" };
  }
  if (local) return hostPort(net.state, node, flow);
  return { kind: "pass" };
}

/** iptables answers node ports at all of the node's addresses, nftables at its own address only. */
function reachesNodePorts(net: DecideContext, rules: NodeRules, node: string, ip: string): boolean {
  if (rules.mode === "iptables") return true;
  if (rules.mode === "ipvs") return !isLoopback(ip);
  return ip === nodeAddress(net.state, node);
}

function hostPort(state: NetworkState, node: string, flow: Packet): Decision {
  const target = state.hostPorts.get(`${node}/${flow.protocol}/${flow.dstPort}`);
  const pod = target && state.hosts.get(`pod:${target.uid}`);
  if (!pod) return { kind: "pass" };
  const { hostIp } = target;
  if (hostIp && hostIp !== "0.0.0.0" && hostIp !== flow.dstIp) return { kind: "pass" };
  return { kind: "hostPort", ip: pod.ips[0]!, port: target.port };
}

// Kubernetes: pkg/proxy/iptables/proxier.go, syncProxyRules (v1.35)
function applyRule(
  net: DecideContext,
  node: string,
  rules: NodeRules,
  flow: Packet,
  origin: Origin,
  rehearsal: boolean,
  rule: PortRule,
  matched: Matched,
): Decision {
  const external = matched !== "clusterIP";
  const wanted = (external ? rule.externalLocal : rule.internalLocal) ? "Local" : "Cluster";
  const match: RuleMatch = { rule, matched, policy: wanted };
  if (rule.cluster.endpoints.length === 0) {
    return { kind: "reject", match, choice: rule.cluster, reason: "noEndpoints" };
  }
  if (matched === "loadBalancer" && !inSourceRanges(rule, flow.srcIp)) {
    return { kind: "drop", match, choice: clusterChoice(rule, node, rules.zone), reason: "sourceRange" };
  }
  // What pods and the node itself send to an external address of a Local Service may go to any endpoint, as if it
  // had gone out to the load balancer and come back in.
  const shortcut = external && wanted === "Local" && (origin === "node" || inPodNetwork(flow.srcIp));
  const policy = shortcut ? "Cluster" : wanted;
  match.policy = policy;
  const choice = policy === "Local" ? localChoice(rule, node) : clusterChoice(rule, node, rules.zone);
  if (choice.endpoints.length === 0) return { kind: "drop", match, choice, reason: "noLocalEndpoints" };
  const masquerades = needsMasquerade(external, wanted, origin, flow.srcIp);
  if (rehearsal) {
    return {
      kind: "dnat",
      match,
      choice,
      endpoint: choice.endpoints[0]!,
      how: "only",
      masquerade: masquerades,
    };
  }
  const picked = trackedEndpoint(net, node, rule, flow) ?? pick(net, rules, rule, choice, flow.srcIp);
  if (flow.keepsPort) track(net, node, flow, picked.endpoint);
  const hairpin = picked.endpoint.ip === flow.srcIp;
  return { kind: "dnat", match, choice, ...picked, masquerade: hairpin || masquerades };
}

function needsMasquerade(external: boolean, wanted: string, origin: Origin, srcIp: string): boolean {
  if (!external) return !inPodNetwork(srcIp);
  return wanted === "Cluster" || origin === "node";
}

function inSourceRanges(rule: PortRule, ip: string): boolean {
  if (rule.sourceRanges.length === 0) return true;
  const address = parseIp(ip) ?? 0;
  return rule.sourceRanges.some((range) => contains(range, address));
}

function pick(
  net: DecideContext,
  rules: NodeRules,
  rule: PortRule,
  choice: Choice,
  client: string,
): { endpoint: RuleEndpoint; how: "random" | "affinity" | "only" } {
  const { endpoints } = choice;
  if (rule.affinityMs === 0) return pickFreely(net, endpoints);
  let table = rules.affinity.get(rule.key);
  if (!table) rules.affinity.set(rule.key, (table = new Map()));
  const last = table.get(client);
  const kept =
    last && net.now - last.at < rule.affinityMs
      ? endpoints.find((endpoint) => endpoint.address === last.endpoint)
      : undefined;
  const picked = kept ? { endpoint: kept, how: "affinity" as const } : pickFreely(net, endpoints);
  table.set(client, { endpoint: picked.endpoint.address, at: net.now });
  return picked;
}

function pickFreely(
  net: DecideContext,
  endpoints: RuleEndpoint[],
): { endpoint: RuleEndpoint; how: "random" | "only" } {
  if (endpoints.length === 1) return { endpoint: endpoints[0]!, how: "only" };
  return { endpoint: endpoints[nextInt(net.random, endpoints.length)]!, how: "random" };
}

const UDP_FLOW_MS = 120_000;

function trackingKey(node: string, flow: Packet): string {
  return `${node}/${flow.srcIp}:${flow.srcPort}>${flow.dstIp}:${flow.dstPort}`;
}

/** kube-proxy clears the tracked UDP flows of endpoints that serve no more; all others stay with their endpoint. */
// Kubernetes: pkg/proxy/conntrack/cleanup.go (v1.35)
function trackedEndpoint(
  net: DecideContext,
  node: string,
  rule: PortRule,
  flow: Packet,
): { endpoint: RuleEndpoint; how: "conntrack" } | undefined {
  if (!flow.keepsPort) return undefined;
  const entry = net.state.udpFlows.get(trackingKey(node, flow));
  if (!entry || entry.until < net.now) return undefined;
  const endpoint = rule.endpoints.find(({ address, serving }) => serving && address === entry.endpoint);
  return endpoint && { endpoint, how: "conntrack" };
}

function track(net: DecideContext, node: string, flow: Packet, endpoint: RuleEndpoint): void {
  const { udpFlows } = net.state;
  const key = trackingKey(node, flow);
  // Whoever was seen last stands last, so that those whose time is over come first.
  udpFlows.delete(key);
  udpFlows.set(key, { endpoint: endpoint.address, until: net.now + UDP_FLOW_MS });
  for (const [old, { until }] of udpFlows) {
    if (until >= net.now) break;
    udpFlows.delete(old);
  }
}
