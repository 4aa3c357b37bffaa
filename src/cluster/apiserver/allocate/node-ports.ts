// Node ports and health check ports: asked for by number or dealt from the range; a port number that two protocols of
// a Service share gets one node port.
// Kubernetes: pkg/registry/core/service/storage/alloc.go (v1.35)
import type { ServicePort, ServiceSpec } from "#api/service/types";
import { WORLD } from "../../settings.ts";
import type { Server } from "../server.ts";
import { failure, invalid } from "../status.ts";
import { allocate, allocateNext, createAllocations, type Allocations } from "./allocator.ts";
import type { Allocation } from "./service.ts";

const SERVICE = { group: "", kind: "Service" } as const;
const { first: FIRST, last: LAST } = WORLD.nodePortRange;

const PROBLEMS = {
  taken: "provided port is already allocated",
  outOfRange: `provided port is not in the valid range. The range of valid ports is ${FIRST}-${LAST}`,
};

/** A thirty-second of the range, at most 128, is the lower band. */
export function createNodePorts(): Allocations {
  return createAllocations(FIRST, LAST, 32, 128);
}

export function nodePortNumbers(spec: ServiceSpec): number[] {
  return [...new Set((spec.ports ?? []).flatMap(({ nodePort }) => nodePort || []))];
}

export function needsNodePorts({ type }: ServiceSpec): boolean {
  return type === "NodePort" || type === "LoadBalancer";
}

export function needsHealthCheck({ type, externalTrafficPolicy }: ServiceSpec): boolean {
  return type === "LoadBalancer" && externalTrafficPolicy === "Local";
}

function dealsNodePorts(spec: ServiceSpec): boolean {
  return spec.type === "NodePort" || spec.allocateLoadBalancerNodePorts !== false;
}

export function allocateNodePorts(
  server: Server,
  name: string,
  spec: ServiceSpec,
  allocation: Allocation,
): ServiceSpec {
  let next = spec;
  if (needsNodePorts(spec)) next = { ...spec, ports: dealPorts(server, name, spec, allocation) };
  if (needsHealthCheck(next)) {
    const { ports } = allocation.taken;
    next = { ...next, healthCheckNodePort: healthCheckPort(server, next.healthCheckNodePort, ports) };
  }
  return next;
}

function dealPorts(server: Server, name: string, spec: ServiceSpec, allocation: Allocation): ServicePort[] {
  const ports = spec.ports ?? [];
  const byPort = new Map<number, number>();
  return ports.map((port, index) => {
    if (!port.nodePort && !dealsNodePorts(spec)) return port;
    const shared = byPort.get(port.port);
    if (shared === undefined) {
      const asked = ports.find((other) => other.port === port.port && other.nodePort)?.nodePort;
      const nodePort = asked
        ? reserve(server, name, index, asked, allocation)
        : deal(server, allocation.taken.ports);
      byPort.set(port.port, nodePort);
      return { ...port, nodePort };
    }
    if (port.nodePort === shared) return port;
    const { nodePort } = port;
    return { ...port, nodePort: nodePort ? reserve(server, name, index, nodePort, allocation) : shared };
  });
}

export function updateNodePorts(
  server: Server,
  name: string,
  spec: ServiceSpec,
  old: ServiceSpec,
  allocation: Allocation,
): ServiceSpec {
  const { taken, spare } = allocation;
  const before = needsNodePorts(old) ? nodePortNumbers(old) : [];
  let next = spec;
  if (needsNodePorts(spec)) {
    const ports = (spec.ports ?? []).map((port, index) => {
      if (!port.nodePort)
        return dealsNodePorts(spec) ? { ...port, nodePort: deal(server, taken.ports) } : port;
      if (!before.includes(port.nodePort) && !taken.ports.includes(port.nodePort)) {
        reserve(server, name, index, port.nodePort, allocation);
      }
      return port;
    });
    next = { ...spec, ...(spec.ports && { ports }) };
  }
  const kept = needsNodePorts(next) ? nodePortNumbers(next) : [];
  spare.ports.push(...before.filter((port) => !kept.includes(port)));
  return updateHealthCheckPort(server, next, old, { taken, spare });
}

function updateHealthCheckPort(
  server: Server,
  spec: ServiceSpec,
  old: ServiceSpec,
  { taken, spare }: Pick<Allocation, "taken" | "spare">,
): ServiceSpec {
  const needed = needsHealthCheck(old);
  const needs = needsHealthCheck(spec);
  if (needs && !needed) {
    return { ...spec, healthCheckNodePort: healthCheckPort(server, spec.healthCheckNodePort, taken.ports) };
  }
  if (needed && !needs) {
    if (old.healthCheckNodePort) spare.ports.push(old.healthCheckNodePort);
    const { healthCheckNodePort: _released, ...rest } = spec;
    return rest;
  }
  return spec;
}

function healthCheckPort(server: Server, asked: number | undefined, taken: number[]): number {
  if (!asked) return deal(server, taken);
  const result = allocate(server.state.nodePorts, asked);
  if (result === "ok") {
    taken.push(asked);
    return asked;
  }
  const why = `failed to allocate requested HealthCheck NodePort ${asked}: ${PROBLEMS[result]}`;
  throw failure(500, "InternalError", `Internal error occurred: ${why}`, { causes: [{ message: why }] });
}

function reserve(
  server: Server,
  name: string,
  index: number,
  port: number,
  { taken, isDryRun }: Allocation,
): number {
  const result = allocate(server.state.nodePorts, port);
  if (result === "ok") taken.ports.push(port);
  // A dry run only looks whether somebody has the port.
  if (result === "ok" || (isDryRun && result === "outOfRange")) return port;
  const field = `spec.ports[${index}].nodePort`;
  throw invalid(SERVICE, name, [{ field, type: "invalid", value: port, detail: PROBLEMS[result] }]);
}

function deal(server: Server, taken: number[]): number {
  const port = allocateNext(server.state.nodePorts, server.context.random);
  if (port === undefined) {
    throw failure(
      500,
      "InternalError",
      "Internal error occurred: failed to allocate a nodePort: range is full",
    );
  }
  taken.push(port);
  return port;
}
