// What apply and diff say when there is no patch from the live object to the manifest.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/apply/patcher.go (v1.35)
import type { JsonObject } from "#base/json";
import { goJson } from "./last-applied.ts";
import { overwriteProblem } from "./overwrites.ts";
import { PatchProblem, threeWayPatch, type MergeSchema } from "./three-way.ts";

/** The patch, or why there is none. Only with `overwrites` may it change what someone else has changed. */
export function findPatch(
  original: JsonObject = {},
  modified: JsonObject,
  live: JsonObject,
  schema: MergeSchema,
  overwrites = true,
): JsonObject | string {
  try {
    const patch = threeWayPatch(original, modified, live, schema);
    return (overwrites ? undefined : overwriteProblem(patch, original, live, schema)) ?? patch;
  } catch (error) {
    if (error instanceof PatchProblem) return error.problem;
    throw error;
  }
}

/** The server's schemas are tried before the types that kubectl knows. */
export const guesses = (problem: string): string[] =>
  ["openapi v3 spec", "openapi spec"].map(
    (source) => `warning: error calculating patch from ${source}: ${problem}`,
  );

export function noPatch(
  original: JsonObject | undefined,
  modified: JsonObject,
  live: JsonObject,
  problem: string,
): string {
  const last = original ? `${goJson(original)}\n` : "";
  return `creating patch with:\noriginal:\n${last}\nmodified:\n${goJson(modified)}\n\ncurrent:\n${goJson(live)}\n\nfor: ${problem}`;
}
