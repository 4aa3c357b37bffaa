import { expect, test } from "vitest";
import type { JsonObject } from "#base/json";
import { createControlPlane, eventsOf, type ControlPlane } from "../controllers/testing/control-plane.ts";
import { deployment, pod } from "../controllers/testing/manifests.ts";

const NOT_HELPFUL =
  "no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.";

function container(fields: JsonObject): JsonObject {
  return { containers: [{ name: "main", image: "nginx:1.27", ...fields }] };
}

function requests(cpu: string, memory: string): JsonObject {
  return container({ resources: { requests: { cpu, memory } } });
}

function create(plane: ControlPlane, name: string, spec: JsonObject, labels?: Record<string, string>): void {
  expect(plane.api.create("Pod", "default", pod(name, spec, labels)).ok).toBe(true);
}

function nodeOf(plane: ControlPlane, name: string): string | undefined {
  return plane.api.get("Pod", "default", name)!.spec.nodeName;
}

test("SCH-1: a pod is bound to a node, with an Event and the node's zone as a label", () => {
  const plane = createControlPlane();
  create(plane, "web", { nodeSelector: { "kubernetes.io/hostname": "node-2" } });
  plane.advance(10);
  expect(eventsOf(plane, "Pod", "web")).toEqual(["Scheduled: Successfully assigned default/web to node-2"]);
  expect(plane.api.get("Pod", "default", "web")!.metadata.labels).toEqual({
    app: "web",
    "topology.kubernetes.io/zone": "zone-b",
  });
});

test("SCH-2: a pod that fits nowhere stays Pending; condition and Event say why for each node", () => {
  const plane = createControlPlane();
  create(plane, "selector", { nodeSelector: { disk: "unobtainable" } });
  create(plane, "huge", requests("9000", "900Ti"));
  plane.advance(100);
  const selector = `0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector. ${NOT_HELPFUL}`;
  const huge = `0/3 nodes are available: 3 Insufficient cpu, 3 Insufficient memory. ${NOT_HELPFUL}`;
  expect(eventsOf(plane, "Pod", "selector")).toEqual([`FailedScheduling: ${selector}`]);
  expect(eventsOf(plane, "Pod", "huge")).toEqual([`FailedScheduling: ${huge}`]);
  const { phase, conditions } = plane.api.get("Pod", "default", "huge")!.status;
  expect(phase).toBe("Pending");
  expect(conditions).toEqual([
    {
      type: "PodScheduled",
      status: "False",
      reason: "Unschedulable",
      message: huge,
      lastProbeTime: null,
      lastTransitionTime: "2026-03-02T09:00:00Z",
      observedGeneration: 1,
    },
  ]);
});

test("SCH-3: a node takes 110 pods, then it is too many; a pod that goes makes room", () => {
  const plane = createControlPlane({ nodeCount: 1 });
  plane.api.create("Deployment", "default", deployment("web", 111));
  plane.advance(5000);
  const pending = (): string[] =>
    plane.api
      .list("Pod")
      .filter((item) => !item.spec.nodeName)
      .map((item) => item.metadata.name);
  const [waiting] = pending();
  expect(pending().length).toBe(1);
  expect(eventsOf(plane, "Pod", waiting!)[0]).toBe(
    "FailedScheduling: 0/1 nodes are available: 1 Too many pods. no new claims to deallocate, preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.",
  );
  const found = plane.api.get("Deployment", "default", "web")!;
  plane.api.update("Deployment", { ...found, spec: { ...found.spec, replicas: 110 } });
  plane.advance(5000);
  expect(pending()).toEqual([]);
});

test("SCH-4: taints, cordons and missing room are counted together", () => {
  const plane = createControlPlane();
  plane.advance(10);
  const node = (index: number) => plane.api.get("Node", undefined, `node-${index}`)!;
  plane.api.update("Node", {
    ...node(1),
    spec: { ...node(1).spec, taints: [{ key: "gpu", value: "yes", effect: "NoSchedule" }] },
  });
  plane.api.update("Node", { ...node(2), spec: { ...node(2).spec, unschedulable: true } });
  create(plane, "filler", { ...requests("3", "1Gi"), nodeName: "node-3" });
  plane.advance(500);
  create(plane, "web", requests("2", "1Gi"));
  create(plane, "tolerant", {
    ...requests("2", "1Gi"),
    tolerations: [{ key: "gpu", operator: "Exists" }],
  });
  plane.advance(100);
  expect(eventsOf(plane, "Pod", "web")).toEqual([
    "FailedScheduling: 0/3 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable. no new claims to deallocate, preemption: 0/3 nodes are available: 1 No preemption victims found for incoming pod, 2 Preemption is not helpful for scheduling.",
  ]);
  expect(nodeOf(plane, "tolerant")).toBe("node-1");
  plane.api.update("Node", { ...node(2), spec: { ...node(2).spec, unschedulable: false } });
  plane.advance(3000);
  expect(nodeOf(plane, "web")).toBe("node-2");
});

test("SCH-5: replicas of one workload are spread evenly over the nodes", () => {
  const plane = createControlPlane();
  plane.api.create("Deployment", "default", deployment("web", 30));
  plane.advance(2000);
  const counts = [1, 2, 3].map(
    (index) => plane.api.list("Pod").filter((item) => item.spec.nodeName === `node-${index}`).length,
  );
  expect(counts).toEqual([10, 10, 10]);
});

test("SCH-6: a host port is given once per node", () => {
  const plane = createControlPlane();
  const spec = container({ ports: [{ containerPort: 80, hostPort: 8080 }] });
  for (const name of ["a", "b", "c", "d"]) create(plane, name, spec);
  plane.advance(1000);
  expect(["a", "b", "c"].map((name) => nodeOf(plane, name)).sort()).toEqual(["node-1", "node-2", "node-3"]);
  expect(eventsOf(plane, "Pod", "d")).toEqual([
    "FailedScheduling: 0/3 nodes are available: 3 node(s) didn't have free ports for the requested pod ports. no new claims to deallocate, preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.",
  ]);
});

test("SCH-7: anti-affinity keeps pods apart, affinity puts them together", () => {
  const plane = createControlPlane();
  const term = { labelSelector: { matchLabels: { app: "db" } }, topologyKey: "kubernetes.io/hostname" };
  const rule = { requiredDuringSchedulingIgnoredDuringExecution: [term] };
  for (const name of ["a", "b", "c", "d"])
    create(plane, name, { affinity: { podAntiAffinity: rule } }, { app: "db" });
  plane.advance(1000);
  expect(["a", "b", "c"].map((name) => nodeOf(plane, name)).sort()).toEqual(["node-1", "node-2", "node-3"]);
  expect(eventsOf(plane, "Pod", "d")).toEqual([
    "FailedScheduling: 0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules. no new claims to deallocate, preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.",
  ]);
  create(plane, "first", { nodeSelector: { "kubernetes.io/hostname": "node-3" } }, { app: "cache" });
  plane.advance(100);
  const near = { ...term, labelSelector: { matchLabels: { app: "cache" } } };
  create(plane, "near", {
    affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [near] } },
  });
  plane.advance(100);
  expect(nodeOf(plane, "near")).toBe("node-3");
});

test("SCH-8: a hard spread constraint holds even if a node is left empty", () => {
  const plane = createControlPlane();
  const node = plane.api.get("Node", undefined, "node-3")!;
  plane.api.update("Node", {
    ...node,
    spec: { ...node.spec, taints: [{ key: "off", effect: "NoSchedule" }] },
  });
  const spread = {
    maxSkew: 1,
    topologyKey: "topology.kubernetes.io/zone",
    whenUnsatisfiable: "DoNotSchedule",
    labelSelector: { matchLabels: { app: "web" } },
  };
  for (const name of ["a", "b", "c"]) create(plane, name, { topologySpreadConstraints: [spread] });
  plane.advance(100);
  expect(["a", "b"].map((name) => nodeOf(plane, name)).sort()).toEqual(["node-1", "node-2"]);
  expect(eventsOf(plane, "Pod", "c")).toEqual([
    "FailedScheduling: 0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 node(s) didn't match pod topology spread constraints. no new claims to deallocate, preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod.",
  ]);
});

test("SCH-9: gated pods and pods of other schedulers are left alone until the gate is lifted", () => {
  const plane = createControlPlane();
  create(plane, "gated", { schedulingGates: [{ name: "example.com/wait" }] });
  create(plane, "other", { schedulerName: "my-scheduler" });
  plane.advance(1000);
  expect([nodeOf(plane, "gated"), nodeOf(plane, "other")]).toEqual([undefined, undefined]);
  const response = plane.api.handle({
    method: "PATCH",
    path: "/api/v1/namespaces/default/pods/gated",
    contentType: "application/merge-patch+json",
    body: { spec: { schedulingGates: [] } },
  });
  expect(response.status).toBe(200);
  plane.advance(100);
  expect(nodeOf(plane, "gated")).toMatch(/^node-/);
});

test("SCH-10: a pod that names a claim waits for it", () => {
  const plane = createControlPlane();
  create(plane, "claim", {
    ...container({}),
    volumes: [{ name: "data", persistentVolumeClaim: { claimName: "nothing" } }],
  });
  plane.advance(100);
  expect(eventsOf(plane, "Pod", "claim")).toEqual([
    'FailedScheduling: 0/3 nodes are available: persistentvolumeclaim "nothing" not found. not found',
  ]);
});

test("SCH-11: of nodes with different load the emptier one is chosen, and chance decides between equals", () => {
  const plane = createControlPlane();
  create(plane, "filler", { ...requests("3", "6Gi"), nodeName: "node-1" });
  create(plane, "filler-2", { ...requests("3", "6Gi"), nodeName: "node-3" });
  plane.advance(10);
  create(plane, "web", requests("500m", "1Gi"));
  plane.advance(10);
  expect(nodeOf(plane, "web")).toBe("node-2");
  const firsts = new Set<string | undefined>();
  for (const seed of ["a", "b", "c", "d", "e", "f"]) {
    const other = createControlPlane({ seed });
    create(other, "web", {});
    other.advance(10);
    firsts.add(nodeOf(other, "web"));
  }
  expect(firsts.size).toBeGreaterThan(1);
});

test("SCH-12: what a pod asks for as a whole counts in place of its containers", () => {
  const plane = createControlPlane();
  create(plane, "web", { ...requests("100m", "1Mi"), resources: { requests: { cpu: "9000" } } });
  plane.advance(100);
  const text = `0/3 nodes are available: 3 Insufficient cpu. ${NOT_HELPFUL}`;
  expect(eventsOf(plane, "Pod", "web")).toEqual([`FailedScheduling: ${text}`]);
});

test("SCH-13: nodes that an affinity leaves out by name are counted apart", () => {
  const plane = createControlPlane();
  const matchFields = [{ key: "metadata.name", operator: "In", values: ["node-1"] }];
  const nodeAffinity = {
    requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields }] },
  };
  create(plane, "web", { ...requests("9000", "1Mi"), affinity: { nodeAffinity } });
  plane.advance(100);
  const reasons = "1 Insufficient cpu, 2 node(s) didn't satisfy plugin(s) [NodeAffinity]";
  expect(eventsOf(plane, "Pod", "web")).toEqual([
    `FailedScheduling: 0/3 nodes are available: ${reasons}. ${NOT_HELPFUL}`,
  ]);
});

test("SCH-14: a pod waits for volumes that are made for it, and silently for resource claims", () => {
  const plane = createControlPlane();
  const volumes = [{ name: "scratch", ephemeral: { volumeClaimTemplate: { spec: {} } } }];
  create(plane, "volume", { ...container({}), volumes });
  create(plane, "claim", { ...container({}), resourceClaims: [{ name: "gpu", resourceClaimName: "gpu" }] });
  plane.advance(100);
  const text = 'waiting for ephemeral volume controller to create the persistentvolumeclaim "volume-scratch"';
  expect(eventsOf(plane, "Pod", "volume")).toEqual([
    `FailedScheduling: 0/3 nodes are available: ${text}. not found`,
  ]);
  expect([eventsOf(plane, "Pod", "claim"), nodeOf(plane, "claim")]).toEqual([[], undefined]);
});
