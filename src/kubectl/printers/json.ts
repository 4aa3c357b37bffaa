// JSON as kubectl prints it: sorted keys, four blanks, and the signs that Go's encoder escapes.
import { isObject } from "#base/json";

export function toGoJson(value: unknown, indent = "    ", margin = ""): string {
  const inner = margin + indent;
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return `[\n${value.map((item) => inner + toGoJson(item, indent, inner)).join(",\n")}\n${margin}]`;
  }
  if (isObject(value)) {
    const keys = Object.keys(value)
      .filter((key) => value[key] !== undefined)
      .sort();
    if (keys.length === 0) return "{}";
    const lines = keys.map((key) => `${inner}${quote(key)}: ${toGoJson(value[key], indent, inner)}`);
    return `{\n${lines.join(",\n")}\n${margin}}`;
  }
  return typeof value === "string" ? quote(value) : (JSON.stringify(value) ?? "null");
}

const quote = (text: string): string =>
  JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
