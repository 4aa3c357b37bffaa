// Fields that a Service's new type no longer has: they go by themselves unless the same update touches them.
// Kubernetes: pkg/registry/core/service/strategy.go dropTypeDependentFields (v1.35)
import type { ServiceSpec } from "#api/service/types";
import { isExternallyAccessible } from "#api/service/defaults";
import { deepEqual } from "#base/json";
import { needsClusterIp } from "./carry-over.ts";
import { needsHealthCheck, needsNodePorts } from "./node-ports.ts";

export function dropTypeDependentFields(given: ServiceSpec, old: ServiceSpec): ServiceSpec {
  const spec = { ...given };
  const drop = <K extends keyof ServiceSpec>(...keys: K[]): void => {
    for (const key of keys) if (deepEqual(spec[key], old[key])) delete spec[key];
  };
  if (needsClusterIp(old) && !needsClusterIp(spec)) {
    if (deepEqual(spec.clusterIPs ?? [], old.clusterIPs ?? [])) {
      delete spec.clusterIP;
      delete spec.clusterIPs;
    }
    drop("ipFamilies", "ipFamilyPolicy");
  }
  if (needsNodePorts(old) && !needsNodePorts(spec) && sameNodePorts(spec, old)) {
    const ports = spec.ports?.map(({ nodePort: _dropped, ...port }) => port);
    if (ports) spec.ports = ports;
  }
  if (needsHealthCheck(old) && !needsHealthCheck(spec)) drop("healthCheckNodePort");
  if (old.type === "LoadBalancer" && spec.type !== "LoadBalancer") {
    drop("allocateLoadBalancerNodePorts", "loadBalancerClass");
  }
  if (isExternallyAccessible(old) && !isExternallyAccessible(spec)) drop("externalTrafficPolicy");
  if (old.type !== "ExternalName" && spec.type === "ExternalName") drop("internalTrafficPolicy");
  return spec;
}

function sameNodePorts(spec: ServiceSpec, old: ServiceSpec): boolean {
  const before = new Set((old.ports ?? []).map(({ nodePort }) => nodePort));
  return (spec.ports ?? []).every(({ nodePort }) => !nodePort || before.has(nodePort));
}
