// Broken documents as people write them, with what kubectl 1.35 says of each.
import { expect, test } from "vitest";
import { parseErrorText, parseManifest } from "./parse.ts";
import { splitDocuments } from "./split.ts";

function said(text: string): string {
  const result = parseManifest(text);
  return result.ok ? "read" : parseErrorText(result).replace(/^error converting YAML to JSON: /, "");
}

test("KUBECTL-73: what the Go parser says of a document, and which line it names", () => {
  const cases: [text: string, expected: string][] = [
    ["a:\n\tb: c\n", "yaml: line 2: found character that cannot start any token"],
    ["a:\n  - name: a\n\t  image: b\n", "yaml: line 3: found a tab character that violates indentation"],
    ["a:\n  - name: b\n     image: c\n", "yaml: line 3: mapping values are not allowed in this context"],
    ["a: b: c\n", "yaml: mapping values are not allowed in this context"],
    ["a:\n  -name: b\n   image: c\n", "yaml: line 3: mapping values are not allowed in this context"],
    ["a:\n    b: 1\n  c: 2\n", "yaml: line 2: did not find expected key"],
    ["a:\n  b:\n c: d\n", "yaml: line 2: did not find expected key"],
    ["a:\n  b: 1\n  - c\n", "yaml: line 2: did not find expected key"],
    ["a:\n  - b: 1\n    c: 2\n   d: 3\n", "yaml: line 3: did not find expected '-' indicator"],
    ["- a\nb: c\n", "yaml: line 1: did not find expected '-' indicator"],
    ["a: b\nc\nd: e\n", "yaml: line 3: could not find expected ':'"],
    ["a: {{ .X }}-svc\nb: 1\n", "yaml: did not find expected key"],
    ["a:\n  {{- include }}\n", "yaml: line 1: did not find expected node content"],
    ["a: - b\n", "yaml: block sequence entries are not allowed in this context"],
    ["a: |x\n  b\n", "yaml: did not find expected comment or line break"],
    ["a: [b, c\nd: e\n", "yaml: line 1: did not find expected ',' or ']'"],
    ["a: {b: c\nd: e\n", "yaml: line 1: did not find expected ',' or '}'"],
    ['a: ["b" "c"]\n', "yaml: did not find expected ',' or ']'"],
    ["a: [b,, c]\n", "yaml: did not find expected node content"],
    ['a: "b\nc: d\n', "yaml: line 3: found unexpected end of stream"],
    ["a: `b`\n", "yaml: found character that cannot start any token"],
    ["a: &b c\nd: *e\n", "yaml: unknown anchor 'e' referenced"],
    ["a: \u0001b\n", "yaml: control characters are not allowed"],
  ];
  expect(cases.map(([text]) => [text, said(text)])).toEqual(cases);
});

test("KUBECTL-73: a mapping for a key is shown as Go prints it", () => {
  expect(said("name: {{ .Release.Name }}\n")).toBe(
    'yaml: invalid map key: map[interface {}]interface {}{".Release.Name":interface {}(nil)}',
  );
  expect(said("name: {[a, 1]: b}\n")).toBe('yaml: invalid map key: []interface {}{"a", 1}');
});

test("KUBECTL-73: in double quotes an apostrophe may have a backslash", () => {
  const result = parseManifest(`a: "it\\'s \\'b\\'"\n`);
  expect(result.ok && result.parsed.value).toEqual({ a: "it's 'b'" });
});

test("KUBECTL-74: what begins with a brace and is neither JSON nor YAML is blamed as JSON", () => {
  const cases: [text: string, expected: string][] = [
    ['{\n "a": "b"\n "c": 1\n}\n', "json: offset 14: invalid character '\"' after object key:value pair"],
    [
      "{{- if .X }}\na: 1\n",
      "json: offset 2: invalid character '{' looking for beginning of object key string",
    ],
    ['{"a" "b"}', "json: offset 6: invalid character '\"' after object key"],
    ['{"a": ["1" "2"]}', "json: offset 12: invalid character '\"' after array element"],
    ['{"a": tru, "b" "c"}', "json: offset 10: invalid character ',' in literal true (expecting 'e')"],
    ['{"a": "b"', "unexpected EOF"],
    ['{"a": [1, 2,], "b": {c: d,},}', "read"],
  ];
  expect(cases.map(([text]) => [text, said(text)])).toEqual(cases);
});

test("KUBECTL-73: which rule of block, flow and quoted text is broken first", () => {
  const cases: [text: string, expected: string][] = [
    ["a: 1\nkind Service\nb:\n  c: d\n", "yaml: line 3: could not find expected ':'"],
    ["apiVersion:v1\nkind: Service\n", "yaml: line 2: mapping values are not allowed in this context"],
    ["a:\n  b:\n  - c: 1\n   d: 2\n", "yaml: line 3: did not find expected key"],
    ["a:\n  b: {c: 'it's}\n", "yaml: line 1: did not find expected ',' or '}'"],
    ["%YAML 1.1", "yaml: line 1: did not find expected <document start>"],
    ["a: .inf\n", "json: unsupported value: +Inf"],
    ["a: [-.inf]\n", "json: unsupported value: -Inf"],
    ["a: .nan\n", "json: unsupported value: NaN"],
    ["a: {1: b, null: d}\n", 'unsupported map key of type: %!s(<nil>), key: <nil>, value: "d"'],
    ["a: |0\n  b\n", "yaml: found an indentation indicator equal to 0"],
    ["a: |\n\tb\n", "yaml: line 2: found a tab character where an indentation space is expected"],
    ['a: "b\n---\nc"\n', "yaml: line 2: found unexpected document indicator"],
    ['a: "\\x4"\n', "yaml: did not find expected hexdecimal number"],
    ["a:\n  ? [b]\n  - c\n", "yaml: line 2: did not find expected key"],
    ["a: &b &c d\n", "yaml: did not find expected key"],
    ["a: !!str{b\n", "yaml: did not find expected whitespace or line break"],
  ];
  expect(cases.map(([text]) => [text, said(text)])).toEqual(cases);
});

test("KUBECTL-73: separators hold nothing but comments, and JSON objects may follow each other", () => {
  const texts = (text: string): (string | undefined)[] =>
    splitDocuments(text).map(({ text: document, separatorError }) => separatorError ?? document);
  expect(texts("a: 1\n--- # two\nb: 2\n--- {c: 3}\n")).toEqual([
    "a: 1",
    "invalid Yaml document separator: {c: 3}",
  ]);
  expect(texts('{"a": 1}\n{"b": 2} {"c": "}"}\n')).toEqual(['{"a": 1}', '\n{"b": 2}', ' {"c": "}"}']);
  expect(splitDocuments('{"a": 1}\n{"b": 2}\n').map(({ firstLine }) => firstLine)).toEqual([1, 1]);
});
