// bash's [[ ... ]]: tests with patterns and without splitting.
import { parsePosix } from "#base/regexp/posix";
import { PatternError } from "#base/regexp/problems";
import { expressionOf, find } from "#base/regexp/search";
import { resolvePath, stat } from "../files.ts";
import type { Word } from "./code.ts";
import { arithmetic, expandPieces, expandText, type Expander } from "./expand.ts";
import type { ShellCaller } from "./interpreter.ts";
import { matches, type Piece } from "./pattern.ts";

interface Reader {
  self: ShellCaller;
  expander: Expander;
  words: Word[];
  at: number;
  /** An expression was none. */
  isWrong: boolean;
}

/** 0 if it holds, 1 if not, 2 if it cannot be told. */
export function runCondition(self: ShellCaller, expander: Expander, words: Word[]): number {
  const reader = { self, expander, words, at: 0, isWrong: false };
  const holds = or(reader);
  return reader.isWrong ? 2 : holds ? 0 : 1;
}

function peek(reader: Reader): string | undefined {
  const word = reader.words[reader.at];
  return word?.length === 1 && word[0]!.kind === "text" && !word[0]!.quoted ? word[0]!.text : undefined;
}

function take(reader: Reader, text: string): boolean {
  if (peek(reader) !== text) return false;
  reader.at++;
  return true;
}

function or(reader: Reader): boolean {
  let value = and(reader);
  while (take(reader, "||")) value = and(reader) || value;
  return value;
}

function and(reader: Reader): boolean {
  let value = not(reader);
  while (take(reader, "&&")) value = not(reader) && value;
  return value;
}

function not(reader: Reader): boolean {
  if (take(reader, "!")) return !not(reader);
  if (take(reader, "(")) {
    const value = or(reader);
    take(reader, ")");
    return value;
  }
  return test(reader);
}

function next(reader: Reader): Word {
  return reader.words[reader.at++] ?? [];
}

function test(reader: Reader): boolean {
  const { expander, self } = reader;
  const first = peek(reader);
  if (first !== undefined && /^-[a-zA-Z]$/.test(first) && reader.at + 1 < reader.words.length) {
    reader.at++;
    const value = expandText(expander, next(reader));
    if (first === "-n") return value !== "";
    if (first === "-z") return value === "";
    if (first === "-v") return self.shell.variables[value] !== undefined;
    const entry = stat(self, self.container, resolvePath(self.process.cwd, value));
    if (first === "-f") return entry?.kind === "file";
    if (first === "-d") return entry?.kind === "directory";
    if (first === "-s") return entry?.kind === "file" && entry.text !== "";
    return entry !== undefined;
  }
  const left = expandText(expander, next(reader));
  const operator = peek(reader);
  if (operator === undefined || ["&&", "||", ")"].includes(operator)) return left !== "";
  reader.at++;
  const word = next(reader);
  if (operator === "=" || operator === "==") return matches(expandPieces(expander, word), left);
  if (operator === "!=") return !matches(expandPieces(expander, word), left);
  if (operator === "=~") return matchesRegExp(reader, left, expandPieces(expander, word));
  const right = expandText(expander, word);
  if (operator === "<") return left < right;
  if (operator === ">") return left > right;
  const a = arithmetic(expander, left);
  const b = arithmetic(expander, right);
  const compared: Record<string, boolean> = {
    "-eq": a === b,
    "-ne": a !== b,
    "-lt": a < b,
    "-le": a <= b,
    "-gt": a > b,
    "-ge": a >= b,
  };
  return compared[operator] ?? false;
}

/** BASH_REMATCH has what was found and its groups. An expression that cannot be read is an error, not a "no". */
function matchesRegExp(reader: Reader, text: string, pieces: readonly Piece[]): boolean {
  // What is quoted stands for itself.
  const pattern = pieces
    .map((piece) => (piece.quoted ? piece.text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") : piece.text))
    .join("");
  try {
    const found = find(expressionOf(parsePosix(pattern, { extended: true }), "longest"), text);
    (reader.self.shell.arrays ??= {})["BASH_REMATCH"] = found?.groups.map((group) => group ?? "") ?? [];
    return found !== undefined;
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    reader.isWrong = true;
    return false;
  }
}
