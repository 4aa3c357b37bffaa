// What a describer may ask besides the object itself, and what it is: from an object to lines. Each kind has its own
// file; registry.ts lists them.
import type { JsonObject } from "#base/json";
import type { KubectlIo } from "../command.ts";
import type { Lines } from "./lines.ts";

export interface DescribeContext {
  handle: KubectlIo["handle"];
  nowMs: number;
  showEvents: boolean;
}

export interface Describer {
  group: string;
  kind: string;
  describe(object: JsonObject, context: DescribeContext): Lines;
}

export function defineDescriber<T>(
  group: string,
  kind: string,
  describe: (object: T, context: DescribeContext) => Lines,
): Describer {
  return { group, kind, describe: (object, context) => describe(object as unknown as T, context) };
}

/** The items of a list, or nothing where the server has no such list. */
export function listItems<T>(
  { handle }: DescribeContext,
  path: string,
  query: Record<string, string> = {},
): readonly T[] {
  const response = handle({ method: "GET", path, query });
  if (response.status !== 200) return [];
  return ((response.body as JsonObject)["items"] ?? []) as unknown as T[];
}
