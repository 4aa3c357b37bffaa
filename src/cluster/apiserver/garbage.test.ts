import { expect, test } from "vitest";
import { clone, type Json, type JsonObject } from "#base/json";
import { nextInt, seedRandom, type RandomState } from "#base/random";
import { createApiMachine } from "./testing/api-machine.ts";

const TEMPLATE: JsonObject = {
  metadata: { labels: { app: "web" } },
  spec: {
    containers: [
      {
        name: "main",
        image: "nginx",
        ports: [{ containerPort: 80, name: "http", protocol: "TCP" }],
        env: [{ name: "A", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } }],
        readinessProbe: { httpGet: { path: "/", port: "http" }, periodSeconds: 1 },
        resources: { requests: { cpu: "100m" }, limits: { memory: "1Gi" } },
        volumeMounts: [{ name: "data", mountPath: "/data" }],
      },
    ],
    volumes: [{ name: "data", emptyDir: {} }],
    tolerations: [{ key: "a", operator: "Exists" }],
  },
};

const OBJECTS: [path: string, object: JsonObject][] = [
  [
    "/api/v1/namespaces/default/services",
    {
      metadata: { name: "web", labels: { a: "b" }, finalizers: ["example.com/x"] },
      spec: {
        type: "NodePort",
        selector: { app: "web" },
        ports: [{ port: 80, targetPort: "http", nodePort: 30_080 }],
      },
    },
  ],
  ["/api/v1/namespaces/default/pods", { metadata: { name: "web" }, spec: TEMPLATE["spec"]! }],
  [
    "/apis/apps/v1/namespaces/default/deployments",
    {
      metadata: { name: "web" },
      spec: { selector: { matchLabels: { app: "web" } }, template: TEMPLATE, strategy: { type: "Recreate" } },
    },
  ],
  [
    "/apis/networking.k8s.io/v1/namespaces/default/ingresses",
    {
      metadata: { name: "web", annotations: { x: "y" } },
      spec: {
        tls: [{ hosts: ["a.example.com"], secretName: "tls" }],
        rules: [
          {
            host: "a.example.com",
            http: {
              paths: [
                {
                  path: "/",
                  pathType: "Prefix",
                  backend: { service: { name: "web", port: { number: 80 } } },
                },
              ],
            },
          },
        ],
      },
    },
  ],
  [
    "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices",
    {
      metadata: { name: "web" },
      addressType: "IPv4",
      endpoints: [
        { addresses: ["10.244.1.2"], conditions: { ready: true }, targetRef: { kind: "Pod", name: "web" } },
      ],
      ports: [{ name: "", port: 80, protocol: "TCP" }],
    },
  ],
  [
    "/api/v1/namespaces/default/endpoints",
    { metadata: { name: "web" }, subsets: [{ addresses: [{ ip: "10.244.1.2" }], ports: [{ port: 80 }] }] },
  ],
  [
    "/api/v1/namespaces/default/configmaps",
    { metadata: { name: "web" }, data: { a: "b" }, binaryData: { c: "ZA==" } },
  ],
  [
    "/api/v1/namespaces/default/secrets",
    { metadata: { name: "web" }, type: "Opaque", stringData: { a: "b" } },
  ],
];

const VALUES: Json[] = [
  null,
  "",
  "x",
  "10.0.0.1",
  0,
  -1,
  80,
  1.5,
  true,
  [],
  {},
  [null],
  [{}],
  { a: null },
  ["a"],
  "__proto__",
];

/** Puts something else somewhere into the object. */
function damage(random: RandomState, value: Json): Json {
  const replacement = (): Json => clone(VALUES[nextInt(random, VALUES.length)]!);
  if (Array.isArray(value)) {
    if (value.length === 0 || nextInt(random, 5) === 0) return replacement();
    const index = nextInt(random, value.length);
    return value.map((item, at) => (at === index ? damage(random, item) : item));
  }
  if (typeof value !== "object" || value === null) return replacement();
  const keys = Object.keys(value);
  if (keys.length === 0 || nextInt(random, 8) === 0) return replacement();
  const key = keys[nextInt(random, keys.length)]!;
  return { ...value, [key]: damage(random, value[key]!) };
}

test("API-35: whatever a request holds, the answer is an object or a Status, never an exception", () => {
  const random = seedRandom("garbage");
  const seen = new Set<number>();
  for (let round = 0; round < 3000; round++) {
    const { send } = round % 50 === 0 || !machine ? (machine = createApiMachine()) : machine;
    const [path, object] = OBJECTS[nextInt(random, OBJECTS.length)]!;
    let body: Json = object;
    for (let times = 1 + nextInt(random, 3); times > 0; times--) body = damage(random, body);
    const contentType = `application/${["merge-patch", "strategic-merge-patch", "json-patch"][nextInt(random, 3)]}+json`;
    const response =
      nextInt(random, 2) === 0
        ? send("POST", path, body)
        : send("PATCH", `${path}/web${nextInt(random, 6) === 0 ? "/status" : ""}`, body, { contentType });
    if (round % 20 === 0) send("POST", path, object);
    seen.add(response.status);
  }
  expect([...seen].toSorted()).toEqual(expect.arrayContaining([200, 201, 400, 404, 409, 422]));
});
let machine: ReturnType<typeof createApiMachine> | undefined;

test("API-35: paths that are no paths are NotFound", () => {
  const { send } = createApiMachine();
  for (const path of ["/api/v1/pods/100%", "", "/", "//", "/api", "/api/v1/a/b/c/d/e/f"]) {
    expect([200, 404]).toContain(send("GET", path).status);
  }
  expect(send("GET", "/api/v1/namespaces/default/pods/100%").status).toBe(404);
});

test("API-35: what is nested beyond all bounds is refused", () => {
  const { send } = createApiMachine();
  const [path, web] = OBJECTS[0]!;
  send("POST", path, web);
  const deep: JsonObject = {};
  let inner = deep;
  for (let depth = 0; depth < 50_000; depth++) inner = inner["a"] = {};
  for (const contentType of ["application/merge-patch+json", "application/strategic-merge-patch+json"]) {
    expect(send("PATCH", `${path}/web`, deep, { contentType })).toMatchObject({
      status: 400,
      body: { message: "exceeded max depth" },
    });
  }
  expect(send("POST", path, { ...web, spec: deep }).status).toBe(400);
});
