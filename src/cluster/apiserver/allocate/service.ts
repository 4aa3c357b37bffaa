// Cluster IPs and node ports of Services: taken when a Service is created or changed, given back when the change is
// refused, when the type no longer needs them, or when the Service goes.
// Kubernetes: pkg/registry/core/service/storage/alloc.go and storage.go (v1.35)
import type { KindDefinition } from "#api/define";
import type { AnyObject, KindMap } from "#api/kinds";
import type { ServiceSpec } from "#api/service/types";
import type { JsonObject } from "#base/json";
import { asJson, type Server, type WriteOptions } from "../server.ts";
import { release } from "./allocator.ts";
import { allocateClusterIps, clusterIpNumbers } from "./cluster-ips.ts";
import { dropTypeDependentFields } from "./drop-fields.ts";
import { initIpFamilies } from "./ip-families.ts";
import { allocateNodePorts, nodePortNumbers, needsHealthCheck, updateNodePorts } from "./node-ports.ts";
import { carryOver, normalizeClusterIps } from "./carry-over.ts";

type Service = KindMap["Service"];

export interface Allocation {
  object: JsonObject;
  /** Newly taken: given back if the write fails. */
  taken: { ips: number[]; ports: number[] };
  /** No longer needed: given back once the write is done. */
  spare: { ips: number[]; ports: number[] };
  isDryRun: boolean;
}

function nothing(object: JsonObject, isDryRun: boolean): Allocation {
  return { object, taken: { ips: [], ports: [] }, spare: { ips: [], ports: [] }, isDryRun };
}

export function allocateForCreate(
  server: Server,
  definition: KindDefinition,
  object: JsonObject,
  { dryRun = false }: WriteOptions,
): Allocation {
  if (definition.kind !== "Service") return nothing(object, dryRun);
  const allocation = nothing(object, dryRun);
  const service = object as unknown as Service;
  try {
    let spec = normalizeClusterIps(service.spec, undefined);
    spec = initIpFamilies(service.metadata.name, spec, undefined);
    spec = allocateClusterIps(server, service.metadata.name, spec, allocation);
    spec = allocateNodePorts(server, service.metadata.name, spec, allocation);
    allocation.object = asJson({ ...service, spec });
    return allocation;
  } catch (refusal) {
    undo(server, allocation);
    throw refusal;
  }
}

export function allocateForUpdate(
  server: Server,
  definition: KindDefinition,
  object: JsonObject,
  previous: AnyObject,
  { dryRun = false }: WriteOptions,
): Allocation {
  if (definition.kind !== "Service") return nothing(object, dryRun);
  const allocation = nothing(object, dryRun);
  const service = object as unknown as Service;
  const old = (previous as Service).spec;
  try {
    let spec = normalizeClusterIps(carryOver(service.spec, old), old);
    spec = initIpFamilies(service.metadata.name, spec, old);
    spec = updateClusterIps(server, service.metadata.name, spec, old, allocation);
    spec = updateNodePorts(server, service.metadata.name, spec, old, allocation);
    allocation.object = asJson({ ...service, spec: dropTypeDependentFields(spec, old) });
    return allocation;
  } catch (refusal) {
    undo(server, allocation);
    throw refusal;
  }
}

function updateClusterIps(
  server: Server,
  name: string,
  spec: ServiceSpec,
  old: ServiceSpec,
  allocation: Allocation,
): ServiceSpec {
  if (old.type === "ExternalName" && spec.type !== "ExternalName") {
    return allocateClusterIps(server, name, spec, allocation);
  }
  if (old.type !== "ExternalName" && spec.type === "ExternalName") {
    allocation.spare.ips.push(...clusterIpNumbers(old));
  }
  return spec;
}

export function undo(server: Server, { taken }: Allocation): void {
  for (const ip of taken.ips.splice(0)) release(server.state.clusterIps, ip);
  for (const port of taken.ports.splice(0)) release(server.state.nodePorts, port);
}

export function settle(server: Server, { spare }: Pick<Allocation, "spare">): void {
  for (const ip of spare.ips) release(server.state.clusterIps, ip);
  for (const port of spare.ports) release(server.state.nodePorts, port);
}

/** Everything that a deleted Service held. */
export function releaseFor(server: Server, service: Service): void {
  const { spec } = service;
  const ports = nodePortNumbers(spec);
  if (needsHealthCheck(spec) && spec.healthCheckNodePort) ports.push(spec.healthCheckNodePort);
  settle(server, { spare: { ips: clusterIpNumbers(spec), ports } });
}
