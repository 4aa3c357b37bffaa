// rm: removes files and, with -r, directories.
import { complain, defineCommand } from "./command.ts";
import { parseOptions } from "./options.ts";

export const rm = defineCommand({
  name: "rm",
  run(context) {
    const { values, operands } = parseOptions(context.argv, "rRfiv", "", { recursive: "r", force: "f" });
    const force = values["f"] !== undefined;
    const recursive = values["r"] !== undefined || values["R"] !== undefined;
    if (operands.length === 0 && !force) {
      if (context.flavour === "busybox")
        context.err("BusyBox v1.37.0 multi-call binary.\n\nUsage: rm [-irf] FILE...\n");
      else complain(context, "missing operand\nTry 'rm --help' for more information.");
      return { exit: 1 };
    }
    let exit = 0;
    const fail = (path: string, reason: string): void => {
      exit = 1;
      complain(
        context,
        context.flavour === "busybox"
          ? `can't remove '${path}': ${reason}`
          : `cannot remove '${path}': ${reason}`,
      );
    };
    for (const path of operands) {
      const entry = context.files.stat(path);
      if (!entry) {
        if (!force) fail(path, "No such file or directory");
      } else if (entry.kind === "directory" && !recursive) {
        if (context.flavour === "busybox") complain(context, `'${path}' is a directory`);
        else fail(path, "Is a directory");
        exit = 1;
      } else {
        const failed = context.files.removeTree(path);
        if (failed) fail(path, failed);
      }
    }
    return { exit };
  },
});
