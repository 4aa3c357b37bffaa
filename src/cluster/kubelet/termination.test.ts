// Hooks, grace periods, deadlines and the removal of pods.
import { expect, test } from "vitest";
import type { Pod } from "#api/pod/types";
import { createLab } from "./testing/lab.ts";

const sleeps = { name: "main", command: ["sleep", "3600"] };
const obeys = { name: "main", command: ["sh", "-c", "trap 'exit 0' TERM; while true; do sleep 0.2; done"] };

/** Seconds from now until the object is gone. */
function goneAfter(lab: ReturnType<typeof createLab>, name: string): number {
  const start = lab.machine.state.now;
  while (lab.get(name) && lab.machine.state.now < start + 100_000) lab.advance(100);
  return (lab.machine.state.now - start) / 1000;
}

test("KLT-40: a watch of a pod that ends: Terminating, then its last status, then nothing", () => {
  const lab = createLab();
  lab.pod("ignores", {
    terminationGracePeriodSeconds: 3,
    containers: [{ name: "main", image: "luksa/kubia" }],
  });
  lab.advance(4000);
  const from = lab.api.history.length;
  lab.remove("ignores");
  lab.advance(6000);
  const seen = lab.api.history.slice(from).map(({ type, object }) => {
    const { status, metadata } = object as Pod;
    const ended = status.containerStatuses?.[0]?.state.terminated;
    const words = [type, status.phase, ended?.exitCode, ended?.reason, metadata.deletionGracePeriodSeconds];
    return `${words.filter((word) => word !== undefined).join(" ")} ${status.observedGeneration}`;
  });
  expect(seen).toEqual([
    "MODIFIED Running 3 1",
    "MODIFIED Running 3 2",
    "MODIFIED Failed 137 Error 3 2",
    "DELETED Failed 137 Error 3 2",
  ]);
});

test("KLT-41: preStop comes before SIGTERM and takes from the grace period; a failing one only warns", () => {
  const lab = createLab();
  const hook = (preStop: object): object => ({ lifecycle: { preStop } });
  lab.pod("sleeping", { containers: [{ ...obeys, ...hook({ sleep: { seconds: 5 } }) }] });
  lab.pod("failing", { containers: [{ ...obeys, ...hook({ exec: { command: ["sh", "-c", "exit 9"] } }) }] });
  lab.pod("endless", {
    terminationGracePeriodSeconds: 4,
    containers: [{ ...sleeps, ...hook({ exec: { command: ["sleep", "100"] } }) }],
  });
  lab.advance(3000);
  for (const name of ["sleeping", "failing", "endless"]) lab.remove(name);
  const [failing, sleeping, endless] = ["failing", "sleeping", "endless"].map((name) => goneAfter(lab, name));
  expect([failing! < 2, failing! + sleeping! > 5, failing! + sleeping! < 7]).toEqual([true, true, true]);
  // Four seconds for the hook, then at least two for the program.
  expect(failing! + sleeping! + endless!).toBeGreaterThan(6);
  expect(failing! + sleeping! + endless!).toBeLessThan(8);
  expect(lab.events("failing").slice(3)).toEqual([
    "Normal Killing Stopping container main",
    "Warning FailedPreStopHook PreStopHook failed",
  ]);
  expect(lab.events("sleeping").slice(3)).toEqual(["Normal Killing Stopping container main"]);
});

test("KLT-42: while postStart runs the pod is ContainerCreating; one that fails kills the container", () => {
  const lab = createLab();
  const hook = (command: string[]): object => ({ lifecycle: { postStart: { exec: { command } } } });
  lab.pod("slow", { containers: [{ ...sleeps, ...hook(["sleep", "6"]) }] });
  const failing = {
    restartPolicy: "Never",
    terminationGracePeriodSeconds: 1,
    containers: [{ ...sleeps, ...hook(["false"]) }],
  };
  lab.pod("failing", failing);
  lab.advance(5000);
  expect([lab.summary("slow"), lab.summary("failing")]).toEqual([
    "Pending ContainerCreating 0/1 0",
    "Failed Error 0/1 0",
  ]);
  expect(lab.events("failing").slice(3)).toEqual([
    "Warning FailedPostStartHook PostStartHook failed",
    "Normal Killing FailedPostStartHook",
  ]);
  lab.advance(3000);
  expect(lab.summary("slow")).toBe("Running Running 1/1 0");
});

test("KLT-43: activeDeadlineSeconds ends the pod as Failed with DeadlineExceeded", () => {
  const lab = createLab();
  lab.pod("limited", { activeDeadlineSeconds: 4, terminationGracePeriodSeconds: 1, containers: [sleeps] });
  lab.advance(5000);
  const ready = lab.get("limited")!.status.conditions!.find(({ type }) => type === "Ready")!;
  expect([lab.get("limited")!.status.phase, ready.status, ready.reason]).toEqual([
    "Running",
    "False",
    "PodFailed",
  ]);
  lab.advance(3000);
  const { phase, reason, message } = lab.get("limited")!.status;
  expect({ phase, reason, message }).toEqual({
    phase: "Failed",
    reason: "DeadlineExceeded",
    message: "Pod was active on the node longer than the specified deadline",
  });
  const sandbox = lab
    .get("limited")!
    .status.conditions!.find(({ type }) => type === "PodReadyToStartContainers");
  expect(sandbox!.status).toBe("False");
  expect(lab.eventCounts("limited")["DeadlineExceeded"]).toBe(3);
  expect(lab.events("limited").slice(3)).toEqual([
    "Normal DeadlineExceeded Pod was active on the node longer than the specified deadline",
    "Normal Killing Stopping container main",
  ]);
});

test("KLT-44: a forced deletion leaves the kubelet to stop what still runs", () => {
  const lab = createLab();
  lab.pod("forced", { containers: [{ name: "main", image: "luksa/kubia" }] });
  lab.advance(3000);
  const { id } = lab.state.pods.get("uid-forced")!.containers.get("main")!;
  lab.remove("forced", 0);
  lab.advance(1000);
  expect([lab.summary("forced"), lab.machine.context.runtime.isRunning(id!)]).toEqual(["gone", true]);
  lab.advance(3000);
  expect([lab.machine.context.runtime.isRunning(id!), lab.state.pods.size]).toEqual([false, 0]);
  expect(lab.events("forced").at(-1)).toBe("Normal Killing Stopping container main");
});

test("KLT-45: a pod that never started is gone at once, and its address is free again", () => {
  const lab = createLab();
  lab.pod("stuck", { containers: [{ name: "main", image: "luksa/kubia:nope" }] });
  lab.advance(3000);
  lab.remove("stuck");
  expect(goneAfter(lab, "stuck")).toBeLessThan(1.5);
  expect(lab.machine.context.network.ipOf("pod:uid-stuck")).toBe("0.0.0.0");
});

test("KLT-46: a shorter second grace period counts from then", () => {
  const lab = createLab();
  lab.pod("kubia", { containers: [{ name: "main", image: "luksa/kubia" }] });
  lab.advance(3000);
  lab.remove("kubia", 30);
  lab.advance(2000);
  lab.remove("kubia", 3);
  expect(goneAfter(lab, "kubia")).toBeLessThan(5);
});

test("KLT-47: sidecars are stopped after the others", () => {
  const lab = createLab();
  const sidecar = { ...obeys, name: "helper", restartPolicy: "Always" };
  const slow = {
    name: "main",
    command: ["sh", "-c", "trap 'sleep 2; exit 0' TERM; while true; do sleep 0.2; done"],
  };
  lab.pod("front", { initContainers: [sidecar], containers: [slow] });
  lab.advance(5000);
  lab.remove("front");
  lab.advance(4000);
  const order = lab.api.history
    .map(({ object }) => object as Pod)
    .filter(({ kind, metadata }) => kind === "Pod" && metadata.deletionTimestamp !== undefined)
    .at(-1)!;
  expect(order.status.phase).toBe("Succeeded");
  expect(lab.events("front").slice(-2)).toEqual([
    "Normal Killing Stopping container main",
    "Normal Killing Stopping container helper",
  ]);
  const killed = lab.api.events.filter(({ reason }) => reason === "Killing").map(({ at }) => at);
  expect(killed[1]! - killed[0]!).toBeGreaterThan(2000);
});
