// A Node as its kubelet registers it: labels, capacity, addresses, conditions and what it says about its system.
import type { JsonObject } from "#base/json";
import { sha256 } from "#base/sha256";
import { encodeUtf8 } from "#base/utf8";
import { WORLD, type ClusterSettings } from "../settings.ts";

export function nodeName(index: number): string {
  return `node-${index}`;
}

/** zone-a .. zone-z, dealt to the nodes in turn. */
export function zoneOf(index: number, zoneCount: number): string {
  return `zone-${String.fromCharCode(97 + ((index - 1) % Math.max(1, zoneCount)))}`;
}

const READY_CONDITION = {
  type: "Ready",
  status: "True",
  reason: "KubeletReady",
  message: "kubelet is posting ready status",
} as const;

const CONDITIONS = [
  ["MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"],
  ["DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"],
  ["PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"],
  [READY_CONDITION.type, READY_CONDITION.status, READY_CONDITION.reason, READY_CONDITION.message],
] as const;

function nodeConditions(timestamp: string): JsonObject[] {
  return CONDITIONS.map(([type, status, reason, message]) => ({
    type,
    status,
    lastHeartbeatTime: timestamp,
    lastTransitionTime: timestamp,
    reason,
    message,
  }));
}

export function nodeObject(index: number, settings: ClusterSettings, timestamp: string): JsonObject {
  const name = nodeName(index);
  const capacity = { cpu: "4", "ephemeral-storage": "50Gi", memory: "8Gi", pods: "110" };
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      labels: {
        "beta.kubernetes.io/arch": "amd64",
        "beta.kubernetes.io/os": "linux",
        "kubernetes.io/arch": "amd64",
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        "topology.kubernetes.io/zone": zoneOf(index, settings.zoneCount),
      },
      annotations: { "node.alpha.kubernetes.io/ttl": "0" },
    },
    spec: { podCIDR: WORLD.podCidr(index), podCIDRs: [WORLD.podCidr(index)] },
    status: {
      capacity,
      allocatable: { ...capacity },
      conditions: nodeConditions(timestamp),
      addresses: [
        { type: "InternalIP", address: WORLD.nodeInternalIp(index) },
        { type: "ExternalIP", address: WORLD.nodeExternalIp(index) },
        { type: "Hostname", address: name },
      ],
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
      nodeInfo: nodeInfo(name),
    },
  };
}

/** Simplified: the ids, which are dealt by chance and all different on a real machine, are a hash of its name. */
function nodeInfo(name: string): JsonObject {
  const id = sha256(encodeUtf8(name)).slice(0, 32);
  return {
    machineID: id,
    systemUUID: id,
    bootID: id,
    kernelVersion: "6.1.0",
    osImage: "Debian GNU/Linux 12 (bookworm)",
    containerRuntimeVersion: "containerd://2.1.4",
    kubeletVersion: "v1.35.4",
    kubeProxyVersion: "",
    operatingSystem: "linux",
    architecture: "amd64",
  };
}
