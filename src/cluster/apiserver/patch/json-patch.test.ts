import { expect, test } from "vitest";
import { JsonPatchError, jsonPatch } from "./json-patch.ts";

const document = { spec: { ports: [{ port: 80 }, { port: 443 }], type: "ClusterIP" }, "a/b": { "m~n": 1 } };

test("API-41: each operation does what RFC 6902 says", () => {
  const result = jsonPatch(document, [
    { op: "replace", path: "/spec/ports/0/port", value: 81 },
    { op: "add", path: "/spec/ports/1", value: { port: 90 } },
    { op: "add", path: "/spec/ports/-", value: { port: 91 } },
    { op: "remove", path: "/spec/ports/2" },
    { op: "copy", from: "/spec/type", path: "/spec/was" },
    { op: "move", from: "/a~1b/m~0n", path: "/moved" },
    { op: "test", path: "/spec/type", value: "ClusterIP" },
    { op: "add", path: "/labels", value: { a: "b" } },
  ]);
  expect(result).toEqual({
    spec: { ports: [{ port: 81 }, { port: 90 }, { port: 91 }], type: "ClusterIP", was: "ClusterIP" },
    "a/b": {},
    moved: 1,
    labels: { a: "b" },
  });
  expect(document.spec.ports[0]).toEqual({ port: 80 });
});

test.each([
  ["a failed test", [{ op: "test", path: "/spec/type", value: "NodePort" }]],
  ["a missing path", [{ op: "remove", path: "/spec/nothing" }]],
  ["a replacement of no item", [{ op: "replace", path: "/spec/ports/9", value: 1 }]],
  ["a path without a slash", [{ op: "add", path: "spec", value: 1 }]],
  ["an index out of bounds", [{ op: "add", path: "/spec/ports/9", value: 1 }]],
  ["an unknown operation", [{ op: "increment", path: "/spec" }]],
])("API-41: %s refuses the whole patch", (_name, operations) => {
  expect(() => jsonPatch(document, operations)).toThrow(JsonPatchError);
});

test("API-41: what an object does not have can be replaced, and what stands before the first slash counts for nothing", () => {
  const operations = [
    { op: "replace", path: "/spec/x", value: 1 },
    { op: "add", path: "spec/y", value: 2 },
  ];
  expect(jsonPatch({ spec: {} }, operations)).toEqual({ spec: { x: 1 }, y: 2 });
});
