// A manifest with the namespace that it goes to.
import type { JsonObject } from "#base/json";
import type { LocalObject } from "../files.ts";

/** Objects from files carry the namespace that they go to. */
export function inNamespace({ object, namespace }: Pick<LocalObject, "object" | "namespace">): JsonObject {
  if (namespace === undefined) return object;
  return { ...object, metadata: { ...(object["metadata"] as JsonObject | undefined), namespace } };
}
