// The packet rules that a kube-proxy writes into its node's kernel, as data: one PortRule for each port of each
// Service, found by destination address. The network reads them packet by packet; only kube-proxy writes them.
import type { Cidr } from "#base/ipv4";
import type { Protocol } from "#api/service/types";
import type { Candidate, Place } from "../trace/types.ts";
import { inServiceNetwork } from "./hosts.ts";
import { portKey } from "./sockets.ts";

/** Simplified: ipvs chooses at random and drops as iptables does, not by its own schedulers. */
export type ProxyMode = "iptables" | "nftables" | "ipvs";

export interface RuleEndpoint {
  /** "ip:port", or the bare address where the port's name was not found in the pod. */
  address: string;
  ip: string;
  port: number;
  node?: string;
  zone?: string;
  pod?: string;
  /** Where it is on the canvas, if it is a pod. */
  place?: Place;
  ready: boolean;
  serving: boolean;
  terminating: boolean;
  /** The port's name is unknown in this pod, so no packet is ever sent to it. */
  unresolved: boolean;
  hintZones?: string[];
  hintNodes?: string[];
}

/** Endpoints that packets may be sent to, and from which pool they came. */
export interface Choice {
  endpoints: RuleEndpoint[];
  pool: "ready" | "terminating" | "none";
}

/** One port of one Service. Immutable and shared by the tables of all nodes, apart from its caches. */
export interface PortRule {
  /** "namespace/name:port name/protocol" */
  key: string;
  service: string;
  /** The Service alone, as legs name it: one list for all of them. */
  via: string[];
  portName: string;
  protocol: Protocol;
  port: number;
  clusterIp?: string;
  externalIps: string[];
  loadBalancerIps: string[];
  nodePort?: number;
  sourceRanges: Cidr[];
  internalLocal: boolean;
  externalLocal: boolean;
  /** 0: no session affinity. */
  affinityMs: number;
  /** All endpoints of its slices: evidence for those that are not chosen. */
  endpoints: RuleEndpoint[];
  /** For the traffic policy Cluster, on a node to which no hint applies. */
  cluster: Choice;
  /** For the traffic policy Local; a node that is missing here has none. */
  local: Map<string, Choice>;
  /** Set where every ready endpoint has such hints. */
  byHintedNode?: Map<string, RuleEndpoint[]>;
  byHintedZone?: Map<string, RuleEndpoint[]>;
  /** Evidence, built when first asked for: by pool and node. */
  candidates: Map<string, Candidate[]>;
}

export type Matched = "clusterIP" | "nodePort" | "loadBalancer" | "externalIP";

export interface RulesUpdate {
  mode: ProxyMode;
  /** The node's zone, for hints. */
  zone: string | undefined;
  /** Rules of whole Services ("namespace/name"); an empty list takes the Service's rules away. */
  services: [service: string, rules: PortRule[]][];
}

/** Which endpoint a client address got last. Kubernetes: the `recent` match of iptables. */
export interface Affinity {
  endpoint: string;
  at: number;
}

export interface NodeRules {
  mode: ProxyMode;
  zone: string | undefined;
  byService: Map<string, PortRule[]>;
  /** "TCP/10.96.0.1:443" */
  byAddress: Map<string, { rule: PortRule; matched: Matched }>;
  /** By portKey(). */
  byNodePort: Map<number, PortRule>;
  /** How many rules a Service address has: tells a missing port from a missing Service. */
  addresses: Map<string, number>;
  /** By rule key, then by client address. */
  affinity: Map<string, Map<string, Affinity>>;
}

export function createRules(): NodeRules {
  return {
    mode: "iptables",
    zone: undefined,
    byService: new Map(),
    byAddress: new Map(),
    byNodePort: new Map(),
    addresses: new Map(),
    affinity: new Map(),
  };
}

export function applyUpdate(rules: NodeRules, update: RulesUpdate): void {
  rules.mode = update.mode;
  rules.zone = update.zone;
  for (const [service, next] of update.services) {
    const before = rules.byService.get(service) ?? [];
    for (const rule of before) removeRule(rules, rule);
    for (const rule of next) addRule(rules, rule);
    if (next.length > 0) rules.byService.set(service, next);
    else rules.byService.delete(service);
    forgetAffinity(rules, before, next);
  }
}

function addressesOf(rule: PortRule): [ip: string, matched: Matched][] {
  const list: [string, Matched][] = rule.clusterIp ? [[rule.clusterIp, "clusterIP"]] : [];
  for (const ip of rule.externalIps) list.push([ip, "externalIP"]);
  for (const ip of rule.loadBalancerIps) list.push([ip, "loadBalancer"]);
  return list;
}

function addRule(rules: NodeRules, rule: PortRule): void {
  for (const [ip, matched] of addressesOf(rule)) {
    rules.byAddress.set(`${rule.protocol}/${ip}:${rule.port}`, { rule, matched });
    rules.addresses.set(ip, (rules.addresses.get(ip) ?? 0) + 1);
  }
  if (rule.nodePort) rules.byNodePort.set(portKey(rule.protocol, rule.nodePort), rule);
}

function removeRule(rules: NodeRules, rule: PortRule): void {
  for (const [ip] of addressesOf(rule)) {
    const key = `${rule.protocol}/${ip}:${rule.port}`;
    // Two Services may share an external address: only the own entry goes.
    if (rules.byAddress.get(key)?.rule.key === rule.key) rules.byAddress.delete(key);
    const left = (rules.addresses.get(ip) ?? 0) - 1;
    if (left > 0) rules.addresses.set(ip, left);
    else rules.addresses.delete(ip);
  }
  if (!rule.nodePort) return;
  const nodePort = portKey(rule.protocol, rule.nodePort);
  if (rules.byNodePort.get(nodePort)?.key === rule.key) rules.byNodePort.delete(nodePort);
}

/** A chain that is taken away takes its list of recent clients along, for single endpoints too. */
function forgetAffinity(rules: NodeRules, before: PortRule[], next: PortRule[]): void {
  for (const old of before) {
    const table = rules.affinity.get(old.key);
    if (!table) continue;
    const rule = next.find((candidate) => candidate.key === old.key && candidate.affinityMs > 0);
    if (!rule) {
      rules.affinity.delete(old.key);
      continue;
    }
    const left = chained(rule);
    for (const [client, affinity] of table) if (!left.has(affinity.endpoint)) table.delete(client);
  }
}

/** Addresses of the endpoints that have a chain: all that some policy could choose. One that is not ready has none. */
function chained({ cluster, local, internalLocal, externalLocal }: PortRule): Set<string> {
  const choices = internalLocal || externalLocal ? [cluster, ...local.values()] : [cluster];
  return new Set(choices.flatMap(({ endpoints }) => endpoints.map(({ address }) => address)));
}

/** Whether the node answers for an address whatever the port: in nftables mode for cluster IPs, in ipvs mode for all
 * that Services have, in iptables mode for none. */
// Kubernetes: pkg/proxy/nftables/proxier.go, the set cluster-ips; pkg/proxy/ipvs, the interface kube-ipvs0 (v1.35)
export function answersFor({ mode, addresses }: NodeRules, ip: string): boolean {
  if (mode === "iptables" || !addresses.has(ip)) return false;
  return mode === "ipvs" || inServiceNetwork(ip);
}

/** Endpoints for the traffic policy Cluster on this node, by its hints. */
// Kubernetes: pkg/proxy/topology.go (v1.35): hints count only if every ready endpoint has them and one is for us.
export function clusterChoice(rule: PortRule, node: string, zone: string | undefined): Choice {
  const hinted = rule.byHintedNode?.get(node) ?? (zone && rule.byHintedZone?.get(zone));
  return hinted ? { endpoints: hinted, pool: "ready" } : rule.cluster;
}

const NOBODY: Choice = { endpoints: [], pool: "none" };

export function localChoice(rule: PortRule, node: string): Choice {
  return rule.local.get(node) ?? NOBODY;
}
