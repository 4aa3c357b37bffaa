// From a Service and its EndpointSlices to the rules of its ports: a pure function, the same for all nodes. What
// differs from node to node (Local policies, hints) is kept in the rule by node and zone.
// Kubernetes: pkg/proxy/servicechangetracker.go, endpointslicecache.go, topology.go (v1.35)
import { parseCidr } from "#base/ipv4";
import type { Endpoint, EndpointSlice, EndpointSlicePort } from "#api/endpointslice/types";
import type { Service, ServicePort } from "#api/service/types";
import type { Choice, PortRule, RuleEndpoint } from "../network/rules.ts";

const NODE_PORT_TYPES = new Set(["NodePort", "LoadBalancer"]);

/** Rules of all ports; none for headless Services and ExternalName, which kube-proxy leaves alone. */
export function rulesOf(service: Service, slices: readonly EndpointSlice[]): PortRule[] {
  const { clusterIP, type } = service.spec;
  if (type === "ExternalName" || !clusterIP || clusterIP === "None") return [];
  return (service.spec.ports ?? []).map((port) => portRule(service, port, endpointsFor(port, slices)));
}

function portRule(service: Service, port: ServicePort, endpoints: RuleEndpoint[]): PortRule {
  const { spec, metadata } = service;
  const name = `${metadata.namespace}/${metadata.name}`;
  const portName = port.name ?? "";
  const affinity = spec.sessionAffinity === "ClientIP";
  const seconds = spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10_800;
  const usable = endpoints.filter((endpoint) => !endpoint.unresolved);
  const cluster = choose(usable);
  const rule: PortRule = {
    key: `${name}:${portName}/${port.protocol}`,
    service: name,
    via: [name],
    portName,
    protocol: port.protocol,
    port: port.port,
    clusterIp: spec.clusterIP!,
    externalIps: spec.externalIPs ?? [],
    loadBalancerIps: spec.type === "LoadBalancer" ? loadBalancerIps(service) : [],
    sourceRanges: (spec.loadBalancerSourceRanges ?? []).flatMap((range) => parseCidr(range.trim()) ?? []),
    internalLocal: spec.internalTrafficPolicy === "Local",
    externalLocal: spec.externalTrafficPolicy === "Local",
    affinityMs: affinity ? seconds * 1000 : 0,
    endpoints,
    cluster,
    local: byNode(usable),
    candidates: new Map(),
  };
  if (port.nodePort && NODE_PORT_TYPES.has(spec.type)) rule.nodePort = port.nodePort;
  if (cluster.pool === "ready") addHints(rule, cluster.endpoints);
  return rule;
}

/** Addresses whose balancer keeps the destination; one that is a proxy of its own gets no rule. */
function loadBalancerIps(service: Service): string[] {
  return (service.status?.loadBalancer?.ingress ?? []).flatMap(({ ip, ipMode }) =>
    ip && ipMode !== "Proxy" ? [ip] : [],
  );
}

/** Ready endpoints, or if there are none those that terminate and still serve. */
function choose(endpoints: RuleEndpoint[]): Choice {
  const ready = endpoints.filter((endpoint) => endpoint.ready);
  if (ready.length > 0) return { endpoints: ready, pool: "ready" };
  const terminating = endpoints.filter((endpoint) => endpoint.serving && endpoint.terminating);
  return { endpoints: terminating, pool: terminating.length > 0 ? "terminating" : "none" };
}

function byNode(endpoints: RuleEndpoint[]): Map<string, Choice> {
  const groups = new Map<string, RuleEndpoint[]>();
  for (const endpoint of endpoints) if (endpoint.node) put(groups, endpoint.node, endpoint);
  const choices = new Map<string, Choice>();
  for (const [node, group] of groups) {
    const choice = choose(group);
    if (choice.endpoints.length > 0) choices.set(node, choice);
  }
  return choices;
}

function addHints(rule: PortRule, ready: RuleEndpoint[]): void {
  if (ready.every(({ hintNodes }) => hintNodes && hintNodes.length > 0)) {
    rule.byHintedNode = groupBy(ready, ({ hintNodes }) => hintNodes!);
  }
  if (ready.every(({ hintZones }) => hintZones && hintZones.length > 0)) {
    rule.byHintedZone = groupBy(ready, ({ hintZones }) => hintZones!);
  }
}

function groupBy(
  endpoints: RuleEndpoint[],
  keysOf: (endpoint: RuleEndpoint) => string[],
): Map<string, RuleEndpoint[]> {
  const groups = new Map<string, RuleEndpoint[]>();
  for (const endpoint of endpoints) for (const key of keysOf(endpoint)) put(groups, key, endpoint);
  return groups;
}

function put(groups: Map<string, RuleEndpoint[]>, key: string, endpoint: RuleEndpoint): void {
  const group = groups.get(key);
  if (group) group.push(endpoint);
  else groups.set(key, [endpoint]);
}

/** Endpoints of the port with that name and protocol. Slices may overlap while they are rewritten: an address that
 * is ready in one of them is ready. */
function endpointsFor(port: ServicePort, slices: readonly EndpointSlice[]): RuleEndpoint[] {
  const found = new Map<string, RuleEndpoint>();
  let resolved = true;
  for (const slice of slices) {
    if (slice.addressType !== "IPv4") continue;
    const number = (slice.ports ?? []).find((candidate) => matches(candidate, port))?.port;
    if (number === undefined) resolved = false;
    for (const endpoint of slice.endpoints ?? []) {
      const item = ruleEndpoint(slice, endpoint, number);
      if (!item) continue;
      const known = found.get(item.address);
      if (!known || (item.ready && !known.ready)) found.set(item.address, item);
    }
  }
  if (!resolved) dropResolvedElsewhere(found);
  return [...found.values()];
}

function matches(candidate: EndpointSlicePort, port: ServicePort): boolean {
  return (candidate.name ?? "") === (port.name ?? "") && (candidate.protocol ?? "TCP") === port.protocol;
}

/** An address may lack the port in one slice and have it in another. */
function dropResolvedElsewhere(found: Map<string, RuleEndpoint>): void {
  const resolved = new Set<string>();
  for (const endpoint of found.values()) if (!endpoint.unresolved) resolved.add(endpoint.ip);
  for (const [key, endpoint] of found)
    if (endpoint.unresolved && resolved.has(endpoint.ip)) found.delete(key);
}

/** What was made of a slice's endpoint last: of a large Service's only a few have changed since the rules before. */
const made = new WeakMap<Endpoint, Made>();

interface Made {
  namespace: string | undefined;
  port: number | undefined;
  item: RuleEndpoint;
}

/** Undefined for an endpoint without an address. */
function ruleEndpoint(
  { metadata: { namespace } }: EndpointSlice,
  endpoint: Endpoint,
  port: number | undefined,
): RuleEndpoint | undefined {
  const known = made.get(endpoint);
  if (known && known.namespace === namespace && known.port === port) return known.item;
  const ip = endpoint.addresses?.[0];
  if (ip === undefined) return undefined;
  const item = newEndpoint(namespace, endpoint, ip, port);
  made.set(endpoint, { namespace, port, item });
  return item;
}

function newEndpoint(
  namespace: string | undefined,
  endpoint: Endpoint,
  ip: string,
  port: number | undefined,
): RuleEndpoint {
  // Manifests may leave out what the type promises.
  const { ready, serving, terminating } = endpoint.conditions ?? {};
  const item: RuleEndpoint = {
    address: port === undefined ? ip : `${ip}:${port}`,
    ip,
    port: port ?? 0,
    ready: ready !== false,
    serving: serving !== false,
    terminating: terminating === true,
    unresolved: port === undefined,
  };
  if (endpoint.nodeName) item.node = endpoint.nodeName;
  if (endpoint.zone) item.zone = endpoint.zone;
  if (endpoint.targetRef?.kind === "Pod" && endpoint.targetRef.name) {
    const { name, namespace: own = namespace ?? "" } = endpoint.targetRef;
    item.pod = name;
    item.place = { kind: "pod", namespace: own, name };
  }
  if (endpoint.hints?.forZones) item.hintZones = endpoint.hints.forZones.map(({ name }) => name);
  if (endpoint.hints?.forNodes) item.hintNodes = endpoint.hints.forNodes.map(({ name }) => name);
  return item;
}
