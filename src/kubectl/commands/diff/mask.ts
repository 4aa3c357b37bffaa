// Values of Secrets are not shown in a diff, only whether they differ.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/diff/diff.go Masker (v1.35)
import type { JsonObject } from "#base/json";

export function masked(
  live: JsonObject | undefined,
  merged: JsonObject,
): [JsonObject | undefined, JsonObject] {
  if (merged["kind"] !== "Secret") return [live, merged];
  const before = (live?.["data"] ?? {}) as Record<string, string>;
  const after = (merged["data"] ?? {}) as Record<string, string>;
  const hide = (own: Record<string, string>, other: Record<string, string>, which: string): JsonObject =>
    Object.fromEntries(
      Object.keys(own).map((key) => {
        const differs = key in other && other[key] !== own[key];
        return [key, differs ? `*** (${which})` : "***"];
      }),
    );
  const put = (object: JsonObject, data: JsonObject): JsonObject =>
    Object.keys(data).length > 0 ? { ...object, data } : object;
  return [live && put(live, hide(before, after, "before")), put(merged, hide(after, before, "after"))];
}
