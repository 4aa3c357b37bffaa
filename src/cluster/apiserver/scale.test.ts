import { expect, test } from "vitest";
import type { JsonObject } from "#base/json";
import { createApiMachine } from "./testing/api-machine.ts";

const PATH = "/api/v1/namespaces/default/replicationcontrollers";
const RC: JsonObject = {
  metadata: { name: "kubia" },
  spec: {
    replicas: 2,
    selector: { app: "kubia", tier: "front" },
    template: {
      metadata: { labels: { app: "kubia", tier: "front" } },
      spec: { containers: [{ name: "main", image: "luksa/kubia" }] },
    },
  },
};

test("API-50: scale shows and changes the number of replicas", () => {
  const { send, api } = createApiMachine();
  send("POST", PATH, RC);
  const { uid, resourceVersion, creationTimestamp } = api.get(
    "ReplicationController",
    "default",
    "kubia",
  )!.metadata;
  const metadata = { name: "kubia", namespace: "default", uid, creationTimestamp };
  expect(send("GET", `${PATH}/kubia/scale`).body).toEqual({
    kind: "Scale",
    apiVersion: "autoscaling/v1",
    metadata: { ...metadata, resourceVersion },
    spec: { replicas: 2 },
    status: { replicas: 0, selector: "app=kubia,tier=front" },
  });
  const patch = { contentType: "application/merge-patch+json" };
  expect(send("PATCH", `${PATH}/kubia/scale`, { spec: { replicas: 5 } }, patch).status).toBe(200);
  const scaled = api.get("ReplicationController", "default", "kubia")!;
  expect([scaled.spec.replicas, scaled.metadata.generation]).toEqual([5, 2]);
  const stale = { metadata: { name: "kubia", resourceVersion }, spec: { replicas: 1 } };
  expect(send("PUT", `${PATH}/kubia/scale`, stale).status).toBe(409);
});

test("API-50: kinds without replicas have no scale, and a negative number is invalid", () => {
  const { send } = createApiMachine();
  send("POST", PATH, RC);
  expect(send("GET", "/api/v1/namespaces/default/pods/x/scale").status).toBe(404);
  const { body } = send("PUT", `${PATH}/kubia/scale`, {
    metadata: { name: "kubia" },
    spec: { replicas: -1 },
  });
  expect((body as JsonObject)["message"]).toBe(
    'Scale.autoscaling "kubia" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
  );
});

test("API-50: a number of replicas that does not fit into 32 bits is refused, and nothing is written", () => {
  const { send, api } = createApiMachine();
  send("POST", PATH, RC);
  const messageOf = (response: { status: number; body: unknown }): [number, unknown] => [
    response.status,
    (response.body as JsonObject)["message"],
  ];
  const why =
    "json: cannot unmarshal number 99999999999 into Go struct field ScaleSpec.spec.replicas of type int32";
  const put = { metadata: { name: "kubia" }, spec: { replicas: 99_999_999_999 } };
  expect(messageOf(send("PUT", `${PATH}/kubia/scale`, put))).toEqual([
    400,
    `Scale in version "v1" cannot be handled as a Scale: ${why}`,
  ]);
  const scale = { ...(send("GET", `${PATH}/kubia/scale`).body as JsonObject), spec: put.spec };
  const merge = { contentType: "application/merge-patch+json" };
  const { apiVersion, kind, metadata, spec, status } = scale as Record<string, JsonObject>;
  const quoted = JSON.stringify(JSON.stringify({ apiVersion, kind, metadata, spec, status }));
  expect(messageOf(send("PATCH", `${PATH}/kubia/scale`, { spec: put.spec }, merge))).toEqual([
    422,
    ` "" is invalid: patch: Invalid value: ${quoted}: ${why}`,
  ]);
  expect(api.get("ReplicationController", "default", "kubia")!.spec.replicas).toBe(2);
});
