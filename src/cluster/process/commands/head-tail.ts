// head and tail: the first and last lines.
import { defineCommand, WAIT_FOR_INPUT, type CommandContext, type Outcome } from "./command.ts";
import { readOperands } from "./lines.ts";
import { parseOptions } from "./options.ts";

/** The old form -5 is -n 5; after -n or -c it is their value. */
function modern(argv: readonly string[]): string[] {
  return argv.flatMap((word, index) =>
    /^-\d+$/.test(word) && !/^-[nc]$/.test(argv[index - 1] ?? "") ? ["-n", word.slice(1)] : [word],
  );
}

export const head = defineCommand({
  name: "head",
  run(context, resume) {
    const { values, operands } = parseOptions(modern(context.argv), "qv", "nc", { lines: "n=", bytes: "c=" });
    const count = Number(values["n"] ?? 10);
    const bytes = values["c"] === undefined ? undefined : Number(values["c"]);
    if (operands.length === 0 && bytes !== undefined && bytes >= 0)
      return startOfInput(context, bytes, resume?.state);
    if (operands.length === 0 && bytes === undefined && count >= 0)
      return headOfInput(context, count, resume?.state);
    const read = readOperands(context, operands);
    if (!read) return WAIT_FOR_INPUT;
    read.inputs.forEach(({ name, text }, index) => {
      title(context, name, index, read.inputs.length);
      if (bytes !== undefined) context.out(text.slice(0, bytes));
      else context.out((text.match(/[^\n]*\n|[^\n]+$/g) ?? []).slice(0, count).join(""));
    });
    return { exit: read.failed ? 1 : 0 };
  },
});

function headOfInput(context: CommandContext, count: number, state: unknown): Outcome {
  let left = typeof state === "number" ? state : count;
  const { text, ended } = context.input();
  let at = 0;
  while (left > 0) {
    const end = text.indexOf("\n", at);
    if (end < 0) break;
    at = end + 1;
    left--;
  }
  if (left > 0 && ended) at = text.length;
  context.out(text.slice(0, at));
  context.take(at);
  return left === 0 || ended ? { exit: 0 } : { wait: { for: "input" }, state: left };
}

/** -c: leaves off as soon as there is enough, so that whoever writes on is told. */
function startOfInput(context: CommandContext, count: number, state: unknown): Outcome {
  const left = typeof state === "number" ? state : count;
  const { text, ended } = context.input();
  const start = text.slice(0, left);
  context.out(start);
  context.take(start.length);
  const rest = left - start.length;
  return rest === 0 || ended ? { exit: 0 } : { wait: { for: "input" }, state: rest };
}

function title(context: CommandContext, name: string, index: number, count: number): void {
  if (count > 1) context.out(`${index > 0 ? "\n" : ""}==> ${name} <==\n`);
}

export const tail = defineCommand({
  name: "tail",
  run(context, resume) {
    const { values, operands } = parseOptions(modern(context.argv), "fFqvr", "ncs", {
      lines: "n=",
      bytes: "c=",
      follow: "f",
    });
    if (resume && typeof resume.state === "number") return follow(context, operands[0], resume.state);
    const read = readOperands(context, operands);
    if (!read) return WAIT_FOR_INPUT;
    const wanted = values["n"] ?? "10";
    read.inputs.forEach(({ name, text }, index) => {
      title(context, name, index, read.inputs.length);
      if (values["c"] !== undefined) {
        const bytes = Number(values["c"].replace("+", ""));
        context.out(
          values["c"].startsWith("+") ? text.slice(bytes - 1) : text.slice(Math.max(0, text.length - bytes)),
        );
        return;
      }
      const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
      const count = Math.abs(Number(wanted));
      context.out(
        (wanted.startsWith("+") ? lines.slice(count - 1) : count === 0 ? [] : lines.slice(-count)).join(""),
      );
    });
    const follows = values["f"] !== undefined || values["F"] !== undefined;
    if (!follows) return { exit: read.failed ? 1 : 0 };
    if (operands[0] === "/dev/null" || read.inputs.length === 0)
      return { wait: { for: "signal" }, state: null };
    return { wait: { for: "time", ms: 1000 }, state: read.inputs[0]!.text.length };
  },
});

function follow(context: CommandContext, path: string | undefined, seen: number): Outcome {
  const file = path === undefined ? undefined : context.files.read(path);
  const text = file && "text" in file ? file.text : "";
  context.out(text.slice(seen));
  return { wait: { for: "time", ms: 1000 }, state: text.length };
}
