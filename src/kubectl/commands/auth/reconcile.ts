// `kubectl auth reconcile`: makes roles and role bindings what files say.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/auth/reconcile.go (v1.35)
import { defineCommand } from "../../command.ts";
import { bool, fileFlags } from "../../common-flags.ts";
import { plainError, throwAll } from "../../errors.ts";
import { filesOf, readObjects } from "../../files.ts";
import { flag, text } from "../../flags.ts";
import { discoverResources } from "../../mapper.ts";
import { PRINT_FLAGS } from "../../printers/print.ts";
import { namespaceOf } from "../../selection.ts";
import { writingMode } from "../../writing/announce.ts";
import { DRY_RUN_FLAG } from "../../writing/dry-run.ts";
import { requireFiles } from "../../writing/manifest-check.ts";

export const reconcile = defineCommand({
  name: "auth reconcile",
  short: "Reconciles rules for RBAC role, role binding, cluster role, and cluster role binding objects",
  long: "Makes the rules of roles and the subjects of bindings those of the files. Objects of other kinds are passed over.",
  examples: "# What a file says\nkubectl auth reconcile -f my-rbac-rules.yaml",
  usage: "auth reconcile -f FILENAME",
  flags: [
    ...fileFlags("with the roles and bindings"),
    ...PRINT_FLAGS,
    DRY_RUN_FLAG,
    bool("remove-extra-permissions", "Takes away rules that the files have not"),
    bool("remove-extra-subjects", "Takes away subjects that the files have not"),
  ],
  run: async (args, flags, io) => {
    requireFiles(flags);
    if (args.length > 0) throw plainError("no arguments are allowed");
    // Simplified: the server has no roles and bindings, so a file with one of them is refused as an unknown kind.
    const { errors } = await readObjects(io, filesOf(flags), {
      recursive: flag(flags, "recursive"),
      resources: discoverResources(io),
      namespace: namespaceOf(io, flags),
      enforceNamespace: text(flags, "namespace") !== "",
    });
    writingMode(flags, io);
    throwAll(errors);
    return 0;
  },
});
