import { expect, test } from "vitest";
import type { JsonObject } from "#base/json";
import { createApiMachine } from "./testing/api-machine.ts";

const INGRESSES = "/apis/networking.k8s.io/v1/namespaces/default/ingresses";
const PODS = "/api/v1/namespaces/default/pods";
const message = ({ body }: { body: unknown }): unknown => (body as JsonObject)["message"];

test("API-86: an Ingress without a class gets the default one, unless the old annotation names one", () => {
  const { api, send } = createApiMachine();
  const annotations = { "ingressclass.kubernetes.io/is-default-class": "true" };
  api.create("IngressClass", undefined, {
    metadata: { name: "plain" },
    spec: { controller: "example.com/plain" },
  });
  const spec = { defaultBackend: { service: { name: "web", port: { number: 80 } } } };
  send("POST", INGRESSES, { metadata: { name: "before" }, spec });
  api.create("IngressClass", undefined, {
    metadata: { name: "nginx", annotations },
    spec: { controller: "k8s.io/ingress-nginx" },
  });
  send("POST", INGRESSES, { metadata: { name: "after" }, spec });
  send("POST", INGRESSES, { metadata: { name: "named" }, spec: { ...spec, ingressClassName: "plain" } });
  send("POST", INGRESSES, {
    metadata: { name: "old", annotations: { "kubernetes.io/ingress.class": "x" } },
    spec,
  });
  expect(
    api.list("Ingress").map(({ metadata, spec: { ingressClassName } }) => [metadata.name, ingressClassName]),
  ).toEqual([
    ["after", "nginx"],
    ["before", undefined],
    ["named", "plain"],
    ["old", undefined],
  ]);
});

test("API-87: the namespaces of the system cannot be deleted", () => {
  const { send, api } = createApiMachine(["default", "kube-system"]);
  for (const name of ["default", "kube-system"]) {
    const response = send("DELETE", `/api/v1/namespaces/${name}`);
    expect([response.status, message(response)]).toEqual([
      403,
      `namespaces "${name}" is forbidden: this namespace may not be deleted`,
    ]);
    expect(api.get("Namespace", undefined, name)!.metadata.deletionTimestamp).toBeUndefined();
  }
});

test("API-88: priorities come from classes alone", () => {
  const { send, api } = createApiMachine();
  const create = (name: string, spec: JsonObject): unknown =>
    message(
      send("POST", PODS, {
        metadata: { name },
        spec: { containers: [{ name: "main", image: "nginx" }], ...spec },
      }),
    );
  create("system", { priorityClassName: "system-cluster-critical" });
  expect(api.get("Pod", "default", "system")!.spec.priority).toBe(2_000_000_000);
  expect(create("odd", { priorityClassName: "odd" })).toBe(
    'pods "odd" is forbidden: no PriorityClass with name odd was found',
  );
  expect(create("empty", { priorityClassName: "odd", containers: [] })).toBe(
    'pods "empty" is forbidden: no PriorityClass with name odd was found',
  );
  expect(create("own", { priority: 5 })).toBe(
    'pods "own" is forbidden: the integer value of priority (5) must not be provided in pod spec; priority admission controller computed 0 from the given PriorityClass name',
  );
  expect(create("sandboxed", { runtimeClassName: "gvisor" })).toBe(
    'pods "sandboxed" is forbidden: pod rejected: RuntimeClass "gvisor" not found',
  );
});

test("API-89: an update of a pod that leaves out what admission added gets it again", () => {
  const { send, api } = createApiMachine();
  send("POST", PODS, { metadata: { name: "web" }, spec: { containers: [{ name: "main", image: "nginx" }] } });
  const contentType = "application/strategic-merge-patch+json";
  const patch = { spec: { tolerations: [{ key: "a", operator: "Exists" }] } };
  expect(send("PATCH", `${PODS}/web`, patch, { contentType }).status).toBe(200);
  expect(api.get("Pod", "default", "web")!.spec.tolerations!.map(({ key }) => key)).toEqual([
    "a",
    "node.kubernetes.io/not-ready",
    "node.kubernetes.io/unreachable",
  ]);
});

test("API-94: a pod that is made for a node has the node's topology labels from the start", () => {
  const { send, api } = createApiMachine();
  api.create("Node", undefined, {
    metadata: { name: "node-1", labels: { "topology.kubernetes.io/zone": "a", x: "y" } },
  });
  const pod = { spec: { nodeName: "node-1", containers: [{ name: "main", image: "nginx" }] } };
  send("POST", PODS, { ...pod, metadata: { name: "placed", labels: { app: "web" } } });
  expect(api.get("Pod", "default", "placed")!.metadata.labels).toEqual({
    app: "web",
    "topology.kubernetes.io/zone": "a",
  });
});
