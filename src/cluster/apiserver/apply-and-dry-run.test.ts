import { expect, test } from "vitest";
import type { JsonObject } from "#base/json";
import { createCluster } from "../cluster.ts";
import { DEFAULT_SETTINGS } from "../settings.ts";

function server() {
  const cluster = createCluster(DEFAULT_SETTINGS);
  cluster.advance(1000);
  return cluster.handle;
}

const manifest = (labels: JsonObject): JsonObject => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web", namespace: "default", labels },
  spec: {
    type: "NodePort",
    selector: { app: "web" },
    ports: [
      { name: "http", port: 80 },
      { name: "tls", port: 443 },
    ],
  },
});

const PATH = "/api/v1/namespaces/default/services";

test("API-38: an apply patch makes the object, and merges into the one that is there", () => {
  const handle = server();
  const apply = (body: JsonObject, query: Record<string, string> = { fieldManager: "kubectl" }) =>
    handle({
      method: "PATCH",
      path: `${PATH}/web`,
      contentType: "application/apply-patch+yaml",
      query,
      body,
    });
  expect(apply(manifest({ a: "1" })).status).toBe(201);
  const second = apply(manifest({ b: "2" }));
  expect(second.status).toBe(200);
  expect((second.body as { metadata: { labels: unknown } }).metadata.labels).toEqual({ b: "2" });
  expect((apply(manifest({}), {}).body as { message: string }).message).toBe(
    'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
  );
});

test("API-39: a dry run shows stand-ins for what it does not allocate, and keeps nothing", () => {
  const handle = server();
  const { status, body } = handle({
    method: "POST",
    path: PATH,
    query: { dryRun: "All" },
    body: manifest({}),
  });
  const { metadata, spec } = body as unknown as {
    metadata: { resourceVersion?: string };
    spec: { clusterIP: string; clusterIPs: string[]; ports: { nodePort: number }[] };
  };
  expect([status, metadata.resourceVersion, spec.clusterIP, spec.clusterIPs]).toEqual([
    201,
    undefined,
    "10.96.0.0",
    ["10.96.0.0"],
  ]);
  expect(spec.ports.map(({ nodePort }) => nodePort)).toEqual([32769, 32770]);
  expect(handle({ method: "GET", path: `${PATH}/web` }).status).toBe(404);
});
