// Subsets of Endpoints as the mirroring controller reads them: who wrote them may have spread an address over several;
// here ports that the same addresses serve stand together, and each address stands there once.
// Kubernetes: RepackSubsets in pkg/api/v1/endpoints/util.go (v1.35)
import type { EndpointAddress, EndpointPort, EndpointSubset } from "#api/endpoints/types";
import { endpointPortsInOrder } from "../services/port-order.ts";

export interface PackedSubset {
  ports: EndpointPort[];
  addresses: PackedAddress[];
}

interface PackedAddress {
  address: EndpointAddress;
  ready: boolean;
}

interface Served {
  port: EndpointPort | undefined;
  addresses: Map<string, PackedAddress>;
}

export function repack(subsets: readonly EndpointSubset[]): PackedSubset[] {
  const packed = new Map<string, PackedSubset>();
  for (const { port, addresses } of addressesByPort(subsets)) {
    const key = [...addresses]
      .map(([id, { ready }]) => `${id} ${ready}`)
      .sort()
      .join();
    const found = packed.get(key) ?? { ports: [], addresses: [...addresses.values()] };
    packed.set(key, found);
    if (port) found.ports.push(port);
  }
  return [...packed.values()].map(({ ports, addresses }) => ({
    ports: endpointPortsInOrder(ports),
    addresses,
  }));
}

/** An address that one subset calls ready and another does not is not ready. */
function addressesByPort(subsets: readonly EndpointSubset[]): Served[] {
  const served = new Map<string, Served>();
  for (const { ports = [], addresses = [], notReadyAddresses = [] } of subsets) {
    const all = [
      ...addresses.map((address) => ({ address, ready: true })),
      ...notReadyAddresses.map((address) => ({ address, ready: false })),
    ];
    for (const port of ports.length > 0 ? ports : [undefined]) {
      const key = port ? `${port.name ?? ""}/${port.port}/${port.protocol}/${port.appProtocol ?? ""}` : "";
      const found = served.get(key) ?? { port, addresses: new Map<string, PackedAddress>() };
      served.set(key, found);
      for (const { address, ready } of all) {
        const id = `${address.ip} ${address.targetRef?.uid ?? ""}`;
        const before = found.addresses.get(id);
        found.addresses.set(id, before ? { ...before, ready: before.ready && ready } : { address, ready });
      }
    }
  }
  return [...served.values()];
}
