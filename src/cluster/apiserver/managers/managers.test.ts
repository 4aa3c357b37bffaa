// Who manages which fields, as managedFields tells it and server-side apply asks it.
import { expect, test } from "vitest";
import type { Json, JsonObject } from "#base/json";
import type { ApiRequest } from "../client.ts";
import { createApiMachine, type ApiMachine } from "../testing/api-machine.ts";

const SERVICES = "/api/v1/namespaces/default/services";
const DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";

const service = (spec: JsonObject): JsonObject => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web", namespace: "default", labels: { app: "web" } },
  spec,
});

const PORT = { name: "http", port: 80 };

function deployment(fields: JsonObject): JsonObject {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: "default" },
    spec: {
      selector: { matchLabels: { app: "web" } },
      template: {
        metadata: { labels: { app: "web" } },
        spec: { containers: [{ name: "main", image: "nginx:1.27", env: [{ name: "A", value: "1" }] }] },
      },
      ...fields,
    },
  };
}

function managersIn(answer: { body: Json }): JsonObject[] {
  return ((answer.body as JsonObject)["metadata"] as { managedFields?: JsonObject[] }).managedFields ?? [];
}

const by = (fieldManager: string, more: Record<string, string> = {}): Partial<ApiRequest> => ({
  query: { fieldManager, ...more },
});

function patchOf({ send }: ApiMachine, path: string) {
  return (body: JsonObject, fieldManager: string, contentType = "application/strategic-merge-patch+json") =>
    send("PATCH", path, body, { ...by(fieldManager), contentType });
}

function applyOf({ send }: ApiMachine, path: string) {
  return (body: JsonObject, fieldManager: string, force = false) =>
    send("PATCH", path, body, {
      ...by(fieldManager, force ? { force: "true" } : {}),
      contentType: "application/apply-patch+yaml",
    });
}

test("API-97: a client manages the fields that it set and the defaults that came with them", () => {
  const machine = createApiMachine();
  const spec = { clusterIP: "10.96.0.96", selector: { app: "web" }, ports: [PORT] };
  const made = machine.send("POST", SERVICES, service(spec), by("kubectl-client-side-apply"));
  expect(managersIn(made)).toEqual([
    {
      apiVersion: "v1",
      fieldsType: "FieldsV1",
      fieldsV1: {
        "f:metadata": { "f:labels": { ".": {}, "f:app": {} } },
        "f:spec": {
          "f:clusterIP": {},
          "f:internalTrafficPolicy": {},
          "f:ports": {
            ".": {},
            'k:{"port":80,"protocol":"TCP"}': {
              ".": {},
              "f:name": {},
              "f:port": {},
              "f:protocol": {},
              "f:targetPort": {},
            },
          },
          "f:selector": {},
          "f:sessionAffinity": {},
          "f:type": {},
        },
      },
      manager: "kubectl-client-side-apply",
      operation: "Update",
      time: "2026-03-02T09:00:00Z",
    },
  ]);
  expect(managersIn(machine.send("GET", `${SERVICES}/web`))).toEqual(managersIn(made));
  expect(machine.api.get("Service", "default", "web")!.metadata.managedFields).toBeUndefined();
});

test("API-97: who changes a field takes it over, and a field that goes has no manager", () => {
  const machine = createApiMachine();
  const spec = { clusterIP: "10.96.0.96", selector: { app: "web" }, ports: [PORT] };
  machine.send("POST", SERVICES, service(spec), by("kubectl-create"));
  const patch = patchOf(machine, `${SERVICES}/web`);
  const version = (): string => machine.api.get("Service", "default", "web")!.metadata.resourceVersion;
  patch({ metadata: { labels: { app: "other" } } }, "kubectl-label");
  const before = version();
  // The address stays what it was, but it is no longer anybody's; doing so again changes nothing.
  const [creator, labels] = managersIn(patch({ spec: { clusterIP: null } }, "kubectl-patch"));
  expect(creator!["fieldsV1"]).not.toMatchObject({ "f:spec": { "f:clusterIP": {} } });
  expect(creator!["fieldsV1"]).not.toMatchObject({ "f:metadata": { "f:labels": { "f:app": {} } } });
  expect([labels!["manager"], labels!["fieldsV1"]]).toEqual([
    "kubectl-label",
    { "f:metadata": { "f:labels": { "f:app": {} } } },
  ]);
  const after = version();
  expect(after).not.toBe(before);
  patch({ spec: { clusterIP: null } }, "kubectl-patch");
  expect(version()).toBe(after);
});

test("API-98: server-side apply manages what it names, and takes away what it no longer names", () => {
  const machine = createApiMachine();
  const apply = applyOf(machine, `${DEPLOYMENTS}/web`);
  const first = apply(deployment({ replicas: 2, minReadySeconds: 3 }), "kubectl");
  expect(first.status).toBe(201);
  expect(managersIn(first)).toMatchObject([
    {
      manager: "kubectl",
      operation: "Apply",
      fieldsV1: {
        "f:spec": {
          "f:minReadySeconds": {},
          "f:replicas": {},
          "f:selector": {},
          "f:template": {
            "f:metadata": { "f:labels": { "f:app": {} } },
            "f:spec": {
              "f:containers": {
                'k:{"name":"main"}': {
                  ".": {},
                  "f:env": { 'k:{"name":"A"}': { ".": {}, "f:name": {}, "f:value": {} } },
                  "f:image": {},
                  "f:name": {},
                },
              },
            },
          },
        },
      },
    },
  ]);
  apply(deployment({ replicas: 2 }), "kubectl");
  const version = (): string => machine.api.get("Deployment", "default", "web")!.metadata.resourceVersion;
  const before = version();
  apply(deployment({ replicas: 2 }), "kubectl");
  expect(version()).toBe(before);
  expect(machine.api.get("Deployment", "default", "web")!.spec).not.toHaveProperty("minReadySeconds");
});

test("API-97: whoever makes a pod does not add the list of its containers, and nobody manages replicas that nobody set", () => {
  const machine = createApiMachine();
  machine.api.create("ServiceAccount", "default", { metadata: { name: "default" } });
  const spec = {
    automountServiceAccountToken: false,
    containers: [{ name: "main", image: "nginx" }],
    initContainers: [{ name: "first", image: "nginx" }],
  };
  const pods = "/api/v1/namespaces/default/pods";
  const [{ fieldsV1 }] = managersIn(machine.send("POST", pods, { metadata: { name: "web" }, spec })) as [
    { fieldsV1: { "f:spec": Record<string, object> } },
  ];
  expect(Object.keys(fieldsV1["f:spec"]["f:containers"]!)).toEqual(['k:{"name":"main"}']);
  expect(Object.keys(fieldsV1["f:spec"]["f:initContainers"]!)).toEqual([".", 'k:{"name":"first"}']);
  const path = `${DEPLOYMENTS}/web`;
  applyOf(machine, path)(deployment({}), "kubectl");
  machine.send("PUT", `${path}/scale`, { metadata: { name: "web" }, spec: { replicas: 5 } }, by("hpa"));
  expect(managersIn(machine.send("GET", path)).map(({ manager }) => manager)).toEqual(["kubectl"]);
  expect(machine.api.get("Deployment", "default", "web")!.spec.replicas).toBe(5);
});

test("API-98: what others manage otherwise is a conflict, unless it is forced", () => {
  const machine = createApiMachine();
  const apply = applyOf(machine, `${DEPLOYMENTS}/web`);
  apply(deployment({ replicas: 2 }), "kubectl");
  machine.send(
    "PUT",
    `${DEPLOYMENTS}/web/scale`,
    { metadata: { name: "web" }, spec: { replicas: 5 } },
    by("hpa"),
  );
  const refused = apply(deployment({ replicas: 2 }), "kubectl");
  expect(refused).toMatchObject({
    status: 409,
    body: {
      reason: "Conflict",
      message:
        'Apply failed with 1 conflict: conflict with "hpa" with subresource "scale" using apps/v1: .spec.replicas',
      details: {
        causes: [
          {
            reason: "FieldManagerConflict",
            message: 'conflict with "hpa" with subresource "scale" using apps/v1',
            field: ".spec.replicas",
          },
        ],
      },
    },
  });
  expect(apply(deployment({ replicas: 5 }), "kubectl").status).toBe(200);
  expect(
    managersIn(apply(deployment({ replicas: 2 }), "kubectl", true)).map(({ manager }) => manager),
  ).toEqual(["kubectl"]);
  const image = {
    spec: {
      template: {
        spec: { containers: [{ name: "main", image: "nginx:1.28", env: [{ name: "A", value: "2" }] }] },
      },
    },
  };
  patchOf(machine, `${DEPLOYMENTS}/web`)(image, "kubectl-set");
  expect((apply(deployment({ replicas: 2 }), "kubectl").body as { message: string }).message).toBe(
    [
      'Apply failed with 2 conflicts: conflicts with "kubectl-set" using apps/v1:',
      '- .spec.template.spec.containers[name="main"].env[name="A"].value',
      '- .spec.template.spec.containers[name="main"].image',
    ].join("\n"),
  );
});

test("API-98: kubectl may take over what its client-side apply had set", () => {
  const machine = createApiMachine();
  const config = deployment({ replicas: 2 });
  const annotations = { "kubectl.kubernetes.io/last-applied-configuration": JSON.stringify(config) };
  const metadata = { ...(config["metadata"] as JsonObject), annotations };
  machine.send("POST", DEPLOYMENTS, { ...config, metadata }, by("kubectl-client-side-apply"));
  const apply = applyOf(machine, `${DEPLOYMENTS}/web`);
  expect(apply(deployment({ replicas: 3 }), "other").status).toBe(409);
  expect(apply(deployment({ replicas: 3 }), "kubectl").status).toBe(200);
  // What client-side apply left is kept up to date.
  const { metadata: now } = machine.api.get("Deployment", "default", "web")!;
  expect(now.annotations!["kubectl.kubernetes.io/last-applied-configuration"]).toBe(
    '{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"default"},"spec":{"replicas":3,"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"env":[{"name":"A","value":"1"}],"image":"nginx:1.27","name":"main"}]}}}}\n',
  );
});

test("API-98: what has one owner as a whole is taken from the manifest as a whole", () => {
  const machine = createApiMachine();
  machine.send(
    "POST",
    SERVICES,
    service({ selector: { app: "web", tier: "x" }, ports: [PORT] }),
    by("other"),
  );
  const apply = applyOf(machine, `${SERVICES}/web`);
  expect(apply(service({ selector: { app: "web" }, ports: [PORT] }), "mine", true).status).toBe(200);
  const { spec } = machine.api.get("Service", "default", "web")!;
  expect([spec.selector, spec.ports!.length]).toEqual([{ app: "web" }, 1]);
});

test("API-98: the list of managers can be patched, and is what counts then", () => {
  const machine = createApiMachine();
  const made = machine.send("POST", SERVICES, service({ ports: [PORT] }), by("first"));
  const [entry] = managersIn(made);
  const rewritten = [{ ...entry, manager: "second", operation: "Apply" }];
  const patch = [{ op: "replace", path: "/metadata/managedFields", value: rewritten }];
  const contentType = "application/json-patch+json";
  const answer = machine.send("PATCH", `${SERVICES}/web`, patch, { ...by("third"), contentType });
  expect(managersIn(answer)).toEqual(rewritten);
  // The list of ports stays while one of its items is somebody's.
  const apply = applyOf(machine, `${SERVICES}/web`);
  expect(managersIn(apply(service({ ports: [PORT] }), "second")).map(({ manager }) => manager)).toEqual([
    "second",
  ]);
  expect(machine.api.get("Service", "default", "web")!.spec.ports!.length).toBe(1);
});
