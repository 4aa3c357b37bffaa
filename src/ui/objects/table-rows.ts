// Cells of the object table, in kubectl's own column words. Pure.
import type { AnyObject } from "#api/kinds";
import { podSummary } from "#api/pod/summary";

export const TABLE_KINDS = {
  Pod: ["READY", "RESTARTS", "IP", "NODE", "LABELS"],
  Service: ["TYPE", "CLUSTER-IP", "EXTERNAL-IP", "PORT(S)", "SELECTOR"],
  EndpointSlice: ["PORTS", "ENDPOINTS", "READY"],
  Endpoints: ["ENDPOINTS"],
  Ingress: ["CLASS", "HOSTS", "ADDRESS"],
  ReplicationController: ["DESIRED", "CURRENT", "READY"],
  ReplicaSet: ["DESIRED", "CURRENT", "READY"],
  Deployment: ["READY", "UP-TO-DATE", "AVAILABLE"],
  Node: ["INTERNAL-IP", "EXTERNAL-IP", "ZONE"],
  ConfigMap: ["DATA"],
  Secret: ["TYPE", "DATA"],
  Namespace: ["STATUS"],
} as const satisfies Partial<Record<AnyObject["kind"], readonly string[]>>;

export type TableKind = keyof typeof TABLE_KINDS;

const labelText = (labels: Record<string, string> | undefined): string =>
  Object.entries(labels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join(",") || "<none>";

export function rowOf(object: AnyObject): string[] {
  switch (object.kind) {
    case "Pod":
      return podRow(object);
    case "Service":
      return serviceRow(object);
    case "EndpointSlice":
      return sliceRow(object);
    case "Endpoints":
      return [
        (object.subsets ?? [])
          .flatMap(({ addresses = [], ports = [] }) =>
            addresses.flatMap(({ ip }) => (ports.length ? ports.map(({ port }) => `${ip}:${port}`) : [ip])),
          )
          .join(",") || "<none>",
      ];
    case "Ingress":
      return [
        object.spec.ingressClassName ?? "<none>",
        (object.spec.rules ?? []).map(({ host }) => host ?? "*").join(",") || "*",
        (object.status.loadBalancer.ingress ?? []).map(({ ip, hostname }) => ip ?? hostname ?? "").join(","),
      ];
    case "ReplicationController":
    case "ReplicaSet":
      return [
        String(object.spec.replicas),
        String(object.status.replicas),
        String(object.status.readyReplicas ?? 0),
      ];
    case "Deployment":
      return [
        `${object.status.readyReplicas ?? 0}/${object.spec.replicas}`,
        String(object.status.updatedReplicas ?? 0),
        String(object.status.availableReplicas ?? 0),
      ];
    case "Node": {
      const address = (type: string): string =>
        object.status.addresses?.find((item) => item.type === type)?.address ?? "<none>";
      return [
        address("InternalIP"),
        address("ExternalIP"),
        object.metadata.labels?.["topology.kubernetes.io/zone"] ?? "",
      ];
    }
    case "ConfigMap":
      return [String(Object.keys(object.data ?? {}).length)];
    case "Secret":
      return [object.type, String(Object.keys(object.data ?? {}).length)];
    case "Namespace":
      return [object.status.phase];
    default:
      return [];
  }
}

type Of<K extends AnyObject["kind"]> = Extract<AnyObject, { kind: K }>;

function podRow(object: Of<"Pod">): string[] {
  const { ready, total, restarts } = podSummary(object);
  return [
    `${ready}/${total}`,
    String(restarts),
    object.status.podIP ?? "<none>",
    object.spec.nodeName ?? "<none>",
    labelText(object.metadata.labels),
  ];
}

function serviceRow(object: Of<"Service">): string[] {
  const { spec } = object;
  const external = externalIp(object);
  const ports = (spec.ports ?? []).map(({ port, nodePort, protocol }) =>
    nodePort ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`,
  );
  return [
    spec.type,
    spec.clusterIP || "<none>",
    external,
    ports.join(",") || "<none>",
    labelText(spec.selector),
  ];
}

function sliceRow(object: Of<"EndpointSlice">): string[] {
  const ports = (object.ports ?? []).map(({ port }) => String(port ?? "")).join(",") || "<unset>";
  const endpoints = object.endpoints ?? [];
  const ready = endpoints.filter(({ conditions }) => conditions.ready !== false).length;
  return [
    ports,
    endpoints.flatMap(({ addresses }) => addresses).join(",") || "<unset>",
    `${ready}/${endpoints.length}`,
  ];
}

function externalIp(service: AnyObject & { kind: "Service" }): string {
  const { spec, status } = service;
  if (spec.type === "ExternalName") return spec.externalName ?? "";
  const given = (status.loadBalancer.ingress ?? []).map(({ ip, hostname }) => ip ?? hostname ?? "");
  const all = [...given, ...(spec.externalIPs ?? [])];
  if (all.length > 0) return all.join(",");
  return spec.type === "LoadBalancer" ? "<pending>" : "<none>";
}
