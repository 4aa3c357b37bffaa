import { expect, test } from "vitest";
import type { AnyObject } from "#api/kinds";
import { differencesOf } from "./differences.ts";
import type { Batch, ObjectChange } from "./protocol.ts";

const pod = (extra: Record<string, unknown> = {}, spec: Record<string, unknown> = {}): AnyObject =>
  ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "a", namespace: "default", uid: "1", resourceVersion: "1", ...extra },
    spec: { containers: [{ name: "c", image: "i" }], ...spec },
    status: { phase: "Pending" },
  }) as unknown as AnyObject;

const batch = (changes: ObjectChange[], reset = false): Batch => ({ changes, reset }) as unknown as Batch;
const set = (object: AnyObject): ObjectChange => ({ type: "set", kind: "Pod", key: "default/a", object });
const known = (object: AnyObject) => ({ Pod: new Map([["default/a", object]]) }) as never;

test("CAN-53: what came and what was wanted otherwise is a difference; status, binding and the first batch are none", () => {
  const appeared = [{ kind: "Pod", key: "default/a", what: "appeared" }];
  const changed = [{ kind: "Pod", key: "default/a", what: "changed" }];
  expect(differencesOf({}, batch([set(pod())]))).toEqual(appeared);
  expect(differencesOf({}, batch([set(pod())], true))).toEqual([]);
  expect(differencesOf(known(pod()), batch([set(pod({ uid: "2" }))]))).toEqual(appeared);
  expect(differencesOf(known(pod()), batch([set(pod({ resourceVersion: "2" }, { nodeName: "n" }))]))).toEqual(
    [],
  );
  expect(differencesOf(known(pod()), batch([set(pod({ labels: { a: "b" } }))]))).toEqual(changed);
  expect(differencesOf(known(pod()), batch([set(pod({}, { containers: [] }))]))).toEqual(changed);
  expect(differencesOf(known(pod()), batch([set(pod({ annotations: { note: "x" } }))]))).toEqual(changed);
  expect(
    differencesOf(
      known(pod()),
      batch([set(pod({ annotations: { "deployment.kubernetes.io/revision": "2" } }))]),
    ),
  ).toEqual([]);
  expect(differencesOf(known(pod()), batch([set(pod({ deletionTimestamp: "now" }))]))).toEqual([]);
  expect(differencesOf(known(pod()), batch([{ type: "delete", kind: "Pod", key: "default/a" }]))).toEqual([]);
});
