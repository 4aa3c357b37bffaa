import { expect, test } from "vitest";
import { createApiMachine } from "./testing/api-machine.ts";

const PODS = "/api/v1/namespaces/default/pods";

test("API-49: an eviction marks the pod as DisruptionTarget and deletes it; a dry run does neither", () => {
  const { send, api } = createApiMachine();
  api.create("ServiceAccount", "default", {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name: "default" },
  });
  send("POST", PODS, {
    metadata: { name: "web", finalizers: ["example.com/hold"] },
    spec: { containers: [{ name: "main", image: "nginx" }] },
  });
  const evict = { apiVersion: "policy/v1", kind: "Eviction", metadata: { name: "web" } };
  const pod = () => api.get("Pod", "default", "web")!;
  const before = pod();
  expect(send("POST", `${PODS}/web/eviction`, evict, { query: { dryRun: "All" } }).status).toBe(201);
  expect(pod()).toBe(before);
  expect(send("POST", `${PODS}/web/eviction`, evict)).toMatchObject({
    status: 201,
    body: { kind: "Status", status: "Success", code: 201 },
  });
  expect(pod().metadata.deletionTimestamp).toBe("2026-03-02T09:00:00Z");
  expect(pod().status.conditions).toEqual([
    {
      type: "DisruptionTarget",
      status: "True",
      reason: "EvictionByEvictionAPI",
      message: "Eviction API: evicting",
      lastProbeTime: null,
      lastTransitionTime: "2026-03-02T09:00:00Z",
      observedGeneration: 1,
    },
  ]);
  expect(send("POST", `${PODS}/gone/eviction`, evict).status).toBe(404);
  expect(send("POST", `${PODS}/web/eviction`, { ...evict, metadata: { name: "other" } }).body).toMatchObject({
    code: 400,
    message: "name in URL does not match name in Eviction object",
  });
});
