// The EndpointSlice mirroring controller: hand-made Endpoints of Services without a selector become slices too, so that
// kube-proxy sees them.
// Kubernetes: pkg/controller/endpointslicemirroring (v1.35)
import { SERVICE_NAME } from "#api/endpointslice/by-service";
import type { EndpointAddress, Endpoints } from "#api/endpoints/types";
import type { Endpoint, EndpointSlice, EndpointSlicePort } from "#api/endpointslice/types";
import { controllerReference } from "#api/owners";
import { deepEqual } from "#base/json";
import { nextFloat } from "#base/random";
import { defineComponent, type Context } from "../../machine/component.ts";
import { portsKey } from "../endpointslice/desired.ts";
import { MANAGED_BY } from "../endpointslice/endpointslice.ts";
import { body, keyOf, splitKey } from "../keys.ts";
import { slicePortsInOrder } from "../services/port-order.ts";
import { TRIGGER_TIME } from "../services/trigger-times.ts";
import { repack } from "./repack.ts";

const CONTROLLER = "endpointslicemirroring-controller.k8s.io";
const SKIP_MIRROR = "endpointslice.kubernetes.io/skip-mirror";
const LEADER_ELECTION = "control-plane.alpha.kubernetes.io/leader";
const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
const MAX_ADDRESSES = 1000;

export const endpointSliceMirroringController = defineComponent<Record<string, never>>({
  name: "endpointslicemirroring-controller",
  start: () => ({}),
  watches: ["Endpoints", "Service", "EndpointSlice"],
  watchDelayMs: (context) => 10 + 20 * nextFloat(context.random),
  onChanges(context, _state, changes) {
    const dirty = new Set<string>();
    for (const { kind, object, old } of changes) {
      if (kind !== "EndpointSlice") dirty.add(keyOf(object));
      else {
        const labels = object.metadata.labels ?? old?.metadata.labels;
        if (labels?.[MANAGED_BY] !== CONTROLLER) continue;
        dirty.add(`${object.metadata.namespace ?? ""}/${labels[SERVICE_NAME] ?? ""}`);
      }
    }
    for (const key of dirty) sync(context, key);
  },
});

type AddressType = EndpointSlice["addressType"];

interface Group {
  addressType: AddressType;
  ports: EndpointSlicePort[] | null;
  endpoints: Endpoint[];
}

function sync(context: Context, key: string): void {
  const [namespace, name] = splitKey(key);
  const endpoints = context.api.get("Endpoints", namespace, name);
  const service = context.api.get("Service", namespace, name);
  const slices = context.api.list("EndpointSlice", {
    namespace,
    labels: { [SERVICE_NAME]: name, [MANAGED_BY]: CONTROLLER },
  });
  const mirrored = endpoints && service && !service.spec.selector && isMirrored(endpoints);
  reconcile(context, slices, endpoints, mirrored ? groupsOf(context, endpoints) : new Map());
}

function isMirrored(endpoints: Endpoints): boolean {
  const { labels, annotations } = endpoints.metadata;
  return labels?.[SKIP_MIRROR] !== "true" && annotations?.[LEADER_ELECTION] === undefined;
}

function groupsOf(context: Context, endpoints: Endpoints): Map<string, Group> {
  const groups = new Map<string, Group>();
  let skipped = 0;
  for (const subset of repack(endpoints.subsets ?? [])) {
    const named = slicePortsInOrder(subset.ports.map((port) => ({ ...port, name: port.name ?? "" })));
    const ports = named.length > 0 ? named : null;
    skipped += Math.max(0, subset.addresses.length - MAX_ADDRESSES);
    for (const { address, ready } of subset.addresses.slice(0, MAX_ADDRESSES)) {
      const addressType = address.ip.includes(":") ? "IPv6" : "IPv4";
      const key = groupKey(addressType, ports);
      const group = groups.get(key) ?? { addressType, ports, endpoints: [] };
      groups.set(key, group);
      group.endpoints.push(endpointOf(address, ready));
    }
  }
  if (skipped > 0) {
    context.api.recordEvent({
      involvedObject: endpoints,
      type: "Warning",
      reason: "TooManyAddressesToMirror",
      message: `A max of ${MAX_ADDRESSES} addresses can be mirrored to EndpointSlices per Endpoints subset. ${skipped} addresses were skipped`,
      component: "endpoint-slice-mirroring-controller",
    });
  }
  return groups;
}

const groupKey = (addressType: AddressType, ports: EndpointSlice["ports"]): string =>
  `${addressType} ${portsKey(ports)}`;

function endpointOf(address: EndpointAddress, ready: boolean): Endpoint {
  const { ip, hostname, nodeName, targetRef } = address;
  return {
    addresses: [ip],
    conditions: { ready },
    ...(hostname !== undefined && hostname !== "" && { hostname }),
    ...(nodeName !== undefined && { nodeName }),
    ...(targetRef !== undefined && { targetRef }),
  };
}

function reconcile(
  context: Context,
  existing: readonly EndpointSlice[],
  endpoints: Endpoints | undefined,
  groups: Map<string, Group>,
): void {
  const spare = [...existing];
  const missing: Group[] = [];
  for (const [key, group] of groups) {
    const index = spare.findIndex((slice) => groupKey(slice.addressType, slice.ports) === key);
    if (index < 0) missing.push(group);
    else refresh(context, endpoints!, group, spare.splice(index, 1)[0]);
  }
  // Slices that are no longer wanted take the content of new ones, rather than being deleted beside them.
  for (const group of missing) {
    const index = spare.findIndex(({ addressType }) => addressType === group.addressType);
    refresh(context, endpoints!, group, index < 0 ? undefined : spare.splice(index, 1)[0]);
  }
  for (const slice of spare)
    context.api.delete("EndpointSlice", slice.metadata.namespace, slice.metadata.name);
}

function refresh(
  context: Context,
  endpoints: Endpoints,
  group: Group,
  slice: EndpointSlice | undefined,
): void {
  const { namespace, name } = endpoints.metadata;
  const labels = { ...endpoints.metadata.labels, [SERVICE_NAME]: name, [MANAGED_BY]: CONTROLLER };
  const annotations = { ...endpoints.metadata.annotations };
  delete annotations[TRIGGER_TIME];
  delete annotations[LAST_APPLIED];
  const extras = { labels, ...(Object.keys(annotations).length > 0 && { annotations }) };
  if (!slice) {
    context.api.create(
      "EndpointSlice",
      namespace,
      body({
        apiVersion: "discovery.k8s.io/v1",
        kind: "EndpointSlice",
        metadata: {
          generateName: `${name}-`,
          ...extras,
          ownerReferences: [controllerReference(endpoints)],
        },
        ...group,
      }),
    );
    return;
  }
  const { annotations: _, ...metadata } = slice.metadata;
  const next = { ...slice, metadata: { ...metadata, ...extras }, ...group };
  if (deepEqual(next, slice)) return;
  // A slice that is written again is made anew under its name, so nothing says any more that the name was generated.
  delete next.metadata.generateName;
  context.api.update("EndpointSlice", next);
}
