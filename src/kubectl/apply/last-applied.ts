// The annotation in which client-side apply remembers what was applied last.
import { isObject, type JsonObject } from "#base/json";

export const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

/** The manifest with the annotation that describes it; written as Go does: sorted keys, one line, a newline at the end. */
export function withLastApplied(manifest: JsonObject, namespace: string | undefined): JsonObject {
  const metadata = { ...(manifest["metadata"] as JsonObject | undefined) };
  const annotations = { ...(metadata["annotations"] as JsonObject | undefined) };
  delete annotations[LAST_APPLIED];
  const described = {
    ...manifest,
    metadata: { ...metadata, annotations, ...(namespace ? { namespace } : {}) },
  };
  const text = `${goJson(described)}\n`;
  return {
    ...described,
    metadata: { ...described.metadata, annotations: { ...annotations, [LAST_APPLIED]: text } },
  };
}

/** The same for an object that a command has made itself, in Go's order of fields. */
export function withTypedLastApplied(typed: JsonObject): JsonObject {
  const metadata = (typed["metadata"] ?? {}) as JsonObject;
  const annotations = { ...(metadata["annotations"] as JsonObject | undefined) };
  annotations[LAST_APPLIED] = `${goJsonInOrder(typed)}\n`;
  return { ...typed, metadata: { ...metadata, annotations } };
}

/** What was applied last, or undefined if the object was never applied. */
export function lastApplied(live: JsonObject): JsonObject | undefined {
  const metadata = live["metadata"] as JsonObject | undefined;
  const annotations = metadata?.["annotations"];
  const text = isObject(annotations) ? annotations[LAST_APPLIED] : undefined;
  if (typeof text !== "string") return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

/** JSON as Go's encoder prints it: keys sorted, `<`, `>` and `&` escaped. */
export function goJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goJson).join(",")}]`;
  if (isObject(value)) {
    const keys = Object.keys(value).sort();
    return `{${keys.map((key) => `${goString(key)}:${goJson(value[key])}`).join(",")}}`;
  }
  return typeof value === "string" ? goString(value) : (JSON.stringify(value) ?? "null");
}

/** The same of what Go holds as its own types: keys as they stand. */
export function goJsonInOrder(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goJsonInOrder).join(",")}]`;
  if (!isObject(value)) return goJson(value);
  const keys = Object.keys(value).filter((key) => value[key] !== undefined);
  return `{${keys.map((key) => `${goString(key)}:${goJsonInOrder(value[key])}`).join(",")}}`;
}

function goString(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
