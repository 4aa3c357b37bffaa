// Objects as the API server would store them, for tests of the data path.
import type { Endpoint, EndpointSlice, EndpointSlicePort } from "#api/endpointslice/types";
import type { Ingress } from "#api/ingress/types";
import type { Namespace } from "#api/namespace/types";
import type { Node } from "#api/node/types";
import type { Pod } from "#api/pod/types";
import type { Service, ServiceSpec } from "#api/service/types";
import { WORLD } from "../../settings.ts";
import type { ResolverConfig } from "../../network/types.ts";

function meta(name: string, namespace?: string, labels?: Record<string, string>) {
  return {
    name,
    uid: name,
    resourceVersion: "1",
    creationTimestamp: "2026-03-02T09:00:00Z",
    ...(namespace === undefined ? {} : { namespace }),
    ...(labels === undefined ? {} : { labels }),
  };
}

export function podResolver(namespace: string, name: string, ip: string): ResolverConfig {
  const searches = [`${namespace}.svc.cluster.local`, "svc.cluster.local", "cluster.local"];
  return {
    nameservers: [WORLD.clusterDnsIp],
    searches,
    ndots: 5,
    hosts: { localhost: "127.0.0.1", [name]: ip },
  };
}

export function node(name: string): Node {
  return { apiVersion: "v1", kind: "Node", metadata: meta(name), spec: {}, status: {} };
}

export function namespace(name: string): Namespace {
  return {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: meta(name),
    spec: {},
    status: { phase: "Active" },
  } as Namespace;
}

export function pod(name: string, nodeName: string, ip: string, labels = {}, namespace = "default"): Pod {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: meta(name, namespace, labels),
    spec: {
      nodeName,
      containers: [],
      restartPolicy: "Always",
      terminationGracePeriodSeconds: 30,
      dnsPolicy: "ClusterFirst",
    },
    status: {
      phase: "Running",
      podIP: ip,
      podIPs: [{ ip }],
      containerStatuses: [
        {
          name: "main",
          state: { running: { startedAt: "2026-03-02T09:00:00Z" } },
          lastState: {},
          ready: true,
          restartCount: 0,
          image: "x",
          imageID: "",
        },
      ],
    },
  };
}

export const httpPort = { protocol: "TCP", port: 80, targetPort: 8080 } as const;

export function service(
  name: string,
  spec: Partial<ServiceSpec>,
  namespace = "default",
  lbIp?: string,
): Service {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: meta(name, namespace),
    spec: { type: "ClusterIP", sessionAffinity: "None", ports: [httpPort], ...spec },
    status: { loadBalancer: lbIp ? { ingress: [{ ip: lbIp, ipMode: "VIP" }] } : {} },
  };
}

export function endpoint(ip: string, podName?: string, more: Partial<Endpoint> = {}): Endpoint {
  return {
    addresses: [ip],
    conditions: { ready: true, serving: true, terminating: false },
    nodeName: `node-${ip.split(".")[2]}`,
    ...(podName === undefined ? {} : { targetRef: { kind: "Pod", name: podName, namespace: "default" } }),
    ...more,
  };
}

export function slice(
  serviceName: string,
  endpoints: Endpoint[],
  ports: EndpointSlicePort[] = [{ name: "", protocol: "TCP", port: 8080 }],
  namespace = "default",
): EndpointSlice {
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: meta(`${serviceName}-1`, namespace, { "kubernetes.io/service-name": serviceName }),
    addressType: "IPv4",
    endpoints,
    ports,
  };
}

export function ingress(
  name: string,
  spec: Ingress["spec"],
  annotations: Record<string, string> = {},
): Ingress {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { ...meta(name, "default"), annotations },
    spec,
    status: { loadBalancer: {} },
  };
}
