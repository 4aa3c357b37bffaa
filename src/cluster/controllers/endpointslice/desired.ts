// What a Service's EndpointSlices should hold: its pods as endpoints, grouped by the port numbers that they resolve to.
// Kubernetes: staging/src/k8s.io/endpointslice/reconciler.go, utils.go (v1.35)
import type { Endpoint, EndpointSlicePort } from "#api/endpointslice/types";
import type { Pod } from "#api/pod/types";
import type { Service } from "#api/service/types";
import type { Context } from "../../machine/component.ts";
import {
  hasAddress,
  hostnameIn,
  isServing,
  isTerminating,
  podReference,
  portInPod,
} from "../services/pod-endpoint.ts";
import { slicePortsInOrder } from "../services/port-order.ts";

const ZONE = "topology.kubernetes.io/zone";

export interface PortGroup {
  ports: EndpointSlicePort[] | null;
  /** By the uid of the pod. */
  endpoints: Map<string, Endpoint>;
}

/** Groups by portsKey(). */
export function desiredEndpoints(
  context: Context,
  service: Service,
  pods: readonly Pod[],
): Map<string, PortGroup> {
  const groups = new Map<string, PortGroup>();
  const zones = new Map<string, string | undefined>();
  let known = made.get(service);
  if (!known) made.set(service, (known = new WeakMap()));
  for (const pod of pods) {
    if (!hasAddress(pod)) continue;
    const node = pod.spec.nodeName ?? "";
    if (!zones.has(node)) {
      zones.set(node, context.api.get("Node", undefined, node)?.metadata.labels?.[ZONE]);
    }
    const zone = zones.get(node);
    let desired = known.get(pod);
    if (!desired || desired.zone !== zone) {
      const ports = portsOf(service, pod);
      desired = { zone, ports, key: portsKey(ports), endpoint: endpointOf(service, pod, zone) };
      known.set(pod, desired);
    }
    const { ports, key, endpoint } = desired;
    let group = groups.get(key);
    if (!group) groups.set(key, (group = { ports, endpoints: new Map() }));
    group.endpoints.set(pod.metadata.uid, endpoint);
  }
  return groups;
}

interface Desired {
  zone: string | undefined;
  ports: EndpointSlicePort[] | null;
  key: string;
  endpoint: Endpoint;
}

/** What was made of pods before: of a large Service's only a few have changed since the look before. */
const made = new WeakMap<Service, WeakMap<Pod, Desired>>();

/** Ports whose name a pod does not have are left out; without any the slice says null. */
function portsOf(service: Service, pod: Pod): EndpointSlicePort[] | null {
  const ports: EndpointSlicePort[] = [];
  for (const port of service.spec.ports ?? []) {
    const number = portInPod(pod, port);
    if (number === undefined) continue;
    ports.push({
      name: port.name ?? "",
      port: number,
      protocol: port.protocol,
      ...(port.appProtocol !== undefined && { appProtocol: port.appProtocol }),
    });
  }
  return ports.length > 0 ? slicePortsInOrder(ports) : null;
}

export function portsKey(ports: readonly EndpointSlicePort[] | null | undefined): string {
  return (ports ?? [])
    .map((port) => `${port.name ?? ""}/${port.protocol ?? ""}/${port.port ?? ""}/${port.appProtocol ?? ""}`)
    .sort()
    .join();
}

function endpointOf(service: Service, pod: Pod, zone: string | undefined): Endpoint {
  const serving = isServing(pod);
  const terminating = isTerminating(pod);
  const ready = service.spec.publishNotReadyAddresses === true || (serving && !terminating);
  const hostname = hostnameIn(pod, service);
  return {
    addresses: [pod.status.podIP!],
    conditions: { ready, serving, terminating },
    ...(hostname !== undefined && { hostname }),
    ...(pod.spec.nodeName !== undefined && { nodeName: pod.spec.nodeName }),
    targetRef: podReference(pod),
    ...(zone !== undefined && { zone }),
  };
}

/**
 * The endpoint with the hints that spec.trafficDistribution asks for.
 * Simplified: the annotation service.kubernetes.io/topology-mode asks for none, and no Event says why.
 */
// Kubernetes: staging/src/k8s.io/endpointslice/trafficdist/trafficdist.go (v1.35)
export function withHints(endpoint: Endpoint, trafficDistribution: string | undefined): Endpoint {
  const { hints: _, ...plain } = endpoint;
  if (!endpoint.conditions.ready) return plain;
  const sameNode = trafficDistribution === "PreferSameNode";
  if (!sameNode && trafficDistribution !== "PreferSameZone" && trafficDistribution !== "PreferClose")
    return plain;
  const hints = {
    ...(sameNode && endpoint.nodeName !== undefined && { forNodes: [{ name: endpoint.nodeName }] }),
    ...(endpoint.zone !== undefined && { forZones: [{ name: endpoint.zone }] }),
  };
  return (hints.forNodes ?? hints.forZones) ? { ...plain, hints } : plain;
}
