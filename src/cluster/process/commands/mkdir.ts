// mkdir and rmdir: directories.
import { complain, defineCommand } from "./command.ts";
import { parseOptions } from "./options.ts";

export const mkdir = defineCommand({
  name: "mkdir",
  run(context) {
    const { values, operands } = parseOptions(context.argv, "pv", "m", { parents: "p", mode: "m=" });
    if (operands.length === 0) {
      complain(context, "missing operand");
      return { exit: 1 };
    }
    let exit = 0;
    for (const path of operands) {
      const failed = context.files.makeDirectory(path, values["p"] !== undefined);
      if (!failed) continue;
      const gnu = `cannot create directory '${path}': ${failed}`;
      complain(context, context.flavour === "busybox" ? `can't create directory '${path}': ${failed}` : gnu);
      exit = 1;
    }
    return { exit };
  },
});

export const rmdir = defineCommand({
  name: "rmdir",
  run(context) {
    let exit = 0;
    for (const path of parseOptions(context.argv, "pv").operands) {
      const entry = context.files.stat(path);
      const full = entry?.kind === "directory" && context.files.list(path).length > 0;
      const reason = !entry
        ? "No such file or directory"
        : entry.kind !== "directory"
          ? "Not a directory"
          : full
            ? "Directory not empty"
            : context.files.removeTree(path);
      if (!reason) continue;
      complain(
        context,
        context.flavour === "busybox" ? `'${path}': ${reason}` : `failed to remove '${path}': ${reason}`,
      );
      exit = 1;
    }
    return { exit };
  },
});
