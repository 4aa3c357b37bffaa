// Does an object from a file match the selector of -l?
import type { JsonObject } from "#base/json";
import { selectorParts } from "./selector.ts";

export function matchesSelector(selector: string, object: JsonObject): boolean {
  const metadata = (object["metadata"] ?? {}) as { labels?: Record<string, string> };
  const labels = metadata.labels ?? {};
  const { labels: wanted, expressions } = selectorParts(selector);
  const equal = Object.keys(wanted).every((key) => labels[key] === wanted[key]);
  return (
    equal &&
    expressions.every(({ key, operator, values }) => {
      const value = labels[key];
      if (operator === "Exists") return value !== undefined;
      if (operator === "DoesNotExist") return value === undefined;
      const inside = value !== undefined && values.includes(value);
      return operator === "In" ? inside : !inside;
    })
  );
}
