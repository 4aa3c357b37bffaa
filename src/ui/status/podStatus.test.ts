import { expect, test } from "vitest";
import type { ContainerState, Pod } from "#api/pod/types";
import { pod } from "../layout/fixtures.ts";
import { podLook } from "./podStatus.ts";

function withState(
  state: ContainerState,
  restartCount = 0,
  base: Pod = pod("p", { node: "node-1", ready: false }),
): Pod {
  const status = { name: "c", state, lastState: {}, ready: false, restartCount, image: "", imageID: "" };
  return { ...base, status: { ...base.status, containerStatuses: [status] } };
}

/** A pod whose first container to run is an init container. */
function initialising(state: ContainerState, restartCount = 0): Pod {
  const waiting = withState({ waiting: { reason: "PodInitializing" } }, 0, pod("p"));
  const first = { name: "i", state, lastState: {}, ready: false, restartCount, image: "", imageID: "" };
  return {
    ...waiting,
    spec: { ...waiting.spec, initContainers: [{ ...waiting.spec.containers[0]!, name: "i" }] },
    status: { ...waiting.status, initContainerStatuses: [first] },
  };
}

test("CAN-40: every pod has one look", () => {
  const ready = pod("p", { node: "node-1" });
  const ending = { ...ready, metadata: { ...ready.metadata, deletionTimestamp: "2026-03-02T09:00:00Z" } };
  const starting = pod("p");
  const done: Pod = { ...ready, status: { phase: "Succeeded" } };
  const evicted: Pod = { ...ready, status: { phase: "Failed", reason: "Evicted" } };
  expect(
    [
      ready,
      pod("p", { node: "node-1", ready: false }),
      ending,
      starting,
      done,
      evicted,
      withState({ waiting: { reason: "CrashLoopBackOff" } }, 4),
      withState({ waiting: { reason: "ImagePullBackOff" } }, 0, starting),
      withState({ waiting: { reason: "ContainerCreating" } }, 0, starting),
      withState({ terminated: { exitCode: 1, startedAt: "", finishedAt: "", reason: "Error" } }, 1),
      initialising({ running: { startedAt: "" } }),
      initialising({ waiting: { reason: "CrashLoopBackOff" } }, 3),
    ].map(podLook),
  ).toEqual([
    { state: "ready", restarts: 0 },
    { state: "notReady", restarts: 0 },
    { state: "terminating", restarts: 0 },
    { state: "pending", restarts: 0 },
    { state: "completed", restarts: 0 },
    { state: "failing", reason: "Evicted", restarts: 0 },
    { state: "failing", reason: "CrashLoopBackOff", restarts: 4 },
    { state: "failing", reason: "ImagePullBackOff", restarts: 0 },
    { state: "pending", reason: "ContainerCreating", restarts: 0 },
    { state: "failing", reason: "Error", restarts: 1 },
    { state: "pending", reason: "Init:0/1", restarts: 0 },
    { state: "failing", reason: "Init:CrashLoopBackOff", restarts: 3 },
  ]);
});
