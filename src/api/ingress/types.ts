// Ingress, networking.k8s.io/v1.
import type { KubeObject, Unmodelled } from "../meta.ts";

export type PathType = "Exact" | "Prefix" | "ImplementationSpecific";

export interface IngressBackend {
  service?: { name: string; port?: { name?: string; number?: number } };
  resource?: { apiGroup?: string; kind: string; name: string };
}

export interface IngressPath {
  path?: string;
  pathType: PathType;
  backend: IngressBackend;
}

export interface IngressRule {
  host?: string;
  http?: { paths: IngressPath[] };
}

export interface IngressTls {
  hosts?: string[];
  secretName?: string;
}

export interface Ingress extends KubeObject {
  apiVersion: "networking.k8s.io/v1";
  kind: "Ingress";
  spec: {
    ingressClassName?: string;
    defaultBackend?: IngressBackend;
    tls?: IngressTls[];
    rules?: IngressRule[];
  };
  status: { loadBalancer: { ingress?: { ip?: string; hostname?: string; ports?: Unmodelled[] }[] } };
}
