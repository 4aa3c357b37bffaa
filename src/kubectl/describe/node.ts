// kubectl describe node.
// Kubernetes: describeNode in staging/src/k8s.io/kubectl/pkg/describe/describe.go (v1.35)
import type { Node } from "#api/node/types";
import { formatQuantity } from "#api/quantity";
import { defineDescriber } from "./context.ts";
import { eventLines } from "./events.ts";
import { annotationLines, dateText, labelLines, line, noneIfEmpty, taintLines, type Lines } from "./lines.ts";
import { nodePodsLines } from "./node-pods.ts";

export const nodeDescriber = defineDescriber<Node>("", "Node", (node, context) => {
  const { metadata, spec } = node;
  return [
    line(0, "Name:", metadata.name),
    line(0, "Roles:", noneIfEmpty(rolesOf(node).join(","))),
    ...labelLines("Labels", metadata.labels),
    ...annotationLines("Annotations", metadata.annotations),
    line(0, "CreationTimestamp:", dateText(metadata.creationTimestamp)),
    ...taintLines("Taints", spec.taints),
    line(0, "Unschedulable:", String(spec.unschedulable === true)),
    ...leaseLines(node),
    ...statusLines(node),
    ...infoLines(node),
    ...nodePodsLines(node, context),
    ...eventLines(node, context, { otherUid: metadata.name }),
  ];
});

const ROLE_PREFIX = "node-role.kubernetes.io/";

function rolesOf({ metadata }: Node): string[] {
  const roles = Object.entries(metadata.labels ?? {}).flatMap(([key, value]) => {
    if (key.startsWith(ROLE_PREFIX)) return [key.slice(ROLE_PREFIX.length)];
    return key === "kubernetes.io/role" ? [value] : [];
  });
  return [...new Set(roles.filter((role) => role !== ""))].sort();
}

// Simplified: the lease that a kubelet renews is no object here; the heartbeat of its Ready condition stands for it.
function leaseLines({ metadata, status }: Node): Lines {
  const heartbeat = status.conditions?.find(({ type }) => type === "Ready")?.lastHeartbeatTime;
  return [
    line(0, "Lease:"),
    line(1, "HolderIdentity:", metadata.name),
    line(1, "AcquireTime:", "<unset>"),
    line(1, "RenewTime:", heartbeat ? dateText(heartbeat) : "<unset>"),
  ];
}

function statusLines({ status }: Node): Lines {
  const conditions = status.conditions ?? [];
  return [
    ...(conditions.length > 0
      ? [
          line(0, "Conditions:"),
          line(1, "Type", "Status", "LastHeartbeatTime", "LastTransitionTime", "Reason", "Message"),
          line(1, "----", "------", "-----------------", "------------------", "------", "-------"),
        ]
      : []),
    ...conditions.map(
      ({ type, status: value, lastHeartbeatTime, lastTransitionTime, reason = "", message = "" }) =>
        line(
          1,
          `${type} `,
          `${value} `,
          `${dateText(lastHeartbeatTime)} `,
          `${dateText(lastTransitionTime)} `,
          `${reason} `,
          message,
        ),
    ),
    line(0, "Addresses:"),
    ...(status.addresses ?? []).map(({ type, address }) => line(1, `${type}:`, address)),
    ...amountLines("Capacity", status.capacity),
    ...amountLines("Allocatable", status.allocatable),
  ];
}

function amountLines(title: string, amounts: Record<string, string> | undefined): Lines {
  const names = Object.keys(amounts ?? {}).sort();
  if (names.length === 0) return [];
  return [
    line(0, `${title}:`),
    ...names.map((name) => line(1, `${name}:`, formatQuantity(amounts?.[name] ?? ""))),
  ];
}

const INFO: readonly (readonly [title: string, field: string])[] = [
  ["Machine ID", "machineID"],
  ["System UUID", "systemUUID"],
  ["Boot ID", "bootID"],
  ["Kernel Version", "kernelVersion"],
  ["OS Image", "osImage"],
  ["Operating System", "operatingSystem"],
  ["Architecture", "architecture"],
  ["Container Runtime Version", "containerRuntimeVersion"],
  ["Kubelet Version", "kubeletVersion"],
  ["Kube-Proxy Version", "kubeProxyVersion"],
];

function infoLines({ spec, status }: Node): Lines {
  const { podCIDR, podCIDRs = [], providerID } = spec;
  return [
    line(0, "System Info:"),
    ...INFO.map(([title, field]) => line(1, `${title}:`, status.nodeInfo?.[field] ?? "")),
    ...(podCIDR ? [line(0, "PodCIDR:", podCIDR)] : []),
    ...(podCIDRs.length > 0 ? [line(0, "PodCIDRs:", podCIDRs.join(","))] : []),
    ...(providerID ? [line(0, "ProviderID:", providerID)] : []),
  ];
}
