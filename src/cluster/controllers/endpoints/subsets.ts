// The subsets of an Endpoints object: ports that the same addresses serve are listed together.
// Kubernetes: pkg/controller/endpoint/endpoints_controller.go, pkg/api/v1/endpoints/util.go (v1.35)
import { memo } from "#base/memo";
import type { EndpointAddress, EndpointPort, EndpointSubset } from "#api/endpoints/types";
import { isReady } from "#api/pod/lifecycle";
import type { Pod } from "#api/pod/types";
import type { Service, ServicePort } from "#api/service/types";
import {
  hasAddress,
  hostnameIn,
  isHeadless,
  isTerminating,
  podReference,
  portInPod,
} from "../services/pod-endpoint.ts";
import { endpointPortsInOrder } from "../services/port-order.ts";

export const MAX_ADDRESSES = 1000;

/** A pod as an address of a Service, with the Service's ports that it has. */
interface Entry {
  address: EndpointAddress;
  ready: boolean;
  ports: { id: string; port: EndpointPort | undefined }[];
}

/** `pods` come in the order of their addresses. */
export function subsetsOf(service: Service, pods: readonly Pod[]): EndpointSubset[] {
  /** Port, as text, to the addresses that have it. */
  const byPort = new Map<string, Group>();
  const entries = memo(made, service, () => new WeakMap());
  const make = (pod: Pod): Entry | null => entryOf(service, pod);
  for (const pod of pods) {
    const entry = memo(entries, pod, make);
    if (!entry) continue;
    for (const { id, port } of entry.ports) {
      const found = byPort.get(id);
      if (found) found.entries.push(entry);
      else byPort.set(id, { port, entries: [entry] });
    }
  }
  return merge([...byPort.values()]);
}

/** What was made of pods before: of a large Service's only a few have changed since the look before. */
const made = new WeakMap<Service, WeakMap<Pod, Entry | null>>();

/** Null for a pod that is none of the Service's addresses. */
function entryOf(service: Service, pod: Pod): Entry | null {
  const publish = service.spec.publishNotReadyAddresses === true;
  if (!hasAddress(pod) || (isTerminating(pod) && !publish)) return null;
  const address = newAddress(pod, hostnameIn(pod, service));
  return { address, ready: publish || isReady(pod), ports: portsOf(service, pod) };
}

function portsOf(service: Service, pod: Pod): Entry["ports"] {
  const ports = service.spec.ports ?? [];
  if (ports.length === 0 && isHeadless(service)) return [{ id: "", port: undefined }];
  return ports.flatMap((port) => {
    const number = portInPod(pod, port);
    if (number === undefined) return [];
    return [{ id: `${port.name ?? ""}/${number}/${port.protocol}`, port: endpointPort(port, number) }];
  });
}

function endpointPort(port: ServicePort, number: number): EndpointPort {
  return {
    ...(port.name !== undefined && port.name !== "" && { name: port.name }),
    port: number,
    protocol: port.protocol,
    ...(port.appProtocol !== undefined && { appProtocol: port.appProtocol }),
  };
}

function newAddress(pod: Pod, hostname: string | undefined): EndpointAddress {
  return {
    ip: pod.status.podIP!,
    ...(pod.spec.nodeName !== undefined && { nodeName: pod.spec.nodeName }),
    targetRef: podReference(pod),
    ...(hostname !== undefined && { hostname }),
  };
}

interface Group {
  port: EndpointPort | undefined;
  entries: Entry[];
}

function merge(groups: Group[]): EndpointSubset[] {
  const byAddresses = new Map<string, { ports: EndpointPort[]; entries: Entry[] }>();
  for (const { port, entries } of groups) {
    const id = groups.length === 1 ? "" : entries.map((entry) => entry.address.targetRef?.uid).join();
    const found = byAddresses.get(id) ?? { ports: [], entries };
    byAddresses.set(id, found);
    if (port) found.ports.push(port);
  }
  return [...byAddresses.values()].map(({ ports, entries }) => {
    const addresses: EndpointAddress[] = [];
    const notReady: EndpointAddress[] = [];
    for (const { ready, address } of entries) (ready ? addresses : notReady).push(address);
    return {
      ...(addresses.length > 0 && { addresses }),
      ...(notReady.length > 0 && { notReadyAddresses: notReady }),
      ...(ports.length > 0 && { ports: endpointPortsInOrder(ports) }),
    };
  });
}

/** At most 1000 addresses, ready ones first; says whether any were left out. */
export function truncate(subsets: EndpointSubset[]): { subsets: EndpointSubset[]; truncated: boolean } {
  let room = MAX_ADDRESSES;
  let truncated = false;
  const take = <T>(items: T[] | undefined): T[] | undefined => {
    const kept = items?.slice(0, room);
    if (items && kept!.length < items.length) truncated = true;
    room -= kept?.length ?? 0;
    return kept && kept.length > 0 ? kept : undefined;
  };
  const ready = subsets.map((subset) => take(subset.addresses));
  const kept = subsets.map(({ ports }, index): EndpointSubset => {
    const notReady = take(subsets[index]!.notReadyAddresses);
    return {
      ...(ready[index] && { addresses: ready[index] }),
      ...(notReady && { notReadyAddresses: notReady }),
      ...(ports && { ports }),
    };
  });
  return { subsets: kept.filter((item) => item.addresses ?? item.notReadyAddresses), truncated };
}
