// xargs: runs a command with words of its input, all at once, so many at a time (-n), or once a line (-I, -L).
import type { Json } from "#base/json";
import { complain, defineCommand, WAIT_FOR_INPUT, type CommandContext, type Outcome } from "./command.ts";
import { parseOptions, type Options } from "./options.ts";

interface State {
  lines: string[][];
  /** Which of them is run next. */
  at: number;
  exit: number;
}

export const xargs = defineCommand({
  name: "xargs",
  run(context, resume) {
    if (resume?.state) return ended(context, resume.state as unknown as State, resume.answer);
    const { text, ended: isWhole } = context.input();
    if (!isWhole) return WAIT_FOR_INPUT;
    context.take(text.length);
    const options = parseOptions(context.argv, "rtx0p", "nIPLdsE", LONG, false);
    const lines = commandLines(options, text);
    if (options.values["t"] !== undefined) for (const words of lines) context.err(`${words.join(" ")}\n`);
    const [only] = lines;
    if (!only) return { exit: 0 };
    return lines.length === 1 ? { become: only } : next({ lines, at: 0, exit: 0 });
  },
});

const LONG = {
  null: "0",
  "no-run-if-empty": "r",
  "max-args": "n=",
  replace: "I=",
  "max-procs": "P=",
  verbose: "t",
};

function commandLines({ values, operands }: Options, text: string): string[][] {
  const command = operands.length > 0 ? operands : ["echo"];
  const separator = values["0"] === undefined ? values["d"]?.replace("\\n", "\n") : "\0";
  const replaced = values["I"];
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (replaced !== undefined) {
    const items = separator === undefined ? lines.map((line) => line.trimStart()) : pieces(text, separator);
    return items.map((item) => command.map((word) => word.replaceAll(replaced, item)));
  }
  const words = separator === undefined ? wordsOf(text) : pieces(text, separator);
  if (words.length === 0) return values["r"] === undefined ? [command] : [];
  if (values["L"] !== undefined) return lines.map((line) => [...command, ...wordsOf(line)]);
  const most = Number(values["n"] ?? words.length);
  const batches = Array.from({ length: Math.ceil(words.length / most) }, (_, index) => index * most);
  return batches.map((from) => [...command, ...words.slice(from, from + most)]);
}

function pieces(text: string, separator: string): string[] {
  return text.split(separator).filter((piece) => piece !== "");
}

/** Quotes and backslashes keep blanks together. */
function wordsOf(text: string): string[] {
  const found = text.match(/(?:"[^"\n]*"|'[^'\n]*'|\\[^]|[^\s"'\\])+/g) ?? [];
  return found.map((word) =>
    word.replace(
      /"([^"]*)"|'([^']*)'|\\([^])/g,
      (_, ...parts: string[]) => parts[0] ?? parts[1] ?? parts[2]!,
    ),
  );
}

function next(state: State): Outcome {
  const argv = state.lines[state.at];
  if (!argv) return { exit: state.exit };
  return { wait: { for: "child", argv }, state: { ...state, at: state.at + 1 } as unknown as Json };
}

function ended(context: CommandContext, state: State, answer: Json): Outcome {
  const { exit, missing } = answer as { exit: number; missing?: boolean };
  if (missing) {
    complain(context, "command not found");
    return { exit: 127 };
  }
  return next({ ...state, exit: exit === 0 ? state.exit : 123 });
}
