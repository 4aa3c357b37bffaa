// Node, core/v1.
import type { Condition, KubeObject } from "../meta.ts";

export interface Taint {
  key: string;
  value?: string;
  effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
  timeAdded?: string;
}

export interface Node extends KubeObject {
  apiVersion: "v1";
  kind: "Node";
  spec: {
    podCIDR?: string;
    podCIDRs?: string[];
    unschedulable?: boolean;
    taints?: Taint[];
    providerID?: string;
  };
  status: {
    capacity?: Record<string, string>;
    allocatable?: Record<string, string>;
    conditions?: Condition[];
    addresses?: { type: "InternalIP" | "ExternalIP" | "Hostname"; address: string }[];
    nodeInfo?: Record<string, string>;
    images?: { names?: string[]; sizeBytes?: number }[];
    daemonEndpoints?: { kubeletEndpoint?: { Port: number } };
  };
}
