import { expect, test } from "vitest";
import { described, lines, object } from "./testing/described.ts";

const template = (labels: object, image = "nginx:1.27"): object => ({
  metadata: { labels },
  spec: {
    containers: [{ name: "main", image, ports: [{ name: "http", containerPort: 80, protocol: "TCP" }] }],
  },
});

const TEMPLATE_LINES = [
  "  Containers:",
  "   main:",
  "    Image:         nginx:1.27",
  "    Port:          80/TCP (http)",
  "    Host Port:     0/TCP (http)",
  "    Environment:   <none>",
  "    Mounts:        <none>",
  "  Volumes:         <none>",
  "  Node-Selectors:  <none>",
  "  Tolerations:     <none>",
];

const PODS = "/api/v1/namespaces/shop/pods";
const pod = (phase: string, uid: string): object => ({
  metadata: { ownerReferences: [{ uid, controller: true }] },
  status: { phase },
});

test("DESCRIBE-30: a ReplicationController counts its own pods by phase", () => {
  const controller = object("v1", "ReplicationController", {
    spec: { replicas: 3, selector: { app: "web" }, template: template({ app: "web" }) },
    status: { replicas: 2, conditions: [{ type: "ReplicaFailure", status: "True", reason: "FailedCreate" }] },
  });
  const pods = [
    pod("Running", "u-1"),
    pod("Pending", "u-1"),
    pod("Running", "other"),
    { metadata: {}, status: {} },
  ];
  expect(described(controller, { [PODS]: pods, "/api/v1/namespaces/shop/events": [] })).toBe(
    lines(
      "Name:         web",
      "Namespace:    shop",
      "Selector:     app=web",
      "Labels:       <none>",
      "Annotations:  <none>",
      "Replicas:     2 current / 3 desired",
      "Pods Status:  1 Running / 1 Waiting / 0 Succeeded / 0 Failed",
      "Pod Template:",
      "  Labels:  app=web",
      ...TEMPLATE_LINES,
      "Conditions:",
      "  Type             Status  Reason",
      "  ----             ------  ------",
      "  ReplicaFailure   True    FailedCreate",
      "Events:            <none>",
    ),
  );
});

test("DESCRIBE-31: a ReplicaSet says who controls it", () => {
  const replicaSet = object("apps/v1", "ReplicaSet", {
    metadata: { ownerReferences: [{ kind: "Deployment", name: "web", uid: "d", controller: true }] },
    spec: {
      replicas: 1,
      selector: {
        matchLabels: { app: "web" },
        matchExpressions: [{ key: "tier", operator: "In", values: ["b", "a"] }],
      },
      template: template({ app: "web", tier: "a" }),
    },
    status: { replicas: 1 },
  });
  expect(described(replicaSet, { [PODS]: [] }, false)).toBe(
    lines(
      "Name:           web",
      "Namespace:      shop",
      "Selector:       app=web,tier in (a,b)",
      "Labels:         <none>",
      "Annotations:    <none>",
      "Controlled By:  Deployment/web",
      "Replicas:       1 current / 1 desired",
      "Pods Status:    0 Running / 0 Waiting / 0 Succeeded / 0 Failed",
      "Pod Template:",
      "  Labels:  app=web",
      "           tier=a",
      ...TEMPLATE_LINES,
    ),
  );
});

test("DESCRIBE-32: a Deployment names the ReplicaSet of its template and the older ones, oldest first", () => {
  const deployment = (more: object = {}): object =>
    object("apps/v1", "Deployment", {
      metadata: { annotations: { "deployment.kubernetes.io/revision": "3" } },
      spec: {
        replicas: 3,
        selector: { matchLabels: { app: "web" } },
        template: template({ app: "web" }),
        strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "25%", maxSurge: 1 } },
        ...more,
      },
      status: {
        replicas: 3,
        updatedReplicas: 1,
        availableReplicas: 2,
        unavailableReplicas: 1,
        conditions: [{ type: "Progressing", status: "True", reason: "ReplicaSetUpdated" }],
      },
    });
  const replicaSet = (
    name: string,
    created: string,
    image: string,
    counts: [number, number],
    uid = "u-1",
  ): object => ({
    metadata: { name, creationTimestamp: created, ownerReferences: [{ uid, controller: true }] },
    spec: { replicas: counts[1], template: template({ app: "web", "pod-template-hash": name }, image) },
    status: { replicas: counts[0] },
  });
  const stored = {
    "/apis/apps/v1/namespaces/shop/replicasets": [
      replicaSet("web-a", "2026-11-24T02:09:03Z", "nginx:1.26", [1, 1]),
      replicaSet("web-b", "2026-11-24T02:09:01Z", "nginx:1.25", [0, 0]),
      replicaSet("web-c", "2026-11-24T02:09:05Z", "nginx:1.27", [2, 3]),
      replicaSet("other", "2026-11-24T02:09:05Z", "nginx:1.27", [2, 3], "elsewhere"),
    ],
  };
  expect(described(deployment(), stored, false)).toBe(
    lines(
      "Name:                   web",
      "Namespace:              shop",
      "CreationTimestamp:      Tue, 24 Nov 2026 02:09:00 +0000",
      "Labels:                 <none>",
      "Annotations:            deployment.kubernetes.io/revision: 3",
      "Selector:               app=web",
      "Replicas:               3 desired | 1 updated | 3 total | 2 available | 1 unavailable",
      "StrategyType:           RollingUpdate",
      "MinReadySeconds:        0",
      "RollingUpdateStrategy:  25% max unavailable, 1 max surge",
      "Pod Template:",
      "  Labels:  app=web",
      ...TEMPLATE_LINES,
      "Conditions:",
      "  Type           Status  Reason",
      "  ----           ------  ------",
      "  Progressing    True    ReplicaSetUpdated",
      "OldReplicaSets:  web-b (0/0 replicas created), web-a (1/1 replicas created)",
      "NewReplicaSet:   web-c (2/3 replicas created)",
    ),
  );
  // Paused with a new template: nothing belongs to it yet. Without any ReplicaSet both lines are missing.
  const changed = described(deployment({ template: template({ app: "web" }, "nginx:1.28") }), stored, false);
  expect(changed).toContain("NewReplicaSet:   <none>\n");
  expect(described(deployment({ strategy: { type: "Recreate" } }), {}, false)).not.toMatch(
    /(Old|New)ReplicaSet|RollingUpdate/,
  );
});
