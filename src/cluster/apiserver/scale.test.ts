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
