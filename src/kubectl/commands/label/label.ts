// `kubectl label`: sets, changes and removes labels.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/label/label.go (v1.35)
import { labelValue } from "#api/names";
import { canonicalJson, deepEqual, emptyRecord } from "#base/json";
import { plainError, throwAll } from "../../errors.ts";
import { goQuote } from "../../go-values.ts";
import { type MetadataChange, overwrites } from "../../writing/metadata-change.ts";
import { defineMetadataCommand } from "../../writing/metadata-command.ts";

export const labelCommand = defineMetadataCommand({
  name: "label",
  noun: "label",
  short: "Update the labels on a resource",
  long: "Update the labels on a resource. A label that is there is changed only with --overwrite; KEY- removes it.",
  examples:
    "kubectl label pods kubia env=prod\n\n# Changes one\nkubectl label --overwrite pods kubia env=test\n\n# Removes one\nkubectl label pods kubia env-",
  parse,
  check: (before, change, io, overwrite) => {
    if (!overwrite)
      throwAll(overwrites(before, change).map((clash) => plainError(`${clash}, and --overwrite is false`)));
    for (const key of change.remove)
      if (!Object.hasOwn(before, key)) io.stdout(`label ${goQuote(key)} not found.\n`);
  },
  outcome: (before, after, overwrite) => {
    if (deepEqual(before, after)) return "not labeled";
    return !overwrite && canonicalJson(after).length < canonicalJson(before).length ? "unlabeled" : "labeled";
  },
});

function parse(words: readonly string[]): MetadataChange {
  const set = emptyRecord<string>();
  const remove: string[] = [];
  for (const word of words) {
    const parts = word.split("=");
    if (parts.length === 2) {
      const problems = labelValue(parts[1]!);
      if (problems.length > 0)
        throw plainError(`invalid label value: ${goQuote(word)}: ${problems.join(";")}`);
      set[parts[0]!] = parts[1]!;
    } else if (parts.length === 1 && word.endsWith("-")) remove.push(word.slice(0, -1));
    else throw plainError(`${parts.length > 2 ? "invalid" : "unknown"} label spec: ${word}`);
  }
  if (remove.some((key) => key in set))
    throw plainError("can not both modify and remove a label in the same command");
  return { field: "labels", set, remove };
}
