// --overrides: a patch over the object that a command has made, before it is sent.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/util/override_options.go (v1.35)
import { TYPES } from "#api/type-table";
import type { Json, JsonObject } from "#base/json";
import type { Flag, FlagValues } from "../command.ts";
import { plainError } from "../errors.ts";
import { text } from "../flags.ts";
import { goQuote } from "../go-values.ts";
import { aFlag } from "./flag-sets.ts";
import { patchLocally } from "./patch-locally.ts";
import { jsonProblem } from "./patch-text.ts";

export const OVERRIDE_FLAGS: readonly Flag[] = [
  aFlag("override-type", "string", "merge", "How --overrides is applied: json, merge or strategic"),
  aFlag("overrides", "string", "", "JSON that is laid over the object that is made"),
];

export function overridden(flags: FlagValues, object: JsonObject): JsonObject {
  const words = text(flags, "overrides");
  if (words === "") return object;
  const type = text(flags, "override-type");
  if (type !== "json" && type !== "merge" && type !== "strategic")
    throw plainError(`invalid override type: ${type}`);
  const laid = patchLocally(object, type, parse(words, type));
  const [kind, apiVersion] = [String(laid["kind"]), String(laid["apiVersion"])];
  if (!Object.hasOwn(TYPES, kind))
    throw plainError(
      `no kind ${goQuote(kind)} is registered for version ${goQuote(apiVersion)} in scheme "pkg/scheme/scheme.go:28"`,
    );
  return laid;
}

function parse(words: string, type: string): Json {
  try {
    return JSON.parse(words) as Json;
  } catch {
    throw plainError(type === "merge" ? "Invalid JSON Patch" : jsonProblem(words));
  }
}
