// Turns words into what a command gets: parameters and substitutions filled in, split into fields, patterns replaced
// by the names of files.
import { ArithmeticError, evaluate } from "./arithmetic.ts";
import { expandBraces } from "./braces.ts";
import type { Part, Word } from "./code.ts";
import { glob, hasPattern, lengthAtEdge, replaced, type Piece } from "./pattern.ts";
import type { Frame, ShellState } from "./state.ts";

/** An expansion that cannot be done; the shell complains and the command fails. */
export class ExpansionError extends Error {}

export interface Expander {
  shell: ShellState;
  frame: Frame;
  pid: number;
  cwd: string;
  list(path: string): string[] | undefined;
  exists(path: string): boolean;
  random(): number;
  seconds(): number;
}

/** A value or field may have so many characters: twenty doublings are typed quickly. */
const MAX_TEXT = 1_000_000;
const MAX_FIELDS = 100_000;

/** A field under construction: undefined separates fields. */
type Run = (Piece | undefined)[];

/** Fields after splitting and globbing. */
export function expandFields(expander: Expander, word: Word): string[] {
  return expander.shell.flavour === "bash"
    ? expandBraces(word).flatMap((one) => fieldsOf(expander, one))
    : fieldsOf(expander, word);
}

function fieldsOf(expander: Expander, word: Word): string[] {
  const fields: Piece[][] = [];
  let current: Piece[] | undefined;
  for (const piece of expandRun(expander, word, true)) {
    if (piece) (current ??= []).push(piece);
    else if (current) {
      fields.push(current);
      current = undefined;
    }
  }
  if (current) fields.push(current);
  return fields.flatMap((field) => {
    if (!hasPattern(field)) return [plain(field)];
    const found = glob(
      field,
      expander.cwd,
      (path) => expander.list(path),
      (path) => expander.exists(path),
    );
    return found.length > 0 ? found : [plain(field)];
  });
}

/** One field without splitting: assignments, redirections, case words. */
export function expandText(expander: Expander, word: Word): string {
  return plain(expandPieces(expander, word));
}

export function expandPieces(expander: Expander, word: Word): Piece[] {
  const pieces = expandRun(expander, word, false).map((piece) => piece ?? { text: " ", quoted: true });
  return pieces;
}

function plain(pieces: readonly Piece[]): string {
  const text = pieces.map((piece) => piece.text).join("");
  if (text.length > MAX_TEXT) throw new ExpansionError("out of memory");
  return text;
}

function expandRun(expander: Expander, word: Word, split: boolean): Run {
  const run: Run = [];
  word.forEach((part, index) => {
    if (part.kind === "text") {
      run.push({
        text: index === 0 && !part.quoted ? tilde(expander, part.text) : part.text,
        quoted: part.quoted,
      });
    } else if (part.kind === "substitution") {
      add(expander, run, expander.frame.slots[part.slot] ?? "", part.quoted, split);
    } else if (part.kind === "arithmetic") {
      add(expander, run, String(arithmetic(expander, expandText(expander, part.word))), part.quoted, split);
    } else addVariable(expander, run, part, split);
  });
  if (run.length > MAX_FIELDS) throw new ExpansionError("out of memory");
  return run;
}

export function arithmetic(expander: Expander, text: string): number {
  try {
    return evaluate(
      text,
      (name) => valueOf(expander, name.replace(/^\$/, "")) ?? "",
      (name, value) => (expander.shell.variables[name] = String(value)),
      expander.shell.flavour === "dash",
    );
  } catch (error) {
    if (error instanceof ArithmeticError)
      throw new ExpansionError(
        `arithmetic ${expander.shell.flavour === "dash" ? "expression: " : ""}${error.message}`,
      );
    throw error;
  }
}

function tilde(expander: Expander, text: string): string {
  return text === "~" || text.startsWith("~/")
    ? (valueOf(expander, "HOME") ?? "/root") + text.slice(1)
    : text;
}

/** Adds a value; unquoted ones are split at white space. */
function add(expander: Expander, run: Run, value: string, quoted: boolean, split: boolean): void {
  if (quoted || !split) {
    run.push({ text: value, quoted });
    return;
  }
  const ifs = expander.shell.variables["IFS"] ?? " \t\n";
  if (ifs === "") {
    if (value !== "") run.push({ text: value, quoted: false });
    return;
  }
  let field = "";
  let sawSeparator = false;
  for (const char of value) {
    if (!ifs.includes(char)) {
      if (sawSeparator) run.push(undefined);
      sawSeparator = false;
      field += char;
      continue;
    }
    if (field !== "") run.push({ text: field, quoted: false });
    else if (!/\s/.test(char) && !(run.length > 0 && run.at(-1) !== undefined))
      run.push({ text: "", quoted: true });
    field = "";
    sawSeparator = true;
  }
  if (field !== "") run.push({ text: field, quoted: false });
  if (sawSeparator) run.push(undefined);
}

type Variable = Extract<Part, { kind: "variable" }>;

function addVariable(expander: Expander, run: Run, part: Variable, split: boolean): void {
  const { shell } = expander;
  if ((part.name === "@" || part.name === "*") && part.operator === undefined) {
    addParams(run, { values: shell.params, joined: part.name === "*" }, part, expander, split);
    return;
  }
  if (part.index === "@" || part.index === "*") {
    addElements(expander, run, part, split);
    return;
  }
  const map = mapOf(shell, part.name);
  const value = part.index
    ? map
      ? map[expandText(expander, part.index)]
      : elementsOf(shell, part.name)[arithmetic(expander, expandText(expander, part.index))]
    : valueOf(expander, part.name);
  const colon = part.operator?.startsWith(":") ?? false;
  const unset = value === undefined || (colon && value === "");
  switch (part.operator?.replace(/^:(?=.)/, "")) {
    case "-":
      if (unset) return addWord(expander, run, part, split);
      break;
    case "=":
      if (unset) {
        shell.variables[part.name] = expandText(expander, part.word ?? []);
        return add(expander, run, shell.variables[part.name]!, part.quoted, split);
      }
      break;
    case "+":
      if (!unset) addWord(expander, run, part, split);
      return;
    case "?":
      if (unset) {
        const text = expandText(expander, part.word ?? []);
        throw new ExpansionError(`${part.name}: ${text === "" ? "parameter not set" : text}`);
      }
      break;
    case undefined:
      if (value === undefined && shell.options.nounset)
        throw new ExpansionError(`${part.name}: parameter not set`);
      break;
    default:
      return add(expander, run, transform(expander, part, value ?? ""), part.quoted, split);
  }
  add(expander, run, value ?? "", part.quoted, split);
}

function addWord(expander: Expander, run: Run, part: Variable, split: boolean): void {
  if (part.quoted) run.push({ text: expandText(expander, part.word ?? []), quoted: true });
  else run.push(...expandRun(expander, part.word ?? [], split));
}

/** An array's elements; a plain variable is an array of one. */
export function mapOf({ maps }: ShellState, name: string): Record<string, string> | undefined {
  return maps && Object.hasOwn(maps, name) ? maps[name] : undefined;
}

export function elementsOf(shell: ShellState, name: string): string[] {
  const array = shell.arrays && Object.hasOwn(shell.arrays, name) ? shell.arrays[name] : undefined;
  if (array) return array;
  return Object.hasOwn(shell.variables, name) ? [shell.variables[name]!] : [];
}

/** "${name[@]}", ${!name[@]}, ${#name[@]}, and what an operator makes of each element. */
function addElements(expander: Expander, run: Run, part: Variable, split: boolean): void {
  const map = mapOf(expander.shell, part.name);
  const elements = map ? [] : elementsOf(expander.shell, part.name);
  const present = Object.keys(map ?? elements).filter((key) => map !== undefined || /^\d+$/.test(key));
  if (part.operator === "length") return add(expander, run, String(present.length), part.quoted, split);
  const all = part.keys ? present : present.map((key) => map?.[key] ?? elements[Number(key)]!);
  let values = all;
  if (part.operator === ":") {
    const [from = "0", count] = expandText(expander, part.word ?? []).split(":");
    const start = arithmetic(expander, from);
    values = all.slice(start, count === undefined ? undefined : start + arithmetic(expander, count));
  } else if (part.operator !== undefined && !/^:?[-=?+]$/.test(part.operator))
    values = all.map((value) => transform(expander, part, value));
  addParams(run, { values, joined: part.index === "*" }, part, expander, split);
}

function addParams(
  run: Run,
  { values, joined }: { values: readonly string[]; joined: boolean },
  part: Variable,
  expander: Expander,
  split: boolean,
): void {
  if (part.quoted && joined) {
    run.push({ text: values.join((expander.shell.variables["IFS"] ?? " ")[0] ?? ""), quoted: true });
    return;
  }
  values.forEach((param, index) => {
    if (index > 0) run.push(undefined);
    add(expander, run, param, part.quoted, split);
  });
}

function transform(expander: Expander, part: Variable, value: string): string {
  const operator = part.operator!;
  if (operator === "length") {
    return String("@*".includes(part.name) ? expander.shell.params.length : value.length);
  }
  if (operator === "^^") return value.toUpperCase();
  if (operator === ",,") return value.toLowerCase();
  if (operator === "^") return value.slice(0, 1).toUpperCase() + value.slice(1);
  if (operator === ",") return value.slice(0, 1).toLowerCase() + value.slice(1);
  if (operator === ":") return substring(expander, value, expandText(expander, part.word ?? []));
  const pieces = expandPieces(expander, part.word ?? []);
  if (operator.startsWith("/")) {
    const replacement = expandText(expander, part.other ?? []);
    return plain(pieces) === "" ? value : replaced(pieces, value, replacement, operator === "//");
  }
  const edge = operator.startsWith("#") ? "start" : "end";
  const length = lengthAtEdge(pieces, value, edge, operator.length > 1 ? "longest" : "shortest") ?? 0;
  return edge === "start" ? value.slice(length) : value.slice(0, value.length - length);
}

function substring(expander: Expander, value: string, text: string): string {
  const [from = "0", length] = text.split(":");
  const offset = arithmetic(expander, from);
  const start = offset < 0 ? Math.max(0, value.length + offset) : offset;
  if (length === undefined) return value.slice(start);
  const count = arithmetic(expander, length);
  return value.slice(start, count < 0 ? value.length + count : start + count);
}

/** The value of a variable or special parameter; undefined if it is not set. */
export function valueOf(expander: Expander, name: string): string | undefined {
  const { shell } = expander;
  if (/^\d+$/.test(name)) return name === "0" ? shell.name : shell.params[Number(name) - 1];
  switch (name) {
    case "?":
      return String(shell.status);
    case "$":
      return String(shell.mainPid);
    case "!":
      return shell.lastBackground > 0 ? String(shell.lastBackground) : undefined;
    case "#":
      return String(shell.params.length);
    case "@":
    case "*":
      return shell.params.length > 0 ? shell.params.join(" ") : undefined;
    case "-":
      return (shell.options.errexit ? "e" : "") + (shell.options.nounset ? "u" : "");
    case "RANDOM":
      return shell.flavour === "dash" ? undefined : String(expander.random());
    case "SECONDS":
      return shell.flavour === "bash" ? String(expander.seconds()) : undefined;
    default:
      return elementsOf(shell, name)[0];
  }
}
