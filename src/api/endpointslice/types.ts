// EndpointSlice, discovery.k8s.io/v1: what kube-proxy, DNS and Ingress controllers read.
import type { KubeObject, ObjectReference } from "../meta.ts";
import type { Protocol } from "../service/types.ts";

export interface Endpoint {
  addresses: string[];
  conditions: { ready?: boolean; serving?: boolean; terminating?: boolean };
  hostname?: string;
  nodeName?: string;
  zone?: string;
  targetRef?: ObjectReference;
  hints?: { forZones?: { name: string }[]; forNodes?: { name: string }[] };
}

export interface EndpointSlicePort {
  name?: string;
  protocol?: Protocol;
  port?: number;
  appProtocol?: string;
}

export interface EndpointSlice extends KubeObject {
  apiVersion: "discovery.k8s.io/v1";
  kind: "EndpointSlice";
  addressType: "IPv4" | "IPv6" | "FQDN";
  /** An empty list of either is null once it was stored. */
  endpoints: Endpoint[] | null;
  ports: EndpointSlicePort[] | null;
}
