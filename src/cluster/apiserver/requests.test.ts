import { expect, test } from "vitest";
import type { KindMap } from "#api/kinds";
import type { Json, JsonObject } from "#base/json";
import type { ApiResponse } from "./client.ts";
import { createApiMachine } from "./testing/api-machine.ts";

const SERVICES = "/api/v1/namespaces/default/services";
const CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
const service = (name: string, spec: JsonObject): JsonObject => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name },
  spec,
});
const configMap = (name: string, rest: JsonObject = {}): JsonObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name },
  ...rest,
});
const failure = (code: number, reason: string, message: string, details?: Json): ApiResponse => ({
  status: code,
  body: {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    message,
    reason,
    ...(details !== undefined && { details }),
    code,
  },
  warnings: [],
});
const metadata = ({ body }: ApiResponse): Record<string, Json> =>
  (body as JsonObject)["metadata"] as Record<string, Json>;
const namesIn = ({ body }: ApiResponse): string[] =>
  ((body as JsonObject)["items"] as { metadata: { name: string } }[]).map((item) => item.metadata.name);

test("API-10: what is not there is NotFound, by resource and name", () => {
  const { send } = createApiMachine();
  expect(send("GET", `${SERVICES}/nothing`)).toEqual(
    failure(404, "NotFound", 'services "nothing" not found', { name: "nothing", kind: "services" }),
  );
  expect(send("GET", "/apis/apps/v1/namespaces/default/deployments/x")).toEqual(
    failure(404, "NotFound", 'deployments.apps "x" not found', {
      name: "x",
      group: "apps",
      kind: "deployments",
    }),
  );
});

test("API-10: paths that lead nowhere could not be found, verbs that do not fit are not allowed", () => {
  const { send } = createApiMachine();
  const nowhere = failure(404, "NotFound", "the server could not find the requested resource", {});
  for (const path of [
    "/nothing",
    "/apis/extensions/v1beta1/ingresses",
    "/api/v1/services/web",
    `${SERVICES}/web/scale`,
  ]) {
    expect(send("GET", path)).toEqual(nowhere);
  }
  const notAllowed = failure(
    405,
    "MethodNotAllowed",
    "the server does not allow this method on the requested resource",
    {},
  );
  expect(send("PUT", SERVICES)).toEqual(notAllowed);
  expect(send("POST", "/api/v1/services", service("web", {}))).toEqual(notAllowed);
});

test("API-11: creating gives identity, and the same name again AlreadyExists", () => {
  const { send } = createApiMachine();
  const created = send("POST", CONFIG_MAPS, configMap("conf", { data: { a: "b" } }));
  expect(created).toEqual({
    status: 201,
    body: {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: {
        name: "conf",
        namespace: "default",
        uid: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
        creationTimestamp: "2026-03-02T09:00:00Z",
        resourceVersion: "2",
        managedFields: [
          {
            apiVersion: "v1",
            fieldsType: "FieldsV1",
            fieldsV1: { "f:data": { ".": {}, "f:a": {} } },
            manager: "kubectl",
            operation: "Update",
            time: "2026-03-02T09:00:00Z",
          },
        ],
      },
      data: { a: "b" },
    },
    warnings: [],
  });
  expect(send("POST", CONFIG_MAPS, configMap("conf"))).toEqual(
    failure(409, "AlreadyExists", 'configmaps "conf" already exists', { name: "conf", kind: "configmaps" }),
  );
});

test("API-11: generateName makes names of five letters and digits", () => {
  const { send } = createApiMachine();
  const body = { apiVersion: "v1", kind: "ConfigMap", metadata: { generateName: "conf-" } };
  const names = [1, 2].map(() => metadata(send("POST", CONFIG_MAPS, body))["name"]);
  for (const name of names) expect(name).toMatch(/^conf-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  expect(names[0]).not.toBe(names[1]);
});

test("API-12: a namespace must exist and not be going", () => {
  const { send } = createApiMachine(["default", "ending"]);
  expect(send("POST", "/api/v1/namespaces/nowhere/configmaps", configMap("late"))).toEqual(
    failure(404, "NotFound", 'namespaces "nowhere" not found', { name: "nowhere", kind: "namespaces" }),
  );
  send("DELETE", "/api/v1/namespaces/ending");
  expect(send("POST", "/api/v1/namespaces/ending/configmaps", configMap("late"))).toEqual(
    failure(
      403,
      "Forbidden",
      'configmaps "late" is forbidden: unable to create new content in namespace ending because it is being terminated',
      {
        name: "late",
        kind: "configmaps",
        causes: [
          {
            reason: "NamespaceTerminating",
            message: "namespace ending is being terminated",
            field: "metadata.namespace",
          },
        ],
      },
    ),
  );
});

test("API-13: names and namespaces in the body must be those of the URL", () => {
  const { send } = createApiMachine();
  send("POST", CONFIG_MAPS, configMap("conf"));
  expect(send("PUT", `${CONFIG_MAPS}/conf`, configMap("other"))).toEqual(
    failure(400, "BadRequest", "the name of the object (other) does not match the name on the URL (conf)"),
  );
  const elsewhere = { ...configMap("conf"), metadata: { name: "conf", namespace: "elsewhere" } };
  expect(send("PUT", `${CONFIG_MAPS}/conf`, elsewhere)).toEqual(
    failure(
      400,
      "BadRequest",
      "the namespace of the provided object does not match the namespace sent on the request",
    ),
  );
  expect(send("POST", CONFIG_MAPS, elsewhere)).toEqual(
    failure(
      400,
      "BadRequest",
      "the namespace of the provided object does not match the namespace sent on the request",
    ),
  );
});

test("API-32: unknown fields are errors under Strict, warnings under Warn, nothing under Ignore", () => {
  const { send } = createApiMachine();
  const body = service("web", { ports: [{ port: 80, targetport: 8080 }], selecter: { app: "web" } });
  expect(send("POST", SERVICES, body, { query: { fieldValidation: "Strict" } })).toEqual(
    failure(
      400,
      "BadRequest",
      'Service in version "v1" cannot be handled as a Service: strict decoding error: unknown field "spec.ports[0].targetport", unknown field "spec.selecter"',
    ),
  );
  const query = { dryRun: "All" };
  expect(send("POST", SERVICES, body, { query }).warnings).toEqual([
    'unknown field "spec.ports[0].targetport"',
    'unknown field "spec.selecter"',
  ]);
  expect(send("POST", SERVICES, body, { query: { ...query, fieldValidation: "Ignore" } }).warnings).toEqual(
    [],
  );
});

test("API-33: a kind that the server does not know is refused", () => {
  const { send } = createApiMachine();
  expect(send("POST", SERVICES, { ...service("web", {}), kind: "service" })).toEqual(
    failure(
      400,
      "BadRequest",
      'service in version "v1" cannot be handled as a Service: no kind "service" is registered for version "v1" in scheme "pkg/runtime/scheme.go:111"',
    ),
  );
});

test("API-34: an invalid object is refused with a cause for every field", () => {
  const { send } = createApiMachine();
  const range = "must be between 1 and 65535, inclusive";
  expect(send("POST", SERVICES, service("web", { ports: [{ port: 0 }] }))).toEqual(
    failure(
      422,
      "Invalid",
      `Service "web" is invalid: [spec.ports[0].port: Invalid value: 0: ${range}, spec.ports[0].targetPort: Invalid value: 0: ${range}]`,
      {
        name: "web",
        kind: "Service",
        causes: ["port", "targetPort"].map((field) => ({
          reason: "FieldValueInvalid",
          message: `Invalid value: 0: ${range}`,
          field: `spec.ports[0].${field}`,
        })),
      },
    ),
  );
});

test("API-14: an old resourceVersion conflicts, and a write without changes keeps the version", () => {
  const { send, changes } = createApiMachine();
  const first = send("POST", CONFIG_MAPS, configMap("conf", { data: { a: "1" } }));
  const body = { ...(first.body as JsonObject), data: { a: "2" } };
  const second = send("PUT", `${CONFIG_MAPS}/conf`, body);
  expect(second.status).toBe(200);
  expect(send("PUT", `${CONFIG_MAPS}/conf`, body)).toEqual(
    failure(
      409,
      "Conflict",
      'Operation cannot be fulfilled on configmaps "conf": the object has been modified; please apply your changes to the latest version and try again',
      { name: "conf", kind: "configmaps" },
    ),
  );
  const before = changes.length;
  const same = send("PUT", `${CONFIG_MAPS}/conf`, configMap("conf", { data: { a: "2" } }));
  expect(same.body).toEqual(second.body);
  expect(changes.length).toBe(before);
});

test("API-15: dry runs answer as if it were done, and do nothing", () => {
  const { send, changes } = createApiMachine();
  const query = { dryRun: "All" };
  expect(send("POST", CONFIG_MAPS, configMap("conf"), { query }).status).toBe(201);
  expect(send("GET", `${CONFIG_MAPS}/conf`).status).toBe(404);
  send("POST", CONFIG_MAPS, configMap("conf"));
  const patched = send(
    "PATCH",
    `${CONFIG_MAPS}/conf`,
    { data: { a: "b" } },
    { query, contentType: "application/merge-patch+json" },
  );
  expect((patched.body as JsonObject)["data"]).toEqual({ a: "b" });
  expect(send("DELETE", `${CONFIG_MAPS}/conf`, undefined, { query }).status).toBe(200);
  expect((send("GET", `${CONFIG_MAPS}/conf`).body as JsonObject)["data"]).toBeUndefined();
  expect(changes.length).toBe(1);
  expect(send("POST", CONFIG_MAPS, configMap("x"), { query: { dryRun: "Some" } }).status).toBe(422);
  const deployments = "/apis/apps/v1/namespaces/default/deployments";
  const template = {
    metadata: { labels: { app: "web" } },
    spec: { containers: [{ name: "main", image: "nginx:1.27" }] },
  };
  const spec = { selector: { matchLabels: { app: "web" } }, template };
  send("POST", deployments, { metadata: { name: "web" }, spec });
  const scaled = { metadata: { name: "web" }, spec: { ...spec, replicas: 3 } };
  const answer = send("PUT", `${deployments}/web`, scaled, { query })
    .body as unknown as KindMap["Deployment"];
  expect([answer.metadata.generation, answer.spec.replicas]).toEqual([2, 3]);
});

test("API-16: PUT makes a Service or Endpoints that is not there, and nothing else", () => {
  const { send } = createApiMachine();
  expect(send("PUT", `${SERVICES}/web`, service("web", { ports: [{ port: 80 }] })).status).toBe(201);
  expect(send("PUT", `${CONFIG_MAPS}/conf`, configMap("conf")).status).toBe(404);
});

test("API-17: lists are narrowed by labels and fields, and say what they do not understand", () => {
  const { send } = createApiMachine(["default", "other"]);
  const pod = (name: string, labels: Json, spec: JsonObject = {}): JsonObject => ({
    metadata: { name, labels },
    spec: { containers: [{ name: "main", image: "nginx" }], ...spec },
  });
  const pods = "/api/v1/namespaces/default/pods";
  send("POST", pods, pod("b", { app: "web", env: "prod" }));
  send("POST", pods, pod("a", { app: "web", env: "dev" }, { nodeName: "node-1" }));
  send("POST", "/api/v1/namespaces/other/pods", pod("c", { app: "db" }));
  const list = (path: string, query: Record<string, string>): string[] =>
    namesIn(send("GET", path, undefined, { query }));
  expect(list("/api/v1/pods", {})).toEqual(["a", "b", "c"]);
  expect(list(pods, { labelSelector: "app=web" })).toEqual(["a", "b"]);
  expect(list(pods, { labelSelector: "env in (prod, test),app" })).toEqual(["b"]);
  expect(list("/api/v1/pods", { labelSelector: "env!=prod" })).toEqual(["a", "c"]);
  expect(list("/api/v1/pods", { labelSelector: "!env" })).toEqual(["c"]);
  expect(list(pods, { fieldSelector: "spec.nodeName=node-1" })).toEqual(["a"]);
  expect(list(pods, { fieldSelector: "metadata.name!=a,status.phase=Pending" })).toEqual(["b"]);
  expect(send("GET", pods, undefined, { query: { fieldSelector: "spec.image=x" } })).toEqual(
    failure(400, "BadRequest", "field label not supported: spec.image"),
  );
});

test("API-18: a Table has the kind's columns and the objects' metadata", () => {
  const { send } = createApiMachine();
  send("POST", CONFIG_MAPS, configMap("conf", { data: { a: "1", b: "2" } }));
  const { body } = send("GET", `${CONFIG_MAPS}/conf`, undefined, {
    accept: "application/json;as=Table;v=v1;g=meta.k8s.io,application/json",
  });
  const { kind, columnDefinitions, rows } = body as unknown as {
    kind: string;
    columnDefinitions: { name: string }[];
    rows: { cells: Json[]; object: { kind: string; metadata: { name: string } } }[];
  };
  expect(kind).toBe("Table");
  expect(columnDefinitions.map(({ name }) => name)).toEqual(["Name", "Data", "Age"]);
  expect(rows.map(({ cells }) => cells)).toEqual([["conf", 2, "0s"]]);
  expect(rows[0]!.object).toMatchObject({ kind: "PartialObjectMetadata", metadata: { name: "conf" } });
});

test("API-19: every request about Endpoints warns of their deprecation", () => {
  const { send } = createApiMachine();
  const warning = "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice";
  expect(send("GET", "/api/v1/endpoints").warnings).toEqual([warning]);
  expect(send("GET", "/api/v1/namespaces/default/endpoints/x").warnings).toEqual([warning]);
});

test("API-43: patches are read by their content type", () => {
  const { send } = createApiMachine();
  send("POST", CONFIG_MAPS, configMap("conf", { data: { a: "1", b: "2" } }));
  const patch = (contentType: string, body: Json): ApiResponse =>
    send("PATCH", `${CONFIG_MAPS}/conf`, body, { contentType: `application/${contentType}+json` });
  const data = ({ body }: ApiResponse): Json => (body as JsonObject)["data"] ?? null;
  expect(data(patch("merge-patch", { data: { a: null } }))).toEqual({ b: "2" });
  expect(data(patch("json-patch", [{ op: "replace", path: "/data/b", value: "3" }]))).toEqual({ b: "3" });
  expect(data(patch("strategic-merge-patch", { data: { $patch: "replace", c: "4" } }))).toEqual({ c: "4" });
  expect(patch("json-patch", [{ op: "test", path: "/data/c", value: "5" }])).toEqual(
    failure(422, "Invalid", "the server rejected our request due to an error in our request", {}),
  );
  expect(patch("json-patch", { op: "remove" })).toEqual(
    failure(
      400,
      "BadRequest",
      "error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp",
    ),
  );
  expect(patch("strategic-merge-patch", [])).toEqual(
    failure(400, "BadRequest", "json: cannot unmarshal array into Go value of type map[string]interface {}"),
  );
  expect(patch("odd", {}).status).toBe(415);
  expect(patch("merge-patch", { metadata: { name: "other" } })).toEqual(
    failure(400, "BadRequest", "the name of the object (other) does not match the name on the URL (conf)"),
  );
});

test("API-29: refusals and dry runs use up no chance: what is created next is the same without them", () => {
  const create = (disturbed: boolean): unknown => {
    const { send, api } = createApiMachine();
    if (disturbed) {
      send("POST", SERVICES, service("UPPER", { type: "NodePort", ports: [{ port: 80 }] }));
      send("POST", SERVICES, service("web", { type: "NodePort", ports: [{ port: 80 }] }), {
        query: { dryRun: "All" },
      });
      send("POST", "/api/v1/namespaces/nowhere/configmaps", { metadata: { generateName: "conf-" } });
    }
    send("POST", SERVICES, service("web", { type: "NodePort", ports: [{ port: 80 }] }));
    return api.list("Service");
  };
  expect(create(true)).toEqual(create(false));
});

test("API-44: the status of a Service is written at its own path, with the mode of its addresses", () => {
  const { send, api } = createApiMachine();
  send("POST", SERVICES, service("web", { type: "LoadBalancer", ports: [{ port: 80 }] }));
  const status = { loadBalancer: { ingress: [{ ip: "203.0.113.10" }] } };
  const contentType = "application/strategic-merge-patch+json";
  const patch = { metadata: { annotations: { patched: "true" } }, spec: { type: "ClusterIP" }, status };
  expect(send("PATCH", `${SERVICES}/web/status`, patch, { contentType }).status).toBe(200);
  const { metadata, spec, status: written } = api.get("Service", "default", "web")!;
  expect([metadata.annotations, spec.type, written]).toEqual([
    { patched: "true" },
    "LoadBalancer",
    { loadBalancer: { ingress: [{ ip: "203.0.113.10", ipMode: "VIP" }] } },
  ]);
  send("PATCH", `${SERVICES}/web`, { status: { loadBalancer: { ingress: null } } }, { contentType });
  expect(api.get("Service", "default", "web")!.status).toEqual(written);
});

test("API-44: a status has addresses only where there is a balancer, and they are checked", () => {
  const { send } = createApiMachine();
  send("POST", SERVICES, service("lb", { type: "LoadBalancer", ports: [{ port: 80 }] }));
  send("POST", SERVICES, service("web", { ports: [{ port: 80 }] }));
  const contentType = "application/merge-patch+json";
  const said = (name: string, ...ingress: JsonObject[]): Json | undefined =>
    (
      send("PATCH", `${SERVICES}/${name}/status`, { status: { loadBalancer: { ingress } } }, { contentType })
        .body as JsonObject
    )["message"];
  expect(said("web", { ip: "203.0.113.10" })).toBe(
    "Service \"web\" is invalid: status.loadBalancer.ingress: Forbidden: may only be used when `spec.type` is 'LoadBalancer'",
  );
  expect(said("lb", { ip: "203.0.113" })).toBe(
    'Service "lb" is invalid: status.loadBalancer.ingress[0].ip: Invalid value: "203.0.113": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
  );
  expect(said("lb", { hostname: "lb.example.com", ipMode: "VIP" }, { hostname: "203.0.113.10" })).toBe(
    'Service "lb" is invalid: [status.loadBalancer.ingress[0].ipMode: Forbidden: may not be specified when `ip` is not set, status.loadBalancer.ingress[1].hostname: Invalid value: "203.0.113.10": must be a DNS name, not an IP address]',
  );
  expect(said("lb", { hostname: "lb.example.com" }, { ip: "203.0.113.10" })).toBe(undefined);
});

test("API-83: a binding names its pod and a node, and no pod that has gates", () => {
  const { send, api } = createApiMachine();
  api.create("ServiceAccount", "default", { metadata: { name: "default" } });
  const pods = "/api/v1/namespaces/default/pods";
  const spec = {
    containers: [{ name: "main", image: "nginx" }],
    schedulingGates: [{ name: "example.com/wait" }],
  };
  send("POST", pods, { metadata: { name: "web" }, spec });
  const bind = (target: JsonObject, name = "web"): unknown => {
    const { status, body } = send("POST", `${pods}/web/binding`, { metadata: { name }, target });
    return [status, (body as JsonObject)["message"]];
  };
  expect(bind({ name: "node-1" }, "other")).toEqual([
    400,
    "name in URL does not match name in Binding object",
  ]);
  expect(bind({})).toEqual([500, "target.name: Required value"]);
  expect(bind({ kind: "Pod" })).toEqual([
    500,
    '[target.kind: Unsupported value: "Pod": supported values: "Node", "<empty>", target.name: Required value]',
  ]);
  expect(bind({ kind: "Node", name: "node-1" })).toEqual([
    409,
    'Operation cannot be fulfilled on pods/binding "web": pod web has non-empty .spec.schedulingGates',
  ]);
});

test("API-11: a new object has no revision yet", () => {
  const { send, api } = createApiMachine();
  const old = { metadata: { name: "conf", resourceVersion: "7" } };
  expect(send("POST", CONFIG_MAPS, old).body).toEqual({
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    message: "resourceVersion should not be set on objects to be created",
    code: 500,
  });
  expect(api.get("ConfigMap", "default", "conf")).toBeUndefined();
});

test("API-14: a uid that is not the object's conflicts, under the key at which it is stored", () => {
  const { send, api } = createApiMachine();
  send("POST", SERVICES, service("web", { ports: [{ port: 80 }] }));
  const { uid } = api.get("Service", "default", "web")!.metadata;
  const other = { metadata: { name: "web", uid: "other" }, spec: { ports: [{ port: 80 }] } };
  expect((send("PUT", `${SERVICES}/web`, other).body as JsonObject)["message"]).toBe(
    `Operation cannot be fulfilled on services "web": StorageError: invalid object, Code: 4, Key: /registry/services/specs/default/web, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: other, UID in object meta: ${uid}`,
  );
});

test("API-15: a dry run asks the allocators only whether something is taken", () => {
  const { send } = createApiMachine();
  const outcome = (spec: JsonObject, query: Record<string, string>): unknown => {
    const { status, body } = send("POST", SERVICES, service("web", spec), { query });
    return status < 300 ? status : (body as JsonObject)["message"];
  };
  const low = { type: "NodePort", ports: [{ port: 80, nodePort: 80 }] };
  const far = { clusterIP: "192.0.2.4", ports: [{ port: 80 }] };
  const range = "The range of valid IPs is 10.96.0.0/16";
  const failed =
    'Service "web" is invalid: spec.clusterIPs: Invalid value: ["192.0.2.4"]: failed to allocate IP 192.0.2.4: ';
  expect(outcome(low, { dryRun: "All" })).toBe(201);
  expect(outcome(far, { dryRun: "All" })).toBe(
    `${failed}the provided IP (192.0.2.4) is not in the valid range. ${range}`,
  );
  expect(outcome(low, {})).toBe(
    'Service "web" is invalid: spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
  );
  expect(outcome(far, {})).toBe(`${failed}the provided network does not match the current range`);
});

test("API-44: replicas in a status add up", () => {
  const { send } = createApiMachine();
  const path = "/apis/apps/v1/namespaces/default/deployments";
  const template = {
    metadata: { labels: { app: "web" } },
    spec: { containers: [{ name: "main", image: "nginx:1.27" }] },
  };
  send("POST", path, {
    metadata: { name: "web" },
    spec: { selector: { matchLabels: { app: "web" } }, template },
  });
  const status = { replicas: -1, readyReplicas: 5, availableReplicas: 9 };
  const contentType = "application/merge-patch+json";
  const answer = send("PATCH", `${path}/web/status`, { status }, { contentType }).body as JsonObject;
  expect(answer["message"]).toBe(
    'Deployment.apps "web" is invalid: [status.replicas: Invalid value: -1: must be greater than or equal to 0, status.updatedReplicas: Invalid value: 0: cannot be greater than status.replicas, status.readyReplicas: Invalid value: 5: cannot be greater than status.replicas, status.availableReplicas: Invalid value: 9: cannot be greater than status.replicas, status.availableReplicas: Invalid value: 9: cannot be greater than readyReplicas]',
  );
});

test.each([
  [{ fieldManager: "m".repeat(129) }, "fieldManager: Too long: may not be more than 128 bytes"],
  [
    { fieldManager: "a\u00adb" },
    'fieldManager: Invalid value: "a\u00adb": invalid character U+00AD (at position 1)',
  ],
  [{ force: "true" }, "force: Forbidden: may not be specified for non-apply patch"],
])("API-97: options of a writer are checked: %j", (query, text) => {
  const { send } = createApiMachine();
  const contentType = "application/merge-patch+json";
  const { status, body } = send(
    "PATCH",
    `${CONFIG_MAPS}/conf`,
    {},
    {
      query: query as Record<string, string>,
      contentType,
    },
  );
  expect([status, (body as JsonObject)["message"]]).toEqual([
    422,
    `PatchOptions.meta.k8s.io "" is invalid: ${text}`,
  ]);
});

test("API-18: a client may want the metadata alone, and say what rows of a Table carry", () => {
  const { send } = createApiMachine();
  send("POST", CONFIG_MAPS, configMap("conf", { data: { a: "1" } }));
  const as = (kind: string, path: string, query: Record<string, string> = {}): JsonObject =>
    send("GET", path, undefined, { query, accept: `application/json;as=${kind};v=v1;g=meta.k8s.io` })
      .body as JsonObject;
  const one = as("PartialObjectMetadata", `${CONFIG_MAPS}/conf`);
  expect([one["kind"], one["apiVersion"], Object.keys(one)]).toEqual([
    "PartialObjectMetadata",
    "meta.k8s.io/v1",
    ["kind", "apiVersion", "metadata"],
  ]);
  const all = as("PartialObjectMetadataList", CONFIG_MAPS);
  expect([all["kind"], all["items"]]).toEqual(["PartialObjectMetadataList", [one]]);
  const objectOf = (includeObject: string): Json =>
    (as("Table", CONFIG_MAPS, { includeObject })["rows"] as { object: Json }[])[0]!.object;
  expect(objectOf("None")).toBe(null);
  expect(objectOf("Object")).toMatchObject({ kind: "ConfigMap", data: { a: "1" } });
  expect(objectOf("")).toMatchObject({ kind: "PartialObjectMetadata", metadata: { name: "conf" } });
  expect(as("Table", CONFIG_MAPS, { includeObject: "Some" })["message"]).toBe(
    `Unable to convert to Table as requested: includeObject: Invalid value: "Some": must be 'Metadata', 'Object', 'None', or empty`,
  );
});
