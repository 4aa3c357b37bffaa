// The network as its users see it: hosts with addresses, sockets, connections, datagrams. Implemented by
// network/network.ts; kubelets attach pods, processes listen, clients and probes dial. All answers come by `replyTo`.
import type { Json } from "#base/json";
import type { Protocol } from "#api/service/types";
import type { Address } from "../machine/component.ts";
import type { Place } from "../trace/types.ts";
import type { RulesUpdate } from "./rules.ts";

/**
 * A network namespace: "node:node-1", "pod:<uid>", "outside:<client>", "internet:<ip>", "control-plane", "ingress"
 * (the Ingress controller's front). Pods with hostNetwork use their node's.
 */
export type HostId = string;

export interface PodAttachment {
  uid: string;
  namespace: string;
  name: string;
  node: string;
  /** Ports of the node that lead to the pod (containers' hostPort). */
  hostPorts?: { hostPort: number; hostIp?: string; port: number; protocol: Protocol }[];
}

export interface Certificate {
  /** As openssl prints it: "O=Acme Co; CN=web". */
  subject: string;
  issuer: string;
  names: string[];
  /** Hexadecimal. */
  serial?: string;
  /** Milliseconds since 1970. Where they are absent, a day before the cluster's start and a year after it. */
  notBefore?: number;
  notAfter?: number;
}

export interface Listener {
  host: HostId;
  /** "0.0.0.0", "127.0.0.1" or one of the host's addresses. */
  address: string;
  port: number;
  protocol: Protocol;
  /** Shown as evidence, such as "node app.js" of container kubia. */
  process: string;
  /** A program that reads whatever bytes come, such as nc: it gets a TLS client's first ones too. */
  takesBytes?: boolean;
  tls?: Certificate & {
    /** Certificates for clients that ask by one of their names (SNI); the listener's own is for all others. */
    byName?: Certificate[];
  };
  /** Woken with an Incoming for every request or datagram. */
  owner: Address;
}

/** What a listener's owner is woken with (merged into owner.data). */
export interface Incoming {
  exchange: number;
  connection: number;
  /** The address that the server sees, "ip:port". */
  peer: string;
  local: string;
  request: HttpMessage | { datagram: string };
  /** The request came over TLS, for this name. */
  tls?: { serverName: string };
  /** The journey that records the request, where one does: servers that pass it on begin theirs as its child. */
  journey?: number;
}

export interface HttpMessage {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

export type HttpAnswer =
  | {
      status: number;
      headers?: Record<string, string>;
      body: string;
      /** Closes the connection afterwards. */ close?: boolean;
    }
  /** Hangs up without an answer: curl (52). */
  | { hangUp: true }
  /** Closes without having read the request: curl (56). */
  | { reset: true }
  /** Bytes that are not HTTP: curl (1). */
  | { raw: string }
  | { datagram: string };

export interface ConnectSpec {
  from: HostId;
  to: { ip: string; port: number };
  protocol: Protocol;
  /** The journey that records legs and steps; absent for unrecorded traffic such as probes of no interest. */
  journey?: number;
  /** Real-time latency for probes and DNS; visible for requests of clients. */
  latency: "real" | "visible";
  timeoutMs?: number;
  /** Fixes the client's port, as `curl --local-port` or `dig -b` do. */
  sourcePort?: number;
  replyTo: Address;
}

/** Answer to connect(): merged into replyTo.data. */
export type ConnectAnswer =
  | {
      outcome: "connected";
      connection: number;
      local: string;
      remote: string;
      elapsedMs: number;
      /** What a TLS client would be shown without asking for a name; null for a plain port. See certificate(). */
      tls: { subject: string; issuer: string; names: string[] } | null;
    }
  | { outcome: "refused" | "timeout" | "unreachable"; place: Json; elapsedMs: number };

export interface ExchangeSpec {
  connection: number;
  journey?: number;
  request: HttpMessage;
  /** Speak TLS to the server. */
  tls?: { serverName: string };
  timeoutMs?: number;
  replyTo: Address;
}

export type ExchangeAnswer =
  | { outcome: "response"; status: number; headers: Record<string, string>; body: string; elapsedMs: number }
  | { outcome: "garbage"; raw: string; elapsedMs: number }
  /** notTls: bytes that are no TLS came back; tlsClosed, tlsReset: the end came before a handshake. */
  | { outcome: "reset" | "timeout" | "empty" | "notTls" | "tlsClosed" | "tlsReset"; elapsedMs: number };

/** Answer to ping(): merged into replyTo.data. */
export type PingAnswer =
  | { outcome: "answer"; ttl: number; elapsedMs: number }
  /** Somebody says that it cannot be reached: `from` is his address. */
  | { outcome: "unreachable"; from: string; elapsedMs: number; notSent?: true }
  /** `notSent`: the sender's own kernel let no packet out, and sending failed. */
  | { outcome: "timeout"; elapsedMs: number; notSent?: true };

/** A packet as somebody sees it who watches a host's interfaces. */
export interface SeenPacket {
  at: number;
  interface: "eth0" | "lo" | "cni0";
  direction: "In" | "Out";
  protocol: Protocol | "ICMP";
  /** "ip:port", or the bare address for ICMP. */
  src: string;
  dst: string;
  /** Bytes of the payload. */
  length: number;
  /** Absent where it is encrypted. */
  payload?: string;
  /** As tcpdump writes TCP's flags: "S", "S.", "P.", ".", "F.", "R." */
  flags?: string;
  /** Counted from the connection's beginning, but for the two packets that begin it. */
  seq?: number;
  ack?: number;
  stream?: number;
  /** What an ICMP packet says. */
  icmp?: string;
}

/** An open TCP connection as one of its hosts sees it. */
export interface OpenConnection {
  local: string;
  peer: string;
}

export interface DatagramSpec extends Omit<ConnectSpec, "protocol"> {
  payload: string;
}

export type DatagramAnswer =
  | { outcome: "answer"; payload: string; elapsedMs: number }
  | { outcome: "refused" | "timeout"; elapsedMs: number };

export interface ResolverConfig {
  nameservers: string[];
  searches: string[];
  ndots: number;
  /** `options timeout:1 attempts:1`; 5 s and 2 if absent. */
  timeoutMs?: number;
  attempts?: number;
  /** /etc/hosts: name to address. */
  hosts: Record<string, string>;
}

export interface Network {
  /** CNI ADD: gives the pod an address of its node's block. */
  attachPod(pod: PodAttachment): { host: HostId; ip: string };
  /** CNI DEL: the address is free again and packets to it vanish; open connections hang. */
  detachPod(uid: string): void;
  listen(listener: Listener): { ok: true; id: number } | { ok: false; reason: "addressInUse" };
  /** Stops listening; connections that are open stay open unless `reset`. */
  close(listenerId: number, options?: { reset?: boolean }): void;
  listeners(host: HostId): readonly Listener[];
  /** Open connections of the host, as client and as server. */
  connections(host: HostId): OpenConnection[];
  /** Opens a TCP connection: route, kube-proxy of the node on the way, conntrack, the socket at the end. */
  connect(spec: ConnectSpec): void;
  /** One HTTP request and its response on an open connection; legs with visible latency. */
  exchange(spec: ExchangeSpec): void;
  /** The client closes the connection; exchanges that are under way are never answered. */
  disconnect(connection: number): void;
  /** The certificate that the server of an open connection shows to a client that asks for `serverName`. */
  certificate(connection: number, serverName: string): Certificate | undefined;
  /** Other certificates for a listener, as when a Secret changes. */
  setTls(listenerId: number, tls: Listener["tls"]): void;
  /** The connection's state as its client knows it. */
  isOpen(connection: number): boolean;
  /** One UDP datagram and its answer. */
  datagram(spec: DatagramSpec): void;
  /** A server's answer to an Incoming, after its own `delayMs`. */
  respond(exchange: number, answer: HttpAnswer, delayMs?: number): void;
  /** ICMP echo: answered by pods and nodes, by nobody at a cluster IP. Answered with a PingAnswer. */
  ping(spec: { from: HostId; ip: string; timeoutMs: number; replyTo: Address; echo?: string }): void;
  /**
   * All packets of a host from now on: replyTo is woken once, with {packets: SeenPacket[]}, as soon as there are some
   * that were not shown yet. Asked again under the same key, it goes on from there.
   */
  watchPackets(spec: { key: string; host: HostId; replyTo: Address }): void;
  endWatch(key: string): void;
  /** An outside machine with an address of its own. Adding it again changes its address. */
  addOutsideHost(name: string, ip: string): HostId;
  removeOutsideHost(name: string): void;
  /**
   * What the host's /etc/resolv.conf and /etc/hosts say; set by the kubelet for pods, by the cloud for others. A pod on
   * its node's network has files of its own too, under `pod:<uid>`.
   */
  setResolver(host: HostId, resolver: ResolverConfig): void;
  resolverOf(host: HostId): ResolverConfig;
  /** Where the host stands on the canvas. */
  placeOf(host: HostId): Place;
  ipOf(host: HostId): string;
  /** A stopped node drops all its packets and its pods' packets. */
  setNodeUp(node: string, up: boolean): void;
  isNodeUp(node: string): boolean;
  /** For kube-proxy only: what it writes into the node's kernel. */
  setRules(node: string, update: RulesUpdate): void;
}
