import { expect, test } from "vitest";
import { terminal } from "../../testing/terminal.ts";
import { parseForwardings, podPorts, servicePorts } from "./ports.ts";

const pod = {
  metadata: { name: "kubia" },
  spec: { containers: [{ ports: [{ name: "http", containerPort: 8080 }] }] },
} as unknown as Parameters<typeof podPorts>[1];
const service = {
  metadata: { name: "web" },
  spec: {
    clusterIP: "10.96.7.7",
    ports: [
      { name: "main", port: 80, targetPort: "http" },
      { name: "admin", port: 81, targetPort: 9000 },
      { name: "plain", port: 82 },
    ],
  },
} as unknown as Parameters<typeof servicePorts>[1];

test("KWRITE-54: names of ports become numbers, and a Service's ports those of its pod", () => {
  expect(podPorts(["8080", "9:http", "http"], pod)).toEqual(["8080", "9:8080", "8080"]);
  expect(servicePorts(["80", "9:80", "admin", "1:plain"], service, pod)).toEqual([
    "80:8080",
    "9:8080",
    "81:9000",
    "1:82",
  ]);
  expect(() => servicePorts(["83"], service, pod)).toThrow(
    "error: Service web does not have a service port 83",
  );
  expect(() => podPorts(["1:nope"], pod)).toThrow("error: Pod 'kubia' does not have a named port 'nope'");
});

test("KWRITE-54: pairs of ports", () => {
  expect(parseForwardings(["80", "1:2", ":3"])).toEqual([
    { local: 80, remote: 80 },
    { local: 1, remote: 2 },
    { local: 0, remote: 3 },
  ]);
  expect(() => parseForwardings(["99999:80"])).toThrow(
    "error: error parsing local port '99999': strconv.ParseUint: parsing \"99999\": value out of range",
  );
  expect(() => parseForwardings(["80:0"])).toThrow("error: remote port must be > 0");
});

test("KWRITE-54: what cannot be forwarded", async () => {
  const { run } = terminal(`apiVersion: v1
kind: Pod
metadata: {name: waiting}
spec: {nodeSelector: {no: where}, containers: [{name: main, image: nginx}]}
---
apiVersion: v1
kind: Service
metadata: {name: empty}
spec: {selector: {app: none}, ports: [{port: 80}]}
`);
  expect((await run("port-forward pod/waiting 8080")).stderr).toBe(
    "error: unable to forward port because pod is not running. Current status=Pending\n",
  );
  expect((await run("port-forward svc/empty 8080:80 --pod-running-timeout=2s")).stderr).toBe(
    "error: timed out waiting for the condition\n",
  );
});
