import { expect, test } from "vitest";
import type { JsonObject } from "#base/json";
import { createCluster, type Cluster } from "../cluster.ts";
import { DEFAULT_SETTINGS } from "../settings.ts";

const POD: JsonObject = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "box" },
  spec: {
    restartPolicy: "Never",
    containers: [
      { name: "main", image: "busybox:1.36", command: ["sh", "-c", "echo one; echo two; printf three"] },
      { name: "side", image: "busybox:1.36", command: ["sleep", "3600"] },
      { name: "lost", image: "no-such-image" },
    ],
  },
};

function started() {
  const cluster = createCluster({ ...DEFAULT_SETTINGS, imagesPresent: true });
  cluster.advance(2000);
  const made = cluster.handle({ method: "POST", path: "/api/v1/namespaces/default/pods", body: POD });
  expect(made.status).toBe(201);
  cluster.advance(10_000);
  return (query: Record<string, string>, pod = "box") => {
    const path = `/api/v1/namespaces/default/pods/${pod}/log`;
    const { status, body } = cluster.handle({ method: "GET", path, query });
    return status === 200 ? body : (body as { message: string }).message;
  };
}

test("API-36: pods/log gives what a container has written, whole, from its end, or cut", () => {
  const log = started();
  expect(log({ container: "main" })).toBe("one\ntwo\nthree");
  expect(log({ container: "main", tailLines: "2" })).toBe("two\nthree");
  expect(log({ container: "main", tailLines: "0" })).toBe("");
  expect(log({ container: "main", limitBytes: "6" })).toBe("one\ntw");
  expect(log({ container: "side" })).toBe("");
  expect(log({ container: "main", timestamps: "true", tailLines: "1" })).toMatch(
    /^2026-03-02T09:00:\d\d(\.\d+)?Z three$/,
  );
});

test("API-37: pods/log says why there is nothing to read", () => {
  const log = started();
  expect(log({})).toBe("a container name must be specified for pod box, choose one of: [main side lost]");
  expect(log({ container: "other" })).toBe("container other is not valid for pod box");
  expect(log({ container: "main", previous: "true" })).toBe(
    'previous terminated container "main" in pod "box" not found',
  );
  expect(log({ container: "lost" })).toMatch(
    /^container "lost" in pod "box" is waiting to start: (image can't be pulled|trying and failing to pull image)$/,
  );
  expect(log({}, "none")).toBe('pods "none" not found');
});

const PODS = "/api/v1/namespaces/default/pods";

function withPod(spec: object): Cluster {
  const cluster = createCluster({ ...DEFAULT_SETTINGS, imagesPresent: true });
  cluster.advance(1000);
  const body = { apiVersion: "v1", kind: "Pod", metadata: { name: "web" }, spec };
  expect(cluster.handle({ method: "POST", path: PODS, body: body as never }).status).toBe(201);
  return cluster;
}

const log = (cluster: Cluster, query: Record<string, string> = {}): unknown => {
  const { status, body } = cluster.handle({ method: "GET", path: `${PODS}/web/log`, query });
  return status === 200 ? body : `${status} ${(body as { message: string }).message}`;
};

const shell = (name: string, script: string): object => ({
  name,
  image: "busybox:1.36",
  command: ["sh", "-c", script],
});

test("KUBECTL-46: the log of a container comes whole, by its last lines, since a time, or cut", () => {
  const cluster = withPod({
    containers: [shell("main", "echo one; sleep 5; echo two; printf end; sleep 60")],
  });
  cluster.advance(8000);
  expect(log(cluster)).toBe("one\ntwo\n");
  expect(log(cluster, { tailLines: "1" })).toBe("two\n");
  expect(log(cluster, { tailLines: "0" })).toBe("");
  expect(log(cluster, { sinceSeconds: "4" })).toBe("two\n");
  expect(log(cluster, { limitBytes: "5" })).toBe("one\nt");
  expect(log(cluster, { timestamps: "true", tailLines: "1" })).toMatch(
    /^2026-03-02T09:00:0\d(\.\d{1,9})?Z two\n$/,
  );
});

test("KUBECTL-47: where there is no log the server says why", () => {
  const cluster = withPod({ containers: [shell("a", "sleep 60"), shell("b", "sleep 60")] });
  expect(log(cluster)).toBe("400 a container name must be specified for pod web, choose one of: [a b]");
  expect(log(cluster, { container: "c" })).toBe("400 container c is not valid for pod web");
  cluster.advance(8000);
  expect(log(cluster, { container: "a" })).toBe("");
  expect(log(cluster, { container: "a", previous: "true" })).toBe(
    '400 previous terminated container "a" in pod "web" not found',
  );
  cluster.act({ type: "nodePower", node: nodeOf(cluster), up: false });
  expect(log(cluster, { container: "a" })).toMatch(/^500 Get "https:.*connect: no route to host$/);
  const missing = cluster.handle({ method: "GET", path: `${PODS}/nothing/log` });
  expect((missing.body as { message: string }).message).toBe('pods "nothing" not found');
});

test("KUBECTL-48: a container that waits has no log but that of its run before", () => {
  const cluster = withPod({ containers: [{ name: "main", image: "busybox:9.97" }] });
  cluster.advance(2000);
  expect(log(cluster)).toMatch(/^400 container "main" in pod "web" is waiting to start: /);
  const crashing = withPod({ containers: [shell("main", "echo up; exit 1")] });
  crashing.advance(60_000);
  expect(log(crashing)).toBe("up\n");
});

function nodeOf(cluster: Cluster): string {
  return cluster.machine.context.api.get("Pod", "default", "web")!.spec.nodeName!;
}
