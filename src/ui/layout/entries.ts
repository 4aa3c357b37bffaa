// The ways in: a door on each node that opens node ports, and the Ingress objects that the controller serves.
import type { Ingress, IngressBackend } from "#api/ingress/types";
import type { Node } from "#api/node/types";
import type { Service } from "#api/service/types";
import type { DoorCard, IngressCard, IngressPathRow } from "./cards.ts";
import { isShown } from "./services.ts";

/** More doors than this are drawn as one stack. */
const MAX_DOORS = 4;

export const DOOR_STACK = "doors";

export function nodeAddress(node: Node, type: "InternalIP" | "ExternalIP"): string {
  return node.status.addresses?.find((address) => address.type === type)?.address ?? "";
}

/** Node ports in use, lowest first, each once. */
export function openNodePorts(services: Iterable<Service>): number[] {
  const ports = new Set<number>();
  for (const service of services) {
    if (!isShown(service)) continue;
    for (const port of service.spec.ports ?? []) if (port.nodePort !== undefined) ports.add(port.nodePort);
  }
  return [...ports].sort((a, b) => a - b);
}

export function doorCards(nodes: readonly Node[], ports: number[], stopped: readonly string[]): DoorCard[] {
  if (ports.length === 0 || nodes.length === 0) return [];
  const door = (node: Node): DoorCard => ({
    type: "door",
    id: `door/${node.metadata.name}`,
    node: node.metadata.name,
    ip: nodeAddress(node, "InternalIP"),
    ports,
    count: 1,
    nodeUp: !stopped.includes(node.metadata.name),
  });
  const doors = nodes.map(door);
  if (doors.length <= MAX_DOORS) return doors;
  const down = doors.filter((card) => !card.nodeUp).length;
  return [{ ...doors[0]!, id: DOOR_STACK, node: "", ip: "", count: doors.length, nodeUp: down === 0 }];
}

function backendText(backend: IngressBackend): string {
  const port = backend.service?.port;
  if (backend.service) return `${backend.service.name}:${port?.name ?? port?.number ?? ""}`;
  return backend.resource ? `${backend.resource.kind}/${backend.resource.name}` : "";
}

export function ingressCard(key: string, ingress: Ingress): IngressCard {
  const rows: IngressPathRow[] = [];
  for (const rule of ingress.spec.rules ?? []) {
    for (const path of rule.http?.paths ?? []) {
      rows.push({ host: rule.host ?? "*", path: path.path ?? "/", backend: backendText(path.backend) });
    }
  }
  const fallback = ingress.spec.defaultBackend;
  if (fallback) rows.push({ host: rows.length === 0 ? "*" : "", path: "*", backend: backendText(fallback) });
  const address = ingress.status.loadBalancer.ingress?.[0];
  const ip = address?.ip ?? address?.hostname;
  return {
    type: "ingress",
    id: `ingress/${key}`,
    key,
    name: ingress.metadata.name,
    rows,
    ...(ip !== undefined ? { address: ip } : {}),
  };
}

/** Keys of the Services behind an Ingress, each once. */
export function ingressBackends(ingress: Ingress): string[] {
  const namespace = ingress.metadata.namespace ?? "default";
  const names = new Set<string>();
  if (ingress.spec.defaultBackend?.service) names.add(ingress.spec.defaultBackend.service.name);
  for (const rule of ingress.spec.rules ?? []) {
    for (const path of rule.http?.paths ?? []) if (path.backend.service) names.add(path.backend.service.name);
  }
  return [...names].map((name) => `${namespace}/${name}`);
}
