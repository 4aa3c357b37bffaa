import { expect, test } from "vitest";
import type { JsonObject } from "#base/json";
import { createApiMachine, type ApiMachine } from "./testing/api-machine.ts";

const DEPLOYMENT: JsonObject = {
  metadata: { name: "web" },
  spec: {
    selector: { matchLabels: { app: "web" } },
    template: {
      metadata: { labels: { app: "web" } },
      spec: { containers: [{ name: "main", image: "nginx:1.27" }] },
    },
  },
};
const POD: JsonObject = {
  metadata: { name: "web" },
  spec: { containers: [{ name: "main", image: "nginx:1.27" }] },
};

function withDeployment(): ApiMachine {
  const machine = createApiMachine();
  machine.api.create("Deployment", "default", DEPLOYMENT);
  return machine;
}

test("API-80: objects that are written by components are defaulted and validated like any other", () => {
  const { api } = withDeployment();
  const { apiVersion, kind, metadata, spec } = api.get("Deployment", "default", "web")!;
  expect([apiVersion, kind, metadata.generation, spec.replicas, spec.strategy.type]).toEqual([
    "apps/v1",
    "Deployment",
    1,
    1,
    "RollingUpdate",
  ]);
  const outcome = api.create("Deployment", "default", { ...DEPLOYMENT, metadata: { name: "UPPER" } });
  expect(outcome.ok ? "" : outcome.status.details?.causes?.map(({ field }) => field)).toEqual([
    "metadata.name",
  ]);
});

test("API-81: a change of the spec raises the generation, a change of the status or of labels does not", () => {
  const { api } = withDeployment();
  const read = () => api.get("Deployment", "default", "web")!;
  api.updateStatus("Deployment", { ...read(), status: { replicas: 1 } });
  api.update("Deployment", { ...read(), metadata: { ...read().metadata, labels: { a: "b" } } });
  expect([read().metadata.generation, read().metadata.labels, read().status]).toEqual([
    1,
    { a: "b" },
    { replicas: 1 },
  ]);
  api.update("Deployment", { ...read(), spec: { ...read().spec, replicas: 3 }, status: { replicas: 9 } });
  expect([read().metadata.generation, read().spec.replicas, read().status]).toEqual([2, 3, { replicas: 1 }]);
  api.updateStatus("Deployment", {
    ...read(),
    spec: { ...read().spec, replicas: 7 },
    status: { replicas: 3 },
  });
  expect([read().metadata.generation, read().spec.replicas, read().status]).toEqual([2, 3, { replicas: 3 }]);
});

test("API-82: revisions rise by one with every change, whatever the kind, and watchers see the same objects", () => {
  const { api, changes } = withDeployment();
  api.create("Pod", "default", POD);
  const pod = api.get("Pod", "default", "web")!;
  api.updateStatus("Pod", { ...pod, status: { ...pod.status, phase: "Running" } });
  api.updateStatus("Pod", {
    ...pod,
    metadata: { ...pod.metadata, resourceVersion: "" },
    status: { ...pod.status, phase: "Running" },
  });
  expect(changes.map(({ type, kind, object }) => [type, kind, object.metadata.resourceVersion])).toEqual([
    ["ADDED", "Deployment", "2"],
    ["ADDED", "Pod", "3"],
    ["MODIFIED", "Pod", "4"],
  ]);
  expect(changes.at(-1)!.old).toBe(pod);
  expect(changes.at(-1)!.object).toBe(api.get("Pod", "default", "web"));
});

test("API-83: binding gives the pod its node, the PodScheduled condition and the node's topology labels, once", () => {
  const { api } = createApiMachine();
  const labels = { "topology.kubernetes.io/zone": "zone-b", "kubernetes.io/hostname": "node-2" };
  api.create("Node", undefined, { metadata: { name: "node-2", labels } });
  api.create("Pod", "default", POD);
  expect(api.bind("default", "web", "node-2").ok).toBe(true);
  const { metadata, spec, status } = api.get("Pod", "default", "web")!;
  expect([metadata.labels, metadata.generation, spec.nodeName, status.conditions]).toEqual([
    { "topology.kubernetes.io/zone": "zone-b" },
    1,
    "node-2",
    [
      {
        type: "PodScheduled",
        status: "True",
        lastProbeTime: null,
        lastTransitionTime: "2026-03-02T09:00:00Z",
        observedGeneration: 1,
      },
    ],
  ]);
  const again = api.bind("default", "web", "node-1");
  expect(again.ok ? "" : again.status.message).toBe(
    'Operation cannot be fulfilled on pods/binding "web": pod web is already assigned to node "node-2"',
  );
});

test("API-84: a pod gets its account's token, a priority and patience with failing nodes", () => {
  const { api } = createApiMachine();
  api.create("Pod", "default", POD);
  const { spec } = api.get("Pod", "default", "web")!;
  const [volume] = spec.volumes!;
  expect(volume!.name).toMatch(/^kube-api-access-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  expect(volume!.projected).toEqual({
    defaultMode: 420,
    sources: [
      { serviceAccountToken: { expirationSeconds: 3607, path: "token" } },
      { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
      {
        downwardAPI: {
          items: [{ path: "namespace", fieldRef: { apiVersion: "v1", fieldPath: "metadata.namespace" } }],
        },
      },
    ],
  });
  expect(spec.containers[0]!.volumeMounts).toEqual([
    { name: volume!.name, readOnly: true, mountPath: "/var/run/secrets/kubernetes.io/serviceaccount" },
  ]);
  expect([spec.serviceAccountName, spec.serviceAccount, spec.priority, spec.preemptionPolicy]).toEqual([
    "default",
    "default",
    0,
    "PreemptLowerPriority",
  ]);
  expect(spec.tolerations).toEqual(
    ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"].map((key) => ({
      key,
      operator: "Exists",
      effect: "NoExecute",
      tolerationSeconds: 300,
    })),
  );
});

test("API-84: an account without automounting leaves no token, and one that is not there refuses the pod", () => {
  const { api } = createApiMachine();
  api.create("ServiceAccount", "default", {
    metadata: { name: "quiet" },
    automountServiceAccountToken: false,
  });
  const spec = POD["spec"] as JsonObject;
  const quiet = api.create("Pod", "default", { ...POD, spec: { ...spec, serviceAccountName: "quiet" } });
  expect(quiet.ok && quiet.object.spec.volumes).toBeUndefined();
  const nobody = api.create("Pod", "default", {
    metadata: { name: "b" },
    spec: { ...spec, serviceAccountName: "nobody" },
  });
  expect(nobody.ok ? "" : nobody.status.message).toBe(
    'pods "b" is forbidden: error looking up service account default/nobody: serviceaccount "nobody" not found',
  );
});

test("API-85: the same seed gives the same uids, names, addresses and revisions", () => {
  const run = (): unknown => {
    const { api } = withDeployment();
    api.create("Service", "default", {
      metadata: { name: "web" },
      spec: { type: "NodePort", ports: [{ port: 80 }] },
    });
    api.create("Pod", "default", { ...POD, metadata: { generateName: "web-" } });
    return [api.list("Service"), api.list("Pod"), api.list("Deployment")];
  };
  expect(run()).toEqual(run());
});
