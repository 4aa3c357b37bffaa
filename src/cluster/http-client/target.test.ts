import { expect, test } from "vitest";
import { parseTarget } from "./target.ts";

test("HTTP-20: a request's target is taken apart as Go does: the first value counts, what cannot be decoded is left out", () => {
  expect(parseTarget("/api")).toEqual({ path: "/api", query: {} });
  expect(parseTarget("/api?a=1&a=2&b&&c=x+y%21=z&%zz=1&d=%&__proto__=e?f")).toEqual({
    path: "/api",
    query: Object.fromEntries([
      ["__proto__", "e?f"],
      ["c", "x y!=z"],
      ["b", ""],
      ["a", "1"],
    ]),
  });
});
