import { expect, test } from "vitest";
import { sortedPositions } from "./sort.ts";

test("KUBECTL-27: --sort-by puts what is missing or null first, then numbers by size and texts naturally", () => {
  const by = (values: unknown[]): unknown[] =>
    sortedPositions(
      values.map((value) => (value === undefined ? {} : { at: value })),
      ".at",
    ).map((position) => values[position]);
  expect(by(["b", null, "a", undefined, null])).toEqual([null, undefined, null, "a", "b"]);
  expect(by([10, 9, 100])).toEqual([9, 10, 100]);
  expect(by(["web-10", "web-9"])).toEqual(["web-9", "web-10"]);
  expect(by(["1Gi", "900Mi"])).toEqual(["900Mi", "1Gi"]);
  expect(() => by([undefined])).toThrow('couldn\'t find any field with path "{.at}" in the list of objects');
});
