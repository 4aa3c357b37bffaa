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
  const ready = usable.filter((endpoint) => endpoint.ready);
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
    cluster: choose(usable),
    local: byNode(usable),
    candidates: new Map(),
  };
  if (port.nodePort && NODE_PORT_TYPES.has(spec.type)) rule.nodePort = port.nodePort;
  addHints(rule, ready);
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
  const groups = groupBy(endpoints, (endpoint) => (endpoint.node ? [endpoint.node] : []));
  const choices = new Map<string, Choice>();
  for (const [node, group] of groups) {
    const choice = choose(group);
    if (choice.endpoints.length > 0) choices.set(node, choice);
  }
  return choices;
}

function addHints(rule: PortRule, ready: RuleEndpoint[]): void {
  if (ready.length === 0) return;
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
  for (const endpoint of endpoints) {
    for (const key of keysOf(endpoint)) {
      const group = groups.get(key);
      if (group) group.push(endpoint);
      else groups.set(key, [endpoint]);
    }
  }
  return groups;
}

/** Endpoints of the port with that name and protocol. Slices may overlap while they are rewritten: an address that
 * is ready in one of them is ready. */
function endpointsFor(port: ServicePort, slices: readonly EndpointSlice[]): RuleEndpoint[] {
  const found = new Map<string, RuleEndpoint>();
  for (const slice of slices) {
    if (slice.addressType !== "IPv4") continue;
    const match = (slice.ports ?? []).find((candidate) => matches(candidate, port));
    for (const endpoint of slice.endpoints ?? []) {
      const ip = endpoint.addresses?.[0];
      if (ip === undefined) continue;
      const item = ruleEndpoint(slice, endpoint, ip, match?.port);
      const known = found.get(item.address);
      if (!known || (item.ready && !known.ready)) found.set(item.address, item);
    }
  }
  dropResolvedElsewhere(found);
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

function ruleEndpoint(
  slice: EndpointSlice,
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
    serving: serving ?? ready !== false,
    terminating: terminating === true,
    unresolved: port === undefined,
  };
  if (endpoint.nodeName) item.node = endpoint.nodeName;
  if (endpoint.zone) item.zone = endpoint.zone;
  if (endpoint.targetRef?.kind === "Pod" && endpoint.targetRef.name) {
    const namespace = endpoint.targetRef.namespace ?? slice.metadata.namespace ?? "";
    item.pod = endpoint.targetRef.name;
    item.place = { kind: "pod", namespace, name: endpoint.targetRef.name };
  }
  if (endpoint.hints?.forZones) item.hintZones = endpoint.hints.forZones.map(({ name }) => name);
  if (endpoint.hints?.forNodes) item.hintNodes = endpoint.hints.forNodes.map(({ name }) => name);
  return item;
}
