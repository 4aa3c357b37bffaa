// Small manifests for tests of controllers.
import type { JsonObject } from "#base/json";

export function podTemplate(labels: Record<string, string>, image = "luksa/kubia"): JsonObject {
  return {
    metadata: { labels },
    spec: { containers: [{ name: "main", image, ports: [{ containerPort: 8080 }] }] },
  };
}

export function replicationController(name: string, replicas: number): JsonObject {
  return {
    apiVersion: "v1",
    kind: "ReplicationController",
    metadata: { name },
    spec: { replicas, selector: { app: name }, template: podTemplate({ app: name }) },
  };
}

export function replicaSet(name: string, app: string, replicas: number): JsonObject {
  return {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: { name },
    spec: { replicas, selector: { matchLabels: { app } }, template: podTemplate({ app }) },
  };
}

export function deployment(
  name: string,
  replicas: number,
  spec: JsonObject = {},
  image = "nginx:1.27",
): JsonObject {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: podTemplate({ app: name }, image),
      ...spec,
    },
  };
}

export function service(name: string, spec: JsonObject): JsonObject {
  return { apiVersion: "v1", kind: "Service", metadata: { name }, spec };
}

export function pod(
  name: string,
  spec: JsonObject = {},
  labels: Record<string, string> = { app: "web" },
): JsonObject {
  const containers = [{ name: "main", image: "luksa/kubia", ports: [{ containerPort: 8080 }] }];
  return { apiVersion: "v1", kind: "Pod", metadata: { name, labels }, spec: { containers, ...spec } };
}
