// A plain sentence under the API server's own words, in the reader's language. Pure: text in, key and values out.
import type { EditorStringKey } from "../i18n/editor.ts";

export interface Explanation {
  key: EditorStringKey;
  values: Record<string, string>;
}

interface Rule {
  pattern: RegExp;
  key: EditorStringKey;
  /** Names for the pattern's groups, in order. */
  values?: readonly string[];
}

// The first match counts, so the special ones stand before the general ones.
const RULES: readonly Rule[] = [
  { pattern: /found character that cannot start any token/, key: "explainTab" },
  { pattern: /mapping values are not allowed/, key: "explainColon" },
  { pattern: /could not find expected ':'/, key: "explainMissingColon" },
  { pattern: /did not find expected key/, key: "explainIndent" },
  { pattern: /invalid Yaml document separator/, key: "explainSeparator" },
  { pattern: /yaml: |json: offset/, key: "explainYaml" },
  { pattern: /\[apiVersion not set, kind not set\]/, key: "explainNoKind" },
  { pattern: /invalid object to validate/, key: "explainNoObject" },
  { pattern: /(apiVersion|kind) not set/, key: "explainNotSet", values: ["field"] },
  {
    pattern: /no matches for kind "Ingress" in version "(extensions|networking\.k8s\.io)\/v1beta1"/,
    key: "explainOldIngress",
  },
  {
    pattern: /no matches for kind "([^"]*)" in version "([^"]*)"/,
    key: "explainNoMatch",
    values: ["kind", "version"],
  },
  { pattern: /unknown field "(?:.*\.)?publishNotReadyEndpoints"/, key: "explainPublishNotReady" },
  { pattern: /unknown field "([^"]*)"/, key: "explainUnknownField", values: ["field"] },
  {
    pattern: /cannot unmarshal (\w+) into Go struct field \S+ of type \[\]/,
    key: "explainList",
    values: ["got"],
  },
  {
    pattern: /cannot unmarshal (\w+) into Go struct field \S+ of type (?:\*?v1\.\w*(?:Spec|Meta)\b|map\[)/,
    key: "explainFields",
    values: ["got"],
  },
  {
    pattern: /cannot unmarshal (\w+) into Go struct field \S+ of type (\S+)/,
    key: "explainType",
    values: ["got", "wanted"],
  },
  { pattern: /valid ports is 30000-32767/, key: "explainNodePortRange" },
  { pattern: /provided port is already allocated/, key: "explainPortTaken" },
  { pattern: /provided IP is already allocated/, key: "explainIpTaken" },
  { pattern: /failed to allocate IP \S+: the provided network does not match/, key: "explainIpRange" },
  { pattern: /ports\[\d+\]\.name: Required value/, key: "explainPortName" },
  { pattern: /may not change once set/, key: "explainImmutableIp" },
  { pattern: /field is immutable/, key: "explainImmutable" },
  { pattern: /pod updates may not change fields/, key: "explainPodImmutable" },
  { pattern: /`selector` does not match template `labels`/, key: "explainSelectorTemplate" },
  {
    pattern: /Unsupported value: "([^"]*)": supported values: ("[^"]*"(?:, "[^"]*")*)/,
    key: "explainUnsupported",
    values: ["got", "values"],
  },
  { pattern: /DNS-1035 label|RFC 1035 label/, key: "explainDns1035" },
  { pattern: /RFC 1123|DNS-1123/, key: "explainDns1123" },
  { pattern: /valid label must be/, key: "explainLabel" },
  { pattern: /must be between 1 and 65535/, key: "explainPortRange" },
  { pattern: /namespaces "([^"]*)" not found/, key: "explainNamespace", values: ["namespace"] },
  { pattern: /resource name may not be empty|metadata\.name: Required value/, key: "explainName" },
  { pattern: /: Duplicate value/, key: "explainDuplicate" },
  { pattern: /: Required value/, key: "explainRequired" },
  { pattern: /\(NotFound\)/, key: "explainNotFound" },
  { pattern: /\(Conflict\)/, key: "explainConflict" },
];

export function explain(text: string): Explanation {
  for (const rule of RULES) {
    const match = rule.pattern.exec(text);
    if (!match) continue;
    const values = (rule.values ?? []).map((name, index) => [name, match[index + 1] ?? ""]);
    return { key: rule.key, values: Object.fromEntries(values) as Record<string, string> };
  }
  return { key: "explainOther", values: {} };
}
