import { expect, test } from "vitest";
import { toKyaml } from "./kyaml.ts";
import { toGoJson } from "./json.ts";
import { toYaml } from "./yaml.ts";

test("KUBECTL-10: YAML quotes what would read as something else than text, and nothing more", () => {
  const value = {
    a: "1",
    aa: "=",
    bb: "<<",
    cc: "a:b",
    d: "yes",
    dd: "[x]",
    e: "  lead",
    ee: "{}",
    f: "2026-01-01",
    g: "null",
    h: "x: y",
    i: "# no",
    j: "tab\there",
    k: "1_000",
    l: "0x1F",
    m: "12:30:45",
    p: "é ü",
    q: "-",
    r: "- a",
    u: "trail ",
    v: "a #b",
    w: "@x",
    y: "1e3",
    z: "",
  };
  expect(toYaml(value)).toBe(`a: "1"
aa: =
bb: <<
cc: a:b
d: "yes"
dd: '[x]'
e: '  lead'
ee: '{}'
f: "2026-01-01"
g: "null"
h: 'x: y'
i: '# no'
j: "tab\\there"
k: "1_000"
l: "0x1F"
m: "12:30:45"
p: é ü
q: '-'
r: '- a'
u: 'trail '
v: 'a #b'
w: '@x'
"y": "1e3"
z: ""
`);
});

test("KUBECTL-11: lines of text are a literal block, long lines are folded after column 80", () => {
  const words = "a very long line of words that goes on and on, well past the eighty columns";
  expect(
    toYaml({ a: { long: `${words} at which the printer folds it`, text: "multi\nline\n", open: "x\ny" } }),
  ).toBe(
    `a:
  long: a very long line of words that goes on and on, well past the eighty columns
    at which the printer folds it
  open: |-
    x
    y
  text: |
    multi
    line
`,
  );
  expect(toYaml({ m: `it's: ${words} at` })).toBe(`m: 'it''s: ${words}
  at'
`);
});

test("KUBECTL-12: keys stand in natural order, lists in the column of their key", () => {
  expect(toYaml({ item10: 1, item9: 2, B: [], a: [{ y: 1, x: [1, 2] }, "t"], "9": {}, "10": null })).toBe(
    `"9": {}
"10": null
B: []
a:
- x:
  - 1
  - 2
  "y": 1
- t
item9: 2
item10: 1
`,
  );
});

test("KUBECTL-13: JSON is indented by four, sorted, with Go's escapes", () => {
  expect(toGoJson({ b: [], a: { c: "<&>", d: [1, true, null] } })).toBe(`{
    "a": {
        "c": "\\u003c\\u0026\\u003e",
        "d": [
            1,
            true,
            null
        ]
    },
    "b": []
}`);
});

test("KUBECTL-14: KYAML quotes all text, and lists of maps hug their brackets", () => {
  expect(toKyaml({ a: "x", l: [{ p: 80 }], s: ["b"], t: "one\ntwo\n", y: {} })).toBe(`{
  a: "x",
  l: [{
    p: 80,
  }],
  s: [
    "b",
  ],
  "t": "\\
     one\\n\\
     two\\n\\
    ",
  "y": {},
}`);
});
