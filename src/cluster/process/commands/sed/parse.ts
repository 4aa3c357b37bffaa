// Reads sed scripts into rules.
import { PatternError } from "#base/regexp/problems";
import type { Expression } from "#base/regexp/search";
import type { CommandContext } from "../command.ts";
import { busyboxText, libraryText, posixExpression } from "../patterns.ts";

/** An expression, or "last": the one that was used before, which an empty pattern means. */
export type Pattern = Expression | "last";

export type Place =
  | { line: number }
  | { last: true }
  | { pattern: Pattern }
  /** GNU's first~step. */
  | { first: number; step: number };

export interface Rule {
  from?: Place;
  to?: Place;
  negated: boolean;
  command: string;
  pattern?: Pattern;
  replacement?: string;
  /** Which match is the first to be replaced. */
  first?: number;
  /** All that follow it are replaced too. */
  all?: boolean;
  print?: boolean;
  /** Of a, i and c; the path of r and w. */
  text?: string;
  /** Of b, t and T, and of what ":" names. */
  label?: string;
  /** The rule to go on with: a label's, or the one behind the block's end. */
  jump?: number;
  /** What y makes of letters. */
  letters?: Map<string, string>;
  /** Of q and Q. */
  exit?: number;
}

/** What is wrong with a script, in the tool's words, and up to which character it was read. */
export class SedError extends Error {
  /** Undefined where the tool names no place. */
  readonly at: number | undefined;
  constructor(message: string, at?: number) {
    super(message);
    this.at = at;
  }
}

export interface Reader {
  context: CommandContext;
  script: string;
  at: number;
  extended: boolean;
}

function fail(reader: Reader, gnu: string, busybox: string, at: number): never {
  throw new SedError(reader.context.flavour === "busybox" ? busybox : gnu, at);
}

export function parseRules(reader: Reader): Rule[] {
  const { script } = reader;
  const rules: Rule[] = [];
  for (;;) {
    while (/[\s;]/.test(script[reader.at] ?? "")) reader.at++;
    if (script[reader.at] === "#") {
      const end = script.indexOf("\n", reader.at);
      reader.at = end < 0 ? script.length : end;
      continue;
    }
    if (reader.at === script.length) return rules;
    rules.push(readRule(reader));
  }
}

/** Finds where blocks end and labels stand, once all scripts are read. */
export function link(rules: readonly Rule[], isBusybox: boolean): void {
  const open: Rule[] = [];
  const labels = new Map<string, number>();
  rules.forEach((rule, index) => {
    if (rule.command === "{") open.push(rule);
    else if (rule.command === ":") labels.set(rule.label!, index + 1);
    else if (rule.command === "}") {
      const block = open.pop();
      if (!block) throw new SedError("unexpected `}'", 0);
      block.jump = index + 1;
    }
  });
  if (open.length > 0) throw new SedError("unmatched `{'", 0);
  for (const rule of rules) {
    if (!/[btT]/.test(rule.command)) continue;
    const jump = rule.label === "" ? rules.length : labels.get(rule.label!);
    const quote = isBusybox ? "'" : "`";
    if (jump === undefined) throw new SedError(`can't find label for jump to ${quote}${rule.label}'`);
    rule.jump = jump;
  }
}

function readRule(reader: Reader): Rule {
  const { script } = reader;
  const rule: Rule = { negated: false, command: "" };
  const from = readPlace(reader);
  if (from) {
    rule.from = from;
    if (script[reader.at] === ",") {
      reader.at++;
      const to = readPlace(reader);
      if (!to) fail(reader, "unexpected `,'", "no address after comma", reader.at);
      rule.to = to;
    }
  }
  skipSpaces(reader);
  if (script[reader.at] === "!") {
    rule.negated = true;
    reader.at++;
    skipSpaces(reader);
  }
  const command = script[reader.at++];
  if (command === undefined) fail(reader, "missing command", "missing command", script.length);
  rule.command = command;
  if (command === "s") readSubstitution(reader, rule);
  else if (command === "y") readLetters(reader, rule);
  else if (/[aic]/.test(command)) readText(reader, rule);
  else if (/[:btT]/.test(command)) readLabel(reader, rule);
  else if (/[rw]/.test(command)) {
    rule.text = restOfLine(reader).trim();
    if (rule.text === "") fail(reader, "missing filename in r/R/w/W commands", "empty filename", reader.at);
  } else if (/[qQ]/.test(command)) {
    const exit = /^[ \t]*(\d+)/.exec(script.slice(reader.at, reader.at + 20));
    if (exit) rule.exit = Number(exit[1]) & 255;
    reader.at += exit?.[0].length ?? 0;
    checkEnd(reader);
  } else if (/[pPdDgGhHxnNz=}]/.test(command)) checkEnd(reader);
  else if (command !== "{")
    fail(reader, `unknown command: \`${command}'`, `unsupported command ${command}`, reader.at);
  return rule;
}

function checkEnd(reader: Reader): void {
  if (/^[ \t]*(?:[;\n}#]|$)/.test(reader.script.slice(reader.at))) return;
  fail(reader, "extra characters after command", "garbage after command", reader.at + 1);
}

function restOfLine(reader: Reader): string {
  const end = reader.script.indexOf("\n", reader.at);
  const text = reader.script.slice(reader.at, end < 0 ? undefined : end);
  reader.at += text.length;
  return text;
}

/** Behind "a", or in the lines after "a\\": a backslash at a line's end joins the next one. */
function readText(reader: Reader, rule: Rule): void {
  const [all, text = ""] = /^[ \t]*(?:\\\n?[ \t]*)?((?:[^\\\n]|\\[^])*)/.exec(
    reader.script.slice(reader.at),
  )!;
  if (all === "" && reader.context.flavour === "gnu")
    fail(reader, "expected \\ after `a', `c' or `i'", "", reader.at);
  rule.text = text.replace(/\\([^])/g, "$1");
  reader.at += all.length;
}

function readLabel(reader: Reader, rule: Rule): void {
  const ends = rule.command === ":" ? /^[ \t]*([^\s;]*)/ : /^[ \t]*([^\s;}]*)/;
  const [all, label = ""] = ends.exec(reader.script.slice(reader.at))!;
  if (rule.command === ":" && label === "") fail(reader, '":" lacks a label', "missing label", reader.at);
  rule.label = label;
  reader.at += all.length;
}

function readLetters(reader: Reader, rule: Rule): void {
  const { script } = reader;
  const delimiter = script[reader.at] ?? "";
  const from = delimiter === "" ? undefined : readUntil(reader, reader.at + 1, delimiter, false);
  const to = from === undefined ? undefined : readUntil(reader, reader.at, delimiter, false);
  if (from === undefined || to === undefined)
    fail(reader, "unterminated `y' command", `unmatched '${delimiter || "/"}'`, script.length);
  const plain = (text: string): string[] =>
    Array.from(text.replace(/\\([^])/g, (_, char: string) => ({ n: "\n", t: "\t" })[char] ?? char));
  const [wanted, given] = [plain(from), plain(to)];
  const text = "strings for `y' command are different lengths";
  if (wanted.length !== given.length) fail(reader, text, text, reader.at);
  rule.letters = new Map(wanted.map((char, index) => [char, given[index]!]));
  checkEnd(reader);
}

function skipSpaces(reader: Reader): void {
  while (/[ \t]/.test(reader.script[reader.at] ?? "")) reader.at++;
}

function readPlace(reader: Reader): Place | undefined {
  const { script } = reader;
  const number = /^\d+/.exec(script.slice(reader.at, reader.at + 20))?.[0];
  if (number !== undefined) {
    reader.at += number.length;
    const step = /^~(\d+)/.exec(script.slice(reader.at, reader.at + 20));
    if (!step) return { line: Number(number) };
    reader.at += step[0].length;
    return { first: Number(number), step: Number(step[1]) || Infinity };
  }
  if (script[reader.at] === "$") {
    reader.at++;
    return { last: true };
  }
  const isOther = script[reader.at] === "\\" && reader.at + 1 < script.length;
  if (script[reader.at] !== "/" && !isOther) return undefined;
  const delimiter = script[isOther ? reader.at + 1 : reader.at]!;
  const text = readUntil(reader, reader.at + (isOther ? 2 : 1), delimiter, true);
  if (text === undefined)
    fail(reader, "unterminated address regex", `unmatched '${delimiter}'`, script.length);
  const at = reader.at;
  const flags = /^[IM]*/.exec(script.slice(at, at + 4))![0];
  reader.at += flags.length;
  return { pattern: toPattern(reader, text, flags, at).pattern };
}

/** The text up to the delimiter, which may stand in brackets or behind a backslash; undefined if it never comes. */
function readUntil(reader: Reader, start: number, delimiter: string, isPattern: boolean): string | undefined {
  const { script } = reader;
  let text = "";
  for (let at = start; at < script.length; at++) {
    const char = script[at]!;
    if (char === delimiter) {
      reader.at = at + 1;
      return text;
    }
    if (char === "\\") {
      const next = script[++at] ?? "";
      text += next === delimiter ? next : `\\${next}`;
    } else if (char === "[" && isPattern) {
      const end = bracketEnd(script, at);
      if (end < 0) return undefined;
      text += script.slice(at, end);
      at = end - 1;
    } else text += char;
  }
  return undefined;
}

/** Behind the bracket expression that begins here; below 0 if it never ends. */
function bracketEnd(script: string, open: number): number {
  let at = open + 1;
  if (script[at] === "^") at++;
  if (script[at] === "]") at++;
  /** Signs of classes that do not end any more. */
  let missing = "";
  for (; at < script.length; at++) {
    if (script[at] === "]") return at + 1;
    const sign = script[at + 1] ?? "";
    if (script[at] !== "[" || !/[:.=]/.test(sign) || missing.includes(sign)) continue;
    const close = script.indexOf(`${sign}]`, at + 2);
    if (close >= 0) at = close + 1;
    else missing += sign;
  }
  return -1;
}

function readSubstitution(reader: Reader, rule: Rule): void {
  const { script } = reader;
  const delimiter = script[reader.at] ?? "";
  const pattern = delimiter === "" ? undefined : readUntil(reader, reader.at + 1, delimiter, true);
  const replacement = pattern === undefined ? undefined : readUntil(reader, reader.at, delimiter, false);
  if (pattern === undefined || replacement === undefined)
    fail(reader, "unterminated `s' command", `unmatched '${delimiter || "/"}'`, script.length);
  const flags = /^[gpiImM0-9]*/.exec(script.slice(reader.at))![0];
  reader.at += flags.length;
  if (!/^(?:[ \t]*(?:[;\n}#]|$))/.test(script.slice(reader.at)))
    fail(reader, "unknown option to `s'", "bad option in substitution expression", reader.at + 1);
  const end = Math.min(script.length, reader.at + 1);
  const read = toPattern(reader, pattern, flags, end);
  const named = /^(?:[^\\]|\\[^1-9])*\\([1-9])/.exec(replacement)?.[1];
  if (read.groups !== undefined && Number(named ?? 0) > read.groups && reader.context.flavour === "gnu")
    throw new SedError(`invalid reference \\${named} on \`s' command's RHS`, end);
  rule.pattern = read.pattern;
  rule.replacement = replacement;
  rule.first = Number(/\d+/.exec(flags)?.[0] ?? 1);
  rule.all = flags.includes("g");
  rule.print = flags.includes("p");
}

function toPattern(
  reader: Reader,
  text: string,
  flags: string,
  at: number,
): { pattern: Pattern; groups?: number } {
  const { context, extended } = reader;
  if (text === "") return { pattern: "last" };
  try {
    const pattern = posixExpression(context, text, {
      extended,
      ignoreCase: /i/i.test(flags),
      lines: /m/i.test(flags),
      escapes: "sed",
      strictClose: context.flavour === "gnu",
    });
    return { pattern, groups: pattern.program.groups };
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw new SedError(
      context.flavour === "busybox" ? busyboxText(context, text, error) : libraryText(context, error),
      at,
    );
  }
}
