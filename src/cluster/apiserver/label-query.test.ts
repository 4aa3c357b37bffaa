import { expect, test } from "vitest";
import { parseRequirements } from "./label-query.ts";

test("API-17: label selectors are read in all their forms, and sorted by key", () => {
  expect(parseRequirements("tier!=back, app==web,!old,stage,env in (prod, test),zone notin (a),n>3")).toEqual(
    [
      { key: "app", operator: "==", values: ["web"] },
      { key: "env", operator: "in", values: ["prod", "test"] },
      { key: "n", operator: "gt", values: ["3"] },
      { key: "old", operator: "!", values: [] },
      { key: "stage", operator: "exists", values: [] },
      { key: "tier", operator: "!=", values: ["back"] },
      { key: "zone", operator: "notin", values: ["a"] },
    ],
  );
  expect(parseRequirements("app=")).toEqual([{ key: "app", operator: "=", values: [""] }]);
  expect(parseRequirements("")).toEqual([]);
});

test.each([
  ["app=web,", "found '', expected: identifier after ','"],
  ["app ~ web", "unable to parse requirement: found '~', expected: in, notin, =, ==, !=, gt, lt"],
  ["env in prod", "unable to parse requirement: found 'prod' expected: '('"],
  ["=web", "found '=', expected: !, identifier, or 'end of string'"],
  ["!", "unable to parse requirement: found '', expected: identifier"],
  ["env in (prod", "unable to parse requirement: found '', expected: ',' or ')'"],
  ["env in (prod,", "unable to parse requirement: found '', expected: ',', or identifier"],
  ["env in (", "unable to parse requirement: found '', expected: ',', ')' or identifier"],
  [
    "n>x",
    "unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must be an integer",
  ],
  [
    "app=-x",
    "unable to parse requirement: values[0][app]: Invalid value: \"-x\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
  ],
])("API-17: what cannot be read is refused: %s", (selector, text) => {
  expect(() => parseRequirements(selector)).toThrow(text);
});
