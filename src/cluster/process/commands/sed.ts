// sed: s///, p, d, q, =, a, i, c, with line numbers, $, /patterns/ and ranges; -n, -e, -i, -E.
import { TooManySteps } from "#base/regexp/problems";
import { findAll, matches, type Expression, type Found } from "#base/regexp/search";
import { complain, defineCommand, WAIT_FOR_INPUT, type CommandContext, type Outcome } from "./command.ts";
import { joinLines, linesOf, readOperands, takeLines } from "./lines.ts";
import { parseOptions } from "./options.ts";
import { parseRules, SedError, type Pattern, type Place, type Rule } from "./sed/parse.ts";

export const sed = defineCommand({
  name: "sed",
  run(context) {
    try {
      return edit(context);
    } catch (error) {
      if (!(error instanceof TooManySteps) && !(error instanceof NoPattern)) throw error;
      complain(context, error instanceof NoPattern ? noPattern(context) : "memory exhausted");
      return { exit: 1 };
    }
  },
});

class NoPattern extends Error {}

function noPattern({ flavour }: CommandContext): string {
  return flavour === "busybox"
    ? "no previous regexp"
    : "-e expression #1, char 0: no previous regular expression";
}

function edit(context: CommandContext): Outcome {
  const { values, all, operands } = parseOptions(context.argv, "nEriszu", "e", {
    quiet: "n",
    silent: "n",
    "in-place": "i",
    expression: "e=",
    "regexp-extended": "E",
  });
  const scripts = all.filter(([name]) => name === "e").map(([, value]) => value);
  if (scripts.length === 0) scripts.push(operands.shift() ?? "");
  const extended = values["E"] !== undefined || values["r"] !== undefined;
  const rules: Rule[] = [];
  for (const [index, script] of scripts.entries()) {
    try {
      rules.push(...parseRules({ context, script, at: 0, extended }));
    } catch (error) {
      if (!(error instanceof SedError)) throw error;
      const place = `-e expression #${index + 1}, char ${error.at}: `;
      complain(context, `${context.flavour === "busybox" ? "" : place}${error.message}`);
      return { exit: 1 };
    }
  }
  const run = (text: string): string => apply(rules, linesOf(text), values["n"] !== undefined);
  if (operands.length === 0 && values["i"] === undefined && rules.every(looksAtOneLine)) {
    const { text, ended } = takeLines(context);
    printAll(context, text, run);
    return ended ? { exit: 0 } : WAIT_FOR_INPUT;
  }
  const read = readOperands(context, operands);
  if (!read) return WAIT_FOR_INPUT;
  if (values["i"] !== undefined)
    for (const { name, text } of read.inputs) context.files.write(name, run(text));
  else printAll(context, read.inputs.map(({ text }) => text).join(""), run);
  return { exit: read.failed ? 2 : 0 };
}

/** Such rules need to know nothing of the lines before, so that a line can be printed as soon as it comes. */
function looksAtOneLine({ from, to, command, pattern }: Rule): boolean {
  return !to && (!from || "pattern" in from) && !/[q=]/.test(command) && pattern !== "last";
}

function printAll(context: CommandContext, text: string, run: (text: string) => string): void {
  const result = run(text);
  // A last line without its newline stays so.
  context.out(text !== "" && !text.endsWith("\n") && result.endsWith("\n") ? result.slice(0, -1) : result);
}

interface State {
  /** Ranges in which a line is. */
  open: Set<Rule>;
  last: Expression | undefined;
}

function apply(rules: readonly Rule[], lines: string[], silent: boolean): string {
  const output: string[] = [];
  const state: State = { open: new Set(), last: undefined };
  for (let index = 0; index < lines.length; index++) {
    let line: string | undefined = lines[index]!;
    const after: string[] = [];
    let stop = false;
    for (const rule of rules) {
      if (line === undefined || selects(rule, state, line, index, lines.length) === rule.negated) continue;
      if (rule.command === "p") output.push(line);
      else if (rule.command === "=") output.push(String(index + 1));
      else if (rule.command === "d") line = undefined;
      else if (rule.command === "q") stop = true;
      else if (rule.command === "a") after.push(rule.text!);
      else if (rule.command === "i") output.push(rule.text!);
      else if (rule.command === "c") {
        output.push(rule.text!);
        line = undefined;
      } else if (rule.command === "s") {
        const replaced = substitute(rule, state, line);
        line = replaced ?? line;
        if (replaced !== undefined && rule.print) output.push(line);
      }
      if (stop) break;
    }
    if (line !== undefined && !silent) output.push(line);
    output.push(...after);
    if (stop) break;
  }
  return joinLines(output);
}

/** Undefined if nothing was replaced. */
function substitute(rule: Rule, state: State, line: string): string | undefined {
  const { replacement = "", first = 1, all = false } = rule;
  const pieces: string[] = [];
  let before = 0;
  let count = 0;
  for (const found of findAll(expressionOf(state, rule.pattern!), line)) {
    if (++count < first) continue;
    pieces.push(line.slice(before, found.start), fill(replacement, found.groups));
    before = found.end;
    if (!all) break;
  }
  return pieces.length === 0 ? undefined : pieces.join("") + line.slice(before);
}

/** An empty pattern is the last one that was used. */
function expressionOf(state: State, pattern: Pattern): Expression {
  if (pattern !== "last") state.last = pattern;
  if (!state.last) throw new NoPattern();
  return state.last;
}

function fill(replacement: string, groups: Found["groups"]): string {
  return replacement.replace(/\\([^])|&/g, (all, code: string | undefined) => {
    if (code === undefined) return groups[0]!;
    if (code === "n") return "\n";
    if (code === "t") return "\t";
    return /\d/.test(code) ? (groups[Number(code)] ?? "") : all.slice(1);
  });
}

function selects(rule: Rule, state: State, line: string, index: number, count: number): boolean {
  const { open } = state;
  const fits = (place: Place): boolean =>
    "line" in place
      ? place.line === index + 1
      : "last" in place
        ? index === count - 1
        : matches(expressionOf(state, place.pattern), line);
  if (!rule.from) return true;
  if (!rule.to) return fits(rule.from);
  if (open.has(rule)) {
    if (fits(rule.to) || ("line" in rule.to && index + 1 >= rule.to.line)) open.delete(rule);
    return true;
  }
  if (!fits(rule.from)) return false;
  if (!("line" in rule.to) || rule.to.line > index + 1) open.add(rule);
  return true;
}
