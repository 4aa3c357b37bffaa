// awk, as far as one-liners go: patterns, BEGIN and END, print, printf, assignments to variables, fields.
import type { Json } from "#base/json";
import { PatternError, type Problem } from "#base/regexp/problems";
import { findAll, type Expression } from "#base/regexp/search";
import { MAX_WRITE_CHARS, TOOL_STEPS_A_STEP } from "../kernel.ts";
import { complain, defineCommand, WAIT_FOR_INPUT, type CommandContext, type Outcome } from "./command.ts";
import { linesOf, readOperands, takeLines } from "./lines.ts";
import { parseOptions } from "./options.ts";
import { busyboxText, libraryText, posixExpression } from "./patterns.ts";
import { AwkError, parseProgram, type Rule } from "./awk/parse.ts";
import { runRule, type Machine } from "./awk/run.ts";

export const awk = defineCommand({
  name: "awk",
  run(context, resume) {
    const printed = collected(context);
    try {
      const outcome = runProgram({ ...context, out: printed.out }, resume?.state ?? null);
      printed.show();
      return outcome;
    } catch (error) {
      printed.show();
      if (error instanceof AwkError) complain(context, `cmd. line:1: ${error.message}`);
      else if (error instanceof WrongPattern) complain(context, error.message);
      else throw error;
      return { exit: context.flavour === "gnu" && error instanceof WrongPattern ? 2 : 1 };
    }
  },
});

/** Output in one piece: whoever reads it is woken once. */
function collected(context: CommandContext): { out: (text: string) => void; show: () => void } {
  const pieces: string[] = [];
  let size = 0;
  return {
    out(text) {
      size += text.length;
      if (size > MAX_WRITE_CHARS) throw new RangeError("more text than a container has memory for");
      pieces.push(text);
    },
    show: () => context.out(pieces.join("")),
  };
}

function runProgram(context: CommandContext, state: Json): Outcome {
  const { all, operands } = parseOptions(context.argv, "", "Fvf", {}, false);
  const expression = patternReader(context);
  const program = parseProgram(operands.shift() ?? "", expression);
  const onlyBegin = program.every((rule) => rule.when === "BEGIN");
  const machine = createMachine(context, all, expression);
  if (operands.length === 0 && !onlyBegin) return runInput(context, program, machine, state);
  const read = onlyBegin ? { inputs: [], failed: false } : readOperands(context, operands);
  if (!read) return WAIT_FOR_INPUT;
  runAll(machine, program, "BEGIN");
  runLines(machine, program, read.inputs.map(({ text }) => text).join(""));
  runAll(machine, program, "END");
  return { exit: machine.exitCode };
}

class WrongPattern extends Error {}

/** As mawk, which is Debian's awk, says it. */
const MAWK: Partial<Record<Problem, string>> = {
  openGroup: "missing ')'",
  openBracket: "bad class -- [], [^] or [",
  bareBracket: "bad class -- [], [^] or [",
  className: "bad class -- [], [^] or [",
  nothingToRepeat: "missing operand",
};

/** Reads each pattern once. */
function patternReader(context: CommandContext): (pattern: string) => Expression {
  const known = new Map<string, Expression>();
  return (pattern) => {
    let expression = known.get(pattern);
    if (expression) return expression;
    try {
      expression = posixExpression(context, pattern, { extended: true, escapes: "awk" });
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      const text = MAWK[error.problem] ?? libraryText(context, error);
      throw new WrongPattern(
        context.flavour === "busybox"
          ? busyboxText(context, pattern, error)
          : `line 1: regular expression compile failed (${text})\n${pattern}`,
      );
    }
    known.set(pattern, expression);
    return expression;
  };
}

/** Standard input is worked on line by line, as it comes; the variables are kept meanwhile. */
function runInput(context: CommandContext, program: Rule[], machine: Machine, state: Json): Outcome {
  if (state === null) runAll(machine, program, "BEGIN");
  else for (const [name, value] of state as [string, string][]) machine.variables.set(name, value);
  const { text, ended } = takeLines(context);
  runLines(machine, program, text);
  if (!ended && !machine.exited) return { wait: { for: "input" }, state: [...machine.variables] };
  runAll(machine, program, "END");
  return { exit: machine.exitCode };
}

function runAll(machine: Machine, program: Rule[], when: Rule["when"]): void {
  for (const rule of program) if (rule.when === when && !machine.exited) runRule(machine, rule);
}

/** What a line may cost without counting as a program that never ends. */
const STEPS_A_LINE = 100;

function runLines(machine: Machine, program: Rule[], text: string): void {
  for (const line of linesOf(text)) {
    if (machine.exited) return;
    machine.variables.set("NR", String(Number(machine.variables.get("NR")) + 1));
    machine.record(line);
    machine.skip = false;
    machine.steps = Math.max(0, machine.steps - STEPS_A_LINE);
    for (const rule of program)
      if (rule.when === "line" && !machine.exited && !machine.skip) runRule(machine, rule);
  }
}

function createMachine(
  context: CommandContext,
  options: [string, string][],
  expression: Machine["expression"],
): Machine {
  const variables = new Map<string, string>([
    ["FS", " "],
    ["OFS", " "],
    ["ORS", "\n"],
    ["NR", "0"],
    ["NF", "0"],
  ]);
  for (const [name, value] of options) {
    if (name === "F") variables.set("FS", value === "\\t" ? "\t" : value);
    if (name === "v") variables.set(value.slice(0, value.indexOf("=")), value.slice(value.indexOf("=") + 1));
  }
  const machine: Machine = {
    variables,
    fields: [""],
    out: (text) => context.out(text),
    expression,
    split: (text, separator) => fieldsOf(text, separator, expression),
    record(line) {
      machine.fields = [line, ...fieldsOf(line, variables.get("FS") ?? " ", expression)];
      variables.set("NF", String(machine.fields.length - 1));
    },
    steps: 0,
    spent: (steps) => context.spent(steps / TOOL_STEPS_A_STEP),
    skip: false,
    exited: false,
    exitCode: 0,
  };
  return machine;
}

function fieldsOf(line: string, separator: string, expression: Machine["expression"]): string[] {
  if (line === "") return [];
  if (separator === "") return [...line];
  if (separator === " ") return line.trim() === "" ? [] : line.trim().split(/\s+/);
  if (separator.length === 1) return line.split(separator);
  const fields: string[] = [];
  let before = 0;
  for (const { start, end } of findAll(expression(separator), line)) {
    if (end === start) continue;
    fields.push(line.slice(before, start));
    before = end;
  }
  return [...fields, line.slice(before)];
}
