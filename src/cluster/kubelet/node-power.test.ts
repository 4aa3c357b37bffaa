// Nodes that lose their power: nothing happens on them until it is back.
import { expect, test } from "vitest";
import { stoppedNodes } from "./kubelet.ts";
import { createLab, probe } from "./testing/lab.ts";

const kubia = { containers: [{ name: "main", image: "luksa/kubia" }] };

function heartbeat(lab: ReturnType<typeof createLab>): string[] {
  const node = lab.machine.context.api.get("Node", undefined, "node-1")!;
  const ready = node.status.conditions!.find(({ type }) => type === "Ready")!;
  return [ready.status, ready.lastHeartbeatTime!];
}

test("KLT-70: a kubelet reports its node every ten seconds, and not without power", () => {
  const lab = createLab();
  lab.apply({
    apiVersion: "v1",
    kind: "Node",
    metadata: { name: "node-1", uid: "n1" },
    spec: {},
    status: { conditions: [{ type: "Ready", status: "Unknown" }] },
  });
  lab.advance(29_000);
  const [status, before] = heartbeat(lab);
  expect([status, before! > "2026-03-02T09:00:18Z"]).toEqual(["True", true]);
  lab.power("node-1", false);
  lab.advance(60_000);
  expect([heartbeat(lab)[1], stoppedNodes(lab.state)]).toEqual([before, ["node-1"]]);
  lab.power("node-1", true);
  lab.advance(1000);
  expect([heartbeat(lab), stoppedNodes(lab.state)]).toEqual([["True", "2026-03-02T09:01:29Z"], []]);
});

test("KLT-71: pods of a node without power keep their status; deletions and new pods wait for its return", () => {
  const lab = createLab();
  const readinessProbe = probe({ httpGet: { path: "/", port: 8080 }, periodSeconds: 1 });
  lab.pod("stays", { containers: [{ name: "main", image: "luksa/kubia", readinessProbe }] });
  lab.pod("leaves", { terminationGracePeriodSeconds: 1, ...kubia });
  lab.advance(4000);
  lab.power("node-1", false);
  lab.advance(1000);
  lab.remove("leaves");
  lab.pod("arrives", kubia);
  const writes = lab.api.writes;
  lab.advance(120_000);
  expect(["stays", "leaves", "arrives"].map((name) => lab.summary(name))).toEqual([
    "Running Running 1/1 0",
    "Running Running 1/1 0",
    "Pending Pending 0/0 0",
  ]);
  expect(lab.api.writes).toBe(writes);
  lab.power("node-1", true);
  lab.advance(5000);
  expect(["stays", "leaves", "arrives"].map((name) => lab.summary(name))).toEqual([
    "Running Running 1/1 0",
    "gone",
    "Running Running 1/1 0",
  ]);
});

test("KLT-72: when the power is back the kubelet corrects what others wrote of its pods", () => {
  const lab = createLab();
  lab.pod("web", kubia);
  lab.advance(3000);
  lab.power("node-1", false);
  lab.advance(1000);
  const pod = lab.get("web")!;
  const conditions = pod.status.conditions!.map((condition) =>
    condition.type === "Ready" ? { ...condition, status: "False" as const } : condition,
  );
  lab.apply({ ...pod, status: { ...pod.status, conditions } });
  lab.advance(1000);
  const ready = (): string => lab.get("web")!.status.conditions!.find(({ type }) => type === "Ready")!.status;
  expect(ready()).toBe("False");
  lab.power("node-1", true);
  lab.advance(2000);
  expect(ready()).toBe("True");
});
