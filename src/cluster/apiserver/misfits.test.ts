// Patches that do not fit the type: each way of patching says it in its own words.
import { expect, test } from "vitest";
import type { JsonObject } from "#base/json";
import { createApiMachine } from "./testing/api-machine.ts";

const PATH = "/apis/apps/v1/namespaces/default/deployments/web";

const deployment = (spec: JsonObject): JsonObject => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", namespace: "default" },
  spec,
});

const inPod = (spec: JsonObject): JsonObject => ({ template: { spec } });

function said(type: string, body: JsonObject): string {
  const { send } = createApiMachine();
  const template = {
    metadata: { labels: { app: "web" } },
    spec: { containers: [{ name: "main", image: "nginx:1.27" }] },
  };
  send(
    "POST",
    PATH.replace(/\/web$/, ""),
    deployment({ selector: { matchLabels: { app: "web" } }, template }),
  );
  const query = { fieldManager: "test" };
  const answer = send("PATCH", PATH, body, { contentType: `application/${type}`, query });
  return String((answer.body as JsonObject)["message"]);
}

test.each([
  [{ foo: 1 }, ".spec.foo: field not declared in schema"],
  [{ replicas: "2" }, ".spec.replicas: expected numeric (int or float), got string"],
  [{ paused: "yes" }, ".spec.paused: expected boolean, got &{yes}"],
  [{ selector: "web" }, ".spec.selector: expected map, got &{web}"],
  [inPod({ containers: "main" }), ".spec.template.spec.containers: expected list, got &{main}"],
  [
    inPod({ containers: [{ name: "main", imag: "nginx" }] }),
    '.spec.template.spec.containers[name="main"].imag: field not declared in schema',
  ],
  [
    inPod({ containers: [{ name: "main", args: ["a", 1] }] }),
    '.spec.template.spec.containers[name="main"].args[1]: expected string, got &value.valueUnstructured{Value:1}',
  ],
  [
    inPod({ containers: [{ name: "main", image: 1 }, { name: "main" }] }),
    `errors:
  .spec.template.spec.containers[name="main"].image: expected string, got &value.valueUnstructured{Value:1}
  .spec.template.spec.containers: duplicate entries for key [name="main"]`,
  ],
])("API-98: a manifest that does not fit the schema is not applied: %j", (spec, text) => {
  expect(said("apply-patch+yaml", deployment(spec))).toBe(
    `failed to create typed patch object (default/web; apps/v1, Kind=Deployment): ${text}`,
  );
});

test("API-98: what fits the schema and no number is not applied either, nor another kind", () => {
  expect(said("apply-patch+yaml", deployment({ replicas: 1.5 }))).toBe(
    "failed to convert new object (default/web; apps/v1, Kind=Deployment) to proper version: unable to convert unstructured object to apps/v1, Kind=Deployment: cannot convert float64 to int32",
  );
  expect(said("apply-patch+yaml", { ...deployment({}), kind: "ReplicaSet" })).toBe(
    "invalid object type: apps/v1, Kind=ReplicaSet",
  );
});

test.each([
  [{ replicas: "x" }, "map[spec:map[replicas:x]]", "unrecognized type: int32"],
  [{ replicas: 1.5 }, "map[spec:map[replicas:1.5]]", "cannot convert float64 to int32"],
  [{ paused: 1 }, "map[spec:map[paused:1]]", "unrecognized type: bool"],
  [
    { strategy: { type: 1 } },
    "map[spec:map[strategy:map[type:1]]]",
    "cannot convert int64 to v1.DeploymentStrategyType",
  ],
  [
    { strategy: { rollingUpdate: { maxSurge: [1] } } },
    "map[spec:map[strategy:map[rollingUpdate:map[maxSurge:[1]]]]]",
    "json: cannot unmarshal array into Go value of type int32",
  ],
  [
    inPod({ containers: "x" }),
    "map[spec:map[template:map[spec:map[containers:x]]]]",
    "cannot restore slice from string",
  ],
  [
    inPod({ nodeSelector: ["x"] }),
    "map[spec:map[template:map[spec:map[nodeSelector:[x]]]]]",
    "cannot restore map from slice",
  ],
  [
    inPod({ affinity: true }),
    "map[spec:map[template:map[spec:map[affinity:true]]]]",
    "cannot restore struct from: bool",
  ],
])("API-42: a strategic merge patch that does not fit quotes itself: %j", (spec, patch, text) => {
  expect(said("strategic-merge-patch+json", { spec })).toBe(
    ` "" is invalid: patch: Invalid value: "${patch}": ${text}`,
  );
});

test("API-40: a merge patch that does not fit quotes the object that it would make, what it touched in order", () => {
  const text = said("merge-patch+json", { spec: { replicas: "x", paused: true } });
  expect(text).toMatch(
    /^ "" is invalid: patch: Invalid value: "\{\\"apiVersion\\":\\"apps\/v1\\",\\"kind\\":/,
  );
  expect(text).toMatch(
    /\\"spec\\":\{\\"paused\\":true,\\"progressDeadlineSeconds\\":600,\\"replicas\\":\\"x\\",/,
  );
  expect(text).toMatch(
    /": json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32$/,
  );
});

test.each([
  [{ $patch: "merge-all" }, "unknown patch type: merge-all in map: map[$patch:merge-all]"],
  [{ $retainKeys: ["replicas"], paused: true }, "invalid patch format of retainKeys"],
  [
    inPod({
      "$setElementOrder/containers": [{ name: "main" }],
      containers: [{ name: "side", image: "busybox" }],
    }),
    `The order in patch list:
[map[image:busybox name:side]]
 doesn't match $setElementOrder list:
[map[name:main]]
`,
  ],
])("API-42: directives that make no sense are refused: %j", (spec, text) => {
  expect(said("strategic-merge-patch+json", { spec })).toBe(text);
});
