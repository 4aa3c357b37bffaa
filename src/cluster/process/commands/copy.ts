// cp and mv: copies of files and trees.
import { baseName, resolvePath } from "../files.ts";
import { complain, defineCommand, type CommandContext } from "./command.ts";
import { parseOptions } from "./options.ts";

export const cp = defineCommand({ name: "cp", run: (context) => transfer(context, false) });
export const mv = defineCommand({ name: "mv", run: (context) => transfer(context, true) });

function transfer(context: CommandContext, moves: boolean): { exit: number } {
  const { values, operands } = parseOptions(context.argv, "rRafpvnuiLPTd");
  const target = operands.pop();
  if (target === undefined || operands.length === 0) {
    complain(context, "missing file operand");
    return { exit: 1 };
  }
  const recursive = moves || ["r", "R", "a"].some((letter) => values[letter] !== undefined);
  const intoDirectory = context.files.stat(target)?.kind === "directory";
  let exit = 0;
  for (const source of operands) {
    const destination = intoDirectory ? `${target}/${baseName(context.files.resolve(source))}` : target;
    const failed = copyTree(context, source, destination, recursive);
    if (failed !== undefined) {
      complain(context, failed);
      exit = 1;
    } else if (moves) context.files.removeTree(source);
  }
  return { exit };
}

function copyTree(
  context: CommandContext,
  source: string,
  target: string,
  recursive: boolean,
): string | undefined {
  const entry = context.files.stat(source);
  const busybox = context.flavour === "busybox";
  if (!entry || entry.kind === "gone") {
    const what = context.argv[0] === "mv" ? "rename" : "stat";
    return busybox
      ? `can't ${what} '${source}': No such file or directory`
      : `cannot stat '${source}': No such file or directory`;
  }
  if (entry.kind === "file") {
    const failed = context.files.write(target, entry.text, entry.mode);
    return (
      failed &&
      (busybox ? `can't create '${target}': ${failed}` : `cannot create regular file '${target}': ${failed}`)
    );
  }
  if (!recursive)
    return busybox ? `omitting directory '${source}'` : `-r not specified; omitting directory '${source}'`;
  context.files.makeDirectory(target, true);
  for (const name of context.files.list(source)) {
    const failed = copyTree(context, resolvePath(source, name), resolvePath(target, name), true);
    if (failed !== undefined) return failed;
  }
  return undefined;
}
