import { expect, test } from "vitest";
import { printJsonPath } from "./jsonpath.ts";
import { parseTemplate } from "./go-template-parse.ts";
import { runTemplate } from "./go-template.ts";
import { columnCells, parseCustomColumns } from "./custom-columns.ts";

const DATA = {
  kind: "List",
  items: [
    {
      name: "a",
      labels: { app: "x", "b/c": "d" },
      ports: [
        { name: "http", port: 80 },
        { name: "https", port: 443 },
      ],
    },
    { name: "b", ports: [] },
  ],
};

const path = (template: string, allowMissing = true): string => {
  try {
    return printJsonPath(template, DATA, { allowMissing });
  } catch (error) {
    return `! ${(error as Error).message}`;
  }
};

test("KUBECTL-20: JSONPath finds fields, elements, slices, unions, filters, ranges and descendants", () => {
  expect(path("{.items[*].name}")).toBe("a b");
  expect(path("{.items[0].ports[*].port}")).toBe("80 443");
  expect(path("{.items[0].ports[0,1].port}")).toBe("80 443");
  expect(path("{.items[0].ports[-1].port}")).toBe("443");
  expect(path("{.items[0].ports[-1:].port}")).toBe("443");
  expect(path('{.items[0].ports[?(@.name=="https")].port}{"\\n"}')).toBe("443\n");
  expect(path("{.items[0].ports[?(@.port<100)].name}")).toBe("http");
  expect(path("{.items[?(@.labels)].name}")).toBe("a");
  expect(path('{range .items[*]}{.name}={.ports[*].port}{"\\n"}{end}')).toBe("a=80 443\nb=\n");
  expect(path("{..port}")).toBe("80 443");
  expect(path("{.items[0].labels}")).toBe('{"app":"x","b/c":"d"}');
  expect(path("{.items[0].labels['b/c']}")).toBe("d");
  expect(path("plain {$.kind}{@.kind}")).toBe("plain ListList");
});

test("KUBECTL-21: JSONPath errors have the words of the real parser", () => {
  expect(path("{.items")).toBe("! unclosed action");
  expect(path("{.items[0]")).toBe("! unclosed action");
  expect(path("{.items[9].name}")).toBe("! array index out of bounds: index 9, length 2");
  expect(path("{.nothing}")).toBe("");
  expect(path("{.nothing}", false)).toBe("! nothing is not found");
  expect(path("{.kind[0]}")).toBe("! string is not array or slice");
  expect(path("{foo}")).toBe("! unrecognized identifier foo");
  expect(path("{end}")).toBe("! not in range, nothing to end");
  expect(path('{"abc')).toBe("! unterminated quoted string");
  expect(path("{.items[a]}")).toBe("! invalid array index a");
});

const go = (source: string): string => {
  try {
    return runTemplate(parseTemplate(source), DATA, { allowMissing: true });
  } catch (error) {
    return `! ${(error as Error).message}`;
  }
};

test("KUBECTL-22: Go templates have ranges, conditions, variables, pipes and functions", () => {
  expect(go('{{range .items}}{{.name}}{{"\\n"}}{{end}}')).toBe("a\nb\n");
  expect(go("{{range $i, $x := .items}}{{$i}}:{{$x.name}} {{end}}")).toBe("0:a 1:b ");
  expect(go("{{range .items}}{{range .ports}}{{.port}};{{else}}none{{end}}{{end}}")).toBe("80;443;none");
  expect(go('{{if eq .kind "List"}}yes{{else}}no{{end}}')).toBe("yes");
  expect(go('{{with (index .items 0)}}{{.name}}{{end}} {{len .items}} {{printf "%s-%d" .kind 3}}')).toBe(
    "a 2 List-3",
  );
  expect(go("{{.kind | len}} {{- /* gone */ -}} x {{not .nothing}}")).toBe("4x true");
  expect(go("{{.nothing}} {{.nothing.deeper}}")).toBe("<no value> <no value>");
  expect(go("{{(index .items 0).ports}}")).toBe("[map[name:http port:80] map[name:https port:443]]");
  expect(go('{{"a&b" | html}}{{"aGk=" | base64decode}}')).toBe("a&amp;bhi");
});

test("KUBECTL-23: Go template errors name what was evaluated", () => {
  expect(go("{{.kind")).toBe("! template: output:1: unclosed action");
  expect(go("{{foo}}")).toBe('! template: output:1: function "foo" not defined');
  expect(go("{{range .items}}")).toBe("! template: output:1: unexpected EOF");
  expect(go("{{.kind.x}}")).toBe(
    '! executing "output" at <.kind.x>: can\'t evaluate field x in type interface {}',
  );
  expect(go("{{index .items 5}}")).toBe(
    '! executing "output" at <index .items 5>: error calling index: index out of range: 5',
  );
});

test("KUBECTL-77: Go templates define others, call them with their own data and none of the variables around", () => {
  const define = '{{define "x"}}<{{.name}}>{{end}}';
  expect(go(`${define}{{range .items}}{{template "x" .}}{{end}}`)).toBe("<a><b>");
  expect(go(`{{range .items}}{{template "x" .}}{{end}}${define}`)).toBe("<a><b>");
  expect(go('{{block "x" index .items 1}}<{{.name}}>{{end}}{{template "x"}}')).toBe("<b><<no value>>");
  expect(go('{{define "x"}} {{end}}{{define "x"}}b{{end}}{{template "x"}}')).toBe("b");
  expect(go('{{define "x"}}{{$}}{{end}}{{$a := 1}}{{template "x" $a}}')).toBe("1");
  expect(go('{{$a := 1}}{{define "x"}}{{$a}}{{end}}')).toBe('! template: output:1: undefined variable "$a"');
  expect(go(`${define}${define}`)).toBe(
    '! template: output:1: template: multiple definition of template "x"',
  );
  expect(go("{{define x}}{{end}}")).toBe('! template: output:1: unexpected "x" in define clause');
  expect(go("{{template}}")).toBe('! template: output:1: unexpected "}}" in template clause');
  expect(go("{{break}}")).toBe("! template: output:1: {{break}} outside {{range}}");
  expect(go('{{template "y" .}}')).toBe(
    '! executing "output" at <{{template "y" .}}>: template "y" not defined',
  );
  expect(go('{{define "r"}}{{template "r"}}{{end}}{{template "r"}}')).toBe(
    '! executing "r" at <{{template "r"}}>: exceeded maximum template depth (100000)',
  );
  expect(go(`{{define "x"}}{{len .}}{{end}}{{template "x" true}}`)).toBe(
    '! executing "x" at <len .>: error calling len: len of type bool',
  );
});

test("KUBECTL-24: custom columns take paths in four forms and join what they find", () => {
  const columns = parseCustomColumns("A:.name,B:name,C:{.ports[*].port},D:{name},E:.nothing");
  expect(columns.map(({ header }) => header)).toEqual(["A", "B", "C", "D", "E"]);
  expect(columnCells(columns, DATA.items[0])).toEqual(["a", "a", "80,443", "a", "<none>"]);
  expect(() => parseCustomColumns("NAME")).toThrow(
    "error: unexpected custom-columns spec: NAME, expected <header>:<json-path-expr>",
  );
});
