// touch: makes empty files or renews their times.
import { complain, defineCommand } from "./command.ts";
import { parseOptions } from "./options.ts";

export const touch = defineCommand({
  name: "touch",
  run(context) {
    const { values, operands } = parseOptions(context.argv, "acmf", "dtr", { "no-create": "c", date: "d=" });
    if (operands.length === 0) {
      complain(context, "missing file operand");
      return { exit: 1 };
    }
    let exit = 0;
    for (const path of operands) {
      const entry = context.files.stat(path);
      if (entry?.kind === "directory" || (!entry && values["c"] !== undefined)) continue;
      const failed = context.files.write(path, entry?.kind === "file" ? entry.text : "");
      if (!failed) continue;
      complain(
        context,
        context.flavour === "busybox" ? `${path}: ${failed}` : `cannot touch '${path}': ${failed}`,
      );
      exit = 1;
    }
    return { exit };
  },
});
