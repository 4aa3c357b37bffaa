// All that the network remembers, as plain data: hosts, sockets, connections, the kube-proxy rules of each node.
import type { Protocol } from "#api/service/types";
import type { Address } from "../machine/component.ts";
import type { Addresses, Place } from "../trace/types.ts";
import type { NodeRules, RuleEndpoint } from "./rules.ts";
import type { HostId, HttpAnswer, HttpMessage, Listener, ResolverConfig, SeenPacket } from "./types.ts";

export interface Host {
  id: HostId;
  kind: "node" | "pod" | "outside" | "internet" | "controlPlane" | "ingress";
  /** The machine that it is part of: packets within one machine hardly take time. */
  machine: string;
  /** For nodes and pods. */
  node?: string;
  /** The first is its own; a node has its pod gateway too. */
  ips: string[];
  place: Place;
  resolver: ResolverConfig;
  /** By portKey(). */
  sockets: Map<number, Socket[]>;
  /** What listeningOf() put together, until the sockets change. */
  listening: Map<Protocol, string[]>;
  /** Open or opening connections of which it is the client. */
  dialled: Set<number>;
  nextPort: number;
}

export interface Socket extends Listener {
  id: number;
  /** It accepts no more; what it accepted goes on. */
  closed?: boolean;
  /** Connections that it accepted. */
  connections: Set<number>;
}

/** One place on a packet's way, with what happened to its addresses there. */
export interface Station {
  place: Place;
  machine: string;
  role: "client" | "loadBalancer" | "door" | "end";
  /** Whose sockets get the packet, at the end. */
  host?: HostId;
  /** The node whose power it needs. */
  node?: string;
  /** Addresses when it came and when it went on; the same unless a node rewrote them. */
  before: Addresses;
  after: Addresses;
  /** Who rewrote. */
  rewriter?: string;
  /** What journeys say of answers that pass: both ways round, once they do. */
  answerAfter?: Addresses | undefined;
  answerBefore?: Addresses | undefined;
  /** Whether the way on passes a Service's rule. */
  via?: string[];
}

/** A packet's way from its client to the end, kept as connection tracking keeps it. */
export interface Flow {
  protocol: Protocol;
  from: HostId;
  /** Addresses on the packet at this moment. */
  srcIp: string;
  srcPort: number;
  dstIp: string;
  dstPort: number;
  stations: Station[];
  /** The client sends more from the same port: UDP flows are kept. */
  keepsPort?: boolean;
  /** Which endpoint a Service's rule chose. */
  chosen?: { service: string; endpoint: RuleEndpoint; rule: string };
  journey?: number;
  visible: boolean;
}

export interface Connection extends Flow {
  id: number;
  state: "connecting" | "open" | "closed";
  /** As the client knows them. */
  local: string;
  remote: string;
  startedAt: number;
  timeoutMs?: number;
  attempt: number;
  /** Timers of a connection attempt that met no answer. */
  retry?: number;
  deadline?: number;
  replyTo: Address;
  /** The server's side, while it is open. */
  socket?: number;
  owner?: Address;
  process?: string;
  tls?: Listener["tls"];
  server?: HostId;
  exchanges: number[];
  /** When the server closes it if it stays idle. */
  closesAt?: number;
  /** The journey that opened it: later ones are told that the connection was kept. */
  openedFor?: number;
  /** That journey follows its way: what happens on it is packed, not told in full. */
  packed: boolean;
}

export interface Exchange {
  id: number;
  connection: number;
  journey?: number;
  request: HttpMessage;
  tls?: { serverName: string };
  /** No request yet: a TLS client's first bytes, at a port that has no TLS. */
  hello?: true;
  startedAt: number;
  deliveredAt?: number;
  answer?: HttpAnswer;
  deadline?: number;
  replyTo: Address;
}

export interface Datagram extends Flow {
  id: number;
  payload: string;
  startedAt: number;
  answer?: string;
  deliveredAt?: number;
  deadline: number;
  replyTo: Address;
}

export interface LoadBalancer {
  ip: string;
  service: string;
  place: Place;
  ports: Set<string>;
  /** Only nodes with an endpoint of their own pass its health check. */
  local: boolean;
  /** Nodes that passed the last check. */
  healthy: string[];
}

/** Somebody watches a host's packets. */
interface Capture {
  host: HostId;
  packets: SeenPacket[];
  waiting?: Address;
}

/** How far each side of a watched connection has counted its bytes. */
export interface Stream {
  client: number;
  server: number;
  tls?: true;
  closedBy?: "client" | "server";
}

interface UdpFlow {
  endpoint: string;
  until: number;
}

export interface NetworkState {
  hosts: Map<HostId, Host>;
  byIp: Map<string, HostId>;
  nodes: string[];
  down: Set<string>;
  /** Pods' addresses: the next one to try on each node. */
  nextPodIp: Map<string, number>;
  /** "node-1/TCP/80" to the pod's address: containers' hostPort. */
  hostPorts: Map<string, { hostIp?: string; uid: string; port: number }>;
  rules: Map<string, NodeRules>;
  loadBalancers: Map<string, LoadBalancer>;
  /** Load balancer addresses of each Service. */
  balancersOf: Map<string, string[]>;
  healthTimer: boolean;
  sockets: Map<number, Socket>;
  connections: Map<number, Connection>;
  exchanges: Map<number, Exchange>;
  datagrams: Map<number, Datagram>;
  /** UDP flows with a fixed source port: "node-1/src>dst". */
  udpFlows: Map<string, UdpFlow>;
  /** Of pods on their node's network, by `pod:<uid>`; all others have theirs as hosts. */
  podResolvers: Map<HostId, ResolverConfig>;
  /** By their owners' keys. */
  captures: Map<string, Capture>;
  /** By connection, while somebody watches. */
  streams: Map<number, Stream>;
  nextId: number;
}
