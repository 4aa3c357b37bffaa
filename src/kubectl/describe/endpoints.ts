// kubectl describe endpoints.
// Kubernetes: describeEndpoints in staging/src/k8s.io/kubectl/pkg/describe/describe.go (v1.35)
import type { EndpointAddress, Endpoints, EndpointSubset } from "#api/endpoints/types";
import { defineDescriber } from "./context.ts";
import { eventLines } from "./events.ts";
import { annotationLines, labelLines, line, noneIfEmpty, type Lines } from "./lines.ts";

export const endpointsDescriber = defineDescriber<Endpoints>("", "Endpoints", (endpoints, context) => [
  line(0, "Name:", endpoints.metadata.name),
  line(0, "Namespace:", endpoints.metadata.namespace ?? ""),
  ...labelLines("Labels", endpoints.metadata.labels),
  ...annotationLines("Annotations", endpoints.metadata.annotations),
  line(0, "Subsets:"),
  ...(endpoints.subsets ?? []).flatMap(subsetLines),
  ...eventLines(endpoints, context),
]);

const addressesText = (addresses: readonly EndpointAddress[] | undefined): string =>
  noneIfEmpty((addresses ?? []).map(({ ip }) => ip).join(","));

function subsetLines({ addresses, notReadyAddresses, ports = [] }: EndpointSubset): Lines {
  return [
    line(1, "Addresses:", addressesText(addresses)),
    line(1, "NotReadyAddresses:", addressesText(notReadyAddresses)),
    ...(ports.length > 0
      ? [line(1, "Ports:"), line(2, "Name", "Port", "Protocol"), line(2, "----", "----", "--------")]
      : []),
    ...ports.map(({ name, port, protocol }) => line(2, name || "<unset>", String(port), protocol)),
    "",
  ];
}
