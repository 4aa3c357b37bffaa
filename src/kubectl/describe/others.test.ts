import { expect, test } from "vitest";
import { wordsOf } from "./generic.ts";
import { described, lines, object } from "./testing/described.ts";

const EVENTS = { "/api/v1/namespaces/shop/events": [] };
const HEAD = ["Name:         web", "Namespace:    shop", "Labels:       <none>", "Annotations:  <none>"];

test("DESCRIBE-40: a ConfigMap shows its data, and how much binary data there is", () => {
  const configMap = object("v1", "ConfigMap", {
    data: { motd: "hello\nthere", color: "blue" },
    binaryData: { logo: "AAEC/w==" },
  });
  expect(described(configMap, EVENTS)).toBe(
    lines(
      ...HEAD,
      "",
      "Data",
      "====",
      "color:",
      "----",
      "blue",
      "",
      "motd:",
      "----",
      "hello",
      "there",
      "",
      "",
      "BinaryData",
      "====",
      "logo: 4 bytes",
      "",
      "Events:  <none>",
    ),
  );
});

test("DESCRIBE-41: a Secret shows sizes, and the token of a service account in clear", () => {
  const secret = (type: string): string =>
    described(object("v1", "Secret", { type, data: { token: "czNjcmV0", password: "w6Q=" } }));
  expect(secret("Opaque")).toBe(
    lines(...HEAD, "", "Type:  Opaque", "", "Data", "====", "password:  2 bytes", "token:     6 bytes"),
  );
  expect(secret("kubernetes.io/service-account-token")).toContain("token:     s3cret\n");
});

test("DESCRIBE-42: a ServiceAccount with pull secrets one below the other", () => {
  const account = object("v1", "ServiceAccount", { imagePullSecrets: [{ name: "one" }, { name: "two" }] });
  expect(described(account, {}, false)).toBe(
    lines(
      "Name:                web",
      "Namespace:           shop",
      "Labels:              <none>",
      "Annotations:         <none>",
      "Image pull secrets:  one",
      "                     two",
    ),
  );
});

test("DESCRIBE-43: a Namespace that is being deleted tells its conditions", () => {
  const namespace = object("v1", "Namespace", {
    metadata: { name: "shop", namespace: undefined },
    status: {
      phase: "Terminating",
      conditions: [
        {
          type: "NamespaceContentRemaining",
          status: "True",
          reason: "SomeResourcesRemain",
          message: "pods. has 1 resource instances",
          lastTransitionTime: "2026-11-24T02:09:03Z",
        },
      ],
    },
  });
  expect(described(namespace)).toBe(
    lines(
      "Name:         shop",
      "Labels:       <none>",
      "Annotations:  <none>",
      "Status:       Terminating",
      "Conditions:",
      "  Type                       Status  LastTransitionTime               Reason               Message",
      "  ----                       ------  ------------------               ------               -------",
      "  NamespaceContentRemaining  True    Tue, 24 Nov 2026 02:09:03 +0000  SomeResourcesRemain  pods. has 1 resource instances",
      "",
      "No resource quota.",
      "",
      "No LimitRange resource.",
    ),
  );
});

test("DESCRIBE-44: a Node adds up what its pods ask for", () => {
  const node = object("v1", "Node", {
    metadata: {
      name: "node-1",
      namespace: undefined,
      labels: { "node-role.kubernetes.io/worker": "", "kubernetes.io/role": "edge" },
    },
    spec: {
      podCIDR: "10.244.1.0/24",
      podCIDRs: ["10.244.1.0/24"],
      unschedulable: true,
      taints: [
        { key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" },
        { key: "dedicated", value: "db", effect: "NoExecute" },
      ],
    },
    status: {
      conditions: [
        {
          type: "Ready",
          status: "True",
          reason: "KubeletReady",
          message: "kubelet is posting ready status",
          lastHeartbeatTime: "2026-11-24T02:09:50Z",
          lastTransitionTime: "2026-11-24T02:00:00Z",
        },
      ],
      addresses: [{ type: "InternalIP", address: "192.168.8.11" }],
      allocatable: { cpu: "4", memory: "8Gi", pods: "110", "lab.io/gpu": "2" },
      nodeInfo: { kubeletVersion: "v1.35.4" },
    },
  });
  const resources = (cpu: string, memory: string): object => ({
    requests: { cpu, memory },
    limits: { memory },
  });
  const pods = [
    {
      metadata: { name: "web", namespace: "shop", creationTimestamp: "2026-11-24T02:00:00Z" },
      spec: {
        containers: [{ resources: resources("100m", "64Mi") }, { resources: resources("1", "1Gi") }, {}],
        initContainers: [{ resources: resources("2", "1Mi") }],
      },
    },
    {
      metadata: { name: "idle", namespace: "shop", creationTimestamp: "2026-11-24T02:09:00Z" },
      spec: { containers: [] },
    },
  ];
  const text = described(node, { "/api/v1/pods": pods, "/api/v1/events": [] });
  expect(text).toBe(
    lines(
      "Name:               node-1",
      "Roles:              edge,worker",
      "Labels:             kubernetes.io/role=edge",
      "                    node-role.kubernetes.io/worker=",
      "Annotations:        <none>",
      "CreationTimestamp:  Tue, 24 Nov 2026 02:09:00 +0000",
      "Taints:             dedicated=db:NoExecute",
      "                    node.kubernetes.io/unschedulable:NoSchedule",
      "Unschedulable:      true",
      "Lease:",
      "  HolderIdentity:  node-1",
      "  AcquireTime:     <unset>",
      "  RenewTime:       Tue, 24 Nov 2026 02:09:50 +0000",
      "Conditions:",
      "  Type    Status  LastHeartbeatTime                 LastTransitionTime                Reason         Message",
      "  ----    ------  -----------------                 ------------------                ------         -------",
      "  Ready   True    Tue, 24 Nov 2026 02:09:50 +0000   Tue, 24 Nov 2026 02:00:00 +0000   KubeletReady   kubelet is posting ready status",
      "Addresses:",
      "  InternalIP:  192.168.8.11",
      "Allocatable:",
      "  cpu:         4",
      "  lab.io/gpu:  2",
      "  memory:      8Gi",
      "  pods:        110",
      "System Info:",
      "  Machine ID:                 ",
      "  System UUID:                ",
      "  Boot ID:                    ",
      "  Kernel Version:             ",
      "  OS Image:                   ",
      "  Operating System:           ",
      "  Architecture:               ",
      "  Container Runtime Version:  ",
      "  Kubelet Version:            v1.35.4",
      "  Kube-Proxy Version:         ",
      "PodCIDR:                      10.244.1.0/24",
      "PodCIDRs:                     10.244.1.0/24",
      "Non-terminated Pods:          (2 in total)",
      "  Namespace                   Name    CPU Requests  CPU Limits  Memory Requests  Memory Limits  Age",
      "  ---------                   ----    ------------  ----------  ---------------  -------------  ---",
      "  shop                        web     2 (50%)       0 (0%)      1088Mi (13%)     1088Mi (13%)   10m",
      "  shop                        idle    0 (0%)        0 (0%)      0 (0%)           0 (0%)         60s",
      "Allocated resources:",
      "  (Total limits may be over 100 percent, i.e., overcommitted.)",
      "  Resource           Requests      Limits",
      "  --------           --------      ------",
      "  cpu                2 (50%)       0 (0%)",
      "  memory             1088Mi (13%)  1088Mi (13%)",
      "  ephemeral-storage  0 (0%)        0 (0%)",
      "  lab.io/gpu         0             0",
      "Events:              <none>",
    ),
  );
});

test("DESCRIBE-45: a kind without a describer, such as Event, field by field in words", () => {
  const event = object("v1", "Event", {
    metadata: { name: "web.18a1", resourceVersion: "7" },
    involvedObject: { kind: "Pod", uid: "u" },
    eventTime: null,
    count: 2,
    items: ["a", { fieldPath: "x" }],
  });
  expect(described(event, EVENTS)).toBe(
    lines(
      "Name:         web.18a1",
      "Namespace:    shop",
      "Labels:       <none>",
      "Annotations:  <none>",
      "API Version:  v1",
      "Count:        2",
      "Event Time:   <nil>",
      "Involved Object:",
      "  Kind:  Pod",
      "  UID:   u",
      "Items:",
      "  a",
      "  Field Path:  x",
      "Kind:          Event",
      "Metadata:",
      "  Creation Timestamp:  2026-11-24T02:09:00Z",
      "  Resource Version:    7",
      "  UID:                 u-1",
      "Events:                <none>",
    ),
  );
  expect(["podIP", "x.y/z", "externalURL", "foo-bar"].map(wordsOf)).toEqual([
    "Pod IP",
    "x.y/z",
    "External URL",
    "Foo - Bar",
  ]);
});

test("DESCRIBE-2: long annotations and those with several lines stand below their key, cut at 138 signs", () => {
  const long = "x".repeat(150);
  const account = object("v1", "ServiceAccount", {
    metadata: {
      annotations: {
        b: long,
        a: "one\ntwo\n",
        c: "short",
        "kubectl.kubernetes.io/last-applied-configuration": "{}",
      },
    },
  });
  expect(described(account, {}, false)).toContain(
    lines(
      "Annotations:         a:",
      "                       one",
      "                       two",
      "                     b:",
      `                       ${"x".repeat(138)}...`,
      "                     c: short",
    ),
  );
});

test("DESCRIBE-3: what would steer a terminal is made visible", () => {
  const account = object("v1", "ServiceAccount", { metadata: { labels: { a: "\u001b[31mred\r" } } });
  expect(described(account, {}, false)).toContain("Labels:              a=^[[31mred\\r\n");
});
