import { expect, test } from "vitest";
import { TYPES } from "#api/type-table";
import type { JsonObject } from "#base/json";
import { strategicMergePatch } from "./strategic.ts";

const patchService = (spec: JsonObject, patch: JsonObject): unknown =>
  strategicMergePatch(TYPES, "Service", { spec }, { spec: patch })["spec"];
const patchPod = (spec: JsonObject, patch: JsonObject): unknown =>
  strategicMergePatch(TYPES, "Pod", { spec }, { spec: patch })["spec"];

test("API-42: lists merge by their key, and items that are new stand before the old ones", () => {
  const spec = { ports: [{ name: "http", port: 80, targetPort: 8080 }] };
  expect(patchService(spec, { ports: [{ port: 443, name: "https" }] })).toEqual({
    ports: [
      { port: 443, name: "https" },
      { name: "http", port: 80, targetPort: 8080 },
    ],
  });
  expect(patchService(spec, { ports: [{ port: 80, targetPort: null, nodePort: 30080 }] })).toEqual({
    ports: [{ name: "http", port: 80, nodePort: 30080 }],
  });
});

test("API-42: $patch deletes items, replaces lists and whole objects", () => {
  const spec = { ports: [{ port: 80 }, { port: 443 }], selector: { app: "web" } };
  expect(patchService(spec, { ports: [{ $patch: "delete", port: 80 }] })).toEqual({
    ports: [{ port: 443 }],
    selector: { app: "web" },
  });
  expect(patchService(spec, { ports: [{ $patch: "replace" }, { port: 90 }] })).toEqual({
    ports: [{ port: 90 }],
    selector: { app: "web" },
  });
  expect(patchService(spec, { selector: { $patch: "replace", tier: "front" } })).toEqual({
    ports: [{ port: 80 }, { port: 443 }],
    selector: { tier: "front" },
  });
});

test("API-42: null deletes a field, and maps merge key by key", () => {
  const spec = { selector: { app: "kubia", env: "prod" }, type: "NodePort" };
  expect(patchService(spec, { selector: { app: null, tier: "front" }, type: null })).toEqual({
    selector: { env: "prod", tier: "front" },
  });
});

test("API-42: $setElementOrder orders the merged list, with and without changes to its items", () => {
  const spec: JsonObject = {
    containers: [{ name: "a", image: "a:1" }, { name: "b", image: "b:1" }, { name: "server-side" }],
  };
  const order = [{ name: "b" }, { name: "a" }];
  const changed = { "$setElementOrder/containers": order, containers: [{ name: "a", image: "a:2" }] };
  expect(patchPod(spec, changed)).toEqual({
    containers: [{ name: "b", image: "b:1" }, { name: "a", image: "a:2" }, { name: "server-side" }],
  });
  expect(patchPod(spec, { "$setElementOrder/containers": order })).toEqual({
    containers: [{ name: "b", image: "b:1" }, { name: "a", image: "a:1" }, { name: "server-side" }],
  });
});

test("API-42: $retainKeys drops what it does not name", () => {
  const deployment = { spec: { strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1 } } } };
  const patch = { spec: { strategy: { $retainKeys: ["type"], type: "Recreate" } } };
  expect(strategicMergePatch(TYPES, "Deployment", deployment, patch)).toEqual({
    spec: { strategy: { type: "Recreate" } },
  });
});

test("API-42: lists of scalars that merge are sets, and $deleteFromPrimitiveList takes from them", () => {
  const object = { metadata: { finalizers: ["a.io/x", "a.io/y"] } };
  const merged = strategicMergePatch(TYPES, "ConfigMap", object, {
    metadata: { finalizers: ["a.io/z", "a.io/x"] },
  });
  expect(merged).toEqual({ metadata: { finalizers: ["a.io/z", "a.io/x", "a.io/y"] } });
  const patch = { metadata: { "$deleteFromPrimitiveList/finalizers": ["a.io/x"] } };
  expect(strategicMergePatch(TYPES, "ConfigMap", object, patch)).toEqual({
    metadata: { finalizers: ["a.io/y"] },
  });
});

test("API-42: lists without a key are replaced", () => {
  const spec = { loadBalancerSourceRanges: ["10.0.0.0/8"] };
  expect(patchService(spec, { loadBalancerSourceRanges: ["192.0.2.0/24"] })).toEqual({
    loadBalancerSourceRanges: ["192.0.2.0/24"],
  });
});

test("API-42: an item without the list's key is refused in Go's words", () => {
  expect(() => patchPod({ containers: [] }, { containers: [{ image: "nginx", stdin: true }] })).toThrow(
    "map: map[image:nginx stdin:true] does not contain declared merge key: name",
  );
});

test("API-42: lists of several types are refused with both lists", () => {
  const before = { containers: [{ name: "a", image: "nginx" }] };
  for (const item of [80, "a", null, 1.5, true]) {
    expect(() => patchPod(before, { containers: [item] })).toThrow(
      `list element types are not identical: [[map[image:nginx name:a]] [${item ?? "<nil>"}]]`,
    );
  }
  expect(() => patchPod({}, { containers: [[]] })).toThrow("lists of lists are not supported");
});

test("API-42: what is new comes in without nulls and directives", () => {
  const patch: JsonObject = {
    containers: [{ name: "a", env: [{ $patch: "replace" }, { name: "X", value: null }] }],
  };
  expect(patchPod({}, { ...patch, nodeName: null })).toEqual({
    containers: [{ name: "a", env: [{ name: "X" }] }],
  });
});
