import { expect, test } from "vitest";
import { createControlPlane, podNames, type ControlPlane } from "../testing/control-plane.ts";
import { deployment, pod, replicaSet, replicationController } from "../testing/manifests.ts";

function left(plane: ControlPlane): string[] {
  return [
    ...plane.api.list("Deployment", { namespace: "default" }),
    ...plane.api.list("ReplicaSet", { namespace: "default" }),
    ...plane.api.list("Pod", { namespace: "default" }),
  ].map((object) => object.kind);
}

test("GC-1: in the background the owner goes at once, then its ReplicaSets, then their pods", () => {
  const plane = createControlPlane();
  plane.api.create("Deployment", "default", deployment("web", 2));
  plane.advance(2000);
  plane.api.delete("Deployment", "default", "web", { propagationPolicy: "Background" });
  expect(left(plane)).toEqual(["ReplicaSet", "Pod", "Pod"]);
  plane.advance(200);
  expect(left(plane)).toEqual(["Pod", "Pod"]);
  expect(plane.api.list("Pod").every((item) => item.metadata.deletionTimestamp !== undefined)).toBe(true);
  plane.advance(2000);
  expect(left(plane)).toEqual([]);
});

test("GC-2: in the foreground the owner waits for its dependents", () => {
  const plane = createControlPlane();
  plane.api.create("Deployment", "default", deployment("web", 2));
  plane.advance(2000);
  plane.api.delete("Deployment", "default", "web", { propagationPolicy: "Foreground" });
  plane.advance(500);
  expect(left(plane)).toEqual(["Deployment", "ReplicaSet", "Pod", "Pod"]);
  expect(plane.api.get("Deployment", "default", "web")!.metadata.finalizers).toEqual(["foregroundDeletion"]);
  plane.advance(3000);
  expect(left(plane)).toEqual([]);
});

test("GC-3: orphaned pods live on without an owner", () => {
  const plane = createControlPlane();
  plane.api.create("ReplicationController", "default", replicationController("kubia", 2));
  plane.advance(2000);
  const before = podNames(plane, { app: "kubia" });
  plane.api.delete("ReplicationController", "default", "kubia", { propagationPolicy: "Orphan" });
  plane.advance(3000);
  expect(plane.api.get("ReplicationController", "default", "kubia")).toBe(undefined);
  expect(podNames(plane, { app: "kubia" })).toEqual(before);
  const owners = plane.api.list("Pod", { namespace: "default" }).map((item) => item.metadata.ownerReferences);
  expect(owners).toEqual([undefined, undefined]);
});

test("GC-4: an object whose owner never existed is deleted", () => {
  const plane = createControlPlane();
  const owner = {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    name: "gone",
    uid: "no-such-uid",
    controller: true,
  };
  const manifest = pod("lost");
  manifest["metadata"] = { name: "lost", ownerReferences: [owner] };
  plane.api.create("Pod", "default", manifest);
  plane.advance(3000);
  expect(podNames(plane, {})).toEqual([]);
});

test("PACE-5: of a hundred pods that an owner leaves behind fifteen go at once, then twenty a second", () => {
  const plane = createControlPlane();
  plane.api.create("ReplicaSet", "default", replicaSet("web", "web", 100));
  plane.advance(20_000);
  plane.api.delete("ReplicaSet", "default", "web", { propagationPolicy: "Background" });
  const start = plane.machine.state.now;
  const going = [100, 1100, 2100, 4400].map((ms) => {
    plane.machine.runUntil(start + ms);
    return (
      100 - plane.api.list("Pod").filter(({ metadata }) => metadata.deletionTimestamp === undefined).length
    );
  });
  expect(going).toEqual([15, 32, 52, 100]);
});
