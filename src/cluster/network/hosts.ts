// Hosts and their addresses: nodes, pods, outside machines, the internet's servers, the control plane and the Ingress
// controller's front. Called by the network's own functions and by packets that look for an address.
import { assert } from "#base/assert";
import { contains, formatIp, parseCidr, parseIp, sizeOf, type Cidr } from "#base/ipv4";
import type { Place } from "../trace/types.ts";
import { WORLD, type ClusterSettings } from "../settings.ts";
import type { Host, NetworkState } from "./state.ts";
import type { HostId, PodAttachment } from "./types.ts";

const POD_NETWORK = "10.244.0.0/16";
/** The Ingress controller's address on the pod network: what pods see as their client. */
export const INGRESS_POD_IP = "10.244.0.80";
const POD_CIDR = parseCidr(POD_NETWORK)!;
const SERVICE_CIDR = parseCidr(WORLD.serviceCidr)!;
const FIRST_PORT = 32_768;
const LAST_PORT = 60_999;

export function createState(settings: ClusterSettings): NetworkState {
  const state: NetworkState = {
    hosts: new Map(),
    byIp: new Map(),
    nodes: [],
    down: new Set(),
    nextPodIp: new Map(),
    hostPorts: new Map(),
    rules: new Map(),
    loadBalancers: new Map(),
    balancersOf: new Map(),
    healthTimer: false,
    sockets: new Map(),
    connections: new Map(),
    exchanges: new Map(),
    datagrams: new Map(),
    udpFlows: new Map(),
    podResolvers: new Map(),
    captures: new Map(),
    streams: new Map(),
    nextId: 1,
  };
  for (let index = 1; index <= settings.nodeCount; index++) {
    const name = `node-${index}`;
    state.nodes.push(name);
    const ips = [WORLD.nodeInternalIp(index), WORLD.nodePodGateway(index)];
    const host = addHost(state, {
      id: `node:${name}`,
      kind: "node",
      ips,
      place: { kind: "node", name },
      node: name,
    });
    // Translated to the internal address one to one, before the node.
    state.byIp.set(WORLD.nodeExternalIp(index), host.id);
  }
  const place: Place = { kind: "node", name: "control-plane" };
  addHost(state, { id: "control-plane", kind: "controlPlane", ips: [WORLD.controlPlaneIp], place });
  if (settings.ingressController) {
    const ips = [WORLD.ingressIp, INGRESS_POD_IP];
    addHost(state, { id: "ingress", kind: "ingress", ips, place: { kind: "ingress" } });
  }
  return state;
}

export function addHost(
  state: NetworkState,
  host: Pick<Host, "id" | "kind" | "ips" | "place" | "node">,
): Host {
  const created: Host = {
    ...host,
    machine: host.node ?? host.id,
    resolver: {
      nameservers: [WORLD.nameServerIp],
      searches: [],
      ndots: 1,
      hosts: { localhost: "127.0.0.1" },
    },
    sockets: new Map(),
    listening: new Map(),
    dialled: new Set(),
    nextPort: FIRST_PORT,
  };
  state.hosts.set(host.id, created);
  for (const ip of host.ips) if (!state.byIp.has(ip)) state.byIp.set(ip, host.id);
  return created;
}

export function internetHost(state: NetworkState, ip: string): Host {
  const id = `internet:${ip}`;
  const known = state.hosts.get(id);
  return known ?? addHost(state, { id, kind: "internet", ips: [ip], place: { kind: "internet", ip } });
}

export function hostOf(state: NetworkState, id: HostId): Host {
  const host = state.hosts.get(id);
  if (!host) assert(false, `there is a host ${id}`);
  return host;
}

/** Ids by node name: packets ask at every hop, and writing the same text out again costs more than looking it up. */
const nodeIds = new Map<string, HostId>();

export function nodeHost(state: NetworkState, node: string): Host {
  let id = nodeIds.get(node);
  if (id === undefined) nodeIds.set(node, (id = `node:${node}`));
  return hostOf(state, id);
}

export function hostAt(state: NetworkState, ip: string): Host | undefined {
  const id = state.byIp.get(ip);
  return id === undefined ? undefined : state.hosts.get(id);
}

/** Gives the pod the next free address of its node's block. */
export function attachPod(state: NetworkState, pod: PodAttachment): { host: HostId; ip: string } {
  const id = `pod:${pod.uid}`;
  const known = state.hosts.get(id);
  if (known) return { host: id, ip: known.ips[0]! };
  const ip = freePodIp(state, pod.node);
  const place: Place = { kind: "pod", namespace: pod.namespace, name: pod.name };
  addHost(state, { id, kind: "pod", ips: [ip], place, node: pod.node });
  for (const entry of pod.hostPorts ?? []) {
    const target = { hostIp: entry.hostIp, uid: pod.uid, port: entry.port };
    state.hostPorts.set(`${pod.node}/${entry.protocol}/${entry.hostPort}`, target);
  }
  return { host: id, ip };
}

/** Addresses rise and wrap around, so that a freed one is not handed out again at once. */
// Kubernetes: the host-local IPAM plugin of the CNI.
function freePodIp(state: NetworkState, node: string): string {
  const block = podBlock(state, node);
  const size = sizeOf(block);
  let next = state.nextPodIp.get(node) ?? 2;
  for (let tries = 0; tries < size; tries++) {
    const offset = next;
    next = next + 1 >= size - 1 ? 2 : next + 1;
    const ip = formatIp(block.base + offset);
    if (state.byIp.has(ip)) continue;
    state.nextPodIp.set(node, next);
    return ip;
  }
  assert(false, `no free pod address on ${node}`);
}

function podBlock(state: NetworkState, node: string): Cidr {
  const index = state.nodes.indexOf(node) + 1;
  assert(index > 0, `there is a node ${node}`);
  return parseCidr(WORLD.podCidr(index))!;
}

/** The node whose block the address is in, for packets to pods that are gone. */
export function nodeOfPodIp(state: NetworkState, ip: string): string | undefined {
  return state.nodes[Number(ip.split(".")[2]) - 1];
}

export function removeHost(state: NetworkState, id: HostId): void {
  const host = state.hosts.get(id);
  if (!host) return;
  state.hosts.delete(id);
  for (const ip of host.ips) if (state.byIp.get(ip) === id) state.byIp.delete(ip);
  if (host.kind !== "pod") return;
  for (const [key, target] of state.hostPorts) if (`pod:${target.uid}` === id) state.hostPorts.delete(key);
}

export function nextPort(host: Host): number {
  const port = host.nextPort;
  host.nextPort = port >= LAST_PORT ? FIRST_PORT : port + 1;
  return port;
}

export function inPodNetwork(ip: string): boolean {
  return ip.startsWith("10.244.") && contains(POD_CIDR, parseIp(ip) ?? 0);
}

export function inServiceNetwork(ip: string): boolean {
  return ip.startsWith("10.") && contains(SERVICE_CIDR, parseIp(ip) ?? 0);
}

/** Private addresses of the cluster's own networks: everything else is reached by the nodes' external addresses. */
export function isInternal(ip: string): boolean {
  return ip.startsWith("10.") || ip.startsWith("192.168.") || ip.startsWith("127.");
}

export function isLoopback(ip: string): boolean {
  return ip.startsWith("127.");
}

export function nodeAddress(state: NetworkState, node: string): string {
  return nodeHost(state, node).ips[0]!;
}

export function nodeGateway(state: NetworkState, node: string): string {
  return nodeHost(state, node).ips[1]!;
}

const externalAddresses = new Map<string, string>();

export function externalAddress(node: string): string {
  let ip = externalAddresses.get(node);
  if (ip === undefined) {
    ip = WORLD.nodeExternalIp(Number(node.slice(node.lastIndexOf("-") + 1)));
    externalAddresses.set(node, ip);
  }
  return ip;
}
