import { expect, test } from "vitest";
import type { JsonObject } from "#base/json";
import { createApiMachine, type ApiMachine } from "./testing/api-machine.ts";

const PODS = "/api/v1/namespaces/default/pods";
const POD: JsonObject = {
  metadata: { name: "web" },
  spec: { containers: [{ name: "main", image: "nginx" }], terminationGracePeriodSeconds: 30 },
};

function runningPod(): ApiMachine {
  const machine = createApiMachine();
  machine.send("POST", PODS, POD);
  machine.api.bind("default", "web", "node-1");
  return machine;
}

test("API-60: a pod on a node is marked and goes when its kubelet says that it is done", () => {
  const { machine, send, api, changes } = runningPod();
  machine.runUntil(5_000);
  expect(send("DELETE", `${PODS}/web`).status).toBe(200);
  const { metadata } = api.get("Pod", "default", "web")!;
  expect([metadata.deletionTimestamp, metadata.deletionGracePeriodSeconds, metadata.generation]).toEqual([
    "2026-03-02T09:00:35Z",
    30,
    2,
  ]);
  const marked = changes.length;
  machine.runUntil(6_000);
  send("DELETE", `${PODS}/web`);
  expect(changes.length).toBe(marked);
  api.delete("Pod", "default", "web", { gracePeriodSeconds: 0 });
  expect(api.get("Pod", "default", "web")).toBeUndefined();
  const shown = changes.map(({ type, object }) => [type, object.metadata.deletionGracePeriodSeconds]);
  expect(shown.slice(marked - 1)).toEqual([
    ["MODIFIED", 30],
    ["MODIFIED", 0],
    ["DELETED", 0],
  ]);
});

test("API-60: a shorter grace period may follow, counted from the deletion", () => {
  const { machine, send, api } = runningPod();
  send("DELETE", `${PODS}/web`);
  machine.runUntil(3_000);
  send("DELETE", `${PODS}/web`, { gracePeriodSeconds: 10 });
  const { metadata } = api.get("Pod", "default", "web")!;
  expect([metadata.deletionTimestamp, metadata.deletionGracePeriodSeconds]).toEqual([
    "2026-03-02T09:00:10Z",
    10,
  ]);
});

test("API-60: pods without a node and pods that have ended go at once", () => {
  const { send, api } = createApiMachine();
  send("POST", PODS, POD);
  send("DELETE", `${PODS}/web`);
  expect(api.get("Pod", "default", "web")).toBeUndefined();
  send("POST", PODS, POD);
  api.bind("default", "web", "node-1");
  const pod = api.get("Pod", "default", "web")!;
  api.updateStatus("Pod", { ...pod, status: { ...pod.status, phase: "Succeeded" } });
  send("DELETE", `${PODS}/web`);
  expect(api.get("Pod", "default", "web")).toBeUndefined();
});

test("API-61: an object stays until its last finalizer is gone, and takes no new ones", () => {
  const { send, api } = createApiMachine();
  const path = "/api/v1/namespaces/default/configmaps";
  send("POST", path, { metadata: { name: "held", finalizers: ["example.com/hold"] } });
  send("DELETE", `${path}/held`);
  expect(api.get("ConfigMap", "default", "held")!.metadata.deletionTimestamp).toBe("2026-03-02T09:00:00Z");
  const contentType = "application/merge-patch+json";
  const more = { metadata: { finalizers: ["example.com/hold", "example.com/more"] } };
  expect((send("PATCH", `${path}/held`, more, { contentType }).body as JsonObject)["message"]).toBe(
    'ConfigMap "held" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"example.com/more"}',
  );
  send("PATCH", `${path}/held`, { metadata: { finalizers: null } }, { contentType });
  expect(api.get("ConfigMap", "default", "held")).toBeUndefined();
});

test("API-62: Orphan and Foreground leave a finalizer for the garbage collector", () => {
  const { send, api } = createApiMachine();
  const path = "/api/v1/namespaces/default/configmaps";
  for (const [name, propagationPolicy] of [
    ["a", "Orphan"],
    ["b", "Foreground"],
    ["c", "Background"],
  ] as const) {
    send("POST", path, { metadata: { name } });
    send("DELETE", `${path}/${name}`, { propagationPolicy });
  }
  expect(["a", "b", "c"].map((name) => api.get("ConfigMap", "default", name)?.metadata.finalizers)).toEqual([
    ["orphan"],
    ["foregroundDeletion"],
    undefined,
  ]);
  // What waits for the garbage collector can still be left to its dependents, or go at once.
  send("DELETE", `${path}/b`, { propagationPolicy: "Orphan" });
  expect(api.get("ConfigMap", "default", "b")!.metadata.finalizers).toEqual(["orphan"]);
  send("DELETE", `${path}/b`, { propagationPolicy: "Background" });
  expect(api.get("ConfigMap", "default", "b")).toBeUndefined();
});

test("API-67: options of a deletion are checked, and a body leaves the query unread", () => {
  const { send, api } = createApiMachine();
  const path = "/api/v1/namespaces/default/configmaps";
  send("POST", path, { metadata: { name: "a", finalizers: ["example.com/hold"] } });
  const said = (body: JsonObject | undefined, query: Record<string, string> = {}): unknown => {
    const answer = send("DELETE", `${path}/a`, body, { query });
    return [answer.status, (answer.body as JsonObject)["message"]];
  };
  const policies = 'supported values: "Foreground", "Background", "Orphan", "nil"';
  const unknown = `DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: "Never": ${policies}`;
  expect(said({ propagationPolicy: "Never" })).toEqual([422, unknown]);
  expect(said(undefined, { propagationPolicy: "Never" })).toEqual([422, unknown]);
  expect(said({ propagationPolicy: "Orphan", orphanDependents: true })).toEqual([
    422,
    'DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Invalid value: "Orphan": orphanDependents and deletionPropagation cannot be both set',
  ]);
  expect(said({ gracePeriodSeconds: "soon" })).toEqual([
    400,
    "json: cannot unmarshal string into Go struct field DeleteOptions.gracePeriodSeconds of type int64",
  ]);
  expect(said(undefined, { gracePeriodSeconds: "soon" })).toEqual([
    400,
    'strconv.ParseInt: parsing "soon": invalid syntax',
  ]);
  expect(api.get("ConfigMap", "default", "a")!.metadata.deletionTimestamp).toBeUndefined();
  expect(said({ propagationPolicy: "Background" }, { propagationPolicy: "Orphan" })).toEqual([
    200,
    undefined,
  ]);
  expect(api.get("ConfigMap", "default", "a")!.metadata.finalizers).toEqual(["example.com/hold"]);
});

test("API-63: a precondition that does not hold conflicts", () => {
  const { send, api } = runningPod();
  const refused = (preconditions: JsonObject): unknown =>
    send("DELETE", `${PODS}/web`, { preconditions }).body;
  const { uid, resourceVersion } = api.get("Pod", "default", "web")!.metadata;
  const answer = { kind: "Status", code: 409, reason: "Conflict", details: { name: "web", kind: "Pod" } };
  expect(refused({ uid: "other" })).toMatchObject({
    ...answer,
    message: `Operation cannot be fulfilled on Pod "web": the UID in the precondition (other) does not match the UID in record (${uid}). The object might have been deleted and then recreated`,
  });
  expect(refused({ resourceVersion: "1" })).toMatchObject({
    ...answer,
    message: `Operation cannot be fulfilled on Pod "web": the ResourceVersion in the precondition (1) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`,
  });
});

test("API-64: a namespace terminates until its controller finalizes it", () => {
  const { send, api } = createApiMachine(["default", "shop"]);
  expect(api.get("Namespace", undefined, "shop")!.spec.finalizers).toEqual(["kubernetes"]);
  send("DELETE", "/api/v1/namespaces/shop");
  const { status, metadata } = api.get("Namespace", undefined, "shop")!;
  expect([status.phase, metadata.deletionTimestamp]).toEqual(["Terminating", "2026-03-02T09:00:00Z"]);
  expect(api.finalizeNamespace("shop", []).ok).toBe(true);
  expect(api.get("Namespace", undefined, "shop")).toBeUndefined();
});

test("API-65: a deletion of many takes those that the selectors name", () => {
  const { send, api } = createApiMachine();
  const path = "/api/v1/namespaces/default/configmaps";
  for (const [name, app] of [
    ["a", "x"],
    ["b", "y"],
    ["c", "x"],
  ] as const)
    send("POST", path, { metadata: { name, labels: { app } } });
  const { body } = send("DELETE", path, undefined, { query: { labelSelector: "app=x" } });
  expect(
    (body as { items: { metadata: { name: string } }[] }).items.map((item) => item.metadata.name),
  ).toEqual(["a", "c"]);
  expect(api.list("ConfigMap").map(({ metadata }) => metadata.name)).toEqual(["b"]);
});

test("API-66: a deletion is answered with a Status, or with the object where that is Kubernetes' way", () => {
  const { send } = createApiMachine();
  const path = "/apis/networking.k8s.io/v1/ingressclasses";
  const created = send("POST", path, {
    metadata: { name: "nginx" },
    spec: { controller: "k8s.io/ingress-nginx" },
  });
  const { uid } = (created.body as { metadata: { uid: string } }).metadata;
  expect(send("DELETE", `${path}/nginx`).body).toEqual({
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Success",
    details: { name: "nginx", group: "networking.k8s.io", kind: "ingressclasses", uid },
  });
  send("POST", PODS, POD);
  expect(send("DELETE", `${PODS}/web`).body).toMatchObject({ kind: "Pod", metadata: { name: "web" } });
});
