// healthCheckNodePort: on such a port each kube-proxy tells load balancers whether its node has an endpoint of a
// Service with externalTrafficPolicy Local.
// Kubernetes: pkg/proxy/healthcheck/service_health.go (v1.35)
import type { Service } from "#api/service/types";
import type { Context } from "../machine/component.ts";
import type { PortRule } from "../network/rules.ts";
import type { Incoming } from "../network/types.ts";

/** By Service. */
export type HealthChecks = Map<string, { port: number; listener?: number; local: number }>;

/** Opens, closes and updates the node's health check ports after its rules were written. */
export function followHealthChecks(
  context: Context,
  node: string,
  checks: HealthChecks,
  written: readonly [service: string, rules: PortRule[]][],
  services: ReadonlyMap<string, Service>,
): void {
  for (const [name, rules] of written) {
    const spec = services.get(name)?.spec;
    const port = spec?.externalTrafficPolicy === "Local" ? spec.healthCheckNodePort : undefined;
    const known = checks.get(name);
    if (known && known.port !== port) {
      if (known.listener !== undefined) context.network.close(known.listener);
      checks.delete(name);
    }
    if (!port) continue;
    const local = localAddresses(rules, node);
    const check = checks.get(name);
    if (check) check.local = local;
    else checks.set(name, { port, local, ...open(context, node, name, port) });
  }
}

/** Ready endpoints on the node, each address once however many ports it has. */
function localAddresses(rules: readonly PortRule[], node: string): number {
  const ips = new Set<string>();
  for (const rule of rules) {
    for (const endpoint of rule.endpoints) {
      if (endpoint.node === node && endpoint.ready && !endpoint.unresolved) ips.add(endpoint.ip);
    }
  }
  return ips.size;
}

function open(context: Context, node: string, service: string, port: number): { listener?: number } {
  const opened = context.network.listen({
    host: `node:${node}`,
    address: "0.0.0.0",
    port,
    protocol: "TCP",
    process: "kube-proxy",
    owner: { to: "kube-proxy", what: "healthCheck", data: { node, service } },
  });
  return opened.ok ? { listener: opened.id } : {};
}

export function answerHealthCheck(
  context: Context,
  state: { nodes: Map<string, { healthChecks: HealthChecks }> },
  data: Incoming & { node: string; service: string },
): void {
  const local = state.nodes.get(data.node)?.healthChecks.get(data.service)?.local ?? 0;
  const [namespace, name] = data.service.split("/") as [string, string];
  const body = [
    "{",
    '\t"service": {',
    `\t\t"namespace": ${JSON.stringify(namespace)},`,
    `\t\t"name": ${JSON.stringify(name)}`,
    "\t},",
    `\t"localEndpoints": ${local},`,
    '\t"serviceProxyHealthy": true',
    "}",
  ].join("\n");
  const headers = {
    "Content-Type": "application/json",
    "X-Content-Type-Options": "nosniff",
    "X-Load-Balancing-Endpoint-Weight": String(local),
  };
  context.network.respond(data.exchange, { status: local > 0 ? 200 : 503, headers, body });
}
