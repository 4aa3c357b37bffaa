// The data plane of the cloud's load balancers: which addresses lead to which Services (as their status says), and
// which nodes pass the health check. A packet to such an address asks it for a node.
import type { Service } from "#api/service/types";
import type { Context } from "../machine/component.ts";
import { localChoice } from "./rules.ts";
import type { LoadBalancer, NetworkState } from "./state.ts";

/** Every node is asked twice a second. */
const CHECK_EVERY_MS = 500;

/** Follows a Service's status: its load balancers appear, change and go. */
export function followService(state: NetworkState, service: Service, gone: boolean): void {
  const { namespace = "", name } = service.metadata;
  const key = `${namespace}/${name}`;
  for (const ip of state.balancersOf.get(key) ?? []) state.loadBalancers.delete(ip);
  state.balancersOf.delete(key);
  if (gone || service.spec.type !== "LoadBalancer") return;
  const ips = (service.status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => ip ?? []);
  for (const ip of ips) {
    const balancer: LoadBalancer = {
      ip,
      service: key,
      place: { kind: "loadBalancer", namespace, service: name, ip },
      ports: new Set((service.spec.ports ?? []).map(({ protocol, port }) => `${protocol}/${port}`)),
      local: service.spec.externalTrafficPolicy === "Local",
      healthy: [],
    };
    balancer.healthy = healthyNodes(state, balancer);
    state.loadBalancers.set(ip, balancer);
  }
  if (ips.length > 0) state.balancersOf.set(key, ips);
}

/** Something changed that health checks see: the nodes' answers count from the next check on. */
export function scheduleCheck(context: Context, state: NetworkState): void {
  if (state.healthTimer || state.loadBalancers.size === 0) return;
  state.healthTimer = true;
  context.after(CHECK_EVERY_MS - (context.now % CHECK_EVERY_MS), "health");
}

export function onHealth(_context: Context, state: NetworkState): void {
  state.healthTimer = false;
  for (const balancer of state.loadBalancers.values()) balancer.healthy = healthyNodes(state, balancer);
}

/** Cluster: nodes that run; Local: those of them whose health check port says that they have an endpoint. */
function healthyNodes(state: NetworkState, balancer: LoadBalancer): string[] {
  return state.nodes.filter((node) => {
    if (state.down.has(node)) return false;
    if (!balancer.local) return true;
    const rules = state.rules.get(node)?.byService.get(balancer.service) ?? [];
    return rules.some((rule) => localChoice(rule, node).pool === "ready");
  });
}
