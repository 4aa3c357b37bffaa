// mktemp, realpath, readlink and du: names and sizes of files.
import { nextInt } from "#base/random";
import { complain, complainMissing, defineCommand, type CommandContext } from "./command.ts";
import { parseOptions } from "./options.ts";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

export const mktemp = defineCommand({
  name: "mktemp",
  run(context) {
    const { values, operands } = parseOptions(context.argv, "dqut", "p", { directory: "d", tmpdir: "p=" });
    const folder =
      operands[0] === undefined || values["t"] !== undefined ? (values["p"] ?? "/tmp") : values["p"];
    const template = operands[0] ?? (context.flavour === "busybox" ? "tmp.XXXXXX" : "tmp.XXXXXXXXXX");
    const name = template.replace(/X{3,}(?=[^X]*$)/, (run) =>
      Array.from(run, () => LETTERS[nextInt(context.context.random, LETTERS.length)]!).join(""),
    );
    const path = folder === undefined ? name : `${folder}/${name}`;
    const failed =
      values["d"] === undefined ? context.files.write(path, "", 0o600) : context.files.makeDirectory(path);
    if (failed !== undefined) {
      complain(
        context,
        `failed to create ${values["d"] === undefined ? "file" : "directory"} via template '${template}': ${failed}`,
      );
      return { exit: 1 };
    }
    context.out(`${path}\n`);
    return { exit: 0 };
  },
});

export const realpath = defineCommand({
  name: "realpath",
  run(context) {
    let exit = 0;
    for (const path of parseOptions(context.argv, "emqsz").operands) {
      const whole = context.files.resolve(path);
      if (context.files.stat(whole) || context.argv.includes("-m")) context.out(`${whole}\n`);
      else {
        complainMissing(context, path, path);
        exit = 1;
      }
    }
    return { exit };
  },
});

/** Simplified: there are no symbolic links, so without -f there is nothing to read. */
export const readlink = defineCommand({
  name: "readlink",
  run(context) {
    const { values, operands } = parseOptions(context.argv, "fenmqsvz");
    if (values["f"] === undefined && values["e"] === undefined && values["m"] === undefined)
      return { exit: 1 };
    for (const path of operands) context.out(`${context.files.resolve(path)}\n`);
    return { exit: 0 };
  },
});

/** In kilobytes, in blocks of four as file systems hand them out. */
function sizeOf(context: CommandContext, path: string, tell: (path: string, size: number) => void): number {
  const entry = context.files.stat(path);
  if (entry?.kind === "file") return Math.ceil(entry.text.length / 4096) * 4;
  const inside = context.files
    .list(path)
    .map((name) => sizeOf(context, path === "/" ? `/${name}` : `${path}/${name}`, tell));
  const size = inside.reduce((sum, part) => sum + part, 4);
  tell(path, size);
  return size;
}

export const du = defineCommand({
  name: "du",
  run(context) {
    const { values, operands } = parseOptions(context.argv, "shakcmx", "d", { "max-depth": "d=" });
    const human = (size: number): string => {
      if (values["h"] === undefined) return String(size);
      return size < 1024
        ? `${size}${context.flavour === "busybox" ? ".0K" : "K"}`
        : `${(size / 1024).toFixed(1)}M`;
    };
    let exit = 0;
    for (const path of operands.length > 0 ? operands : ["."]) {
      const entry = context.files.stat(path);
      if (!entry) {
        complainMissing(context, path);
        exit = 1;
        continue;
      }
      const depth = values["s"] === undefined ? Number(values["d"] ?? Infinity) : 0;
      const levels = (inner: string): number => inner.slice(path.length).split("/").length - 1;
      const size = sizeOf(context, path, (inner, total) => {
        if (inner !== path && levels(inner) <= depth) context.out(`${human(total)}\t${inner}\n`);
      });
      context.out(`${human(size)}\t${path}\n`);
    }
    return { exit };
  },
});
