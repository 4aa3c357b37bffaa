// EndpointSlice, discovery.k8s.io/v1: up to a hundred endpoints of a Service.
import type { JsonObject } from "#base/json";
import { canonical } from "../canonical.ts";
import { defineKind } from "../define.ts";
import { ageColumn, column, nameColumn } from "../table.ts";
import { warnOfIp } from "../ip.ts";
import { endpointsCell, portsCell } from "./cells.ts";
import type { EndpointSlice } from "./types.ts";
import { validateSlice, validateSliceUpdate } from "./validate.ts";

function defaults(object: JsonObject): JsonObject {
  const slice = canonical("EndpointSlice", object) as unknown as EndpointSlice;
  const ports = slice.ports?.map((port) => ({
    ...port,
    name: port.name ?? "",
    protocol: port.protocol ?? "TCP",
  }));
  return {
    ...slice,
    endpoints: orNull(slice.endpoints),
    ports: orNull(ports),
  } as unknown as JsonObject;
}

/** Stored as protocol buffers, a list without items is no list, and both lists are written out without one. */
const orNull = <T>(list: readonly T[] | null | undefined): readonly T[] | null =>
  list && list.length > 0 ? list : null;

/** Kubernetes: pkg/registry/discovery/endpointslice/strategy.go (v1.35) */
function sliceWarnings(
  { metadata, addressType, endpoints }: EndpointSlice,
  previous: EndpointSlice | undefined,
): string[] {
  if (addressType === "FQDN") return previous ? [] : ["spec.addressType: FQDN endpoints are deprecated"];
  if (metadata.labels?.["endpointslice.kubernetes.io/managed-by"]?.endsWith(".k8s.io")) return [];
  return (endpoints ?? []).flatMap(({ addresses }, at) =>
    (addresses ?? []).flatMap((ip, index) => warnOfIp(`endpoints[${at}].addresses[${index}]`, ip)),
  );
}

export const endpointSlice = defineKind<EndpointSlice>({
  group: "discovery.k8s.io",
  version: "v1",
  kind: "EndpointSlice",
  plural: "endpointslices",
  singular: "endpointslice",
  shortNames: [],
  categories: [],
  namespaced: true,
  subresources: [],
  type: "EndpointSlice",
  defaults,
  validate: validateSlice,
  validateUpdate: validateSliceUpdate,
  warnings: sliceWarnings,
  columns: [
    nameColumn(),
    column({
      name: "AddressType",
      description: "addressType specifies the type of address carried by this EndpointSlice.",
      value: ({ addressType }) => addressType,
    }),
    column({
      name: "Ports",
      description: "ports specifies the list of network ports exposed by each endpoint in this slice.",
      value: portsCell,
    }),
    column({
      name: "Endpoints",
      description: "endpoints is a list of unique endpoints in this slice.",
      value: endpointsCell,
    }),
    ageColumn(),
  ],
  nameRule: "dns1123Subdomain",
});
