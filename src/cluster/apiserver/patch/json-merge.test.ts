import { expect, test } from "vitest";
import { jsonMergePatch } from "./json-merge.ts";

test("API-40: a merge patch merges objects, replaces lists and deletes what is null", () => {
  const target = { a: { b: 1, c: 2 }, list: [1, 2], gone: "x" };
  const patch = { a: { c: null, d: { e: null, f: 3 } }, list: [3], gone: null, added: true };
  expect(jsonMergePatch(target, patch)).toEqual({ a: { b: 1, d: { f: 3 } }, list: [3], added: true });
  expect(target).toEqual({ a: { b: 1, c: 2 }, list: [1, 2], gone: "x" });
});

test("API-40: a key named __proto__ is a key like any other", () => {
  const merged = jsonMergePatch({}, JSON.parse('{"__proto__":{"polluted":1}}')) as object;
  expect(JSON.stringify(merged)).toBe('{"__proto__":{"polluted":1}}');
  expect("polluted" in {}).toBe(false);
});
