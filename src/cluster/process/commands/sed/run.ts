// Runs sed's rules on lines: the pattern space, the hold space, and jumps between rules.
import { findAll, matches, type Expression, type Found } from "#base/regexp/search";
import type { Pattern, Place, Rule } from "./parse.ts";

export interface Edit {
  rules: readonly Rule[];
  lines: readonly string[];
  silent: boolean;
  read(path: string): string;
  write(path: string, text: string): void;
  /** Is told of each piece of work. */
  spent(steps: number): void;
}

export class NoPattern extends Error {}

/** A script that does not end. */
export class Endless extends Error {}

export const MAX_STEPS = 1_000_000;
/** What a line may cost without counting as a script that never ends. */
const STEPS_A_LINE = 100;
/** Looking through so many letters is one step more. */
const LETTERS_A_STEP = 50;
const MAX_TEXT = 1_000_000;

interface Machine extends Edit {
  /** How many lines were read. */
  at: number;
  space: string;
  hold: string;
  output: string[];
  /** What a and r say at the cycle's end. */
  after: string[];
  /** Ranges in which a line is. */
  open: Set<Rule>;
  last: Expression | undefined;
  /** Whether s has replaced something since the line was read or t last asked. */
  replaced: boolean;
  steps: number;
}

type Ending = "print" | "drop" | "restart" | { quit: number; silent?: true };

export function edited(edit: Edit): { lines: string[]; exit: number } {
  const machine: Machine = {
    ...edit,
    at: 0,
    space: "",
    hold: "",
    output: [],
    after: [],
    open: new Set(),
    last: undefined,
    replaced: false,
    steps: 0,
  };
  let restarts = false;
  while (restarts || machine.at < machine.lines.length) {
    if (!restarts) nextLine(machine);
    const ending = cycle(machine);
    const quits = typeof ending === "object";
    if (!machine.silent && (ending === "print" || (quits && !ending.silent)))
      machine.output.push(machine.space);
    machine.output.push(...machine.after);
    machine.after = [];
    restarts = ending === "restart";
    if (quits) return { lines: machine.output, exit: ending.quit };
  }
  return { lines: machine.output, exit: 0 };
}

function nextLine(machine: Machine): void {
  machine.space = machine.lines[machine.at++]!;
  machine.replaced = false;
  machine.steps = Math.max(0, machine.steps - STEPS_A_LINE);
}

function spend(machine: Machine, steps: number): void {
  machine.steps += steps;
  machine.spent(steps);
  if (machine.steps > MAX_STEPS) throw new Endless();
}

function cycle(machine: Machine): Ending {
  const { rules } = machine;
  for (let at = 0; at < rules.length;) {
    const rule = rules[at]!;
    spend(machine, 1);
    if (machine.space.length > MAX_TEXT || machine.hold.length > MAX_TEXT)
      throw new RangeError("more text than a container has memory for");
    const selected = selects(rule, machine) !== rule.negated;
    if (rule.command === "{") at = selected ? at + 1 : rule.jump!;
    else if (!selected) at++;
    else {
      const ending = perform(rule, machine);
      if (typeof ending === "number") at = ending;
      else if (ending) return ending;
      else at++;
    }
  }
  return "print";
}

/** A rule's number to go on with, or how the cycle ends; undefined: the next rule. */
function perform(rule: Rule, machine: Machine): Ending | number | undefined {
  const { output, lines } = machine;
  switch (rule.command) {
    case "p":
      output.push(machine.space);
      return undefined;
    case "P":
      output.push(firstLine(machine.space));
      return undefined;
    case "=":
      output.push(String(machine.at));
      return undefined;
    case "d":
      return "drop";
    case "D": {
      const end = machine.space.indexOf("\n");
      if (end < 0) return "drop";
      machine.space = machine.space.slice(end + 1);
      return "restart";
    }
    case "q":
      return { quit: rule.exit ?? 0 };
    case "Q":
      return { quit: rule.exit ?? 0, silent: true };
    case "n":
    case "N":
      // GNU's prints what there is where no line follows.
      if (machine.at >= lines.length) return { quit: 0 };
      return readOn(rule, machine);
    case "b":
      return rule.jump;
    case "t":
    case "T": {
      const jumps = machine.replaced === (rule.command === "t");
      machine.replaced = false;
      return jumps ? rule.jump : undefined;
    }
    case "i":
      output.push(rule.text!);
      return undefined;
    case "c":
      // A range is changed as a whole.
      if (!machine.open.has(rule) || rule.negated) output.push(rule.text!);
      return "drop";
    default:
      change(rule, machine);
      return undefined;
  }
}

const firstLine = (text: string): string => text.split("\n", 1)[0]!;

function readOn(rule: Rule, machine: Machine): undefined {
  const before = machine.space;
  if (rule.command === "n" && !machine.silent) machine.output.push(before);
  machine.output.push(...machine.after);
  machine.after = [];
  const { replaced } = machine;
  nextLine(machine);
  machine.replaced = replaced;
  if (rule.command === "N") machine.space = `${before}\n${machine.space}`;
}

/** Commands that only change what is kept. */
function change(rule: Rule, machine: Machine): void {
  if (rule.command === "s") {
    const replaced = substitute(rule, machine);
    if (replaced === undefined) return;
    machine.space = replaced;
    machine.replaced = true;
    if (rule.print) machine.output.push(replaced);
  } else if (rule.command === "y")
    machine.space = machine.space.replace(/[^]/gu, (char) => rule.letters!.get(char) ?? char);
  else if (rule.command === "g") machine.space = machine.hold;
  else if (rule.command === "G") machine.space += `\n${machine.hold}`;
  else if (rule.command === "h") machine.hold = machine.space;
  else if (rule.command === "H") machine.hold += `\n${machine.space}`;
  else if (rule.command === "x") [machine.space, machine.hold] = [machine.hold, machine.space];
  else if (rule.command === "z") machine.space = "";
  else if (rule.command === "a") machine.after.push(rule.text!);
  else if (rule.command === "w") machine.write(rule.text!, `${machine.space}\n`);
  else if (rule.command === "r") {
    const text = machine.read(rule.text!);
    if (text !== "") machine.after.push(text.endsWith("\n") ? text.slice(0, -1) : text);
  }
}

/** Undefined if nothing was replaced. */
function substitute(rule: Rule, machine: Machine): string | undefined {
  const { replacement = "", first = 1, all = false } = rule;
  const { space } = machine;
  const pieces: string[] = [];
  let before = 0;
  let count = 0;
  for (const found of findAll(expressionOf(machine, rule.pattern!), space)) {
    spend(machine, 1);
    if (++count < first) continue;
    pieces.push(space.slice(before, found.start), fill(replacement, found.groups));
    before = found.end;
    if (!all) break;
  }
  return pieces.length === 0 ? undefined : pieces.join("") + space.slice(before);
}

/** An empty pattern is the last one that was used. */
function expressionOf(machine: Machine, pattern: Pattern): Expression {
  if (pattern !== "last") machine.last = pattern;
  if (!machine.last) throw new NoPattern();
  spend(machine, machine.space.length / LETTERS_A_STEP);
  return machine.last;
}

function fill(replacement: string, groups: Found["groups"]): string {
  return replacement.replace(/\\([^])|&/g, (all, code: string | undefined) => {
    if (code === undefined) return groups[0]!;
    if (code === "n") return "\n";
    if (code === "t") return "\t";
    return /\d/.test(code) ? (groups[Number(code)] ?? "") : all.slice(1);
  });
}

function selects(rule: Rule, machine: Machine): boolean {
  const { open, at } = machine;
  const fits = (place: Place): boolean =>
    "line" in place
      ? place.line === at
      : "last" in place
        ? at === machine.lines.length
        : "pattern" in place
          ? matches(expressionOf(machine, place.pattern), machine.space)
          : at >= place.first && (at - place.first) % place.step === 0;
  if (!rule.from) return true;
  if (!rule.to) return fits(rule.from);
  if (open.has(rule)) {
    if (fits(rule.to) || ("line" in rule.to && at >= rule.to.line)) open.delete(rule);
    return true;
  }
  if (!fits(rule.from)) return false;
  if (!("line" in rule.to) || rule.to.line > at) open.add(rule);
  return true;
}
