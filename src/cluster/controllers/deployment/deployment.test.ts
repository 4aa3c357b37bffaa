import { expect, test } from "vitest";
import type { Deployment } from "#api/deployment/types";
import type { JsonObject } from "#base/json";
import {
  createControlPlane,
  eventsOf,
  podNames,
  setReady,
  type ControlPlane,
} from "../testing/control-plane.ts";
import { deployment } from "../testing/manifests.ts";

function get(plane: ControlPlane): Deployment {
  return plane.api.get("Deployment", "default", "web")!;
}

function patch(plane: ControlPlane, spec: JsonObject): void {
  const response = plane.api.handle({
    method: "PATCH",
    path: "/apis/apps/v1/namespaces/default/deployments/web",
    contentType: "application/strategic-merge-patch+json",
    body: { spec },
  });
  expect(response.status).toBe(200);
}

function image(name: string, annotations?: JsonObject): JsonObject {
  return {
    template: {
      ...(annotations && { metadata: { annotations } }),
      spec: { containers: [{ name: "main", image: name }] },
    },
  };
}

/** READY UP-TO-DATE AVAILABLE as kubectl shows them. */
function row(plane: ControlPlane): string {
  const { spec, status } = get(plane);
  return `${status.readyReplicas ?? 0}/${spec.replicas} ${status.updatedReplicas ?? 0} ${status.availableReplicas ?? 0}`;
}

/** Image, size and revision of each ReplicaSet, by image. */
function sets(plane: ControlPlane): string[] {
  return plane.api
    .list("ReplicaSet", { namespace: "default" })
    .map((set) => {
      const revision = set.metadata.annotations?.["deployment.kubernetes.io/revision"];
      return `${set.spec.template.spec.containers[0]!.image} ${set.spec.replicas} rev ${revision}`;
    })
    .sort();
}

const NEVER_READY = { "test/ready": "false" };

test("DEP-1: a new Deployment gets a ReplicaSet named by its template's hash, with revision and sizes", () => {
  const plane = createControlPlane();
  plane.api.create("Deployment", "default", deployment("web", 2));
  plane.advance(2000);
  const [set] = plane.api.list("ReplicaSet", { namespace: "default" });
  const hash = set!.metadata.labels!["pod-template-hash"]!;
  expect(hash).toMatch(/^[4-9bcdf]+$/);
  expect(set!.metadata.name).toBe(`web-${hash}`);
  expect(set!.metadata.labels).toEqual({ app: "web", "pod-template-hash": hash });
  expect(set!.spec.selector).toEqual({ matchLabels: { app: "web", "pod-template-hash": hash } });
  expect(set!.metadata.annotations).toEqual({
    "deployment.kubernetes.io/desired-replicas": "2",
    "deployment.kubernetes.io/max-replicas": "3",
    "deployment.kubernetes.io/revision": "1",
  });
  expect(eventsOf(plane, "Deployment", "web")).toEqual([
    `ScalingReplicaSet: Scaled up replica set web-${hash} from 0 to 2`,
  ]);
  expect(get(plane).metadata.annotations).toEqual({ "deployment.kubernetes.io/revision": "1" });
  expect(
    get(plane).status.conditions!.map(({ type, status, reason }) => `${type} ${status} ${reason}`),
  ).toEqual(["Available True MinimumReplicasAvailable", "Progressing True NewReplicaSetAvailable"]);
});

test("DEP-2: a rolling update goes one up, one down within 25%", () => {
  const plane = createControlPlane();
  plane.api.create("Deployment", "default", deployment("web", 3));
  plane.advance(2000);
  const [first] = plane.api.list("ReplicaSet", { namespace: "default" });
  patch(plane, image("nginx:1.28"));
  plane.advance(10_000);
  const second = plane.api
    .list("ReplicaSet", { namespace: "default" })
    .find((set) => set !== first && set.spec.replicas > 0);
  const [a, b] = [first!.metadata.name, second!.metadata.name];
  expect(eventsOf(plane, "Deployment", "web").map((text) => text.replace("ScalingReplicaSet: ", ""))).toEqual(
    [
      `Scaled up replica set ${a} from 0 to 3`,
      `Scaled up replica set ${b} from 0 to 1`,
      `Scaled down replica set ${a} from 3 to 2`,
      `Scaled up replica set ${b} from 1 to 2`,
      `Scaled down replica set ${a} from 2 to 1`,
      `Scaled up replica set ${b} from 2 to 3`,
      `Scaled down replica set ${a} from 1 to 0`,
    ],
  );
  expect(row(plane)).toBe("3/3 3 3");
});

test("DEP-3: new pods that never get ready hold the rollout at its limits; undoing it goes back to the old set", () => {
  const plane = createControlPlane();
  const strategy = { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } };
  plane.api.create("Deployment", "default", deployment("web", 4, { strategy }));
  plane.advance(2000);
  patch(plane, image("nginx:1.28", NEVER_READY));
  plane.advance(5000);
  expect(row(plane)).toBe("3/4 2 3");
  expect(sets(plane)).toEqual(["nginx:1.27 3 rev 1", "nginx:1.28 2 rev 2"]);
  patch(plane, image("nginx:1.27", { "test/ready": null }));
  plane.advance(5000);
  expect(row(plane)).toBe("4/4 4 4");
  expect(sets(plane)).toEqual(["nginx:1.27 4 rev 3", "nginx:1.28 0 rev 2"]);
  const back = plane.api.list("ReplicaSet", { namespace: "default" }).find((set) => set.spec.replicas === 4)!;
  expect(back.metadata.annotations!["deployment.kubernetes.io/revision-history"]).toBe("1");
});

test("DEP-4: percentages round surge up and unavailability down; scaling in mid-rollout is shared in proportion", () => {
  const plane = createControlPlane();
  plane.api.create("Deployment", "default", deployment("web", 5));
  plane.advance(2000);
  patch(plane, image("nginx:1.28", NEVER_READY));
  plane.advance(5000);
  expect(row(plane)).toBe("4/5 3 4");
  patch(plane, { replicas: 10 });
  plane.advance(5000);
  expect(row(plane)).toBe("7/10 6 7");
});

test("DEP-5: a paused Deployment scales but does not roll; resumed it does both changes in one revision", () => {
  const plane = createControlPlane();
  plane.api.create("Deployment", "default", deployment("web", 2));
  plane.advance(2000);
  patch(plane, { paused: true });
  patch(plane, image("nginx:1.28"));
  patch(plane, { replicas: 3 });
  plane.advance(3000);
  expect(row(plane)).toBe("3/3 0 3");
  expect(sets(plane)).toEqual(["nginx:1.27 3 rev 1"]);
  expect(
    get(plane).status.conditions!.map(({ type, status, reason }) => `${type} ${status} ${reason}`),
  ).toEqual(["Progressing Unknown DeploymentPaused", "Available True MinimumReplicasAvailable"]);
  patch(plane, { paused: null });
  plane.advance(10_000);
  expect(row(plane)).toBe("3/3 3 3");
  expect(sets(plane)).toEqual(["nginx:1.27 0 rev 1", "nginx:1.28 3 rev 2"]);
});

test("DEP-6: Recreate starts the new pods only when the old ones are gone", () => {
  const plane = createControlPlane();
  plane.api.create("Deployment", "default", deployment("web", 2, { strategy: { type: "Recreate" } }));
  plane.advance(2000);
  const old = podNames(plane, { app: "web" });
  patch(plane, image("nginx:1.28"));
  plane.advance(500);
  expect(podNames(plane, { app: "web" })).toEqual(old);
  expect(row(plane)).toBe("0/2 0 0");
  plane.advance(5000);
  expect(row(plane)).toBe("2/2 2 2");
  expect(podNames(plane, { app: "web" }).some((name) => old.includes(name))).toBe(false);
});

test("DEP-7: a rollout without progress for progressDeadlineSeconds says so", () => {
  const plane = createControlPlane();
  plane.api.create("Deployment", "default", deployment("web", 2, { progressDeadlineSeconds: 20 }));
  plane.advance(2000);
  patch(plane, image("nginx:1.28", NEVER_READY));
  plane.advance(15_000);
  const progress = (): string => {
    const condition = get(plane).status.conditions!.find(({ type }) => type === "Progressing")!;
    return `${condition.status} ${condition.reason}`;
  };
  expect(progress()).toBe("True ReplicaSetUpdated");
  plane.advance(10_000);
  expect(progress()).toBe("False ProgressDeadlineExceeded");
  const current = plane.api
    .list("ReplicaSet", { namespace: "default" })
    .find((set) => set.spec.replicas === 1)!;
  expect(get(plane).status.conditions![1]!.message).toBe(
    `ReplicaSet "${current.metadata.name}" has timed out progressing.`,
  );
});

test("DEP-8: a rollout goes on when its new pods become ready, however late", () => {
  const plane = createControlPlane();
  plane.api.create("Deployment", "default", deployment("web", 2));
  plane.advance(2000);
  patch(plane, image("nginx:1.28", NEVER_READY));
  plane.advance(3000);
  expect(row(plane)).toBe("2/2 1 2");
  for (let round = 0; round < 3; round++) {
    for (const name of podNames(plane, { app: "web" })) setReady(plane, name, true);
    plane.advance(3000);
  }
  expect(row(plane)).toBe("2/2 2 2");
});

test("DEP-9: old ReplicaSets beyond revisionHistoryLimit are deleted, the oldest revision first", () => {
  const plane = createControlPlane();
  plane.api.create("Deployment", "default", deployment("web", 1, { revisionHistoryLimit: 1 }, "nginx:1.25"));
  plane.advance(4000);
  for (const tag of ["1.26", "1.27", "1.28"]) {
    patch(plane, image(`nginx:${tag}`));
    plane.advance(5000);
  }
  expect(sets(plane)).toEqual(["nginx:1.27 0 rev 3", "nginx:1.28 1 rev 4"]);
});

test("DEP-10: a ReplicaSet that somebody scales is scaled back; a deleted one is made again", () => {
  const plane = createControlPlane();
  plane.api.create("Deployment", "default", deployment("web", 1));
  plane.advance(2000);
  const [set] = plane.api.list("ReplicaSet", { namespace: "default" });
  plane.api.update("ReplicaSet", { ...set!, spec: { ...set!.spec, replicas: 3 } });
  plane.advance(3000);
  expect(row(plane)).toBe("1/1 1 1");
  plane.api.delete("ReplicaSet", "default", set!.metadata.name);
  plane.advance(4000);
  expect(row(plane)).toBe("1/1 1 1");
  expect(sets(plane)).toEqual(["nginx:1.27 1 rev 1"]);
});

test("DEP-11: annotations count as a change of what is wanted, the revision that the controller notes does not", () => {
  const plane = createControlPlane();
  plane.api.create("Deployment", "default", deployment("web", 1));
  plane.advance(3000);
  const seen = (): unknown[] => {
    const { metadata, status } = plane.api.get("Deployment", "default", "web")!;
    return [metadata.generation, status.observedGeneration, metadata.annotations];
  };
  expect(seen()).toEqual([1, 1, { "deployment.kubernetes.io/revision": "1" }]);
  const found = plane.api.get("Deployment", "default", "web")!;
  const annotations = { ...found.metadata.annotations, team: "a" };
  plane.api.update("Deployment", { ...found, metadata: { ...found.metadata, annotations } });
  plane.advance(3000);
  expect(seen()).toEqual([2, 2, { "deployment.kubernetes.io/revision": "1", team: "a" }]);
});

test("DEP-12: a name that somebody else's ReplicaSet has is counted as a collision, and another one found", () => {
  const plane = createControlPlane();
  plane.api.create("Deployment", "default", deployment("web", 2));
  plane.advance(3000);
  const [first] = plane.api.list("ReplicaSet");
  const orphan = { ...first!, metadata: { ...first!.metadata, labels: { app: "other" } } };
  plane.api.update("ReplicaSet", orphan);
  plane.advance(3000);
  const { status } = plane.api.get("Deployment", "default", "web")!;
  expect(status).toMatchObject({ collisionCount: 1, readyReplicas: 2, updatedReplicas: 2 });
  const sets = plane.api
    .list("ReplicaSet")
    .map(({ metadata }) => [metadata.name === first!.metadata.name, metadata.ownerReferences?.[0]?.name]);
  expect(sets.sort()).toEqual([
    [false, "web"],
    [true, undefined],
  ]);
  expect(eventsOf(plane, "Deployment", "web").filter((line) => /Failed|Error/.test(line))).toEqual([]);
});

test("DEP-13: without a progress deadline nothing is said of progress, and what was said goes", () => {
  const plane = createControlPlane();
  const manifest = deployment("web", 1);
  plane.api.create("Deployment", "default", manifest);
  plane.advance(3000);
  const types = (): string[] => {
    const { conditions = [] } = plane.api.get("Deployment", "default", "web")!.status;
    return conditions.map(({ type, reason }) => `${type} ${reason}`);
  };
  expect(types()).toEqual(["Available MinimumReplicasAvailable", "Progressing NewReplicaSetAvailable"]);
  const found = plane.api.get("Deployment", "default", "web")!;
  plane.api.update("Deployment", { ...found, spec: { ...found.spec, progressDeadlineSeconds: 2147483647 } });
  plane.advance(3000);
  expect(types()).toEqual(["Available MinimumReplicasAvailable"]);
  const paused = plane.api.get("Deployment", "default", "web")!;
  plane.api.update("Deployment", { ...paused, spec: { ...paused.spec, paused: true } });
  plane.advance(3000);
  expect(types()).toEqual(["Available MinimumReplicasAvailable"]);
});
