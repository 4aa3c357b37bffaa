import { expect, test } from "vitest";
import { canonicalJson, clone, deepEqual, define, ownValue } from "./json.ts";

test("JSON-1: plain data is equal when its keys and values are, in any order; undefined is as good as missing", () => {
  expect(deepEqual({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1, d: undefined })).toBe(true);
  const unequal: [unknown, unknown][] = [
    [{ a: 1 }, { a: "1" }],
    [{ a: 1 }, { a: 1, b: 0 }],
    [{ a: 1, b: 0 }, { a: 1 }],
    [{ a: null }, {}],
    [
      [1, 2],
      [2, 1],
    ],
    [[1], [1, 1]],
    [[], {}],
    [{}, null],
    [{ a: [] }, { a: {} }],
  ];
  expect(unequal.filter(([a, b]) => deepEqual(a, b) || deepEqual(b, a))).toEqual([]);
});

test.each(["constructor", "toString", "__proto__"])("JSON-2: a key %s is one like any other", (key) => {
  const text = `{"${key}":"a"}`;
  const object = JSON.parse(text) as Record<string, unknown>;
  expect([deepEqual(object, {}), deepEqual({}, object)]).toEqual([false, false]);
  expect(deepEqual({}, JSON.parse(`{"${key}":{}}`))).toBe(false);
  expect(deepEqual(JSON.parse(`{"${key}":{}}`), {})).toBe(false);
  expect(deepEqual(object, JSON.parse(text))).toBe(true);
  expect([JSON.stringify(clone(object)), canonicalJson(object)]).toEqual([text, text]);
  const made = {};
  define(made, key, "a");
  expect([JSON.stringify(made), ownValue(made, key), ownValue({}, key)]).toEqual([text, "a", undefined]);
});

test("JSON-3: canonical JSON is the same for equal data", () => {
  expect(canonicalJson({ b: [1, { d: undefined, c: "x" }], a: null })).toBe('{"a":null,"b":[1,{"c":"x"}]}');
});
