// Turns words into what a command gets: parameters and substitutions filled in, split into fields, patterns replaced
// by the names of files.
import { ArithmeticError, evaluate } from "./arithmetic.ts";
import { expandBraces } from "./braces.ts";
import type { Part, Word } from "./code.ts";
import { glob, hasPattern, lengthAtEdge, matches, replaced, type Piece } from "./pattern.ts";
import { changeCase, special, transformed } from "./special.ts";
import type { Frame, ShellState } from "./state.ts";
import { ExpansionError, indexOf, setVariable, valueAt } from "./variables.ts";

export interface Expander {
  shell: ShellState;
  frame: Frame;
  pid: number;
  parent: number;
  cwd: string;
  list(path: string): string[] | undefined;
  exists(path: string): boolean;
  random(): number;
  seconds(): number;
  epochSeconds(): number;
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
  const { options, shopts } = expander.shell;
  return fields.flatMap((field) => {
    if (!hasPattern(field) || options.noglob) return [plain(field)];
    const found = glob(
      field,
      expander.cwd,
      (path) => expander.list(path),
      (path) => expander.exists(path),
    );
    return found.length > 0 || shopts?.["nullglob"] ? found : [plain(field)];
  });
}

/** One field without splitting: assignments, redirections, case words. */
export function expandText(expander: Expander, word: Word): string {
  return plain(expandPieces(expander, word));
}

export function expandPieces(expander: Expander, word: Word): Piece[] {
  return expandRun(expander, word, false).map((piece) => piece ?? { text: " ", quoted: true });
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
      add(expander, run, String(exactly(expander, expandText(expander, part.word))), part.quoted, split);
    } else if (part.kind === "bad") throw new ExpansionError(badSubstitution(expander, part.text));
    else addVariable(expander, run, part, split);
  });
  if (run.length > MAX_FIELDS) throw new ExpansionError("out of memory");
  return run;
}

function badSubstitution({ shell }: Expander, text: string): string {
  if (shell.flavour === "bash") return `${text}: bad substitution`;
  return shell.flavour === "dash" ? "Bad substitution" : "syntax error: bad substitution";
}

export function arithmetic(expander: Expander, text: string): number {
  return Number(exactly(expander, text));
}

/** Variables whose values name others are looked up so often in one expression: each may name many. */
const MAX_LOOKUPS = 20_000;

function exactly(expander: Expander, text: string): bigint {
  let lookups = 0;
  const get = (name: string): string => {
    if (++lookups > MAX_LOOKUPS)
      throw new ExpansionError(
        expander.shell.flavour === "bash"
          ? `${text}: expression recursion level exceeded`
          : "expression recursion loop detected",
      );
    const value = name.endsWith("]") ? valueAt(expander, name) : valueOf(expander, name);
    if (value === undefined && expander.shell.options.nounset) throw unbound(expander, name);
    return value ?? "";
  };
  try {
    const variables = {
      get,
      set: (name: string, value: bigint) => setVariable(expander, name, String(value)),
    };
    return evaluate(text, variables, expander.shell.flavour);
  } catch (error) {
    if (error instanceof ArithmeticError) throw new ExpansionError(error.message);
    throw error;
  }
}

/** A script of bash's ends with 127 then. */
function unbound({ shell }: Expander, name: string): ExpansionError {
  return shell.flavour === "bash"
    ? new ExpansionError(`${name}: unbound variable`, 127)
    : new ExpansionError(`${name}: parameter not set`);
}

function tilde(expander: Expander, text: string): string {
  const [, user, rest = ""] = /^~(root|\+|-|)(\/[^]*)?$/.exec(text) ?? [];
  if (user === undefined) return text;
  if (user === "") return (valueOf(expander, "HOME") ?? "/root") + rest;
  if (user === "root") return `/root${rest}`;
  if (expander.shell.flavour !== "bash") return text;
  return user === "+" ? expander.cwd + rest : (valueOf(expander, "OLDPWD") ?? "~-") + rest;
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
  /** A separator that is no space: between two of them is an empty field. */
  let sawMark = false;
  for (const char of value) {
    if (!ifs.includes(char)) {
      if (sawSeparator) run.push(undefined);
      sawSeparator = false;
      field += char;
      continue;
    }
    const isSpace = /\s/.test(char);
    if (field !== "") {
      run.push({ text: field, quoted: false });
      sawMark = false;
    } else if (!isSpace && (sawMark || run.length === 0 || run.at(-1) === undefined)) {
      if (sawMark) run.push(undefined);
      run.push({ text: "", quoted: true });
    }
    if (!isSpace) sawMark = true;
    field = "";
    sawSeparator = true;
  }
  if (field !== "") run.push({ text: field, quoted: false });
  if (sawSeparator) run.push(undefined);
}

type Variable = Extract<Part, { kind: "variable" }>;

function addVariable(expander: Expander, run: Run, part: Variable, split: boolean): void {
  const { shell } = expander;
  const isAll = (part.name === "@" || part.name === "*") && !part.indirect;
  if (isAll && part.operator !== undefined && !/^:?[-=?+]$|^length$/.test(part.operator)) {
    const values = changedParams(expander, part);
    addParams(run, { values, joined: part.name === "*" }, part, expander, split);
    return;
  }
  if (isAll && part.operator === undefined) {
    addParams(run, { values: shell.params, joined: part.name === "*" }, part, expander, split);
    return;
  }
  if (part.index === "@" || part.index === "*") {
    addElements(expander, run, part, split);
    return;
  }
  if (part.indirect === "@" || part.indirect === "*") {
    const names = Object.keys({ ...shell.variables, ...shell.arrays, ...shell.maps });
    const values = names.filter((name) => name.startsWith(part.name)).sort();
    addParams(run, { values, joined: part.indirect === "*" }, part, expander, split);
    return;
  }
  const value = part.indirect ? indirectValue(expander, part) : directValue(expander, part);
  const colon = part.operator?.startsWith(":") ?? false;
  const unset = value === undefined || (colon && value === "");
  switch (part.operator?.replace(/^:(?=.)/, "")) {
    case "-":
      if (unset) return addWord(expander, run, part, split);
      break;
    case "=":
      if (unset) {
        setVariable(expander, part.name, expandText(expander, part.word ?? []));
        return add(expander, run, valueOf(expander, part.name) ?? "", part.quoted, split);
      }
      break;
    case "+":
      if (!unset) addWord(expander, run, part, split);
      return;
    case "?":
      if (unset) {
        const text = expandText(expander, part.word ?? []);
        throw missing(expander, `${part.name}: ${text === "" ? notSet(shell.flavour, colon) : text}`);
      }
      break;
    case undefined:
      if (value === undefined && shell.options.nounset) throw unbound(expander, part.name);
      break;
    default:
      return add(expander, run, transform(expander, part, value ?? ""), part.quoted, split);
  }
  add(expander, run, value ?? "", part.quoted, split);
}

/** ${@:2:3} counts from $0; other operators change each parameter. */
function changedParams(expander: Expander, part: Variable): string[] {
  const { shell } = expander;
  if (part.operator !== ":") return shell.params.map((value) => transform(expander, part, value));
  const [from = "0", count] = expandText(expander, part.word ?? []).split(":");
  const start = arithmetic(expander, from);
  const all = [shell.name, ...shell.params];
  const first = start < 0 ? Math.max(0, all.length + start) : start;
  return all.slice(first, count === undefined ? undefined : first + arithmetic(expander, count));
}

function directValue(expander: Expander, part: Variable): string | undefined {
  if (!Array.isArray(part.index)) return valueOf(expander, part.name);
  const map = mapOf(expander.shell, part.name);
  const place = expandText(expander, part.index);
  if (map) return map[place];
  const elements = elementsOf(expander.shell, part.name);
  return elements[indexOf(expander, place, elements.length)];
}

function indirectValue(expander: Expander, part: Variable): string | undefined {
  const name = directValue(expander, part);
  if (name === undefined) throw new ExpansionError(`${part.name}: invalid indirect expansion`);
  return name.endsWith("]") ? valueAt(expander, name) : valueOf(expander, name);
}

function missing({ shell }: Expander, text: string): ExpansionError {
  return new ExpansionError(text, shell.flavour === "bash" ? 127 : undefined);
}

function notSet(flavour: ShellState["flavour"], colon: boolean): string {
  if (!colon) return "parameter not set";
  return flavour === "bash" ? "parameter null or not set" : "parameter not set or null";
}

function addWord(expander: Expander, run: Run, part: Variable, split: boolean): void {
  if (part.quoted) run.push({ text: expandText(expander, part.word ?? []), quoted: true });
  else run.push(...expandRun(expander, part.word ?? [], split));
}

export function mapOf({ maps }: ShellState, name: string): Record<string, string> | undefined {
  return maps && Object.hasOwn(maps, name) ? maps[name] : undefined;
}

/** An array's elements; a plain variable is an array of one. */
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
  if (operator.startsWith("@")) return transformed(operator, value);
  if (/^[\^,~]/.test(operator)) {
    const pieces = expandPieces(expander, part.word ?? []);
    const mayChange = (char: string): boolean => pieces.length === 0 || matches(pieces, char);
    return changeCase(operator, value, mayChange);
  }
  if (operator === ":") return substring(expander, value, expandText(expander, part.word ?? []));
  const pieces = expandPieces(expander, part.word ?? []);
  if (operator.startsWith("/")) {
    const replacement = expandText(expander, part.other ?? []);
    if (operator === "/#" || operator === "/%") {
      const edge = operator === "/#" ? "start" : "end";
      const length = lengthAtEdge(pieces, value, edge, "longest");
      if (length === undefined) return value;
      return edge === "start"
        ? replacement + value.slice(length)
        : value.slice(0, value.length - length) + replacement;
    }
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
    default:
      return special(expander, name) ?? mapOf(shell, name)?.["0"] ?? elementsOf(shell, name)[0];
  }
}
