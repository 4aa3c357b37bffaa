// Pods from binding to their end, as their status and Events show them.
import { expect, test } from "vitest";
import { createLab, probe } from "./testing/lab.ts";

test("KLT-1: a bound pod gets an address, runs and becomes ready with two status writes", () => {
  const lab = createLab();
  lab.pod("kubia", { containers: [{ name: "main", image: "luksa/kubia" }] });
  lab.advance(5000);
  expect(lab.summary("kubia")).toBe("Running Running 1/1 0");
  const { status } = lab.get("kubia")!;
  expect(status.podIP).toBe("10.244.1.2");
  expect(status.conditions!.map(({ type, status: value }) => `${type}=${value}`)).toEqual([
    "PodReadyToStartContainers=True",
    "Initialized=True",
    "Ready=True",
    "ContainersReady=True",
    "PodScheduled=True",
  ]);
  expect(lab.api.writes).toBe(2);
  expect(lab.events("kubia")).toEqual([
    'Normal Pulled Container image "luksa/kubia" already present on machine and can be accessed by the pod',
    "Normal Created Container created",
    "Normal Started Container started",
  ]);
});

test("KLT-2: a deleted pod that obeys SIGTERM is gone soon, one that does not after its grace period", () => {
  const lab = createLab();
  const obeys = ["sh", "-c", "trap 'exit 0' TERM; while true; do sleep 0.2; done"];
  lab.pod("obeys", { containers: [{ name: "main", command: obeys }] });
  lab.pod("ignores", {
    terminationGracePeriodSeconds: 3,
    containers: [{ name: "main", image: "luksa/kubia" }],
  });
  lab.advance(5000);
  lab.remove("obeys");
  lab.remove("ignores");
  lab.advance(2000);
  expect([lab.summary("obeys"), lab.summary("ignores")]).toEqual(["gone", "Running Running 1/1 0"]);
  lab.advance(3000);
  expect(lab.summary("ignores")).toBe("gone");
  expect(lab.state.pods.size).toBe(0);
  expect(lab.events("obeys").slice(3)).toEqual(["Normal Killing Stopping container main"]);
});

test("KLT-3: a readiness probe decides on Ready and never restarts; nothing is written while nothing changes", () => {
  const lab = createLab();
  const readinessProbe = probe({ exec: { command: ["ls", "/var/ready"] }, periodSeconds: 1 });
  lab.pod("kubia", { containers: [{ name: "main", image: "luksa/kubia", readinessProbe }] });
  lab.advance(10_000);
  expect(lab.summary("kubia")).toBe("Running Running 0/1 0");
  const id = lab.state.pods.get("uid-kubia")!.containers.get("main")!.id!;
  const { context } = lab.machine;
  const replyTo = { to: "kubelet", what: "hook", data: { pod: "", name: "", id: "" } };
  context.runtime.exec({ container: id, command: ["touch", "/var/ready"], replyTo });
  lab.advance(2000);
  expect(lab.summary("kubia")).toBe("Running Running 1/1 0");
  const before = lab.api.writes;
  lab.advance(60_000);
  // Heartbeats of nodes that the API server does not know are not written.
  expect(lab.api.writes).toBe(before);
  context.runtime.exec({ container: id, command: ["rm", "/var/ready"], replyTo });
  lab.advance(4000);
  expect(lab.summary("kubia")).toBe("Running Running 0/1 0");
  expect(lab.events("kubia").at(-1)).toBe(
    "Warning Unhealthy Readiness probe failed: ls: cannot access '/var/ready': No such file or directory\n",
  );
});
