// What a dry run shows in place of what would be allocated: nothing is taken, so the values only stand for some.
// Kubernetes: pkg/registry/core/service/ipallocator, portallocator/operation.go (v1.35)
import type { AnyObject, KindMap } from "#api/kinds";
import type { ServiceSpec } from "#api/service/types";
import { WORLD } from "../../settings.ts";

const FIRST_PORT = 32769;
const NETWORK = WORLD.serviceCidr.split("/")[0]!;

/** `given` is the object as it was sent. */
export function asDryRun(object: AnyObject, given: { spec?: Partial<ServiceSpec> | undefined }): AnyObject {
  const { resourceVersion: version, ...rest } = object.metadata;
  const metadata = version ? object.metadata : rest;
  if (object.kind !== "Service") return { ...object, metadata } as AnyObject;
  const { spec } = object as KindMap["Service"];
  return { ...object, metadata, spec: withStandIns(spec, given.spec ?? {}) } as AnyObject;
}

function withStandIns(spec: ServiceSpec, given: Partial<ServiceSpec>): ServiceSpec {
  const isGiven = Boolean(given.clusterIP) || (given.clusterIPs ?? []).length > 0;
  const hasAddress = Boolean(spec.clusterIP) && spec.clusterIP !== "None";
  let next = FIRST_PORT;
  const ports = spec.ports?.map((port, index) =>
    port.nodePort && !given.ports?.[index]?.nodePort ? { ...port, nodePort: next++ } : port,
  );
  return {
    ...spec,
    ...(ports && { ports }),
    ...(!isGiven && hasAddress && { clusterIP: NETWORK, clusterIPs: [NETWORK] }),
  };
}
