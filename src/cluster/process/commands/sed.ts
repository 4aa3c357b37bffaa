// sed: edits lines by a script, as they come where it can; -n, -e, -f, -i, -E, -z, -s.
import { TooManySteps } from "#base/regexp/problems";
import { TOOL_STEPS_A_STEP } from "../kernel.ts";
import { complain, defineCommand, WAIT_FOR_INPUT, type CommandContext, type Outcome } from "./command.ts";
import { readOperands, takeLines } from "./lines.ts";
import { parseOptions } from "./options.ts";
import { refuseOption } from "./refuse-option.ts";
import { link, parseRules, SedError, type Rule } from "./sed/parse.ts";
import { edited, Endless, MAX_STEPS, NoPattern } from "./sed/run.ts";

export const sed = defineCommand({
  name: "sed",
  run(context) {
    try {
      return edit(context);
    } catch (error) {
      if (error instanceof NoPattern) complain(context, noPattern(context));
      else if (error instanceof TooManySteps) complain(context, "memory exhausted");
      else if (error instanceof Endless) complain(context, `given up after ${MAX_STEPS} steps`);
      else throw error;
      return { exit: 1 };
    }
  },
});

function noPattern({ flavour }: CommandContext): string {
  return flavour === "busybox"
    ? "no previous regexp"
    : "-e expression #1, char 0: no previous regular expression";
}

function edit(context: CommandContext): Outcome {
  const { values, all, operands, unknown } = parseOptions(context.argv, "nEriszu", "ef", {
    quiet: "n",
    silent: "n",
    "in-place": "i",
    expression: "e=",
    file: "f=",
    "regexp-extended": "E",
    "null-data": "z",
    separate: "s",
  });
  if (unknown !== undefined) return refuseOption(context, unknown);
  const scripts = all.filter(([name]) => name === "e" || name === "f");
  if (scripts.length === 0) scripts.push(["e", operands.shift() ?? ""]);
  const rules = rulesOf(context, scripts, values["E"] !== undefined || values["r"] !== undefined);
  if (!rules) return { exit: 1 };
  const separator = values["z"] === undefined ? "\n" : "\0";
  let exit = 0;
  const written = new Set<string>();
  const run = (text: string): string => {
    const lines = text.split(separator);
    const isCut = lines.at(-1) !== "";
    if (!isCut) lines.pop();
    const result = edited({
      rules,
      lines,
      silent: values["n"] !== undefined,
      read: (path) => readText(context, path),
      spent: (steps) => context.spent(steps / TOOL_STEPS_A_STEP),
      write: (path, piece) => writeText(context, path, piece, written),
    });
    exit = result.exit;
    const shown = result.lines.join(separator);
    // A last line without its newline stays so.
    return result.lines.length === 0 || isCut ? shown : shown + separator;
  };
  if (operands.length === 0 && values["i"] === undefined && rules.every(looksAtOneLine)) {
    const { text, ended } = takeLines(context);
    context.out(run(text));
    return ended ? { exit } : WAIT_FOR_INPUT;
  }
  const read = readOperands(context, operands);
  if (!read) return WAIT_FOR_INPUT;
  const { inputs } = read;
  if (values["i"] !== undefined) for (const { name, text } of inputs) context.files.write(name, run(text));
  else if (values["s"] !== undefined) for (const { text } of inputs) context.out(run(text));
  else context.out(run(inputs.map(({ text }) => text).join("")));
  return { exit: read.failed ? 2 : exit };
}

/** Undefined if a script is wrong, which the tool has said then. */
function rulesOf(
  context: CommandContext,
  scripts: readonly [string, string][],
  extended: boolean,
): Rule[] | undefined {
  const isBusybox = context.flavour === "busybox";
  const rules: Rule[] = [];
  /** A text that goes on in the next script. */
  let before = "";
  for (let index = 0; index <= scripts.length; index++) {
    const [option, given = ""] = scripts[index] ?? [];
    try {
      if (option === undefined) link(rules, isBusybox);
      else {
        const script = before + (option === "f" ? readText(context, given) : given);
        const goesOn = script.endsWith("\\") && index + 1 < scripts.length;
        before = goesOn ? `${script}\n` : "";
        if (!goesOn) rules.push(...parseRules({ context, script, at: 0, extended }));
      }
    } catch (error) {
      if (!(error instanceof SedError)) throw error;
      const place = `-e expression #${Math.min(index + 1, scripts.length)}, char ${error.at}: `;
      complain(context, `${isBusybox || error.at === undefined ? "" : place}${error.message}`);
      return undefined;
    }
  }
  return rules;
}

function readText(context: CommandContext, path: string): string {
  const file = context.files.read(path);
  return "text" in file ? file.text : "";
}

/** The first time a file is written anew. */
function writeText(context: CommandContext, path: string, text: string, written: Set<string>): void {
  if (path === "/dev/stdout") context.out(text);
  else if (path === "/dev/stderr") context.err(text);
  else if (written.has(path)) context.files.append(path, text);
  else context.files.write(path, text);
  written.add(path);
}

/** Such rules need to know nothing of the lines before, so that a line can be printed as soon as it comes. */
function looksAtOneLine({ from, to, command, pattern }: Rule): boolean {
  return !to && (!from || "pattern" in from) && /[pPdsaicybtTz:{}]/.test(command) && pattern !== "last";
}
