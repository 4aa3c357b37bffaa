// kubectl describe endpointslice.
// Kubernetes: describeEndpointSliceV1 in staging/src/k8s.io/kubectl/pkg/describe/describe.go (v1.35)
import type { Endpoint, EndpointSlice, EndpointSlicePort } from "#api/endpointslice/types";
import { defineDescriber } from "./context.ts";
import { eventLines } from "./events.ts";
import { annotationLines, labelLines, line, noneIfEmpty, type Lines } from "./lines.ts";

export const endpointSliceDescriber = defineDescriber<EndpointSlice>(
  "discovery.k8s.io",
  "EndpointSlice",
  (slice, context) => [
    line(0, "Name:", slice.metadata.name),
    line(0, "Namespace:", slice.metadata.namespace ?? ""),
    ...labelLines("Labels", slice.metadata.labels),
    ...annotationLines("Annotations", slice.metadata.annotations),
    line(0, "AddressType:", slice.addressType),
    ...portLines(slice.ports ?? []),
    ...((slice.endpoints ?? []).length > 0 ? ["Endpoints:"] : ["Endpoints: <none>"]),
    ...(slice.endpoints ?? []).flatMap(endpointLines),
    ...eventLines(slice, context),
  ],
);

function portLines(ports: readonly EndpointSlicePort[]): Lines {
  if (ports.length === 0) return ["Ports: <unset>"];
  return [
    line(0, "Ports:"),
    line(1, "Name", "Port", "Protocol"),
    line(1, "----", "----", "--------"),
    ...ports.map(({ name, port, protocol }) =>
      line(1, name || "<unset>", port === undefined ? "<unset>" : String(port), protocol ?? "TCP"),
    ),
  ];
}

const orUnset = (value: string | boolean | undefined): string =>
  value === undefined ? "<unset>" : String(value);

function endpointLines({ addresses, conditions, hostname, targetRef, nodeName, zone }: Endpoint): Lines {
  return [
    line(1, "- Addresses:", noneIfEmpty(addresses.join(", "))),
    line(2, "Conditions:"),
    line(3, "Ready:", orUnset(conditions?.ready)),
    line(2, "Hostname:", orUnset(hostname)),
    ...(targetRef ? [line(2, "TargetRef:", `${targetRef.kind ?? ""}/${targetRef.name ?? ""}`)] : []),
    line(2, "NodeName:", orUnset(nodeName)),
    line(2, "Zone:", orUnset(zone)),
  ];
}
