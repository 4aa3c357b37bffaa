// awk, as far as one-liners go: patterns, BEGIN and END, print, printf, assignments to variables, fields.
import type { Json } from "#base/json";
import { complain, defineCommand, WAIT_FOR_INPUT, type CommandContext, type Outcome } from "./command.ts";
import { linesOf, readOperands, takeLines } from "./lines.ts";
import { parseOptions } from "./options.ts";
import { AwkError, parseProgram, type Rule } from "./awk/parse.ts";
import { runRule, type Machine } from "./awk/run.ts";

export const awk = defineCommand({
  name: "awk",
  run(context, resume) {
    const { all, operands } = parseOptions(context.argv, "", "Fvf", {}, false);
    let program: Rule[];
    try {
      program = parseProgram(operands.shift() ?? "");
    } catch (error) {
      if (!(error instanceof AwkError)) throw error;
      complain(context, `cmd. line:1: ${error.message}`);
      return { exit: 1 };
    }
    const onlyBegin = program.every((rule) => rule.when === "BEGIN");
    if (operands.length === 0 && !onlyBegin) return runInput(context, program, all, resume?.state ?? null);
    const read = onlyBegin ? { inputs: [], failed: false } : readOperands(context, operands);
    if (!read) return WAIT_FOR_INPUT;
    const machine = createMachine(context, all);
    runAll(machine, program, "BEGIN");
    runLines(machine, program, read.inputs.map(({ text }) => text).join(""));
    runAll(machine, program, "END");
    return { exit: machine.exitCode };
  },
});

/** Standard input is worked on line by line, as it comes; the variables are kept meanwhile. */
function runInput(
  context: CommandContext,
  program: Rule[],
  options: [string, string][],
  state: Json,
): Outcome {
  const machine = createMachine(context, options);
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

function runLines(machine: Machine, program: Rule[], text: string): void {
  for (const line of linesOf(text)) {
    if (machine.exited) return;
    machine.record(line);
    machine.skip = false;
    for (const rule of program)
      if (rule.when === "line" && !machine.exited && !machine.skip) runRule(machine, rule);
  }
}

function createMachine(context: CommandContext, options: [string, string][]): Machine {
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
    record(line) {
      variables.set("NR", String(Number(variables.get("NR")) + 1));
      machine.fields = [line, ...split(line, variables.get("FS") ?? " ")];
      variables.set("NF", String(machine.fields.length - 1));
    },
    steps: 0,
    skip: false,
    exited: false,
    exitCode: 0,
  };
  return machine;
}

export function split(line: string, separator: string): string[] {
  if (line === "") return [];
  if (separator === " ") return line.trim() === "" ? [] : line.trim().split(/\s+/);
  if (separator.length === 1) return line.split(separator);
  return line.split(new RegExp(separator));
}
