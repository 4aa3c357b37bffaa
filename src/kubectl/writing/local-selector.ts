// Does an object from a file match the selector of -l?
// Kubernetes: staging/src/k8s.io/cli-runtime/pkg/resource/builder.go (v1.35)
import { matchesRequirements } from "#api/selectors";
import type { JsonObject } from "#base/json";
import { readSelector } from "#cluster/apiserver/label-query";
import { plainError } from "../errors.ts";
import { goQuote } from "../go-values.ts";

export function matchesSelector(selector: string, object: JsonObject): boolean {
  return selectorTest(selector)(object);
}

/** The selector is read once, whether or not there are objects. */
export function selectorTest(selector: string): (object: JsonObject) => boolean {
  const words = selector.trim();
  const read = readSelector(words);
  if (!read.ok) throw plainError(`the provided selector ${goQuote(words)} is not valid: ${read.problem}`);
  return (object) => {
    const metadata = (object["metadata"] ?? {}) as { labels?: Record<string, string> };
    return matchesRequirements(read.requirements, metadata.labels);
  };
}
