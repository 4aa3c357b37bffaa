// "2 of 3 pods; api-x lacks tier=web": what a Service's selector, as typed, would select among the pods that exist.
import type { Pod } from "#api/pod/types";
import { isObject } from "#base/json";
import { locateField } from "#kubectl/manifests/locate";
import { splitDocuments } from "#kubectl/manifests/split";
import { objectsOfDocument } from "./file-objects.ts";

export interface SelectorHint {
  /** 1-based line of the selector. */
  line: number;
  matched: number;
  /** Pods that the comparison is about: those that share at least one label with the selector, else all. */
  total: number;
  /** A pod that misses, and what it lacks, such as "tier=web". */
  miss?: { pod: string; lacks: string };
}

/** Hints for every Service in a file, against the pods of its namespace. */
export function selectorHints(text: string, pods: Iterable<Pod>, namespace = "default"): SelectorHint[] {
  const all = [...pods];
  const hints: SelectorHint[] = [];
  for (const raw of splitDocuments(text)) {
    if (raw.separatorError) break;
    for (const { value, document, path } of objectsOfDocument(raw) ?? []) {
      if (value["kind"] !== "Service" || !isObject(value["spec"])) continue;
      const selector = value["spec"]["selector"];
      if (!isObject(selector) || Object.keys(selector).length === 0) continue;
      const wanted = isObject(value["metadata"]) ? value["metadata"]["namespace"] : undefined;
      const here = all.filter(
        (pod) => pod.metadata.namespace === (typeof wanted === "string" ? wanted : namespace),
      );
      const { line } = locateField(document, raw.text, [...path, "spec", "selector"]);
      hints.push({ line: raw.firstLine + line - 1, ...compare(selector, here) });
    }
  }
  return hints;
}

function compare(selector: Record<string, unknown>, pods: readonly Pod[]): Omit<SelectorHint, "line"> {
  const entries = Object.entries(selector).map(([key, value]) => [key, String(value)] as const);
  const lacks = (pod: Pod): string[] =>
    entries
      .filter(([key, value]) => pod.metadata.labels?.[key] !== value)
      .map(([key, value]) => `${key}=${value}`);
  const missing = pods.map((pod) => ({ pod: pod.metadata.name, lacks: lacks(pod) }));
  const matched = missing.filter((item) => item.lacks.length === 0).length;
  const near = missing.filter((item) => item.lacks.length < entries.length);
  const shown = near.length > 0 ? near : missing;
  const miss = shown.find((item) => item.lacks.length > 0);
  return {
    matched,
    total: shown.length,
    ...(miss ? { miss: { pod: miss.pod, lacks: miss.lacks.join(", ") } } : {}),
  };
}
