import { expect, test } from "vitest";
import type { Pod } from "#api/pod/types";
import type { JsonObject } from "#base/json";
import { createApiMachine, type ApiMachine } from "./testing/api-machine.ts";

const PODS = "/api/v1/namespaces/default/pods";
const PATH = `${PODS}/web/ephemeralcontainers`;
const STRATEGIC = { contentType: "application/strategic-merge-patch+json" };

function withPod(): ApiMachine {
  const machine = createApiMachine();
  machine.api.create("ServiceAccount", "default", { metadata: { name: "default" } });
  machine.send("POST", PODS, {
    metadata: { name: "web" },
    spec: {
      containers: [{ name: "main", image: "nginx" }],
      initContainers: [{ name: "setup", image: "busybox" }],
    },
  });
  return machine;
}

const add = ({ send }: ApiMachine, ...containers: JsonObject[]) =>
  send("PATCH", PATH, { spec: { ephemeralContainers: containers } }, STRATEGIC);

test("API-45: ephemeralcontainers adds containers to a pod, and changes nothing else of it", () => {
  const machine = withPod();
  const patch = {
    metadata: { labels: { lost: "yes" } },
    spec: {
      hostname: "lost",
      ephemeralContainers: [{ name: "debug", image: "busybox", targetContainerName: "main" }],
    },
  };
  const answer = machine.send("PATCH", PATH, patch, STRATEGIC);
  expect(answer.status).toBe(200);
  const pod = answer.body as unknown as Pod;
  expect(pod.spec.ephemeralContainers).toEqual([
    {
      name: "debug",
      image: "busybox",
      imagePullPolicy: "Always",
      resources: {},
      targetContainerName: "main",
      terminationMessagePath: "/dev/termination-log",
      terminationMessagePolicy: "File",
    },
  ]);
  expect([pod.metadata.labels, pod.spec.hostname, pod.metadata.generation]).toEqual([
    undefined,
    undefined,
    2,
  ]);
  expect(machine.send("GET", PATH).body).toEqual(answer.body);
  expect(add(machine, { name: "second", image: "busybox" }).status).toBe(200);
  const names = machine.api.get("Pod", "default", "web")!.spec.ephemeralContainers!.map(({ name }) => name);
  expect(names.sort()).toEqual(["debug", "second"]);
  expect(machine.send("DELETE", PATH).status).toBe(405);
});

test("API-46: an ephemeral container has a name of its own, an existing target, no ports, probes or resources, and stays", () => {
  const machine = withPod();
  const messages = (...containers: JsonObject[]) =>
    (add(machine, ...containers).body as JsonObject)["message"];
  expect(
    messages({
      name: "main",
      image: "busybox",
      targetContainerName: "nobody",
      ports: [{ containerPort: 80 }],
      livenessProbe: { tcpSocket: { port: 80 } },
      resources: { limits: { cpu: "1" } },
    }),
  ).toBe(
    'Pod "web" is invalid: [spec.ephemeralContainers[0].name: Duplicate value: "main", spec.ephemeralContainers[0].targetContainerName: Not found: "nobody", spec.ephemeralContainers[0].ports: Forbidden: cannot be set for an Ephemeral Container, spec.ephemeralContainers[0].resources: Forbidden: cannot be set for an Ephemeral Container, spec.ephemeralContainers[0].livenessProbe: Forbidden: cannot be set for an Ephemeral Container]',
  );
  add(machine, { name: "debug", image: "busybox" });
  expect(messages({ name: "debug", image: "nginx" })).toContain(
    'spec.ephemeralContainers: Forbidden: existing ephemeral containers "debug" may not be changed\n',
  );
  expect(messages({ name: "debug", image: "nginx" })).toContain('- "Image": "busybox",\n+ "Image": "nginx",');
  const pod = machine.api.get("Pod", "default", "web")!;
  const { ephemeralContainers: _, ...spec } = pod.spec;
  const removed = machine.send("PUT", PATH, { ...pod, spec } as unknown as JsonObject).body as JsonObject;
  expect(removed["message"]).toBe(
    'Pod "web" is invalid: spec.ephemeralContainers: Forbidden: existing ephemeral containers "debug" may not be removed\n',
  );
  const created = machine.send("POST", PODS, {
    metadata: { name: "born" },
    spec: {
      containers: [{ name: "main", image: "nginx" }],
      ephemeralContainers: [{ name: "debug", image: "busybox" }],
    },
  });
  expect((created.body as JsonObject)["message"]).toBe(
    'Pod "born" is invalid: spec.ephemeralContainers: Forbidden: cannot be set on create',
  );
});
