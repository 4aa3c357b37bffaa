// What the API server fills into a Service before it is checked.
// Kubernetes: pkg/apis/core/v1/defaults.go (v1.35)
import type { JsonObject } from "#base/json";
import { canonical } from "../canonical.ts";
import type { Service, ServicePort, ServiceSpec } from "./types.ts";

const CLIENT_IP_TIMEOUT_SECONDS = 10_800;

export function defaultService(object: JsonObject): JsonObject {
  const service = canonical("Service", object) as unknown as Service;
  const { spec, status } = service;
  const next: ServiceSpec = {
    ...spec,
    sessionAffinity: spec.sessionAffinity || "None",
    type: spec.type || "ClusterIP",
  };
  if (next.sessionAffinity === "None") delete next.sessionAffinityConfig;
  if (
    next.sessionAffinity === "ClientIP" &&
    next.sessionAffinityConfig?.clientIP?.timeoutSeconds === undefined
  ) {
    next.sessionAffinityConfig = { clientIP: { timeoutSeconds: CLIENT_IP_TIMEOUT_SECONDS } };
  }
  if (next.ports) next.ports = next.ports.map(defaultPort);
  if (isExternallyAccessible(next)) next.externalTrafficPolicy ||= "Cluster";
  const isProxied = next.type === "ClusterIP" || next.type === "NodePort" || next.type === "LoadBalancer";
  if (isProxied) next.internalTrafficPolicy ??= "Cluster";
  if (next.type === "LoadBalancer") next.allocateLoadBalancerNodePorts ??= true;
  const ingress = status.loadBalancer.ingress?.map((entry) =>
    next.type === "LoadBalancer" && entry.ip && !entry.ipMode ? { ...entry, ipMode: "VIP" as const } : entry,
  );
  const balancer = ingress ? { ...status.loadBalancer, ingress } : status.loadBalancer;
  return { ...service, spec: next, status: { ...status, loadBalancer: balancer } } as unknown as JsonObject;
}

function defaultPort(port: ServicePort): ServicePort {
  const isUnset = port.targetPort === undefined || port.targetPort === 0 || port.targetPort === "";
  return { ...port, protocol: port.protocol || "TCP", targetPort: isUnset ? port.port : port.targetPort };
}

/** Reachable from outside the cluster: traffic policy and node ports make sense. */
export function isExternallyAccessible(spec: ServiceSpec): boolean {
  return (
    spec.type === "LoadBalancer" ||
    spec.type === "NodePort" ||
    (spec.type === "ClusterIP" && (spec.externalIPs?.length ?? 0) > 0)
  );
}

export function needsHealthCheck(spec: ServiceSpec): boolean {
  return spec.type === "LoadBalancer" && spec.externalTrafficPolicy === "Local";
}

export function isHeadless(spec: ServiceSpec): boolean {
  return spec.clusterIPs?.length === 1 && spec.clusterIPs[0] === "None";
}
