import { expect, test } from "vitest";
import type { AnyObject } from "#api/kinds";
import {
  contentsOf,
  createStore,
  getObject,
  listObjects,
  ownedBy,
  putObject,
  removeObject,
} from "./store.ts";

function pod(namespace: string, name: string, labels: Record<string, string>, owner?: string): AnyObject {
  const ownerReferences = owner
    ? [{ apiVersion: "v1", kind: "ReplicationController", name: owner, uid: owner }]
    : undefined;
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { namespace, name, labels, ...(ownerReferences && { ownerReferences }) },
  } as unknown as AnyObject;
}

const names = (objects: readonly AnyObject[]): string[] =>
  objects.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);

test("API-1: lists stand in order of namespace, then name, whatever the order of creation", () => {
  const store = createStore();
  for (const [namespace, name] of [
    ["b", "x"],
    ["a", "z"],
    ["a", "c"],
    ["b", "a"],
  ] as const) {
    putObject(store, pod(namespace, name, {}), undefined);
  }
  expect(names(listObjects(store, "Pod"))).toEqual(["a/c", "a/z", "b/a", "b/x"]);
  expect(names(listObjects(store, "Pod", "b"))).toEqual(["b/a", "b/x"]);
  expect(listObjects(store, "Pod", "nowhere")).toEqual([]);
  expect(listObjects(store, "Service")).toEqual([]);
});

test("API-1: a list that was handed out does not change any more", () => {
  const store = createStore();
  const first = pod("a", "one", { app: "x" });
  putObject(store, first, undefined);
  const [all, inNamespace, byLabel] = [
    listObjects(store, "Pod"),
    listObjects(store, "Pod", "a"),
    listObjects(store, "Pod", "a", { app: "x" }),
  ];
  putObject(store, pod("a", "two", { app: "x" }), undefined);
  removeObject(store, first);
  for (const list of [all, inNamespace, byLabel]) expect(list).toEqual([first]);
  expect(names(listObjects(store, "Pod"))).toEqual(["a/two"]);
});

test("API-2: labels find objects, and follow every change", () => {
  const store = createStore();
  const before = pod("a", "one", { app: "x", tier: "front" });
  putObject(store, before, undefined);
  putObject(store, pod("a", "two", { app: "x" }), undefined);
  expect(names(listObjects(store, "Pod", "a", { app: "x" }))).toEqual(["a/one", "a/two"]);
  expect(names(listObjects(store, "Pod", "a", { app: "x", tier: "front" }))).toEqual(["a/one"]);
  const after = pod("a", "one", { app: "y" });
  putObject(store, after, before);
  expect(names(listObjects(store, "Pod", "a", { app: "x" }))).toEqual(["a/two"]);
  expect(listObjects(store, "Pod", "a", { app: "y" })).toEqual([after]);
  removeObject(store, after);
  expect(listObjects(store, "Pod", "a", { app: "y" })).toEqual([]);
  expect(names(listObjects(store, "Pod", undefined, { app: "x" }))).toEqual(["a/two"]);
});

test("API-3: owners find what they own, and a namespace its contents", () => {
  const store = createStore();
  const owned = pod("a", "one", {}, "rc-uid");
  putObject(store, owned, undefined);
  expect(ownedBy(store, "rc-uid")).toEqual([owned]);
  expect(contentsOf(store, "a")).toEqual([owned]);
  const released = pod("a", "one", {});
  putObject(store, released, owned);
  expect(ownedBy(store, "rc-uid")).toEqual([]);
  expect(getObject(store, "Pod", "a", "one")).toBe(released);
  removeObject(store, released);
  expect(contentsOf(store, "a")).toEqual([]);
});
