import { expect, test } from "vitest";
import { createControlPlane, eventsOf, podNames } from "../testing/control-plane.ts";
import { pod, podTemplate, replicaSet, replicationController } from "../testing/manifests.ts";

test("RC-1: a ReplicationController makes its pods, owns them, and says so in Events and status", () => {
  const plane = createControlPlane();
  plane.api.create("ReplicationController", "default", replicationController("kubia", 3));
  plane.advance(2000);
  const pods = plane.api.list("Pod", { namespace: "default", labels: { app: "kubia" } });
  const owner = plane.api.get("ReplicationController", "default", "kubia")!;
  expect(pods.map((item) => item.metadata.ownerReferences)).toEqual(
    pods.map(() => [
      {
        apiVersion: "v1",
        kind: "ReplicationController",
        name: "kubia",
        uid: owner.metadata.uid,
        controller: true,
        blockOwnerDeletion: true,
      },
    ]),
  );
  expect(pods.map((item) => item.metadata.generateName)).toEqual(["kubia-", "kubia-", "kubia-"]);
  expect(eventsOf(plane, "ReplicationController", "kubia").sort()).toEqual(
    pods.map((item) => `SuccessfulCreate: Created pod: ${item.metadata.name}`),
  );
  expect(owner.status).toEqual({
    replicas: 3,
    fullyLabeledReplicas: 3,
    readyReplicas: 3,
    availableReplicas: 3,
    observedGeneration: 1,
  });
});

test("RC-2: a pod that is relabelled is released and replaced; labelled back, one pod too many is deleted", () => {
  const plane = createControlPlane();
  plane.api.create("ReplicationController", "default", replicationController("kubia", 2));
  plane.advance(2000);
  const [first] = plane.api.list("Pod", { namespace: "default", labels: { app: "kubia" } });
  const relabelled = { ...first!, metadata: { ...first!.metadata, labels: { app: "debug" } } };
  plane.api.update("Pod", relabelled);
  plane.advance(2000);
  const freed = plane.api.get("Pod", "default", first!.metadata.name)!;
  expect(freed.metadata.ownerReferences).toBe(undefined);
  expect(podNames(plane, { app: "kubia" }).length).toBe(2);
  plane.api.update("Pod", { ...freed, metadata: { ...freed.metadata, labels: { app: "kubia" } } });
  plane.advance(3000);
  expect(podNames(plane, { app: "kubia" }).length).toBe(2);
  const deleted = eventsOf(plane, "ReplicationController", "kubia").filter((text) =>
    text.startsWith("SuccessfulDelete"),
  );
  expect(deleted.length).toBe(1);
});

test("RC-3: a deleted pod is replaced at once, while it still terminates", () => {
  const plane = createControlPlane();
  plane.api.create("ReplicationController", "default", replicationController("kubia", 1));
  plane.advance(2000);
  const [name] = podNames(plane, { app: "kubia" });
  plane.api.delete("Pod", "default", name!);
  plane.advance(500);
  expect(podNames(plane, { app: "kubia" }).length).toBe(2);
  plane.advance(2000);
  expect(podNames(plane, { app: "kubia" }).length).toBe(1);
});

test("RC-4: scaling down deletes pods that are not ready before ready ones, and pods on crowded nodes first", () => {
  const plane = createControlPlane({ nodeCount: 2 });
  plane.api.create("ReplicationController", "default", replicationController("kubia", 3));
  plane.advance(2000);
  const crowded = (["node-1", "node-2"] as const).find(
    (node) => plane.api.list("Pod").filter((item) => item.spec.nodeName === node).length === 2,
  );
  const rc = plane.api.get("ReplicationController", "default", "kubia")!;
  plane.api.update("ReplicationController", { ...rc, spec: { ...rc.spec, replicas: 2 } });
  plane.advance(100);
  const doomed = plane.api.list("Pod").filter((item) => item.metadata.deletionTimestamp !== undefined);
  expect(doomed.map((item) => item.spec.nodeName)).toEqual([crowded]);
});

test("RS-1: a ReplicaSet adopts bare pods that match; a rival leaves them alone", () => {
  const plane = createControlPlane();
  plane.api.create("Pod", "default", pod("one"));
  plane.api.create("Pod", "default", pod("two"));
  plane.advance(2000);
  plane.api.create("ReplicaSet", "default", replicaSet("web", "web", 2));
  plane.advance(2000);
  expect(podNames(plane, { app: "web" })).toEqual(["one", "two"]);
  plane.api.create("ReplicaSet", "default", replicaSet("rival", "web", 1));
  plane.advance(2000);
  const owners = plane.api
    .list("Pod", { namespace: "default" })
    .map((item) => `${item.metadata.name.slice(0, 5)} ${item.metadata.ownerReferences?.[0]?.name}`);
  expect(owners).toEqual(["one web", "rival rival", "two web"]);
  expect(plane.api.get("ReplicaSet", "default", "web")!.status).toEqual({
    replicas: 2,
    fullyLabeledReplicas: 2,
    readyReplicas: 2,
    availableReplicas: 2,
    terminatingReplicas: 0,
    observedGeneration: 1,
  });
});

test("RS-2: with minReadySeconds a ready pod becomes available only after it", () => {
  const plane = createControlPlane();
  const manifest = replicaSet("web", "web", 1);
  manifest["spec"] = {
    replicas: 1,
    minReadySeconds: 10,
    selector: { matchLabels: { app: "web" } },
    template: podTemplate({ app: "web" }),
  };
  plane.api.create("ReplicaSet", "default", manifest);
  const counts = (): unknown => {
    const { readyReplicas, availableReplicas } = plane.api.get("ReplicaSet", "default", "web")!.status;
    return { readyReplicas, availableReplicas };
  };
  plane.advance(5000);
  expect(counts()).toEqual({ readyReplicas: 1, availableReplicas: undefined });
  plane.advance(8000);
  expect(counts()).toEqual({ readyReplicas: 1, availableReplicas: 1 });
});

test("RS-3: what the API server refuses is a FailedCreate Event and a ReplicaFailure condition", () => {
  const plane = createControlPlane();
  const template = podTemplate({ app: "web" });
  (template["spec"] as Record<string, unknown>)["serviceAccountName"] = "missing";
  const manifest = replicaSet("web", "web", 1);
  manifest["spec"] = { replicas: 1, selector: { matchLabels: { app: "web" } }, template };
  plane.api.create("ReplicaSet", "default", manifest);
  plane.advance(1000);
  const condition = plane.api.get("ReplicaSet", "default", "web")!.status.conditions![0]!;
  expect(condition).toEqual({
    type: "ReplicaFailure",
    status: "True",
    reason: "FailedCreate",
    message: expect.stringMatching(
      /^pods "web-[a-z0-9]*" is forbidden: error looking up service account default\/missing: serviceaccount "missing" not found$/,
    ),
    lastTransitionTime: "2026-03-02T09:00:00Z",
  });
  const events = eventsOf(plane, "ReplicaSet", "web");
  expect(events).toContain(`FailedCreate: Error creating: ${condition.message}`);
  // After 5 ms, 10 ms, 20 ms ... and not with every write of the status.
  const attempts = plane.api.list("Event").filter((event) => event.reason === "FailedCreate");
  expect(attempts.reduce((sum, event) => sum + (event.count ?? 1), 0)).toBe(8);
});
