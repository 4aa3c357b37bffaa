// Init containers, sidecars, ephemeral containers, changed images, and finding containers from outside.
import { expect, test } from "vitest";
import { containerOf, findContainer, runningContainers } from "./kubelet.ts";
import { createLab, probe, type Lab } from "./testing/lab.ts";

const sleeps = { name: "main", command: ["sleep", "3600"] };

function states(lab: Lab, name: string): string {
  const { initContainerStatuses = [], containerStatuses = [], phase } = lab.get(name)!.status;
  const words = [...initContainerStatuses, ...containerStatuses].map(({ name: container, state, ready }) => {
    const reason = state.waiting?.reason ?? state.terminated?.reason ?? "Running";
    return `${container}:${reason}${ready ? "+" : "-"}`;
  });
  return `${phase} ${words.join(" ")}`;
}

function watch(lab: Lab, name: string, seconds: number): string[] {
  const seen: string[] = [];
  for (let tenths = 0; tenths < seconds * 10; tenths++) {
    lab.advance(100);
    const what = states(lab, name);
    if (seen.at(-1) !== what) seen.push(what);
  }
  return seen;
}

test("KLT-50: init containers run one after another; a sidecar has to be started before the rest", () => {
  const lab = createLab();
  const startupProbe = probe({
    exec: { command: ["cat", "/tmp/up"] },
    periodSeconds: 1,
    failureThreshold: 20,
  });
  const helper = {
    name: "helper",
    restartPolicy: "Always",
    command: ["sh", "-c", "sleep 4; touch /tmp/up; sleep 3600"],
    startupProbe,
  };
  lab.pod("front", {
    initContainers: [{ name: "setup", command: ["echo", "set up"] }, helper],
    containers: [sleeps],
  });
  expect(watch(lab, "front", 10)).toEqual([
    "Pending setup:PodInitializing- helper:PodInitializing- main:PodInitializing-",
    "Pending setup:Completed+ helper:PodInitializing- main:PodInitializing-",
    "Pending setup:Completed+ helper:Running- main:PodInitializing-",
    "Pending setup:Completed+ helper:Running+ main:PodInitializing-",
    "Running setup:Completed+ helper:Running+ main:Running+",
  ]);
  const paths = lab.api.events.map(({ fieldPath, reason }) => `${reason} ${fieldPath}`);
  expect(paths.filter((path) => path.startsWith("Started"))).toEqual([
    "Started spec.initContainers{setup}",
    "Started spec.initContainers{helper}",
    "Started spec.containers{main}",
  ]);
});

test("KLT-51: sidecars end with the containers they serve, and the pod succeeds", () => {
  const lab = createLab();
  const script = "trap 'exit 0' TERM; while true; do sleep 0.2; done";
  lab.pod("worker", {
    restartPolicy: "Never",
    initContainers: [{ name: "helper", restartPolicy: "Always", command: ["sh", "-c", script] }],
    containers: [{ name: "main", command: ["sh", "-c", "sleep 3"] }],
  });
  expect(watch(lab, "worker", 10)).toEqual([
    "Pending helper:PodInitializing- main:PodInitializing-",
    "Pending helper:Running+ main:PodInitializing-",
    "Running helper:Running+ main:Running+",
    "Running helper:Running+ main:Completed-",
    "Succeeded helper:Completed- main:Completed-",
  ]);
  const sandbox = lab
    .get("worker")!
    .status.conditions!.find(({ type }) => type === "PodReadyToStartContainers");
  expect(sandbox!.status).toBe("False");
});

test("KLT-52: a failed init container is tried again, or under Never fails the pod", () => {
  const lab = createLab();
  const initContainers = [{ name: "setup", command: ["false"] }];
  lab.pod("again", { initContainers, containers: [sleeps] });
  lab.pod("once", { restartPolicy: "Never", initContainers, containers: [sleeps] });
  lab.advance(3000);
  const setup = lab.get("again")!.status.initContainerStatuses![0]!;
  expect([states(lab, "again"), setup.restartCount]).toEqual([
    "Pending setup:Error- main:PodInitializing-",
    1,
  ]);
  const initialized = lab.get("again")!.status.conditions![1]!;
  expect([initialized.status, initialized.reason, initialized.message]).toEqual([
    "False",
    "ContainersNotInitialized",
    "containers with incomplete status: [setup]",
  ]);
  expect(states(lab, "once")).toBe("Failed setup:Error- main:PodInitializing-");
});

test("KLT-53: an ephemeral container joins a running pod", () => {
  const lab = createLab();
  lab.pod("web", { containers: [sleeps] });
  lab.advance(3000);
  const pod = lab.get("web")!;
  const debug = {
    name: "debug",
    image: "busybox:1.36",
    imagePullPolicy: "IfNotPresent",
    command: ["sleep", "60"],
  };
  lab.apply({
    ...pod,
    metadata: { ...pod.metadata, generation: 2 },
    spec: { ...pod.spec, ephemeralContainers: [debug] },
  });
  lab.advance(3000);
  const { ephemeralContainerStatuses } = lab.get("web")!.status;
  expect(ephemeralContainerStatuses!.map(({ name, state }) => [name, Object.keys(state)])).toEqual([
    ["debug", ["running"]],
  ]);
  expect(lab.summary("web")).toBe("Running Running 1/1 0");
});

test("KLT-54: another image in the manifest restarts the container", () => {
  const lab = createLab();
  lab.pod("web", { terminationGracePeriodSeconds: 1, containers: [{ name: "main", image: "luksa/kubia" }] });
  lab.advance(3000);
  const pod = lab.get("web")!;
  const containers = [{ ...pod.spec.containers[0]!, image: "luksa/kubia-unhealthy" }];
  lab.apply({ ...pod, metadata: { ...pod.metadata, generation: 2 }, spec: { ...pod.spec, containers } });
  lab.advance(5000);
  expect(lab.summary("web")).toBe("Running Running 1/1 1");
  expect(lab.get("web")!.status.containerStatuses![0]!.image).toBe("docker.io/luksa/kubia-unhealthy:latest");
  expect(lab.events("web")[3]).toBe("Normal Killing Container main definition changed, will be restarted");
});

test("KLT-55: containers are found by pod and name; without a name by the default-container annotation or the first", () => {
  const lab = createLab();
  const containers = [sleeps, { ...sleeps, name: "other" }];
  lab.pod("plain", { containers });
  lab.pod("marked", { containers }, { annotations: { "kubectl.kubernetes.io/default-container": "other" } });
  lab.advance(3000);
  expect(findContainer(lab.state, "default", "plain")!.name).toBe("main");
  expect(findContainer(lab.state, "default", "marked")!.name).toBe("other");
  expect(containerOf(lab.state, "default", "plain", "other")).toBe(
    lab.get("plain")!.status.containerStatuses![1]!.containerID!.slice("containerd://".length),
  );
  expect(containerOf(lab.state, "default", "plain", "none")).toBeUndefined();
  expect(runningContainers(lab.state).map(({ pod, container }) => `${pod}/${container}`)).toEqual([
    "plain/main",
    "plain/other",
    "marked/main",
    "marked/other",
  ]);
});
