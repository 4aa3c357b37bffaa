// `kubectl annotate`: sets, changes and removes annotations.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/annotate/annotate.go (v1.35)
import { plainError } from "../../errors.ts";
import { overwrites } from "../../writing/metadata-change.ts";
import { defineMetadataCommand } from "../../writing/metadata-command.ts";
import { parsePairs } from "../../writing/pairs.ts";

export const annotateCommand = defineMetadataCommand({
  name: "annotate",
  noun: "annotation",
  short: "Update the annotations on a resource",
  long: 'Update the annotations on one or more resources. One that is there is changed only with --overwrite; KEY- removes it.\n\nUse "kubectl api-resources" for a complete list of supported resources.',
  examples:
    "kubectl annotate svc kubia description='my web app'\n\n# Removes it\nkubectl annotate svc kubia description-",
  parse: (words) => ({ field: "annotations", ...parsePairs(words, "annotation", true) }),
  lastCheck: ({ set, remove }) => {
    const both = remove.filter((key) => key in set);
    if (both.length > 0)
      throw plainError(
        `can not both modify and remove the following annotation(s) in the same command: ${both.join(", ")}`,
      );
  },
  check: (before, change, _io, overwrite) => {
    const clashes = overwrite ? [] : overwrites(before, change);
    if (clashes.length > 0)
      throw plainError(
        `--overwrite is false but found the following declared annotation(s): ${clashes.join("; ")}`,
      );
  },
  outcome: () => "annotated",
});
