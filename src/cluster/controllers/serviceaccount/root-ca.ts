// The cluster's CA certificate in each namespace, which pods mount beside their token.
import type { JsonObject } from "#base/json";
import { CLUSTER_CA } from "../../tls/cluster-authority.ts";

export const ROOT_CA_NAME = "kube-root-ca.crt";

// Kubernetes: pkg/controller/certificates/rootcacertpublisher/publisher.go (v1.35)
export function rootCaConfigMap(namespace: string): JsonObject {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: {
      name: ROOT_CA_NAME,
      namespace,
      annotations: {
        "kubernetes.io/description":
          "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.",
      },
    },
    data: { "ca.crt": CLUSTER_CA },
  };
}
