// The columns of `kubectl get nodes`.
// Kubernetes: printNode in pkg/printers/internalversion/printers.go (v1.35)
import { conditionOf } from "../conditions.ts";
import type { Column } from "../define.ts";
import { ageColumn, column, nameColumn, NONE } from "../table.ts";
import type { Node } from "./types.ts";

const ROLE_PREFIX = "node-role.kubernetes.io/";

function statusCell({ spec, status }: Node): string {
  const ready = conditionOf(status.conditions, "Ready");
  const words = [ready ? (ready.status === "True" ? "Ready" : "NotReady") : "Unknown"];
  if (spec.unschedulable) words.push("SchedulingDisabled");
  return words.join(",");
}

function rolesCell({ metadata }: Node): string {
  const roles = new Set<string>();
  for (const [key, value] of Object.entries(metadata.labels ?? {})) {
    if (key.startsWith(ROLE_PREFIX) && key.length > ROLE_PREFIX.length)
      roles.add(key.slice(ROLE_PREFIX.length));
    else if (key === "kubernetes.io/role" && value) roles.add(value);
  }
  return [...roles].sort().join(",") || NONE;
}

function addressCell({ status }: Node, wanted: string): string {
  return (status.addresses ?? []).find(({ type }) => type === wanted)?.address ?? NONE;
}

const infoCell = ({ status }: Node, key: string): string => status.nodeInfo?.[key] || "<unknown>";

export const nodeColumns: Column<Node>[] = [
  nameColumn(),
  column({ name: "Status", description: "The status of the node", value: statusCell }),
  column({ name: "Roles", description: "The roles of the node", value: rolesCell }),
  ageColumn(),
  column({
    name: "Version",
    description: "Kubelet Version reported by the node.",
    value: ({ status }) => status.nodeInfo?.["kubeletVersion"] ?? "",
  }),
  column({
    name: "Internal-IP",
    description: "List of addresses reachable to the node.",
    wide: true,
    value: (node) => addressCell(node, "InternalIP"),
  }),
  column({
    name: "External-IP",
    description: "List of addresses reachable to the node.",
    wide: true,
    value: (node) => addressCell(node, "ExternalIP"),
  }),
  column({
    name: "OS-Image",
    description: "OS Image reported by the node.",
    wide: true,
    value: (node) => infoCell(node, "osImage"),
  }),
  column({
    name: "Kernel-Version",
    description: "Kernel Version reported by the node.",
    wide: true,
    value: (node) => infoCell(node, "kernelVersion"),
  }),
  column({
    name: "Container-Runtime",
    description: "ContainerRuntime Version reported by the node through runtime remote API.",
    wide: true,
    value: (node) => infoCell(node, "containerRuntimeVersion"),
  }),
];
