// The cluster's CA certificate in each namespace, which pods mount beside their token.
import type { JsonObject } from "#base/json";

export const ROOT_CA_NAME = "kube-root-ca.crt";

// Simplified: the text has a certificate's form only; nothing in the cluster verifies it.
const CERTIFICATE = [
  "-----BEGIN CERTIFICATE-----",
  "S3ViZWxhbmVzIHNpbXVsYXRlcyBhIGNsdXN0ZXI7IHRoaXMgaXMgbm90IGEgcmVh",
  "bCBjZXJ0aWZpY2F0ZSBhbmQgaXMgdmVyaWZpZWQgYnkgbm9ib2R5Lg==",
  "-----END CERTIFICATE-----",
  "",
].join("\n");

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
    data: { "ca.crt": CERTIFICATE },
  };
}
