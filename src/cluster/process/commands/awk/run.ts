// Runs awk rules on one record.
import { findAll, findEnds, matches, type Expression } from "#base/regexp/search";
import { numberText, padded } from "../number-format.ts";
import { AwkError, type Expr, type Rule, type Statement } from "./parse.ts";

export interface Machine {
  /** Variables, and elements of arrays as "name[key]". */
  variables: Map<string, string>;
  /** $0, $1 ... */
  fields: string[];
  out(text: string): void;
  expression(pattern: string): Expression;
  /** The fields of a text between separators. */
  split(text: string, separator: string): string[];
  /** Makes a text $0, and its fields anew. */
  record(text: string): void;
  /** Towards the end of its patience; lines give some back. */
  steps: number;
  /** Is told of each piece of work. */
  spent(steps: number): void;
  skip: boolean;
  /** On the way out of a loop's body. */
  leaving?: "break" | "continue" | undefined;
  exited: boolean;
  exitCode: number;
}

const MAX_STEPS = 1_000_000;
/** Looking through so many letters is one step more. */
const LETTERS_A_STEP = 50;
const MAX_FIELDS = 100_000;

/** A program that does not end is ended, and says so. */
function spend(machine: Machine, steps: number): void {
  machine.steps += steps;
  machine.spent(steps);
  if (machine.steps > MAX_STEPS) throw new AwkError(`given up after ${MAX_STEPS} steps`);
}

export function runRule(machine: Machine, rule: Rule): void {
  machine.leaving = undefined;
  if (rule.test && !truth(machine, rule.test)) return;
  if (rule.body) run(machine, rule.body);
  else machine.out(`${machine.fields[0]}${machine.variables.get("ORS")}`);
}

function run(machine: Machine, statements: Statement[]): void {
  for (const statement of statements) {
    if (machine.skip || machine.exited || machine.leaving) return;
    spend(machine, 1);
    if (statement.kind === "print") {
      const values =
        statement.args.length > 0 ? statement.args.map((arg) => text(machine, arg)) : [machine.fields[0]!];
      machine.out(values.join(machine.variables.get("OFS")) + machine.variables.get("ORS")!);
    } else if (statement.kind === "printf") {
      const [format = "", ...values] = statement.args.map((arg) => text(machine, arg));
      machine.out(formatted(format, values));
    } else if (statement.kind === "expression") text(machine, statement.value);
    else if (statement.kind === "if")
      run(machine, truth(machine, statement.test) ? statement.yes : statement.no);
    else if (statement.kind === "while") {
      for (let first = true; !machine.skip && !machine.exited; first = false) {
        spend(machine, 1);
        if (!(first && statement.once) && !truth(machine, statement.test)) break;
        if (!runBody(machine, statement.body)) break;
        if (statement.step) text(machine, statement.step);
      }
    } else if (statement.kind === "each") {
      const start = `${statement.array}[`;
      const keys = [...machine.variables.keys()].filter((key) => key.startsWith(start));
      for (const key of keys) {
        machine.variables.set(statement.variable, key.slice(start.length, -1));
        if (!runBody(machine, statement.body)) break;
      }
    } else if (statement.kind === "leave") machine.leaving = statement.how;
    else if (statement.kind === "delete") {
      if (statement.index) machine.variables.delete(`${statement.array}[${text(machine, statement.index)}]`);
      else clear(machine, statement.array);
    } else if (statement.kind === "next") machine.skip = true;
    else if (statement.kind === "exit") {
      machine.exited = true;
      machine.exitCode = statement.code ? number(machine, statement.code) : 0;
    }
  }
}

/** False if the loop ends with it. */
function runBody(machine: Machine, body: Statement[]): boolean {
  run(machine, body);
  const how = machine.leaving;
  machine.leaving = undefined;
  return how !== "break";
}

function clear({ variables }: Machine, array: string): void {
  for (const key of variables.keys()) if (key.startsWith(`${array}[`)) variables.delete(key);
}

function formatted(format: string, values: string[]): string {
  return format.replace(
    /%([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+))?([sdiouxXfFeEgGc%])/g,
    (_, flags: string, width: string | undefined, digits: string | undefined, letter: string) => {
      if (letter === "%") return "%";
      const sizeOf = (given: string | undefined): number | undefined =>
        given === undefined ? undefined : Number(given === "*" ? values.shift() : given) || 0;
      const size = sizeOf(width) ?? 0;
      const directive = {
        flags: size < 0 ? `${flags}-` : flags,
        width: Math.abs(size),
        precision: sizeOf(digits),
        letter,
      };
      const value = values.shift() ?? "";
      if (letter === "s") return padded(value.slice(0, directive.precision), directive);
      if (letter === "c") return padded(characterOf(value), directive);
      return padded(numberText(Number.parseFloat(value) || 0, directive), directive);
    },
  );
}

/** A number is a character's code. */
function characterOf(value: string): string {
  return /^\d+$/.test(value) && Number(value) <= 0x10ffff
    ? String.fromCodePoint(Number(value))
    : value.slice(0, 1);
}

function show(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
}

function number(machine: Machine, expr: Expr): number {
  return Number.parseFloat(text(machine, expr)) || 0;
}

function looksNumeric(value: string): boolean {
  return /^\s*[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?\s*$/i.test(value);
}

function truth(machine: Machine, expr: Expr): boolean {
  if (expr.kind === "regex") return matches(machine.expression(expr.text), machine.fields[0]!);
  const value = text(machine, expr);
  return expr.kind !== "string" && looksNumeric(value) ? Number(value) !== 0 : value !== "";
}

function text(machine: Machine, expr: Expr): string {
  switch (expr.kind) {
    case "number":
      return show(Number(expr.text));
    case "string":
      return expr.text;
    case "regex":
      return matches(machine.expression(expr.text), machine.fields[0]!) ? "1" : "0";
    case "variable":
    case "field":
    case "element":
      return get(machine, expr);
    case "unary":
      if (expr.operator === "!") return truth(machine, expr.operand) ? "0" : "1";
      return show(expr.operator === "-" ? -number(machine, expr.operand) : number(machine, expr.operand));
    case "assign": {
      const right = text(machine, expr.value);
      const value =
        expr.operator === "="
          ? right
          : arithmetic(expr.operator[0]!, number(machine, expr.target), Number.parseFloat(right) || 0);
      set(machine, expr.target, value);
      return value;
    }
    case "step": {
      const before = number(machine, expr.target);
      set(machine, expr.target, show(before + expr.by));
      return show(expr.before ? before + expr.by : before);
    }
    case "choose":
      return text(machine, truth(machine, expr.test) ? expr.yes : expr.no);
    case "call":
      return call(machine, expr.name, expr.args);
    default:
      return binary(machine, expr);
  }
}

function binary(machine: Machine, expr: Extract<Expr, { kind: "binary" }>): string {
  const { operator, left, right } = expr;
  if (operator === "in") return inArray(machine, left, right);
  const flag = (value: boolean): string => (value ? "1" : "0");
  if (operator === "&&") return flag(truth(machine, left) && truth(machine, right));
  if (operator === "||") return flag(truth(machine, left) || truth(machine, right));
  if (operator === "~" || operator === "!~") {
    const pattern = right.kind === "regex" ? right.text : text(machine, right);
    return flag(matches(machine.expression(pattern), text(machine, left)) === (operator === "~"));
  }
  const [a, b] = [text(machine, left), text(machine, right)];
  if (operator === " ") return a + b;
  if (!/[=<>]/.test(operator))
    return arithmetic(operator, Number.parseFloat(a) || 0, Number.parseFloat(b) || 0);
  const isNumber =
    (looksNumeric(a) || a === "") &&
    (looksNumeric(b) || b === "") &&
    left.kind !== "string" &&
    right.kind !== "string";
  const order = isNumber ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0;
  const results: Record<string, boolean> = {
    "==": order === 0,
    "!=": order !== 0,
    "<": order < 0,
    "<=": order <= 0,
    ">": order > 0,
    ">=": order >= 0,
  };
  return flag(results[operator] ?? false);
}

function inArray(machine: Machine, key: Expr, array: Expr): string {
  const name = array.kind === "variable" ? array.text : "";
  return machine.variables.has(`${name}[${text(machine, key)}]`) ? "1" : "0";
}

function arithmetic(operator: string, a: number, b: number): string {
  if (operator === "+") return show(a + b);
  if (operator === "-") return show(a - b);
  if (operator === "*") return show(a * b);
  if (operator === "/") return show(a / b);
  return show(a % b);
}

function nameOf(machine: Machine, expr: Expr): string {
  if (expr.kind === "variable") return expr.text;
  return expr.kind === "element" ? `${expr.array}[${text(machine, expr.index)}]` : "";
}

function get(machine: Machine, expr: Expr): string {
  if (expr.kind === "field") return machine.fields[number(machine, expr.index)] ?? "";
  const name = nameOf(machine, expr);
  const value = machine.variables.get(name);
  // An element exists from the moment that somebody asks for it.
  if (value === undefined && expr.kind === "element") machine.variables.set(name, "");
  return value ?? "";
}

function set(machine: Machine, expr: Expr, value: string): void {
  if (expr.kind !== "field") {
    machine.variables.set(nameOf(machine, expr), value);
    if (expr.kind === "variable" && expr.text === "NF") setCount(machine, value);
    return;
  }
  const index = Math.trunc(number(machine, expr.index));
  if (index < 0) throw new AwkError(`attempt to access field ${index}`);
  if (index > MAX_FIELDS) throw new AwkError(`field ${index} is too far to the right`);
  if (index === 0) return machine.record(value);
  while (machine.fields.length <= index) machine.fields.push("");
  machine.fields[index] = value;
  rebuild(machine);
}

/** $0, from its fields. */
function rebuild({ fields, variables }: Machine): void {
  fields[0] = fields.slice(1).join(variables.get("OFS"));
  variables.set("NF", String(fields.length - 1));
}

/** NF cuts the fields off, or adds empty ones. */
function setCount(machine: Machine, value: string): void {
  const count = Math.min(MAX_FIELDS, Math.max(0, Math.trunc(Number(value) || 0)));
  while (machine.fields.length <= count) machine.fields.push("");
  machine.fields.length = count + 1;
  rebuild(machine);
}

function call(machine: Machine, name: string, args: Expr[]): string {
  const values = args.map((arg) => (arg.kind === "regex" ? arg.text : text(machine, arg)));
  const [first = machine.fields[0]!, second = "", third] = values;
  if (name === "length") return String(first.length);
  if (name === "substr") {
    const start = Number(second) - 1;
    return third === undefined
      ? first.slice(Math.max(0, start))
      : first.slice(Math.max(0, start), Math.max(0, start + Number(third)));
  }
  if (name === "split") return split(machine, first, args[1], third);
  if (name === "match") return match(machine, first, second);
  if (name === "tolower") return first.toLowerCase();
  if (name === "toupper") return first.toUpperCase();
  if (name === "index") return String(first.indexOf(second) + 1);
  if (name === "int") return String(Math.trunc(Number.parseFloat(first) || 0));
  if (name === "sprintf") return formatted(first, values.slice(1));
  if (name === "gsub" || name === "sub") {
    const target: Expr = args[2] ?? { kind: "field", index: { kind: "number", text: "0" } };
    const before = text(machine, target);
    const pieces: string[] = [];
    let count = 0;
    let rest = 0;
    spend(machine, before.length / LETTERS_A_STEP);
    for (const found of findAll(machine.expression(first), before)) {
      spend(machine, 1);
      count++;
      pieces.push(before.slice(rest, found.start), replacement(second, found.groups[0]!));
      rest = found.end;
      if (name === "sub") break;
    }
    if (count > 0) set(machine, target, pieces.join("") + before.slice(rest));
    return String(count);
  }
  return "";
}

/** & stands for what was found, \\& for itself. */
function replacement(text: string, found: string): string {
  return text.replace(/\\([\\&])|&/g, (_, escaped: string | undefined) => escaped ?? found);
}

/** Fills an array with the fields of a text; how many they are. */
function split(
  machine: Machine,
  text: string,
  array: Expr | undefined,
  separator: string | undefined,
): string {
  const name = array?.kind === "variable" ? array.text : "";
  clear(machine, name);
  spend(machine, text.length / LETTERS_A_STEP);
  const fields = machine.split(text, separator ?? machine.variables.get("FS") ?? " ");
  fields.forEach((field, index) => machine.variables.set(`${name}[${index + 1}]`, field));
  return String(fields.length);
}

/** Where a text matches, which RSTART and RLENGTH say too. */
function match(machine: Machine, text: string, pattern: string): string {
  spend(machine, text.length / LETTERS_A_STEP);
  const found = findEnds(machine.expression(pattern), text);
  const [start, end] = found ? [found[0] + 1, found[1] + 1] : [0, -1];
  machine.variables.set("RSTART", String(start));
  machine.variables.set("RLENGTH", String(end - start));
  return String(start);
}
