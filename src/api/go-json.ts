// Values as Go writes them: as JSON, and as %v prints them.
// Kubernetes: the encoder's EscapeHTML, which is on by default (Go 1.25)
import { isObject, type Json, type JsonObject } from "#base/json";

/** What HTML could misread is escaped. */
export function escapeGoJson(json: string): string {
  return json.replace(/&/g, "\\u0026").replace(/</g, "\\u003c").replace(/>/g, "\\u003e");
}

/** A value as Go's %v prints it. */
export function goMap(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(goMap).join(" ")}]`;
  if (!isObject(value)) return value === null ? "<nil>" : String(value);
  const keys = Object.keys(value).sort();
  return `map[${keys.map((key) => `${key}:${goMap((value as JsonObject)[key] ?? null)}`).join(" ")}]`;
}
