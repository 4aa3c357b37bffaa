// Cluster IPs: asked for by name or dealt from the service range.
// Kubernetes: pkg/registry/core/service/ipallocator/ipallocator.go (v1.35)
import type { ServiceSpec } from "#api/service/types";
import { formatIp, parseCidr, sizeOf } from "#base/ipv4";
import { assert } from "#base/assert";
import { WORLD } from "../../settings.ts";
import type { Server } from "../server.ts";
import { failure, invalid } from "../status.ts";
import { allocate, allocateNext, createAllocations, type Allocations } from "./allocator.ts";
import { parseIpLoosely } from "./loose-ip.ts";
import type { Allocation } from "./service.ts";

const SERVICE = { group: "", kind: "Service" } as const;

const PROBLEMS = {
  taken: "provided IP is already allocated",
  outOfRange: "the provided network does not match the current range",
};

/** A dry run is told by the allocator itself, everybody else by the one that finds the allocator. */
const outOfRangeInDryRun = (ip: string): string =>
  `the provided IP (${ip}) is not in the valid range. The range of valid IPs is ${WORLD.serviceCidr}`;

/** The range without its network and broadcast addresses; a sixteenth of it, at most 256, is the lower band. */
export function createClusterIps(): Allocations {
  const cidr = parseCidr(WORLD.serviceCidr);
  assert(cidr, "the service range is a CIDR");
  const size = sizeOf(cidr);
  return createAllocations(cidr.base + 1, cidr.base + size - 2, 16, 256);
}

/** The addresses that a Service holds, as numbers. */
export function clusterIpNumbers(spec: ServiceSpec): number[] {
  if (spec.type === "ExternalName") return [];
  return (spec.clusterIPs ?? []).flatMap((text) => parseIpLoosely(text) ?? []);
}

/** Fills clusterIP and clusterIPs; numbers that it took are added to `taken`. */
export function allocateClusterIps(
  server: Server,
  name: string,
  spec: ServiceSpec,
  { taken, isDryRun }: Allocation,
): ServiceSpec {
  if (spec.type === "ExternalName" || spec.clusterIPs?.[0] === "None") return spec;
  const { clusterIps } = server.state;
  const asked = spec.clusterIPs?.[0];
  if (asked) {
    const address = parseIpLoosely(asked);
    const result = address === undefined ? "outOfRange" : allocate(clusterIps, address);
    if (result !== "ok") {
      const problem = isDryRun && result === "outOfRange" ? outOfRangeInDryRun(asked) : PROBLEMS[result];
      const detail = `failed to allocate IP ${asked}: ${problem}`;
      const value = spec.clusterIPs!;
      throw invalid(SERVICE, name, [{ field: "spec.clusterIPs", type: "invalid", value, detail }]);
    }
    taken.ips.push(address!);
    return spec;
  }
  const address = allocateNext(clusterIps, server.context.random);
  if (address === undefined) {
    throw failure(
      500,
      "InternalError",
      "Internal error occurred: failed to allocate a serviceIP: range is full",
    );
  }
  taken.ips.push(address);
  const ip = formatIp(address);
  return { ...spec, clusterIP: ip, clusterIPs: [ip] };
}
