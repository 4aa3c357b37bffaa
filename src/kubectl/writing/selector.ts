// A label selector in words as an object: `a=b,c in (d,e),!f` becomes matchLabels and matchExpressions.
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/helpers.go ParseToLabelSelector (v1.35)
import type { JsonObject } from "#base/json";
import { plainError } from "../errors.ts";

export interface SelectorExpression {
  key: string;
  operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
  values: string[];
}

export interface SelectorParts {
  labels: Record<string, string>;
  expressions: SelectorExpression[];
}

export function selectorParts(words: string): SelectorParts {
  const parts: SelectorParts = { labels: {}, expressions: [] };
  for (const piece of pieces(words)) {
    const set = /^\s*([^\s=!(),<>]+)\s+(in|notin)\s+\(([^()]*)\)\s*$/.exec(piece);
    const equality = /^\s*([^\s=!(),<>]+)\s*(==?|!=)\s*([^\s=!(),<>]*)\s*$/.exec(piece);
    const presence = /^\s*(!?)\s*([^\s=!(),<>]+)\s*$/.exec(piece);
    if (set) {
      const values = set[3]!.split(",").map((value) => value.trim());
      parts.expressions.push({ key: set[1]!, operator: set[2] === "in" ? "In" : "NotIn", values });
    } else if (equality && equality[2] === "!=") {
      parts.expressions.push({ key: equality[1]!, operator: "NotIn", values: [equality[3]!] });
    } else if (equality) parts.labels[equality[1]!] = equality[3]!;
    else if (presence)
      parts.expressions.push({
        key: presence[2]!,
        operator: presence[1] ? "DoesNotExist" : "Exists",
        values: [],
      });
    else
      throw plainError(
        `couldn't parse the selector string "${words}": unable to parse requirement: ${piece.trim()}`,
      );
  }
  return parts;
}

export function parseSelector(words: string): JsonObject {
  const { labels, expressions } = selectorParts(words);
  return {
    ...(Object.keys(labels).length > 0 && { matchLabels: labels }),
    ...(expressions.length > 0 && {
      matchExpressions: expressions.map(({ key, operator, values }) => ({
        key,
        operator,
        ...(values.length > 0 && { values }),
      })),
    }),
  };
}

/** Divides at commas outside of parentheses. */
function pieces(words: string): string[] {
  return words.trim() === "" ? [] : words.split(/,(?![^(]*\))/);
}
