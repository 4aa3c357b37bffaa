// What each Service stands for at the moment, read from its EndpointSlices: which pods get its traffic, which are
// listed but left out, and which addresses are no pods at all.
import type { Endpoint, EndpointSlice } from "#api/endpointslice/types";

export interface ServiceEndpoints {
  /** Pod key to whether it gets traffic. */
  pods: Map<string, boolean>;
  /** Addresses without a pod behind them. */
  addresses: string[];
  ready: number;
}

const NONE: ServiceEndpoints = { pods: new Map(), addresses: [], ready: 0 };

function serves(endpoint: Endpoint): boolean {
  return endpoint.conditions.ready !== false;
}

/** By Service key. One pass over the slices. */
export function endpointsByService(
  slices: ReadonlyMap<string, EndpointSlice>,
): ReadonlyMap<string, ServiceEndpoints> {
  const result = new Map<string, ServiceEndpoints>();
  for (const slice of slices.values()) {
    const service = slice.metadata.labels?.["kubernetes.io/service-name"];
    if (service === undefined) continue;
    const namespace = slice.metadata.namespace ?? "default";
    const key = `${namespace}/${service}`;
    let found = result.get(key);
    if (!found) {
      found = { pods: new Map(), addresses: [], ready: 0 };
      result.set(key, found);
    }
    collect(found, slice, namespace);
  }
  return result;
}

function collect(into: ServiceEndpoints, slice: EndpointSlice, namespace: string): void {
  // Without a resolved port nothing can be sent there, whatever the readiness says.
  const reachable = (slice.ports ?? []).some((port) => port.port !== undefined) || slice.ports == null;
  for (const endpoint of slice.endpoints ?? []) {
    const gets = serves(endpoint) && reachable;
    if (endpoint.targetRef?.kind === "Pod" && endpoint.targetRef.name !== undefined) {
      const pod = `${endpoint.targetRef.namespace ?? namespace}/${endpoint.targetRef.name}`;
      if (gets && into.pods.get(pod) !== true) into.ready++;
      into.pods.set(pod, into.pods.get(pod) === true || gets);
    } else {
      for (const address of endpoint.addresses) {
        if (into.addresses.includes(address)) continue;
        into.addresses.push(address);
        if (gets) into.ready++;
      }
    }
  }
}

export function endpointsOf(all: ReadonlyMap<string, ServiceEndpoints>, service: string): ServiceEndpoints {
  return all.get(service) ?? NONE;
}
