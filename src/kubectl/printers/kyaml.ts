// KYAML, the flow-style YAML that -o kyaml prints: braces, quoted text, commas after every item.
// Kubernetes: sigs.k8s.io/yaml/kyaml (kubectl v1.35)
import { isObject } from "#base/json";

/** `typed`: keys stay in their order, as Go's types have it. */
export function toKyaml(value: unknown, margin = "", typed = false): string {
  if (Array.isArray(value)) return list(value, margin, typed);
  if (isObject(value)) return map(value, margin, typed);
  if (typeof value === "string") return quoted(value, margin);
  return value === null || value === undefined ? "null" : String(value as number | boolean);
}

function map(value: Record<string, unknown>, margin: string, typed: boolean): string {
  const keys = Object.keys(value).filter((key) => value[key] !== undefined);
  if (!typed) keys.sort();
  if (keys.length === 0) return "{}";
  const inner = `${margin}  `;
  const lines = keys.map((key) => `${inner}${keyText(key)}: ${toKyaml(value[key], inner, typed)},`);
  return `{\n${lines.join("\n")}\n${margin}}`;
}

function list(items: readonly unknown[], margin: string, typed: boolean): string {
  if (items.length === 0) return "[]";
  // Lists of maps or lists hug their brackets.
  if (items.every((item) => isObject(item) || Array.isArray(item))) {
    return `[${items.map((item) => toKyaml(item, margin, typed)).join(", ")}]`;
  }
  const inner = `${margin}  `;
  return `[\n${items.map((item) => `${inner}${toKyaml(item, inner, typed)},`).join("\n")}\n${margin}]`;
}

const RESERVED = /^(null|true|false|yes|no|on|off|y|n|f|t|~|)$/i;

const keyText = (key: string): string =>
  /^[A-Za-z_][\w./-]*$/.test(key) && !RESERVED.test(key) ? key : JSON.stringify(key);

/** Quoted as JSON is, only that tabs stand for themselves. */
const escaped = (text: string): string => JSON.stringify(text).slice(1, -1).replaceAll("\\t", "\t");

/** Text of several lines is broken where its lines end. */
function quoted(text: string, margin: string): string {
  if (!text.includes("\n")) return `"${escaped(text)}"`;
  const parts = text.split("\n");
  const last = parts.pop()!;
  // A blank at the beginning of a line would count as indentation.
  const line = (part: string): string =>
    part.startsWith(" ") ? `${margin}  \\${escaped(part)}` : `${margin}   ${escaped(part)}`;
  const lines = parts.map((part) => `${line(part)}\\n\\`);
  const end = last === "" ? `${margin}  "` : `${line(last)}\\\n${margin}  "`;
  return `"\\\n${lines.join("\n")}\n${end}`;
}
