// The cluster's certificate authority, whose certificate pods find as ca.crt, and the names of its subject.
import { parseRfc3339 } from "#base/time";
import { writeCertificate } from "./der.ts";
import { pemOf } from "./pem.ts";

/** kubeadm's name for it. */
export const CLUSTER_AUTHORITY = "CN=kubernetes";

// Kubernetes: cmd/kubeadm/app/constants (v1.35): ten years.
// Simplified: the same in every cluster, whenever it started.
export const CLUSTER_CA = pemOf(
  writeCertificate({
    subject: CLUSTER_AUTHORITY,
    issuer: CLUSTER_AUTHORITY,
    names: ["kubernetes"],
    notBefore: parseRfc3339("2026-03-02T08:55:00Z")!,
    notAfter: parseRfc3339("2036-02-28T08:55:00Z")!,
    isAuthority: true,
  }),
);
