// Cluster DNS as kubeadm installs it: the kube-dns Service, its Corefile, and the coredns Deployment behind it.
import type { KindName } from "#api/kinds";
import type { JsonObject } from "#base/json";
import { WORLD } from "../settings.ts";

const COREDNS_IMAGE = "registry.k8s.io/coredns/coredns:v1.13.1";
const LABELS = { "k8s-app": "kube-dns" };

const COREFILE = `.:53 {
    errors
    health {
       lameduck 5s
    }
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
       pods insecure
       fallthrough in-addr.arpa ip6.arpa
       ttl 30
    }
    prometheus :9153
    forward . /etc/resolv.conf {
       max_concurrent 1000
    }
    cache 30 {
       disable success cluster.local
       disable denial cluster.local
    }
    loop
    reload
    loadbalance
}
`;

export function coreDnsObjects(): [KindName, JsonObject][] {
  return [
    [
      "ServiceAccount",
      { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "coredns", namespace: "kube-system" } },
    ],
    [
      "ConfigMap",
      {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: "coredns", namespace: "kube-system" },
        data: { Corefile: COREFILE },
      },
    ],
    ["Service", kubeDnsService()],
    ["Deployment", coreDnsDeployment()],
  ];
}

function kubeDnsService(): JsonObject {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name: "kube-dns",
      namespace: "kube-system",
      annotations: { "prometheus.io/port": "9153", "prometheus.io/scrape": "true" },
      labels: { ...LABELS, "kubernetes.io/cluster-service": "true", "kubernetes.io/name": "CoreDNS" },
    },
    spec: {
      clusterIP: WORLD.clusterDnsIp,
      ports: [
        { name: "dns", port: 53, protocol: "UDP", targetPort: 53 },
        { name: "dns-tcp", port: 53, protocol: "TCP", targetPort: 53 },
        { name: "metrics", port: 9153, protocol: "TCP", targetPort: 9153 },
      ],
      selector: LABELS,
    },
  };
}

// Simplified: one replica, kept on the first node, so that the cluster's name server has the same address in every run.
function coreDnsDeployment(): JsonObject {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "coredns", namespace: "kube-system", labels: LABELS },
    spec: {
      replicas: 1,
      selector: { matchLabels: LABELS },
      strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 1, maxSurge: "25%" } },
      template: {
        metadata: { labels: LABELS },
        spec: {
          serviceAccountName: "coredns",
          dnsPolicy: "Default",
          nodeSelector: { "kubernetes.io/hostname": "node-1", "kubernetes.io/os": "linux" },
          tolerations: [
            { key: "CriticalAddonsOnly", operator: "Exists" },
            { key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" },
          ],
          containers: [coreDnsContainer()],
          volumes: [
            {
              name: "config-volume",
              configMap: { name: "coredns", items: [{ key: "Corefile", path: "Corefile" }] },
            },
          ],
        },
      },
    },
  };
}

function coreDnsContainer(): JsonObject {
  return {
    name: "coredns",
    image: COREDNS_IMAGE,
    imagePullPolicy: "IfNotPresent",
    args: ["-conf", "/etc/coredns/Corefile"],
    resources: { limits: { memory: "170Mi" }, requests: { cpu: "100m", memory: "70Mi" } },
    volumeMounts: [{ name: "config-volume", mountPath: "/etc/coredns", readOnly: true }],
    ports: [
      { containerPort: 53, name: "dns", protocol: "UDP" },
      { containerPort: 53, name: "dns-tcp", protocol: "TCP" },
      { containerPort: 9153, name: "metrics", protocol: "TCP" },
    ],
  };
}
