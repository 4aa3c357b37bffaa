import { expect, test } from "vitest";
import { createControlPlane, podNames, type ControlPlane } from "../testing/control-plane.ts";
import { deployment, podTemplate, replicaSet } from "../testing/manifests.ts";

const web = (plane: ControlPlane): number => podNames(plane, { app: "web" }).length;

function scale(plane: ControlPlane, replicas: number): void {
  const set = plane.api.get("ReplicaSet", "default", "web")!;
  plane.api.update("ReplicaSet", { ...set, spec: { ...set.spec, replicas } });
}

/** What `look` sees at these times after now. */
function over(plane: ControlPlane, times: readonly number[], look: () => unknown): unknown[] {
  const start = plane.machine.state.now;
  return times.map((ms) => {
    plane.machine.runUntil(start + ms);
    return look();
  });
}

test("PACE-2: ten pods are made at once, and of a hundred and twenty 26, then 20 a second", () => {
  const plane = createControlPlane();
  plane.advance(5000);
  plane.api.create("Deployment", "default", deployment("web", 10));
  expect(over(plane, [200], () => web(plane))).toEqual([10]);
  plane.advance(5000);
  plane.api.create("ReplicaSet", "default", replicaSet("more", "more", 120));
  const counts = over(
    plane,
    [100, 1100, 2100, 3100, 4100, 5100],
    () => podNames(plane, { app: "more" }).length,
  );
  // Four of the first thirty requests were Events; four pods leave in a wake-up.
  expect(counts).toEqual([26, 46, 63, 82, 102, 120]);
});

test("PACE-2: until the last pod is made the status says nothing of them, and another size waits", () => {
  const plane = createControlPlane();
  plane.api.create("ReplicaSet", "default", replicaSet("web", "web", 60));
  const replicas = (): unknown => plane.api.get("ReplicaSet", "default", "web")!.status.replicas;
  expect(over(plane, [1000], replicas)).toEqual([0]);
  expect(web(plane)).toBeGreaterThan(35);
  scale(plane, 3);
  expect(over(plane, [600, 900], () => web(plane))).toEqual([54, 60]);
  plane.advance(6000);
  expect([web(plane), replicas()]).toEqual([3, 3]);
});

test("PACE-2: what is refused ends with its wave", () => {
  const plane = createControlPlane();
  plane.api.create("ServiceAccount", "default", {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name: "app" },
  });
  const template = podTemplate({ app: "web" });
  (template["spec"] as Record<string, unknown>)["serviceAccountName"] = "app";
  const manifest = replicaSet("web", "web", 120);
  manifest["spec"] = { replicas: 120, selector: { matchLabels: { app: "web" } }, template };
  plane.api.create("ReplicaSet", "default", manifest);
  plane.advance(1000);
  const made = web(plane);
  plane.api.delete("ServiceAccount", "default", "app");
  // The fifth wave ends with the 31st pod, the sixth with the 63rd.
  expect([made > 31, made < 63]).toEqual([true, true]);
  plane.advance(10_000);
  expect(web(plane)).toBe(made);
  const { conditions } = plane.api.get("ReplicaSet", "default", "web")!.status;
  expect(conditions).toMatchObject([{ type: "ReplicaFailure", status: "True", reason: "FailedCreate" }]);
});

test("PACE-3: pods that are too many go 30 at once, then 20 a second", () => {
  const plane = createControlPlane();
  plane.api.create("ReplicaSet", "default", replicaSet("web", "web", 100));
  plane.advance(20_000);
  expect(web(plane)).toBe(100);
  scale(plane, 0);
  const going = (): number =>
    100 - plane.api.list("Pod").filter(({ metadata }) => metadata.deletionTimestamp === undefined).length;
  expect(
    over(plane, [100, 1100, 2100, 3100, 3700], going).map((count) => Math.round(Number(count) / 10) * 10),
  ).toEqual([30, 50, 70, 90, 100]);
});
