import { expect, test } from "vitest";
import { TYPES } from "#api/type-table";
import type { JsonObject } from "#base/json";
import { overwriteProblem } from "./overwrites.ts";
import { threeWayPatch } from "./three-way.ts";

const schema = { types: TYPES, root: "Deployment" };

const deployment = (replicas: number, image: string, more: JsonObject = {}): JsonObject => ({
  spec: { replicas, template: { spec: { containers: [{ name: "main", image, ...more }] } } },
});

const problem = (original: JsonObject, wanted: JsonObject, live: JsonObject): string | undefined =>
  overwriteProblem(threeWayPatch(original, wanted, live, schema), original, live, schema);

test("KUBECTL-75: without --overwrite a patch may not change what someone else has changed", () => {
  const applied = deployment(2, "busybox");
  const live = deployment(7, "foo:1", { imagePullPolicy: "Always" });
  expect(problem(applied, deployment(3, "nginx"), live)).toBe(`patch:
spec:
  replicas: 3
  template:
    spec:
      $setElementOrder/containers:
      - name: main
      containers:
      - image: nginx
        name: main

conflicts with changes made from original to current:
spec:
  replicas: 7
  template:
    spec:
      containers:
      - image: foo:1
        imagePullPolicy: Always
        name: main

`);
});

test("KUBECTL-75: without --overwrite a patch may change what nobody else has, and what has become as it is wanted", () => {
  const applied = deployment(2, "busybox");
  expect(problem(applied, deployment(3, "busybox"), deployment(2, "foo:1"))).toBeDefined();
  expect(problem(applied, deployment(3, "busybox"), deployment(3, "busybox"))).toBeUndefined();
  expect(problem(applied, deployment(3, "busybox"), deployment(2, "busybox"))).toBeUndefined();
  const other = { ...deployment(2, "busybox"), status: { replicas: 1 } };
  expect(problem(applied, deployment(2, "nginx"), other)).toBeUndefined();
  const gone = threeWayPatch(applied, { spec: { replicas: 2 } }, deployment(2, "foo:1"), schema);
  expect(gone).toEqual({ spec: { template: null } });
  expect(overwriteProblem(gone, applied, deployment(2, "foo:1"), schema)).toBeDefined();
});
