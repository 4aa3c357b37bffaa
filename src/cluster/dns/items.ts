// Which Services, endpoints and pods a name of the cluster's zone means: CoreDNS' kubernetes plugin. Called for every
// question below cluster.local.
// Kubernetes: https://github.com/kubernetes/dns/blob/master/docs/specification.md (v1.35)
import { parseIp } from "#base/ipv4";
import type { Endpoint } from "#api/endpointslice/types";
import type { DnsState } from "./state.ts";

export const ZONE = "cluster.local.";

/** One address or alias behind a name. */
export interface Item {
  /** The name of its own, absolute. */
  name: string;
  host: string;
  kind: "address" | "alias";
  /** Absent where a Service declares none: such items have no SRV record. */
  port?: number;
}

/** "missing" is NXDOMAIN; no items without it is an empty answer. */
export type Found = Item[] | "missing";

/** `labels`: what stands before the zone, in the order of the name. */
export function findItems(state: DnsState, labels: readonly string[]): Found {
  const reversed = [...labels].reverse();
  const [kind, namespace, service, ...rest] = reversed;
  if (kind === undefined) return [];
  if (kind !== "svc" && kind !== "pod") return "missing";
  if (namespace === undefined) return [];
  if (!state.namespaces.has(namespace)) return "missing";
  if (service === undefined) return [];
  if (kind === "pod") return findPod(namespace, service);
  if (rest.length > 2) return "missing";
  if (rest.length === 2)
    return findService(state, namespace, service, { protocol: rest[0]!, port: rest[1]! });
  return findService(state, namespace, service, rest[0] === undefined ? {} : { endpoint: rest[0] });
}

/** With `pods insecure` any address is taken at its word. */
function findPod(namespace: string, dashed: string): Found {
  const ip = dashed.replaceAll("-", ".");
  if (parseIp(ip) === undefined) return "missing";
  return [{ name: `${dashed}.${namespace}.pod.${ZONE}`, host: ip, kind: "address" }];
}

interface Wanted {
  endpoint?: string;
  port?: string;
  protocol?: string;
}

function findService(state: DnsState, namespace: string, name: string, wanted: Wanted): Found {
  const service = state.services.get(`${namespace}/${name}`);
  if (!service) return "missing";
  const own = `${name}.${namespace}.svc.${ZONE}`;
  const { spec } = service;
  if (spec.type === "ExternalName") {
    const target = spec.externalName ?? "";
    if (wanted.endpoint !== undefined || wanted.port !== undefined || parseIp(target) !== undefined)
      return "missing";
    return [{ name: own, host: target.endsWith(".") ? target : `${target}.`, kind: "alias", port: 0 }];
  }
  const items =
    spec.clusterIP === "None" || wanted.endpoint !== undefined
      ? endpointItems(state, `${namespace}/${name}`, own, wanted)
      : (spec.ports ?? [{ protocol: "TCP" as const }]).flatMap((port): Item[] =>
          spec.clusterIP && portMatches(wanted, port)
            ? [
                {
                  name: own,
                  host: spec.clusterIP,
                  kind: "address",
                  ...("port" in port ? { port: port.port } : {}),
                },
              ]
            : [],
        );
  return items.length === 0 ? "missing" : items;
}

function endpointItems(state: DnsState, key: string, own: string, wanted: Wanted): Item[] {
  const items: Item[] = [];
  for (const slice of state.slices.get(key)?.values() ?? []) {
    if (slice.addressType !== "IPv4") continue;
    const ports = slice.ports?.length ? slice.ports : [{}];
    for (const endpoint of slice.endpoints ?? []) {
      if (endpoint.conditions?.ready === false) continue;
      for (const ip of endpoint.addresses) {
        const label = endpointLabel(endpoint, ip);
        if (wanted.endpoint !== undefined && wanted.endpoint !== label.toLowerCase()) continue;
        for (const port of ports) {
          if (!portMatches(wanted, port)) continue;
          const number = "port" in port ? port.port : undefined;
          items.push({
            name: `${label}.${own}`,
            host: ip,
            kind: "address",
            ...(number === undefined ? {} : { port: number }),
          });
        }
      }
    }
  }
  return items;
}

/** The endpoint's host name, or its address with dashes. */
export function endpointLabel(endpoint: Endpoint, ip: string): string {
  return endpoint.hostname || ip.replaceAll(".", "-");
}

function portMatches(wanted: Wanted, port: { name?: string; protocol?: string }): boolean {
  if (wanted.port === undefined || wanted.protocol === undefined) return true;
  const plain = (label: string): string => label.replace(/^_/, "");
  const protocol = (port.protocol ?? "TCP").toLowerCase();
  return plain(wanted.port) === (port.name ?? "").toLowerCase() && plain(wanted.protocol) === protocol;
}
