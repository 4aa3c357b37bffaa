// Bad input: the real text at its line, a plain sentence for it, what was applied before stays, and nothing breaks.
import { expect, test } from "vitest";
import { TYPES } from "#api/type-table";
import { createCluster } from "#cluster/cluster";
import { DEFAULT_SETTINGS } from "#cluster/settings";
import { applyFile } from "#kubectl/manifests/run";
import { explain } from "./explain.ts";

function apply(text: string) {
  const cluster = createCluster(DEFAULT_SETTINGS);
  const reports = applyFile("x.yaml", text, { handle: cluster.handle, namespace: "default", types: TYPES });
  return {
    cluster,
    reports,
    errors: reports.flatMap(({ error }) => (error ? [[error.line, error.text]] : [])),
  };
}

const SERVICE = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n";

const CASES: [what: string, text: string, line: number, said: string, key: string][] = [
  [
    "a tab",
    "apiVersion: v1\nkind: Service\nmetadata:\n\tname: web\n",
    4,
    "error: error parsing x.yaml: error converting YAML to JSON: yaml: line 4: found character that cannot start any token",
    "explainTab",
  ],
  [
    "an unknown field",
    `${SERVICE}  selecter:\n    app: web\n  ports:\n  - port: 80\n`,
    6,
    'Error from server (BadRequest): error when creating "x.yaml": Service in version "v1" cannot be handled as a Service: strict decoding error: unknown field "spec.selecter"',
    "explainUnknownField",
  ],
  [
    "a wrong type",
    `${SERVICE}  ports:\n  - port: eighty\n`,
    7,
    'Error from server (BadRequest): error when creating "x.yaml": Service in version "v1" cannot be handled as a Service: json: cannot unmarshal string into Go struct field ServicePort.spec.ports.port of type int32',
    "explainType",
  ],
  [
    "an unknown kind",
    "apiVersion: v1\nkind: Servce\nmetadata:\n  name: web\n",
    2,
    'error: resource mapping not found for name: "web" namespace: "" from "x.yaml": no matches for kind "Servce" in version "v1"\nensure CRDs are installed first',
    "explainNoMatch",
  ],
  [
    "an unknown version",
    "apiVersion: apps/v1beta2\nkind: Deployment\nmetadata:\n  name: web\n",
    1,
    'error: resource mapping not found for name: "web" namespace: "" from "x.yaml": no matches for kind "Deployment" in version "apps/v1beta2"\nensure CRDs are installed first',
    "explainNoMatch",
  ],
  [
    "a namespace that is not there",
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  namespace: nowhere\nspec:\n  ports:\n  - port: 80\n",
    5,
    'Error from server (NotFound): error when creating "x.yaml": namespaces "nowhere" not found',
    "explainNamespace",
  ],
  [
    "no object at all",
    "hello world\n",
    1,
    'error: error validating "x.yaml": error validating data: invalid object to validate; if you choose to ignore these errors, turn validation off with --validate=false',
    "explainNoObject",
  ],
  [
    "no kind",
    "apiVersion: v1\nmetadata:\n  name: web\n",
    1,
    'error: error validating "x.yaml": error validating data: kind not set; if you choose to ignore these errors, turn validation off with --validate=false',
    "explainNotSet",
  ],
  [
    "neither apiVersion nor kind",
    "metadata:\n  name: web\n",
    1,
    'error: error validating "x.yaml": error validating data: [apiVersion not set, kind not set]; if you choose to ignore these errors, turn validation off with --validate=false',
    "explainNoKind",
  ],
  [
    "__proto__",
    `__proto__: {polluted: true}\n${SERVICE}  ports:\n  - port: 80\n`,
    1,
    'Error from server (BadRequest): error when creating "x.yaml": Service in version "v1" cannot be handled as a Service: strict decoding error: unknown field "__proto__"',
    "explainUnknownField",
  ],
  [
    "an unnamed second port",
    `${SERVICE}  ports:\n  - port: 80\n  - port: 81\n`,
    7,
    'The Service "web" is invalid: \n* spec.ports[0].name: Required value\n* spec.ports[1].name: Required value',
    "explainPortName",
  ],
  [
    "a node port out of range",
    `${SERVICE}  type: NodePort\n  ports:\n  - port: 80\n    nodePort: 8080\n`,
    9,
    'The Service "web" is invalid: spec.ports[0].nodePort: Invalid value: 8080: provided port is not in the valid range. The range of valid ports is 30000-32767',
    "explainNodePortRange",
  ],
  [
    "a cluster IP out of range",
    `${SERVICE}  clusterIP: 10.0.0.1\n  ports:\n  - port: 80\n`,
    5,
    'The Service "web" is invalid: spec.clusterIPs: Invalid value: ["10.0.0.1"]: failed to allocate IP 10.0.0.1: the provided network does not match the current range',
    "explainIpRange",
  ],
  [
    "a misspelt type",
    `${SERVICE}  type: LoadBalance\n  ports:\n  - port: 80\n`,
    6,
    'The Service "web" is invalid: spec.type: Unsupported value: "LoadBalance": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
    "explainUnsupported",
  ],
  [
    "four dashes",
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n----\n",
    5,
    "error: error parsing x.yaml: invalid Yaml document separator: -",
    "explainSeparator",
  ],
];

test.each(CASES)(
  "BAD-1: %s: the real text at its line, and a sentence for it",
  (_what, text, line, said, key) => {
    const { errors } = apply(text);
    expect(errors).toEqual([[line, said]]);
    expect(explain(said).key).toBe(key);
  },
);

test("BAD-2: a script in a name is refused as text", () => {
  const { errors } = apply(SERVICE.replace("name: web", "name: '<img src=x onerror=alert(1)>'"));
  expect(errors).toHaveLength(1);
  expect(errors[0]![1]).toContain(
    'metadata.name: Invalid value: "<img src=x onerror=alert(1)>": a DNS-1035 label must consist of',
  );
});

test("BAD-3: of keys that stand twice the later counts, and the editor is told", () => {
  const { reports, cluster } = apply(`${SERVICE}  ports:\n  - port: 80\n    port: 81\n`);
  expect(reports.map(({ message, duplicates }) => [message, duplicates])).toEqual([
    ["service/web created", [{ key: "port", line: 8 }]],
  ]);
  expect(
    cluster.machine.context.api.get("Service", "default", "web")?.spec.ports?.map(({ port }) => port),
  ).toEqual([81]);
});

test("BAD-4: documents before and after a refused one are applied, as kubectl does, and the report says which", () => {
  const map = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;
  const { reports } = apply(
    `---\n${map("one")}---\n# only a comment\n---\n${map("Two")}---\n${map("three")}`,
  );
  const said = reports.map(({ line, message, error }) => [
    line,
    message || error?.text.split(":", 2).join(":"),
  ]);
  expect(said).toEqual([
    [2, "configmap/one created"],
    [9, 'The ConfigMap "Two" is invalid: metadata.name'],
    [14, "configmap/three created"],
  ]);
});

test("BAD-5: nothing breaks on damaged text", () => {
  const damaged = [
    "\u0000\u0001",
    "{{{",
    "- - - -",
    "a: &a [*a]",
    "? ? ?",
    "%YAML 9.9\n---\n",
    "'",
    "[",
    "!!binary x",
    "kind: 1",
    "&x *x",
    "a: b: c",
    `${"[".repeat(2000)}`,
    `${"a: ".repeat(500)}`,
  ];
  for (const text of damaged) expect(() => apply(text)).not.toThrow();
});
