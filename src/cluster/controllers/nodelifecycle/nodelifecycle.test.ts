import { expect, test } from "vitest";
import { conditionOf } from "#api/conditions";
import { createControlPlane, eventsOf, podNames, type ControlPlane } from "../testing/control-plane.ts";
import { endpointLines } from "../testing/endpoints-view.ts";
import { deployment, pod, service } from "../testing/manifests.ts";

function power(plane: ControlPlane, node: string, on: boolean): void {
  const { state } = plane.machine.enter<{ down: Set<string> }>("kubelet");
  if (on) state.down.delete(node);
  else state.down.add(node);
}

function taints(plane: ControlPlane, node: string): string[] {
  return (plane.api.get("Node", undefined, node)!.spec.taints ?? []).map(
    ({ key, effect }) => `${key}:${effect}`,
  );
}

test("NODE-1: a node that is not heard of for the grace period becomes Unknown; its pods stay Running, but not ready", () => {
  const plane = createControlPlane();
  plane.api.create("Pod", "default", pod("web", { nodeName: "node-2" }));
  plane.api.create("Service", "default", service("web", { selector: { app: "web" }, ports: [{ port: 80 }] }));
  plane.advance(5000);
  power(plane, "node-2", false);
  plane.advance(40_000);
  expect(endpointLines(plane, "web")).toEqual(["web ready serving"]);
  plane.advance(25_000);
  const node = plane.api.get("Node", undefined, "node-2")!;
  expect(
    node.status.conditions!.map(({ type, status, reason, message }) => [type, status, reason, message]),
  ).toEqual(
    ["MemoryPressure", "DiskPressure", "PIDPressure", "Ready"].map((type) => [
      type,
      "Unknown",
      "NodeStatusUnknown",
      "Kubelet stopped posting node status.",
    ]),
  );
  expect(taints(plane, "node-2")).toEqual([
    "node.kubernetes.io/unreachable:NoSchedule",
    "node.kubernetes.io/unreachable:NoExecute",
  ]);
  expect(eventsOf(plane, "Node", "node-2")).toEqual([
    "NodeNotReady: Node node-2 status is now: NodeNotReady",
  ]);
  expect(eventsOf(plane, "Pod", "web")).toEqual(["NodeNotReady: Node is not ready"]);
  expect(plane.api.get("Pod", "default", "web")!.status.phase).toBe("Running");
  expect(endpointLines(plane, "web")).toEqual(["web"]);
});

test("NODE-2: pods of an unreachable node are evicted after the 300 seconds that they tolerate it, and replaced", () => {
  const plane = createControlPlane({ nodeCount: 2 });
  plane.api.create("Deployment", "default", deployment("web", 2));
  plane.advance(5000);
  power(plane, "node-2", false);
  plane.advance(300_000);
  expect(podNames(plane, { app: "web" }).length).toBe(2);
  plane.advance(70_000);
  const pods = plane.api
    .list("Pod", { namespace: "default", labels: { app: "web" } })
    .map(
      (item) => `${item.spec.nodeName}${item.metadata.deletionTimestamp === undefined ? "" : " terminating"}`,
    );
  // Nobody on the dead node can say that its pod has stopped.
  expect(pods.sort()).toEqual(["node-1", "node-1", "node-2 terminating"]);
  const evicted = plane.api.list("Pod").find(({ metadata }) => metadata.deletionTimestamp !== undefined)!;
  expect(conditionOf(evicted.status.conditions, "DisruptionTarget")).toEqual({
    type: "DisruptionTarget",
    status: "True",
    reason: "DeletionByTaintManager",
    message: "Taint manager: deleting due to NoExecute taint",
    lastProbeTime: null,
    lastTransitionTime: expect.stringMatching(/^2026-03-02T09:0[56]:/),
    observedGeneration: 1,
  });
});

test("NODE-3: a cordoned node has a taint until it is uncordoned", () => {
  const plane = createControlPlane();
  const cordon = (unschedulable: boolean): void => {
    const node = plane.api.get("Node", undefined, "node-1")!;
    plane.api.update("Node", { ...node, spec: { ...node.spec, unschedulable } });
    plane.advance(100);
  };
  cordon(true);
  expect(taints(plane, "node-1")).toEqual(["node.kubernetes.io/unschedulable:NoSchedule"]);
  cordon(false);
  expect(taints(plane, "node-1")).toEqual([]);
});

test("PACE-6: of sixty pods that are evicted together fifteen go at once, then ten a second", () => {
  const plane = createControlPlane();
  for (let index = 0; index < 60; index++)
    plane.api.create("Pod", "default", pod(`web-${index}`, { nodeName: "node-1" }));
  plane.advance(5000);
  const node = plane.api.get("Node", undefined, "node-1")!;
  const taint = { key: "mine", effect: "NoExecute" as const };
  plane.api.update("Node", { ...node, spec: { ...node.spec, taints: [taint] } });
  const start = plane.machine.state.now;
  const going = [50, 1050, 2050, 5000].map((ms) => {
    plane.machine.runUntil(start + ms);
    return (
      60 - plane.api.list("Pod").filter(({ metadata }) => metadata.deletionTimestamp === undefined).length
    );
  });
  expect(going).toEqual([15, 25, 35, 60]);
});

test("NODE-6: pods of a node that is deleted are deleted once it has been gone for a minute, and made elsewhere", () => {
  const plane = createControlPlane();
  plane.api.create("Deployment", "default", deployment("web", 3));
  plane.api.create("Pod", "default", pod("lone", { nodeName: "node-1" }));
  plane.api.create("Pod", "default", pod("nowhere", { nodeName: "node-9" }));
  plane.advance(5000);
  const start = plane.machine.state.now;
  plane.api.delete("Node", undefined, "node-1");
  const left = (): string[] =>
    plane.api
      .list("Pod")
      .filter(({ spec }) => spec.nodeName === "node-1" || spec.nodeName === "node-9")
      .map(({ metadata }) => (metadata.name.startsWith("web-") ? "web" : metadata.name))
      .sort();
  plane.machine.runUntil(start + 50_000);
  expect(left()).toEqual(expect.arrayContaining(["lone", "nowhere"]));
  plane.machine.runUntil(start + 80_000);
  expect(left()).toEqual([]);
  plane.advance(5000);
  expect(podNames(plane, { app: "web" }).length).toBe(3);
});

test("NODE-7: a node that joins is registered, one that is deleted removed, and nothing is said of those of the start", () => {
  const plane = createControlPlane();
  plane.advance(20_000);
  const said = (): string[] =>
    plane.api
      .list("Event")
      .filter(({ involvedObject }) => involvedObject.kind === "Node")
      .map(({ reason, message, source }) => `${reason}: ${message} (${source.component})`);
  expect(said()).toEqual([]);
  plane.api.create("Node", undefined, { apiVersion: "v1", kind: "Node", metadata: { name: "node-9" } });
  plane.advance(6000);
  const registered =
    "RegisteredNode: Node node-9 event: Registered Node node-9 in Controller (node-controller)";
  expect(said()).toEqual([registered]);
  plane.api.delete("Node", undefined, "node-9");
  plane.advance(20_000);
  expect(said()).toEqual([
    registered,
    "RemovingNode: Node node-9 event: Removing Node node-9 from Controller (node-controller)",
  ]);
});
