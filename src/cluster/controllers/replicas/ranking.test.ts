import { expect, test } from "vitest";
import type { Pod } from "#api/pod/types";
import { rankForDeletion } from "./ranking.ts";

const NOW = Date.UTC(2026, 2, 2, 10);

interface Parts {
  node?: string;
  phase?: Pod["status"]["phase"];
  readySince?: string;
  created?: string;
  cost?: string;
  restarts?: number;
}

/** Ready for half an hour on a node of its own, if nothing else is said. */
function pod(name: string, parts: Parts = {}): Pod {
  const { node = `node-of-${name}`, phase = "Running", readySince = "2026-03-02T09:30:00Z" } = parts;
  const ready = { type: "Ready", status: readySince ? "True" : "False", lastTransitionTime: readySince };
  return {
    metadata: {
      name,
      uid: name,
      creationTimestamp: parts.created ?? "2026-03-02T09:00:00Z",
      annotations: parts.cost ? { "controller.kubernetes.io/pod-deletion-cost": parts.cost } : {},
    },
    spec: node ? { nodeName: node } : {},
    status: {
      phase,
      conditions: [ready],
      containerStatuses: [{ restartCount: parts.restarts ?? 0 }],
    },
  } as unknown as Pod;
}

test("RC-4: each mark decides where all before it are equal", () => {
  const pods = [
    pod("steady"),
    pod("younger", { created: "2026-03-02T09:59:00Z" }),
    pod("restarted", { restarts: 3 }),
    pod("ready lately", { readySince: "2026-03-02T09:59:50Z" }),
    pod("crowded", { node: "full" }),
    pod("cheap", { cost: "-10" }),
    pod("unready", { readySince: "" }),
    pod("pending", { readySince: "", phase: "Pending" }),
    pod("without a node", { node: "", readySince: "", phase: "Pending" }),
  ];
  const sibling = pod("of another set", { node: "full" });
  expect(rankForDeletion(pods, [...pods, sibling], NOW).map(({ metadata }) => metadata.name)).toEqual([
    "without a node",
    "pending",
    "unready",
    "cheap",
    "crowded",
    "ready lately",
    "restarted",
    "younger",
    "steady",
  ]);
});

test("RC-4: ages count as equal up to the next power of two, by a clock that is finer than the pods' times", () => {
  // 2^32 ns are 4.29 s.
  const older = { ...pod("older", { readySince: "2026-03-02T09:59:56Z" }) };
  const younger = { ...pod("younger", { readySince: "2026-03-02T09:59:57Z" }) };
  older.metadata = { ...older.metadata, uid: "1" };
  younger.metadata = { ...younger.metadata, uid: "2" };
  const first = (now: number): string => rankForDeletion([older, younger], [], now)[0]!.metadata.name;
  expect([first(NOW), first(NOW + 250), first(NOW + 350)]).toEqual(["older", "older", "younger"]);
});
