// The whole cluster: what no part of it can show alone.
import { expect, test } from "vitest";
import type { JsonObject } from "#base/json";
import { isReady } from "#api/pod/lifecycle";
import type { Pod } from "#api/pod/types";
import { createCluster, type Cluster } from "./cluster.ts";
import type { RuntimeState } from "./process/runtime.ts";
import { takeSessionOutput } from "./process/session.ts";
import { DEFAULT_SETTINGS } from "./settings.ts";

function clusterWith(...bodies: JsonObject[]): Cluster {
  const cluster = createCluster(DEFAULT_SETTINGS);
  cluster.advance(5000);
  for (const body of bodies) {
    const plural = `${String(body["kind"]).toLowerCase()}s`;
    const path = `/api/v1/namespaces/default/${plural}`;
    expect(cluster.handle({ method: "POST", path, body })).toMatchObject({ status: 201 });
  }
  cluster.advance(15_000);
  return cluster;
}

const pod = (name: string, container: JsonObject, spec: JsonObject = {}): JsonObject => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, labels: { app: name } },
  spec: { ...spec, containers: [{ name: "main", ...container }] },
});

const service = (name: string, targetPort: number): JsonObject => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name },
  spec: { selector: { app: name }, ports: [{ port: 80, targetPort }] },
});

const kubia = { image: "luksa/kubia" };

function sends(cluster: Cluster, from: string, url = "http://web"): string {
  cluster.act({
    type: "setClient",
    client: {
      name: "ann",
      location: { kind: "pod", namespace: "default", name: from },
      program: "curl",
      url,
      method: "GET",
      headers: {},
      rate: 0,
      keepAlive: false,
      cookies: false,
      maxTimeMs: 5000,
    },
  });
  cluster.act({ type: "send", client: "ann", count: 1 });
  cluster.advance(6000);
  const end = cluster.journeys().findLast(({ client }) => client.program === "curl")?.end;
  return end?.kind === "response" ? end.body.trim() : (end?.text ?? "no answer");
}

test("CLUSTER-1: a pod on its node's network resolves by its own dnsPolicy", () => {
  const script = ["sh", "-c", "nslookup web.default.svc.cluster.local | grep -c 10.96; sleep 1000"];
  const shell = { image: "busybox:1.36", command: script };
  const cluster = clusterWith(
    pod("web", kubia),
    service("web", 8080),
    pod("inside", shell, { hostNetwork: true, dnsPolicy: "ClusterFirstWithHostNet" }),
    pod("outside", shell, { hostNetwork: true }),
  );
  expect(sends(cluster, "inside")).toBe("You've hit web");
  expect(sends(cluster, "outside")).toBe("Could not resolve host: web");
  expect(Number(cluster.logs("default", "inside")[0])).toBeGreaterThan(0);
  expect(cluster.logs("default", "outside")[0]).toBe("0");
});

test("CLUSTER-2: nothing runs on a node without power; its pods stay Running until its kubelet is missed", () => {
  const ticks = ["sh", "-c", "while true; do echo tick; sleep 1; done"];
  const cluster = clusterWith(
    pod("web", kubia, { nodeName: "node-1" }),
    service("web", 8080),
    pod("clock", { image: "busybox:1.36", command: ticks }, { nodeName: "node-1" }),
    pod("asks", { image: "busybox:1.36", command: ["sleep", "9999"] }, { nodeName: "node-2" }),
  );
  const { api } = cluster.machine.context;
  const look = (): unknown => {
    const web = api.get("Pod", "default", "web")!;
    return [web.status.phase, isReady(web), cluster.logs("default", "clock").length];
  };
  expect(sends(cluster, "asks")).toBe("You've hit web");
  cluster.act({ type: "nodePower", node: "node-1", up: false });
  const before = cluster.logs("default", "clock").length;
  expect(sends(cluster, "asks")).toMatch(/timed out/);
  cluster.advance(20_000);
  expect(look()).toEqual(["Running", true, before]);
  cluster.advance(40_000);
  expect(look()).toEqual(["Running", false, before]);
  cluster.act({ type: "nodePower", node: "node-1", up: true });
  cluster.advance(10_000);
  expect(look()).toEqual(["Running", true, expect.any(Number)]);
  expect(cluster.logs("default", "clock").length).toBeGreaterThan(before + 8);
  expect(sends(cluster, "asks")).toBe("You've hit web");
});

test("CLUSTER-3: a server that stops listening when it is told to end closes its open connections as it exits", () => {
  const asks = ["sh", "-c", "sleep 5; curl -s http://web; echo ended with $?; sleep 1000"];
  const cluster = clusterWith(pod("web", { image: "nginx:1.27" }), service("web", 80));
  const faults = { slowMs: 60_000 };
  cluster.act({ type: "setFaults", namespace: "default", pod: "web", faults });
  const body = pod("asks", { image: "curlimages/curl:8.1.2", command: asks });
  cluster.handle({ method: "POST", path: "/api/v1/namespaces/default/pods", body });
  cluster.advance(15_000);
  expect(cluster.logs("default", "asks")).toEqual([]);
  cluster.handle({ method: "DELETE", path: "/api/v1/namespaces/default/pods/web" });
  cluster.advance(1000);
  expect(cluster.logs("default", "asks")).toEqual(["ended with 52"]);
});

test("CLUSTER-4: a watch shows the end of a pod in five changes", () => {
  const obeys = ["sh", "-c", "trap 'exit 0' TERM; while true; do sleep 0.2; done"];
  const cluster = clusterWith(
    pod("obeys", { image: "busybox:1.36", command: obeys }),
    pod("ignores", kubia, { terminationGracePeriodSeconds: 3 }),
  );
  const shown: Record<string, string[]> = { obeys: [], ignores: [] };
  const request = { method: "GET" as const, path: "/api/v1/namespaces/default/pods" };
  cluster.watch(request, (event) => {
    const { metadata, status } = event.object as unknown as Pod;
    const state = status.containerStatuses?.[0]?.state.terminated;
    const row = [
      status.phase,
      state?.exitCode ?? "",
      state?.reason ?? "",
      metadata.deletionGracePeriodSeconds ?? "",
    ];
    shown[metadata.name]!.push(`${event.type} ${row.join(" ")}`);
  });
  for (const name of ["obeys", "ignores"])
    cluster.handle({ method: "DELETE", path: `${request.path}/${name}` });
  cluster.advance(8000);
  expect(shown).toEqual({
    obeys: [
      "MODIFIED Running   30",
      "MODIFIED Running   30",
      "MODIFIED Succeeded 0 Completed 30",
      "MODIFIED Succeeded 0 Completed 0",
      "DELETED Succeeded 0 Completed 0",
    ],
    ignores: [
      "MODIFIED Running   3",
      "MODIFIED Running   3",
      "MODIFIED Failed 137 Error 3",
      "MODIFIED Failed 137 Error 0",
      "DELETED Failed 137 Error 0",
    ],
  });
});

test("CLUSTER-5: no session opens in a pod on a node without power", () => {
  const cluster = clusterWith(pod("web", kubia, { nodeName: "node-1" }));
  const kernel = cluster.machine.enter<RuntimeState>("runtime");
  const ls = (): unknown => {
    const open = { type: "openSession", session: "s", namespace: "default", pod: "web" } as const;
    cluster.act({ ...open, command: ["ls", "/app.js"], stdin: false, tty: false });
    cluster.advance(500);
    return takeSessionOutput(kernel, "s").ended;
  };
  expect(ls()).toEqual({ exit: 0 });
  cluster.act({ type: "nodePower", node: "node-1", up: false });
  expect(ls()).toEqual({
    error: "error dialing backend: dial tcp 192.168.8.11:10250: connect: no route to host",
  });
  cluster.act({ type: "nodePower", node: "node-1", up: true });
  expect(ls()).toEqual({ exit: 0 });
});
