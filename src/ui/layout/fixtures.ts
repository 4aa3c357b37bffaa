// Clusters for the tests of layout and canvas, as plain as they can be.
import type { Endpoint, EndpointSlice } from "#api/endpointslice/types";
import type { Ingress } from "#api/ingress/types";
import type { Node } from "#api/node/types";
import type { Pod } from "#api/pod/types";
import type { ReplicaSet } from "#api/replicaset/types";
import type { Service, ServiceSpec } from "#api/service/types";
import type { ClientLocation, ClientSpec } from "#cluster/clients/types";
import type { LayoutInput } from "./input.ts";
import { NO_SIGHTINGS } from "./input.ts";

function meta(name: string, extra: Record<string, unknown> = {}) {
  return {
    name,
    namespace: "default",
    uid: name,
    resourceVersion: "1",
    creationTimestamp: "2026-03-02T09:00:00Z",
    ...extra,
  };
}

export function keyed<T extends { metadata: { name: string; namespace?: string } }>(
  objects: readonly T[],
): ReadonlyMap<string, T> {
  return new Map(
    objects.map((object) => {
      const { name, namespace } = object.metadata;
      return [namespace === undefined ? name : `${namespace}/${name}`, object];
    }),
  );
}

export function node(index: number): Node {
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name: `node-${index}`, uid: `node-${index}`, resourceVersion: "1", creationTimestamp: "" },
    spec: {},
    status: {
      addresses: [
        { type: "InternalIP", address: `192.168.8.${10 + index}` },
        { type: "ExternalIP", address: `203.0.113.${10 + index}` },
      ],
      conditions: [{ type: "Ready", status: "True" }],
    },
  };
}

export interface PodOptions {
  app?: string;
  node?: string;
  ip?: string;
  ready?: boolean;
  replicaSet?: string;
}

export function pod(name: string, options: PodOptions = {}): Pod {
  const { app = "kubia", node: nodeName, ip, ready = true, replicaSet } = options;
  const owner = replicaSet && {
    ownerReferences: [
      { apiVersion: "apps/v1", kind: "ReplicaSet", name: replicaSet, uid: "", controller: true },
    ],
  };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: meta(name, { labels: { app }, ...owner }),
    spec: {
      containers: [
        {
          name: "c",
          image: "luksa/kubia",
          imagePullPolicy: "Always",
          ports: [{ containerPort: 8080, protocol: "TCP" }],
        },
      ],
      ...(nodeName === undefined ? {} : { nodeName }),
      restartPolicy: "Always",
      terminationGracePeriodSeconds: 30,
      dnsPolicy: "ClusterFirst",
    },
    status: {
      phase: nodeName === undefined ? "Pending" : "Running",
      conditions: [{ type: "Ready", status: ready ? "True" : "False" }],
      ...(ip === undefined ? {} : { podIP: ip }),
    },
  };
}

export function replicaSet(name: string, deployment: string): ReplicaSet {
  return {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: meta(name, {
      ownerReferences: [
        { apiVersion: "apps/v1", kind: "Deployment", name: deployment, uid: "", controller: true },
      ],
    }),
    spec: { replicas: 0, selector: {}, template: { metadata: {}, spec: pod("x").spec } },
    status: { replicas: 0 },
  };
}

export function service(name: string, spec: Partial<ServiceSpec> = {}, ip?: string): Service {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: meta(name),
    spec: {
      type: "ClusterIP",
      selector: { app: "kubia" },
      clusterIP: "10.96.0.50",
      ports: [{ port: 80, targetPort: 8080, protocol: "TCP" }],
      sessionAffinity: "None",
      ...spec,
    },
    status: { loadBalancer: ip === undefined ? {} : { ingress: [{ ip }] } },
  };
}

export function slice(
  serviceName: string,
  targets: readonly (Pod | string)[],
  port: number | null = 8080,
): EndpointSlice {
  const endpoints = targets.map((target): Endpoint => {
    if (typeof target === "string") return { addresses: [target], conditions: { ready: true } };
    const ready = target.status.conditions?.some((c) => c.type === "Ready" && c.status === "True") ?? false;
    return {
      addresses: [target.status.podIP ?? ""],
      conditions: { ready, serving: ready, terminating: false },
      targetRef: { kind: "Pod", name: target.metadata.name, namespace: "default" },
    };
  });
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: meta(`${serviceName}-abcde`, { labels: { "kubernetes.io/service-name": serviceName } }),
    addressType: "IPv4",
    endpoints,
    ports: [port === null ? {} : { port }],
  };
}

export function ingress(name: string, host: string, backend: string): Ingress {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: meta(name),
    spec: {
      rules: [
        {
          host,
          http: {
            paths: [
              {
                path: "/",
                pathType: "Prefix",
                backend: { service: { name: backend, port: { number: 80 } } },
              },
            ],
          },
        },
      ],
    },
    status: { loadBalancer: {} },
  };
}

export function client(name: string, location: ClientLocation, url: string): ClientSpec {
  return {
    name,
    location,
    program: "curl",
    url,
    method: "GET",
    headers: {},
    rate: 0,
    keepAlive: false,
    cookies: false,
  };
}

export interface World {
  nodes?: Node[];
  pods?: Pod[];
  services?: Service[];
  slices?: EndpointSlice[];
  ingresses?: Ingress[];
  replicaSets?: ReplicaSet[];
  clients?: ClientSpec[];
}

export function inputOf(world: World): LayoutInput {
  return {
    objects: {
      Node: keyed(world.nodes ?? [node(1), node(2), node(3)]),
      Pod: keyed(world.pods ?? []),
      Service: keyed(world.services ?? []),
      EndpointSlice: keyed(world.slices ?? []),
      Ingress: keyed(world.ingresses ?? []),
      ReplicaSet: keyed(world.replicaSets ?? []),
    },
    clients: world.clients ?? [],
    faults: {},
    stoppedNodes: [],
    ingressIp: "203.0.113.80",
    seen: NO_SIGHTINGS,
  };
}

/** `count` pods of one Deployment, dealt to three nodes in turn; every seventh is not ready. */
export function workload(name: string, count: number): Pod[] {
  return Array.from({ length: count }, (_, index) =>
    pod(`${name}-7c9d-${index}`, {
      app: name,
      node: `node-${1 + (index % 3)}`,
      ip: `10.244.${1 + (index % 3)}.${index}`,
      ready: index % 7 !== 3,
      replicaSet: `${name}-7c9d`,
    }),
  );
}
