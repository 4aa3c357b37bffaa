// The cells that `kubectl get` prints; rows are copied from recordings of a real server.
import { describe, expect, test } from "vitest";
import type { JsonObject } from "#base/json";
import { parseRfc3339 } from "#base/time";
import type { KindName } from "./kinds.ts";
import { kindNamed } from "./registry.ts";

const NOW = parseRfc3339("2026-03-02T09:20:00Z") ?? 0;

function table(kind: KindName, object: JsonObject): Record<string, unknown> {
  const cells = kindNamed(kind).columns.map((column) => [
    column.name.toUpperCase(),
    column.value(object, { nowMs: NOW }),
  ]);
  return Object.fromEntries(cells) as Record<string, unknown>;
}

const metadata = { name: "web", creationTimestamp: "2026-03-02T09:00:00Z" };

describe("KIND-20: pods", () => {
  const waiting = (reason: string): JsonObject => ({ waiting: { reason } });
  const running: JsonObject = { running: { startedAt: "2026-03-02T09:19:00Z" } };
  const ended = (exitCode: number, reason: string): JsonObject => ({
    terminated: { exitCode, reason, startedAt: "2026-03-02T09:18:00Z", finishedAt: "2026-03-02T09:19:11Z" },
  });
  const container = (name: string, state: JsonObject, more: JsonObject = {}): JsonObject => ({
    name,
    state,
    lastState: {},
    ready: false,
    restartCount: 0,
    ...more,
  });

  function row(spec: JsonObject, status: JsonObject, meta: JsonObject = {}): string {
    const cells = table("Pod", { metadata: { ...metadata, ...meta }, spec, status });
    return `${String(cells["READY"])} ${String(cells["STATUS"])} ${String(cells["RESTARTS"])}`;
  }
  const one = { containers: [{ name: "main" }] };

  test.each([
    [
      "running",
      "1/1 Running 0",
      { phase: "Running", containerStatuses: [container("main", running, { ready: true })] },
    ],
    ["not ready", "0/1 Running 0", { phase: "Running", containerStatuses: [container("main", running)] }],
    ["pending", "0/1 Pending 0", { phase: "Pending" }],
    [
      "completed",
      "0/1 Completed 0",
      { phase: "Succeeded", containerStatuses: [container("main", ended(0, "Completed"))] },
    ],
    ["failed", "0/1 Error 0", { phase: "Failed", containerStatuses: [container("main", ended(1, "Error"))] }],
    [
      "image",
      "0/1 ImagePullBackOff 0",
      { phase: "Pending", containerStatuses: [container("main", waiting("ImagePullBackOff"))] },
    ],
    [
      "crash loop",
      "0/1 CrashLoopBackOff 3 (49s ago)",
      {
        phase: "Running",
        containerStatuses: [
          container("main", waiting("CrashLoopBackOff"), { restartCount: 3, lastState: ended(1, "Error") }),
        ],
      },
    ],
    [
      "one of two failed",
      "0/1 Error 0",
      {
        phase: "Failed",
        containerStatuses: [container("a", ended(0, "Completed")), container("b", ended(1, "Error"))],
      },
    ],
    [
      "signal",
      "0/1 Signal:9 0",
      {
        phase: "Failed",
        containerStatuses: [container("main", { terminated: { exitCode: 137, signal: 9 } })],
      },
    ],
    [
      "gated",
      "0/1 SchedulingGated 0",
      {
        phase: "Pending",
        conditions: [{ type: "PodScheduled", status: "False", reason: "SchedulingGated" }],
      },
    ],
  ] as [string, string, JsonObject][])("%s", (_, expected, status) => {
    expect(row(one, status)).toBe(expected);
  });

  test("a deleted pod is Terminating until it has ended", () => {
    const meta = { deletionTimestamp: "2026-03-02T09:19:30Z" };
    const status = { phase: "Running", containerStatuses: [container("main", running, { ready: true })] };
    expect(row(one, status, meta)).toBe("1/1 Terminating 0");
    const over = { phase: "Succeeded", containerStatuses: [container("main", ended(0, "Completed"))] };
    expect(row(one, over, meta)).toBe("0/1 Completed 0");
  });

  test("init containers show the first open step; sidecars count as containers", () => {
    const spec: JsonObject = {
      initContainers: [{ name: "proxy", restartPolicy: "Always" }, { name: "setup" }],
      containers: [{ name: "main" }],
    };
    const proxy = container("proxy", running, { started: true, ready: true });
    const starting = { phase: "Pending", containerStatuses: [container("main", waiting("PodInitializing"))] };
    expect(row(spec, { ...starting, initContainerStatuses: [proxy, container("setup", running)] })).toBe(
      "1/2 Init:1/2 0",
    );
    const broken = container("setup", ended(1, "Error"), { restartCount: 2, lastState: ended(1, "Error") });
    expect(row(spec, { ...starting, initContainerStatuses: [proxy, broken] })).toBe(
      "1/2 Init:Error 2 (49s ago)",
    );
    const done = { phase: "Running", containerStatuses: [container("main", running, { ready: true })] };
    const over = container("setup", ended(0, "Completed"));
    expect(row(spec, { ...done, initContainerStatuses: [proxy, over] })).toBe("2/2 Running 0");
  });

  test("-o wide adds the address, the node, and readiness gates", () => {
    const spec = {
      ...one,
      nodeName: "node-1",
      readinessGates: [{ conditionType: "a/b" }, { conditionType: "c" }],
    };
    const status = {
      phase: "Running",
      podIPs: [{ ip: "10.244.1.3" }],
      conditions: [{ type: "c", status: "True" }],
    };
    expect(table("Pod", { metadata, spec, status })).toEqual({
      NAME: "web",
      READY: "0/1",
      STATUS: "Running",
      RESTARTS: "0",
      AGE: "20m",
      IP: "10.244.1.3",
      NODE: "node-1",
      "NOMINATED NODE": "<none>",
      "READINESS GATES": "1/2",
    });
  });
});

describe("KIND-21: services", () => {
  const row = (spec: JsonObject, status: JsonObject = { loadBalancer: {} }): string =>
    Object.values(table("Service", { metadata, spec, status })).join(" ");
  const port = { port: 80, protocol: "TCP" };

  test("types, addresses, ports and selectors", () => {
    const ip = { clusterIP: "10.96.0.85", clusterIPs: ["10.96.0.85"] };
    expect(
      row({
        type: "ClusterIP",
        ...ip,
        ports: [port, { port: 53, protocol: "UDP" }],
        selector: { app: "j", tier: "front" },
      }),
    ).toBe("web ClusterIP 10.96.0.85 <none> 80/TCP,53/UDP 20m app=j,tier=front");
    expect(row({ type: "NodePort", ...ip, ports: [{ ...port, nodePort: 30017 }] })).toBe(
      "web NodePort 10.96.0.85 <none> 80:30017/TCP 20m <none>",
    );
    expect(row({ type: "ClusterIP", clusterIP: "None", clusterIPs: ["None"] })).toBe(
      "web ClusterIP None <none> <none> 20m <none>",
    );
    expect(row({ type: "ExternalName", externalName: "api.example.com" })).toBe(
      "web ExternalName <none> api.example.com <none> 20m <none>",
    );
    expect(
      row({ type: "ClusterIP", ...ip, ports: [port], externalIPs: ["203.0.113.61", "203.0.113.62"] }),
    ).toBe("web ClusterIP 10.96.0.85 203.0.113.61,203.0.113.62 80/TCP 20m <none>");
  });

  test("a load balancer is pending until it has an address", () => {
    const spec = { type: "LoadBalancer", clusterIP: "10.96.0.85", ports: [port] };
    expect(row(spec)).toBe("web LoadBalancer 10.96.0.85 <pending> 80/TCP 20m <none>");
    expect(row(spec, { loadBalancer: { ingress: [{ ip: "203.0.113.10" }] } })).toContain(
      " 203.0.113.10 80/TCP",
    );
  });
});

describe("KIND-22: endpoints and slices", () => {
  const addresses = (count: number): JsonObject[] =>
    Array.from({ length: count }, (_, index) => ({ ip: `10.244.1.${index + 2}` }));
  const cell = (subsets: JsonObject[] | undefined): unknown =>
    table("Endpoints", { metadata, ...(subsets && { subsets }) })["ENDPOINTS"];

  test("three addresses and the number of the rest", () => {
    expect(cell(undefined)).toBe("<none>");
    expect(cell([{ notReadyAddresses: addresses(2), ports: [{ port: 80 }] }])).toBe("");
    expect(cell([{ addresses: addresses(1) }])).toBe("10.244.1.2");
    expect(cell([{ addresses: addresses(2), ports: [{ port: 8080 }, { port: 8443 }] }])).toBe(
      "10.244.1.2:8080,10.244.1.3:8080,10.244.1.2:8443 + 1 more...",
    );
    expect(cell([{ addresses: [{ ip: "fd00::5" }], ports: [{ port: 80 }] }])).toBe("[fd00::5]:80");
  });

  test("slices without ports or endpoints are unset", () => {
    const slice = (more: JsonObject): Record<string, unknown> =>
      table("EndpointSlice", { metadata, addressType: "IPv4", ...more });
    expect(slice({ endpoints: [] })).toMatchObject({ PORTS: "<unset>", ENDPOINTS: "<unset>" });
    const endpoints = addresses(4).map(({ ip }) => ({ addresses: [ip ?? ""] }));
    expect(slice({ endpoints, ports: [{ name: "http", port: 8080 }, { name: "any" }] })).toEqual({
      NAME: "web",
      ADDRESSTYPE: "IPv4",
      PORTS: "8080,any",
      ENDPOINTS: "10.244.1.2,10.244.1.3,10.244.1.4 + 1 more...",
      AGE: "20m",
    });
  });
});

test("KIND-23: ingresses and their classes", () => {
  const rules = ["a.example.com", "b.example.com", "c.example.com", "d.example.com"].map((host) => ({
    host,
  }));
  const status = { loadBalancer: { ingress: [{ ip: "203.0.113.7" }] } };
  expect(
    table("Ingress", { metadata, spec: { rules, tls: [{}], ingressClassName: "nginx" }, status }),
  ).toEqual({
    NAME: "web",
    CLASS: "nginx",
    HOSTS: "a.example.com,b.example.com,c.example.com + 1 more...",
    ADDRESS: "203.0.113.7",
    PORTS: "80, 443",
    AGE: "20m",
  });
  const named = { ...metadata, annotations: { "kubernetes.io/ingress.class": "nginx" } };
  expect(
    table("Ingress", { metadata: named, spec: { rules: [{}] }, status: { loadBalancer: {} } }),
  ).toMatchObject({
    CLASS: "<none>",
    HOSTS: "*",
    ADDRESS: "",
    PORTS: "80",
  });
  const parameters = { apiGroup: "example.com", kind: "Param", name: "p" };
  expect(
    table("IngressClass", { metadata, spec: { controller: "example.com/ctl", parameters } }),
  ).toMatchObject({
    CONTROLLER: "example.com/ctl",
    PARAMETERS: "Param.example.com/p",
  });
});

test("KIND-24: workloads", () => {
  const template = {
    spec: {
      containers: [
        { name: "main", image: "nginx:1.27" },
        { name: "side", image: "busybox:1.36" },
      ],
    },
  };
  const wide = { CONTAINERS: "main,side", IMAGES: "nginx:1.27,busybox:1.36" };
  const status = { replicas: 3, readyReplicas: 2, updatedReplicas: 1, availableReplicas: 2 };
  const selector = {
    matchLabels: { app: "web" },
    matchExpressions: [{ key: "tier", operator: "In", values: ["b", "a"] }],
  };
  expect(table("Deployment", { metadata, spec: { replicas: 3, selector, template }, status })).toEqual({
    NAME: "web",
    READY: "2/3",
    "UP-TO-DATE": 1,
    AVAILABLE: 2,
    AGE: "20m",
    ...wide,
    SELECTOR: "app=web,tier in (a,b)",
  });
  const rest = { NAME: "web", DESIRED: 3, CURRENT: 3, READY: 2, AGE: "20m", ...wide, SELECTOR: "app=web" };
  const spec = { replicas: 3, template };
  expect(
    table("ReplicaSet", { metadata, spec: { ...spec, selector: { matchLabels: { app: "web" } } }, status }),
  ).toEqual(rest);
  expect(
    table("ReplicationController", { metadata, spec: { ...spec, selector: { app: "web" } }, status }),
  ).toEqual(rest);
});

test("KIND-25: nodes", () => {
  const status = {
    conditions: [{ type: "Ready", status: "True" }],
    addresses: [
      { type: "InternalIP", address: "192.168.8.11" },
      { type: "ExternalIP", address: "203.0.113.11" },
    ],
    nodeInfo: {
      kubeletVersion: "v1.35.4",
      osImage: "Debian GNU/Linux 12 (bookworm)",
      kernelVersion: "6.1.0",
      containerRuntimeVersion: "containerd://2.1.4",
    },
  };
  expect(table("Node", { metadata, spec: {}, status })).toEqual({
    NAME: "web",
    STATUS: "Ready",
    ROLES: "<none>",
    AGE: "20m",
    VERSION: "v1.35.4",
    "INTERNAL-IP": "192.168.8.11",
    "EXTERNAL-IP": "203.0.113.11",
    "OS-IMAGE": "Debian GNU/Linux 12 (bookworm)",
    "KERNEL-VERSION": "6.1.0",
    "CONTAINER-RUNTIME": "containerd://2.1.4",
  });
  const cordoned = {
    metadata: { ...metadata, labels: { "node-role.kubernetes.io/worker": "" } },
    spec: { unschedulable: true },
    status: {},
  };
  expect(table("Node", cordoned)).toMatchObject({ STATUS: "Unknown,SchedulingDisabled", ROLES: "worker" });
});

test("KIND-26: events", () => {
  const event = {
    metadata: { name: "web.1", creationTimestamp: "2026-03-02T09:19:54Z" },
    involvedObject: { kind: "Pod", name: "web", fieldPath: "spec.containers{main}" },
    type: "Warning",
    reason: "Unhealthy",
    message: "Readiness probe failed\n",
    firstTimestamp: "2026-03-02T09:19:00Z",
    lastTimestamp: "2026-03-02T09:19:54Z",
    count: 6,
    source: { component: "kubelet", host: "node-1" },
  };
  expect(table("Event", event)).toEqual({
    "LAST SEEN": "6s",
    TYPE: "Warning",
    REASON: "Unhealthy",
    OBJECT: "pod/web",
    SUBOBJECT: "spec.containers{main}",
    SOURCE: "kubelet, node-1",
    MESSAGE: "Readiness probe failed",
    "FIRST SEEN": "60s",
    COUNT: 6,
    NAME: "web.1",
  });
  const single = {
    ...event,
    firstTimestamp: null,
    lastTimestamp: null,
    eventTime: "2026-03-02T09:18:00.000000Z",
    count: 0,
  };
  expect(table("Event", single)).toMatchObject({ "LAST SEEN": "2m", "FIRST SEEN": "2m", COUNT: 1 });
});

test("KIND-27: what holds data counts it", () => {
  expect(table("ConfigMap", { metadata, data: { a: "1", b: "2" }, binaryData: { c: "" } })).toEqual({
    NAME: "web",
    DATA: 3,
    AGE: "20m",
  });
  expect(table("Secret", { metadata, type: "Opaque", data: { a: "" } })).toEqual({
    NAME: "web",
    TYPE: "Opaque",
    DATA: 1,
    AGE: "20m",
  });
  expect(table("Namespace", { metadata, status: { phase: "Terminating" } })).toMatchObject({
    STATUS: "Terminating",
  });
  expect(table("ServiceAccount", { metadata })).toEqual({ NAME: "web", AGE: "20m" });
});
