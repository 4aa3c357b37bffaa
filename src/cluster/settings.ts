// What a person may set about the cluster itself. Part of a share link, so every field has a plain default.

export interface ClusterSettings {
  seed: string;
  /** Names node-1 .. node-n. */
  nodeCount: number;
  /** Zones zone-a .. are dealt to the nodes in turn. */
  zoneCount: number;
  /** The cloud's load-balancer provider; without it EXTERNAL-IP stays <pending>. */
  loadBalancerProvider: boolean;
  /** The Ingress controller with its IngressClass `nginx`. */
  ingressController: boolean;
  /** Cluster DNS at 10.96.0.10. */
  dns: boolean;
  /** kube-proxy's mode; absent means iptables. */
  proxyMode?: "iptables" | "nftables" | "ipvs";
  /** Virtual milliseconds that a request or a response takes between two machines. Handshakes, DNS, probes and
   * refusals always take real times. 0.2 in tests and servers, 100 in the playground so that packets can be seen. */
  hopMs: number;
  /** Wall-clock time of virtual time 0, RFC 3339. */
  startedAt: string;
  /** Nodes have every image that exists on disk from the start; otherwise a first pull takes its time. */
  imagesPresent?: boolean;
}

export const DEFAULT_SETTINGS: ClusterSettings = {
  seed: "kubelanes",
  nodeCount: 3,
  zoneCount: 3,
  loadBalancerProvider: true,
  ingressController: true,
  dns: true,
  hopMs: 0.2,
  startedAt: "2026-03-02T09:00:00Z",
};

/** Addresses of the world, the same in every cluster. */
export const WORLD = {
  serviceCidr: "10.96.0.0/16",
  clusterDnsIp: "10.96.0.10",
  /** The name server outside, which knows nothing of the cluster. */
  nameServerIp: "198.51.100.53",
  kubernetesServiceIp: "10.96.0.1",
  controlPlaneIp: "192.168.8.10",
  nodeInternalIp: (index: number): string => `192.168.8.${10 + index}`,
  /** Very many nodes have a second block, clear of the Ingress controller's and the load balancers' addresses. */
  nodeExternalIp: (index: number): string =>
    index <= 60 ? `203.0.113.${10 + index}` : `192.0.2.${index - 60}`,
  podCidr: (index: number): string => `10.244.${index}.0/24`,
  /** The node's own address on its pod network, the source that a pod sees where its own node rewrote it. */
  nodePodGateway: (index: number): string => `10.244.${index}.1`,
  loadBalancerPool: { first: "203.0.113.100", last: "203.0.113.150" },
  /** Address of the Ingress controller's own front (its load balancer). */
  ingressIp: "203.0.113.80",
  nodePortRange: { first: 30000, last: 32767 },
} as const;
