// The subsets of an Endpoints object: ports that the same addresses serve are listed together.
// Kubernetes: pkg/controller/endpoint/endpoints_controller.go, pkg/api/v1/endpoints/util.go (v1.35)
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

export const MAX_ADDRESSES = 1000;

interface Entry {
  address: EndpointAddress;
  ready: boolean;
}

/** `pods` come in the order of their addresses. */
export function subsetsOf(service: Service, pods: readonly Pod[]): EndpointSubset[] {
  const publish = service.spec.publishNotReadyAddresses === true;
  const ports = service.spec.ports ?? [];
  /** Port, as text, to the addresses that have it. */
  const byPort = new Map<string, { port: EndpointPort | undefined; entries: Entry[] }>();
  const add = (port: EndpointPort | undefined, entry: Entry): void => {
    const id = port ? `${port.name ?? ""}/${port.port}/${port.protocol}` : "";
    const found = byPort.get(id);
    if (found) found.entries.push(entry);
    else byPort.set(id, { port, entries: [entry] });
  };
  for (const pod of pods) {
    if (!hasAddress(pod) || (isTerminating(pod) && !publish)) continue;
    const entry = { address: addressOf(pod, service), ready: publish || isReady(pod) };
    if (ports.length === 0 && isHeadless(service)) add(undefined, entry);
    for (const port of ports) {
      const number = portInPod(pod, port);
      if (number !== undefined) add(endpointPort(port, number), entry);
    }
  }
  return merge([...byPort.values()]);
}

function endpointPort(port: ServicePort, number: number): EndpointPort {
  return {
    ...(port.name !== undefined && port.name !== "" && { name: port.name }),
    port: number,
    protocol: port.protocol,
    ...(port.appProtocol !== undefined && { appProtocol: port.appProtocol }),
  };
}

/** The addresses of pods without a host name, which are the same behind every Service. */
const plain = new WeakMap<Pod, EndpointAddress>();

function addressOf(pod: Pod, service: Service): EndpointAddress {
  const hostname = hostnameIn(pod, service);
  if (hostname !== undefined) return newAddress(pod, hostname);
  let address = plain.get(pod);
  if (!address) plain.set(pod, (address = newAddress(pod, undefined)));
  return address;
}

function newAddress(pod: Pod, hostname: string | undefined): EndpointAddress {
  return {
    ip: pod.status.podIP!,
    ...(pod.spec.nodeName !== undefined && { nodeName: pod.spec.nodeName }),
    targetRef: podReference(pod),
    ...(hostname !== undefined && { hostname }),
  };
}

function merge(groups: { port: EndpointPort | undefined; entries: Entry[] }[]): EndpointSubset[] {
  const byAddresses = new Map<string, { ports: EndpointPort[]; entries: Entry[] }>();
  for (const { port, entries } of groups) {
    const id = groups.length === 1 ? "" : entries.map((entry) => entry.address.targetRef?.uid).join();
    const found = byAddresses.get(id) ?? { ports: [], entries };
    byAddresses.set(id, found);
    if (port) found.ports.push(port);
  }
  return [...byAddresses.values()].map(({ ports, entries }) => {
    const addresses = entries.filter((entry) => entry.ready).map((entry) => entry.address);
    const notReady = entries.filter((entry) => !entry.ready).map((entry) => entry.address);
    return {
      ...(addresses.length > 0 && { addresses }),
      ...(notReady.length > 0 && { notReadyAddresses: notReady }),
      ...(ports.length > 0 && { ports }),
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
