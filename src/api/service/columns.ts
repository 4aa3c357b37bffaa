// The columns of `kubectl get services`.
// Kubernetes: pkg/printers/internalversion/printers.go (v1.35)
import type { Column } from "../define.ts";
import { ageColumn, column, nameColumn, NONE, selectorCell } from "../table.ts";
import type { Service, ServicePort } from "./types.ts";

function externalIps({ spec, status }: Service): string {
  const external = (spec.externalIPs ?? []).join(",");
  if (spec.type === "ExternalName") return spec.externalName ?? "";
  if (spec.type !== "LoadBalancer") return external || NONE;
  const addresses = [
    ...new Set((status.loadBalancer.ingress ?? []).map(({ ip, hostname }) => ip || hostname || "")),
  ];
  const balancer = addresses.filter(Boolean).sort().join(",");
  if (!external) return balancer || "<pending>";
  return balancer ? `${balancer},${external}` : external;
}

function portCell({ port, nodePort, protocol }: ServicePort): string {
  return nodePort ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`;
}

export const serviceColumns: Column<Service>[] = [
  nameColumn(),
  column({
    name: "Type",
    description: "type determines how the Service is exposed. Defaults to ClusterIP.",
    value: ({ spec }) => spec.type,
  }),
  column({
    name: "Cluster-IP",
    description: "clusterIP is the IP address of the service and is usually assigned randomly.",
    value: ({ spec }) => spec.clusterIPs?.[0] || spec.clusterIP || NONE,
  }),
  column({
    name: "External-IP",
    description:
      "externalIPs is a list of IP addresses for which nodes in the cluster will also accept traffic for this service.",
    value: externalIps,
  }),
  column({
    name: "Port(s)",
    description: "The list of ports that are exposed by this service.",
    value: ({ spec }) => (spec.ports ?? []).map(portCell).join(",") || NONE,
  }),
  ageColumn(),
  column({
    name: "Selector",
    description: "Route service traffic to pods with label keys and values matching this selector.",
    wide: true,
    value: ({ spec }) => selectorCell(spec.selector),
  }),
];
