// A client to begin with: outside, asking the first way into the cluster that there is.
import type { KindMap } from "#api/kinds";
import type { ClientSpec } from "#cluster/clients/types";
import { freeName } from "#session/workspace";

export function newClient(
  clients: readonly ClientSpec[],
  services: Iterable<KindMap["Service"]>,
): ClientSpec {
  const taken = new Set(clients.map((client) => client.name));
  const used = new Set(clients.flatMap(({ location }) => (location.kind === "outside" ? [location.ip] : [])));
  let last = 7;
  while (used.has(`198.51.100.${last}`) && last < 50) last++;
  return {
    name: freeName("client", taken),
    location: { kind: "outside", ip: `198.51.100.${last}` },
    program: "curl",
    url: firstEntrance(services),
    method: "GET",
    headers: {},
    rate: 1,
    keepAlive: false,
    cookies: false,
  };
}

function firstEntrance(services: Iterable<KindMap["Service"]>): string {
  for (const { metadata, spec } of services) {
    if (spec.type === "LoadBalancer") return `http://{lb:${metadata.namespace}/${metadata.name}}/`;
    const nodePort = spec.type === "NodePort" ? spec.ports?.[0]?.nodePort : undefined;
    if (nodePort) return `http://{node:1}:${nodePort}/`;
  }
  return "http://{ingress}/";
}
