import { expect, test } from "vitest";
import type { Pod } from "#api/pod/types";
import { best } from "./pod-for.ts";

const pod = (
  name: string,
  more: { node?: string; phase?: string; readySince?: string; restarts?: number },
): Pod =>
  ({
    metadata: { name, creationTimestamp: "2026-03-02T09:00:00Z" },
    spec: { containers: [], ...(more.node && { nodeName: more.node }) },
    status: {
      phase: more.phase ?? "Running",
      conditions: more.readySince
        ? [{ type: "Ready", status: "True", lastTransitionTime: more.readySince }]
        : [],
      containerStatuses: [{ restartCount: more.restarts ?? 0 }],
    },
  }) as unknown as Pod;

test("KWRITE-51: the best pod is on a node, running, ready for longest, and restarted least", () => {
  const pods = [
    pod("unscheduled", { phase: "Pending" }),
    pod("pending", { node: "node-1", phase: "Pending" }),
    pod("unready", { node: "node-1" }),
    pod("fresh", { node: "node-1", readySince: "2026-03-02T09:05:00Z" }),
    pod("restarted", { node: "node-1", readySince: "2026-03-02T09:01:00Z", restarts: 3 }),
    pod("steady", { node: "node-1", readySince: "2026-03-02T09:01:00Z" }),
  ];
  const order: string[] = [];
  let left = pods;
  for (let found = best(left); found; found = best(left)) {
    const { name } = found.metadata;
    order.push(name);
    left = left.filter(({ metadata }) => metadata.name !== name);
  }
  expect(order).toEqual(["steady", "restarted", "fresh", "unready", "pending", "unscheduled"]);
});
