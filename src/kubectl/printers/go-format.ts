// Values as Go's fmt prints them: %v and the verbs that templates use.
import { isObject } from "#base/json";
import { goJson } from "../apply/last-applied.ts";

/** fmt.Sprint of one value. */
export function goPrint(value: unknown): string {
  if (value === null || value === undefined) return "<nil>";
  if (Array.isArray(value)) return `[${value.map(goPrint).join(" ")}]`;
  if (isObject(value)) {
    const keys = Object.keys(value)
      .filter((key) => value[key] !== undefined)
      .sort();
    return `map[${keys.map((key) => `${key}:${goPrint(value[key])}`).join(" ")}]`;
  }
  return String(value as string | number | boolean);
}

/** fmt.Sprintf. */
export function formatGo(format: string, args: readonly unknown[]): string {
  let next = 0;
  const text = format.replace(
    /%([-+# 0]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/g,
    (_, marks: string, width: string | undefined, precision: string | undefined, verb: string) => {
      if (verb === "%") return "%";
      if (next >= args.length) return `%!${verb}(MISSING)`;
      const body = one(verb, args[next++], precision);
      const size = Number(width ?? 0);
      if (marks.includes("-")) return body.padEnd(size);
      return body.padStart(size, marks.includes("0") && /^[-+]?\d/.test(body) ? "0" : " ");
    },
  );
  const rest = args.slice(next);
  return rest.length > 0
    ? `${text}%!(EXTRA ${rest.map((item) => `${kindOf(item)}=${goPrint(item)}`).join(", ")})`
    : text;
}

const kindOf = (value: unknown): string =>
  typeof value === "string" ? "string" : typeof value === "boolean" ? "bool" : "int64";

function one(verb: string, value: unknown, precision: string | undefined): string {
  switch (verb) {
    case "v":
      return goPrint(value);
    case "s":
      if (typeof value === "number" || typeof value === "boolean") return `%!s(${kindOf(value)}=${value})`;
      return precision === undefined ? goPrint(value) : goPrint(value).slice(0, Number(precision));
    case "d":
      return typeof value === "number"
        ? String(Math.trunc(value))
        : `%!d(${kindOf(value)}=${goPrint(value)})`;
    case "q":
      return goJson(goPrint(value));
    case "f":
      return Number(value).toFixed(Number(precision ?? 6));
    case "x":
      return typeof value === "number" ? value.toString(16) : goPrint(value);
    case "t":
      return goPrint(value);
    case "T":
      return kindOf(value);
    default:
      return `%!${verb}(${kindOf(value)}=${goPrint(value)})`;
  }
}

/** The type that Go has data from JSON in. */
export function goType(value: unknown): string {
  if (Array.isArray(value)) return "[]interface {}";
  if (isObject(value)) return "map[string]interface {}";
  if (typeof value === "number") return Number.isInteger(value) ? "int64" : "float64";
  return typeof value === "boolean" ? "bool" : "string";
}
