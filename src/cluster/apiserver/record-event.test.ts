import { expect, test } from "vitest";
import type { EventInput } from "./client.ts";
import { createApiMachine, type ApiMachine } from "./testing/api-machine.ts";

function machineWithPod(): ApiMachine & { say(input?: Partial<EventInput>): void } {
  const machine = createApiMachine(["default", "other"]);
  machine.send("POST", "/api/v1/namespaces/default/pods", {
    metadata: { name: "web" },
    spec: { containers: [{ name: "main", image: "nginx" }] },
  });
  const say = (input: Partial<EventInput> = {}): void =>
    machine.api.recordEvent({
      involvedObject: machine.api.get("Pod", "default", "web")!,
      fieldPath: "spec.containers{main}",
      type: "Warning",
      reason: "Unhealthy",
      message: "Readiness probe failed: HTTP probe failed with statuscode: 503",
      component: "kubelet",
      host: "node-1",
      ...input,
    });
  return { ...machine, say };
}

test("API-70: an event is an Event object about its object, named after it", () => {
  const { api, say } = machineWithPod();
  say();
  const { uid, resourceVersion } = api.get("Pod", "default", "web")!.metadata;
  expect(api.list("Event")).toEqual([
    {
      apiVersion: "v1",
      kind: "Event",
      metadata: {
        name: expect.stringMatching(/^web\.[0-9a-f]{16}$/),
        namespace: "default",
        uid: expect.any(String),
        resourceVersion: expect.any(String),
        creationTimestamp: "2026-03-02T09:00:00Z",
      },
      involvedObject: {
        apiVersion: "v1",
        kind: "Pod",
        namespace: "default",
        name: "web",
        uid,
        resourceVersion,
        fieldPath: "spec.containers{main}",
      },
      reason: "Unhealthy",
      message: "Readiness probe failed: HTTP probe failed with statuscode: 503",
      source: { component: "kubelet", host: "node-1" },
      firstTimestamp: "2026-03-02T09:00:00Z",
      lastTimestamp: "2026-03-02T09:00:00Z",
      count: 1,
      type: "Warning",
      eventTime: null,
      reportingComponent: "kubelet",
      reportingInstance: "node-1",
    },
  ]);
});

test("API-71: the same event again raises the count of the first one", () => {
  const { machine, api, say } = machineWithPod();
  say();
  machine.runUntil(10_000);
  say();
  say({ message: "another" });
  const events = api
    .list("Event")
    .map(({ message, count, firstTimestamp, lastTimestamp }) => [
      message,
      count,
      firstTimestamp?.slice(-3),
      lastTimestamp?.slice(-3),
    ]);
  expect(events.toSorted()).toEqual([
    ["Readiness probe failed: HTTP probe failed with statuscode: 503", 2, "00Z", "10Z"],
    ["another", 1, "10Z", "10Z"],
  ]);
});

test("API-72: a source may say 25 things of an object at once, then one every five minutes", () => {
  const { machine, api, say } = machineWithPod();
  for (let second = 0; second < 60; second++) {
    machine.runUntil(second * 1000);
    say();
  }
  expect(api.list("Event").map(({ count }) => count)).toEqual([25]);
  machine.runUntil(300_000);
  say();
  expect(api.list("Event").map(({ count }) => count)).toEqual([61]);
});

test("API-73: from the tenth message on, events that differ in nothing else are combined", () => {
  const { api, say } = machineWithPod();
  for (let index = 1; index <= 12; index++) say({ message: `attempt ${index}` });
  const events = api
    .list("Event")
    .map(({ message, count, reportingComponent }) => `${message} x${count} ${reportingComponent}`);
  expect(events.toSorted()).toEqual([
    "(combined from similar events): attempt 12 x3 ",
    ...Array.from({ length: 9 }, (_, index) => `attempt ${index + 1} x1 kubelet`),
  ]);
});

test("API-74: a namespace keeps its last thousand events, and none when it is going", () => {
  const { api, say, send } = machineWithPod();
  const pod = api.get("Pod", "default", "web")!;
  for (let index = 0; index < 1005; index++) {
    const metadata = { ...pod.metadata, name: `pod-${index}`, uid: String(index) };
    say({ involvedObject: { ...pod, metadata } });
  }
  const left = api.list("Event");
  expect(left.length).toBe(1000);
  expect(left.some(({ involvedObject }) => involvedObject.name === "pod-4")).toBe(false);
  expect(left.some(({ involvedObject }) => involvedObject.name === "pod-5")).toBe(true);
  send("DELETE", "/api/v1/namespaces/other");
  say({ involvedObject: { ...pod, metadata: { ...pod.metadata, namespace: "other" } } });
  expect(api.list("Event", { namespace: "other" })).toEqual([]);
});

test("API-75: events of one object are listed in the order in which they happened", () => {
  const { api, say } = machineWithPod();
  const reasons = ["Scheduled", "Pulled", "Created", "Started", "Unhealthy"];
  for (const reason of reasons) say({ reason });
  expect(api.list("Event").map(({ reason }) => reason)).toEqual(reasons);
});

test("API-76: an event with an action has one time, and a series when it comes again", () => {
  const { api, say, machine } = machineWithPod();
  const advance = (ms: number): void => machine.runUntil(machine.state.now + ms);
  const again = (): void =>
    say({
      fieldPath: undefined as never,
      reason: "FailedScheduling",
      message: "0/3 nodes are available",
      component: "default-scheduler",
      host: "default-scheduler-vm",
      action: "Scheduling",
    });
  again();
  const [first] = api.list("Event");
  const { metadata: _, involvedObject: __, ...fields } = first!;
  expect(fields).toEqual({
    apiVersion: "v1",
    kind: "Event",
    reason: "FailedScheduling",
    message: "0/3 nodes are available",
    type: "Warning",
    action: "Scheduling",
    eventTime: expect.stringMatching(/^2026-03-02T09:00:00\.\d{6}Z$/),
    source: {},
    firstTimestamp: null,
    lastTimestamp: null,
    reportingComponent: "default-scheduler",
    reportingInstance: "default-scheduler-vm",
  });
  advance(5000);
  again();
  const series = { count: 2, lastObservedTime: expect.stringMatching(/^2026-03-02T09:00:05\./) };
  expect(api.list("Event")[0]!.series).toEqual(series);
  advance(5000);
  again();
  expect(api.list("Event")[0]!.series).toEqual(series);
  advance(360_000);
  again();
  expect(api.list("Event").map((event) => event.series?.count)).toEqual([4]);
});
