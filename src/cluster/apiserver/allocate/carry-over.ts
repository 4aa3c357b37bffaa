// What a replacement of a Service need not repeat: addresses and node ports that it had before.
// Kubernetes: pkg/registry/core/service/strategy.go patchAllocatedValues, storage.go normalizeClusterIPs (v1.35)
import type { ServicePort, ServiceSpec } from "#api/service/types";
import { deepEqual } from "#base/json";
import { needsHealthCheck, needsNodePorts, nodePortNumbers } from "./node-ports.ts";

export function needsClusterIp({ type }: ServiceSpec): boolean {
  return type !== "ExternalName";
}

/** Fills in what the new spec leaves out and the old one has. */
export function carryOver(spec: ServiceSpec, old: ServiceSpec): ServiceSpec {
  const next = { ...spec };
  if (needsClusterIp(old) && needsClusterIp(spec)) {
    if (!next.clusterIP && old.clusterIP) next.clusterIP = old.clusterIP;
    if (!next.clusterIPs?.length && next.clusterIP === old.clusterIP && old.clusterIPs) {
      next.clusterIPs = old.clusterIPs;
    }
  }
  if (needsNodePorts(old) && needsNodePorts(spec) && spec.ports) next.ports = carryOverPorts(spec, old);
  if (
    needsHealthCheck(old) &&
    needsHealthCheck(spec) &&
    !spec.healthCheckNodePort &&
    old.healthCheckNodePort
  ) {
    next.healthCheckNodePort = old.healthCheckNodePort;
  }
  return next;
}

/** By the ports' names, unless the number is already in use by another port. */
function carryOverPorts(spec: ServiceSpec, old: ServiceSpec): ServicePort[] {
  const wanted = new Set(nodePortNumbers(spec));
  const used = new Set(nodePortNumbers(old).filter((port) => wanted.has(port)));
  const byName = new Map((old.ports ?? []).map(({ name = "", nodePort }) => [name, nodePort]));
  return (spec.ports ?? []).map((port) => {
    if (port.nodePort) return port;
    const before = byName.get(port.name ?? "");
    if (!before || used.has(before)) return port;
    used.add(before);
    return { ...port, nodePort: before };
  });
}

/** Clients may know clusterIP only; clusterIPs follows it. */
export function normalizeClusterIps(spec: ServiceSpec, old: ServiceSpec | undefined): ServiceSpec {
  if (!old) {
    return spec.clusterIP && !spec.clusterIPs?.length ? { ...spec, clusterIPs: [spec.clusterIP] } : spec;
  }
  if (spec.clusterIP === old.clusterIP) {
    return old.clusterIPs?.length && !spec.clusterIPs?.length
      ? { ...spec, clusterIPs: old.clusterIPs }
      : spec;
  }
  const same = deepEqual(spec.clusterIPs ?? [], old.clusterIPs ?? []);
  if (old.clusterIP && !spec.clusterIP) {
    if (!same) return spec;
    const { clusterIPs: _cleared, ...rest } = spec;
    return rest;
  }
  if (spec.clusterIP && (same || !spec.clusterIPs?.length)) return { ...spec, clusterIPs: [spec.clusterIP] };
  return spec;
}
