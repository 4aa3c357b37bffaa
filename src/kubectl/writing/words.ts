// Divides the words of label, annotate and set into resources and changes: `pod one a=1 b-`.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/util/helpers.go GetResourcesAndPairs (v1.35)
import { plainError } from "../errors.ts";

export interface Divided {
  resources: string[];
  pairs: string[];
}

/** `what` is such as "label" in errors. */
export function divideWords(args: readonly string[], what: string): Divided {
  const divided: Divided = { resources: [], pairs: [] };
  for (const word of args) {
    const isPair = (word.includes("=") && !word.startsWith("=")) || (word.endsWith("-") && word !== "-");
    if (isPair) divided.pairs.push(word);
    else if (divided.pairs.length === 0) divided.resources.push(word);
    else throw plainError(`all resources must be specified before ${what} changes: ${word}`);
  }
  return divided;
}
