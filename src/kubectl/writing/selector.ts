// A label selector in words as an object: `a=b,c in (d,e),!f` becomes matchLabels and matchExpressions.
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/helpers.go ParseToLabelSelector (v1.35)
import type { JsonObject } from "#base/json";
import { readSelector } from "#cluster/apiserver/label-query";
import { plainError } from "../errors.ts";
import { goQuote } from "../go-values.ts";

export interface SelectorExpression {
  key: string;
  operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
  values: readonly string[];
}

export interface SelectorParts {
  labels: Record<string, string>;
  expressions: SelectorExpression[];
}

const OPERATORS = { in: "In", notin: "NotIn", exists: "Exists", "!": "DoesNotExist" } as const;

export function selectorParts(words: string): SelectorParts {
  const read = readSelector(words);
  if (!read.ok) throw plainError(`couldn't parse the selector string "${words}": ${read.problem}`);
  const parts: SelectorParts = { labels: {}, expressions: [] };
  for (const { key, operator, values } of read.requirements) {
    if (operator === "=" || operator === "==") parts.labels[key] = values[0]!;
    else if (operator === "gt" || operator === "lt")
      throw plainError(`"${operator}" isn't supported in label selectors`);
    else if (operator === "!=")
      throw plainError(`${goQuote(operator)} is not a valid label selector operator`);
    else parts.expressions.push({ key, operator: OPERATORS[operator], values });
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
        ...(values.length > 0 && { values: [...values] }),
      })),
    }),
  };
}
