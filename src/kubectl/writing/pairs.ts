// Words such as key=value and key-, and labels as one word, in the ways of kubectl's parsers.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/util/kubectl_match_version.go, helpers.go ParsePairs (v1.35)
import { emptyRecord } from "#base/json";
import { plainError } from "../errors.ts";

/** `a=1,b=2` as labels of generated objects. */
export function parseLabels(words: string): Record<string, string> {
  const labels = emptyRecord<string>();
  for (const word of words.split(",")) {
    const parts = word.split("=");
    if (parts.length !== 2) throw plainError(`unexpected label spec: ${word}`);
    if (parts[0] === "") throw plainError("unexpected empty label key");
    labels[parts[0]!] = parts[1]!;
  }
  return labels;
}

export interface Pairs {
  set: Record<string, string>;
  remove: string[];
}

/** `a=1` sets, `a-` removes. `what` is such as "annotation" in errors. */
export function parsePairs(words: readonly string[], what: string, supportRemove: boolean): Pairs {
  const pairs: Pairs = { set: emptyRecord(), remove: [] };
  const invalid: string[] = [];
  for (const word of words) {
    const equals = word.indexOf("=");
    if (equals > 0) pairs.set[word.slice(0, equals)] = word.slice(equals + 1);
    else if (supportRemove && equals !== 0 && word.endsWith("-") && word !== "-")
      pairs.remove.push(word.slice(0, -1));
    else invalid.push(word);
  }
  if (invalid.length > 0) throw plainError(`invalid ${what} format: ${invalid.join(", ")}`);
  return pairs;
}
