// --custom of kubectl debug: a file with a part of a container, merged into the one that is made.
// Kubernetes: applyCustomProfile in staging/src/k8s.io/kubectl/pkg/cmd/debug/debug.go (v1.35)
import { TYPES } from "#api/type-table";
import { isObject, type JsonObject } from "#base/json";
import { strategicMergePatch } from "#cluster/apiserver/patch/strategic";
import type { FlagValues, KubectlIo } from "../../command.ts";
import { plainError } from "../../errors.ts";
import { text } from "../../flags.ts";
import { parseYaml } from "../../manifests/parse.ts";

export function readCustom(io: KubectlIo, flags: FlagValues): JsonObject | undefined {
  const path = text(flags, "custom");
  if (!path) return undefined;
  const content = io.readFile(path);
  if (content === undefined)
    throw plainError(
      `must pass a container spec json file for custom profile: open ${path}: no such file or directory`,
    );
  const read = parseYaml(content);
  const fail = (why: string): never => {
    throw plainError(`${path} does not contain a valid container spec: ${why}`);
  };
  if (!read.ok) return fail(`error converting YAML to JSON: ${read.problem.text}`);
  const { value } = read.parsed;
  if (isObject(value)) return value as JsonObject;
  const kind = Array.isArray(value) ? "array" : typeof value;
  return fail(
    `error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${kind} into Go value of type v1.Container`,
  );
}

export function withCustom(container: JsonObject, custom: JsonObject | undefined): JsonObject {
  if (!custom) return container;
  return strategicMergePatch(TYPES, "Container", container, { ...custom, name: container["name"]! });
}
