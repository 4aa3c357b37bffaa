// Classes and escapes of Perl's kind of regular expressions: \d, \x41, [^a-z\s[:digit:]]. Called by perl.ts.
import { CLASSES, DIGIT, foldCase, invert, setOf, SPACE, WORD, type CharacterSet } from "./character-set.ts";
import { PatternError } from "./problems.ts";
import type { PerlDialect } from "./perl.ts";

const CONTROLS: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, f: 12, v: 11, a: 7, e: 27 };
const SETS: Readonly<Record<string, CharacterSet>> = {
  d: DIGIT,
  D: invert(DIGIT),
  w: WORD,
  W: invert(WORD),
  s: SPACE,
  S: invert(SPACE),
};

export interface Escape {
  set: CharacterSet;
  /** Set for a single character, which may begin or end a range. */
  code?: number;
  end: number;
}

/** What a backslash at `at` and what follows it stand for, where that is a character or a class. */
export function readEscape(pattern: string, at: number, dialect: PerlDialect): Escape {
  const letter = pattern[at + 1];
  if (letter === undefined) throw new PatternError("backslash");
  const set = SETS[letter];
  if (set) return { set, end: at + 2 };
  const hex = /^\\x(?:\{([\da-fA-F]{1,6})\}|([\da-fA-F]{2}))/.exec(pattern.slice(at, at + 12));
  const control = letter === "e" && dialect === "go" ? undefined : CONTROLS[letter];
  if (hex) return single(Number.parseInt(hex[1] ?? hex[2]!, 16), at + hex[0].length);
  if (control !== undefined) return single(control, at + 2);
  const octal = /^\\0[0-7]{0,2}/.exec(pattern.slice(at, at + 4));
  if (octal) return single(Number.parseInt(octal[0].slice(1), 8), at + octal[0].length);
  const code = pattern.codePointAt(at + 1)!;
  if (code < 128 && /[A-Za-z0-9]/.test(letter)) throw new PatternError("escape", `\\${letter}`);
  return single(code, at + (code > 0xffff ? 3 : 2));
}

function single(code: number, end: number): Escape {
  if (code > 0x10ffff) throw new PatternError("escape");
  return { set: [code, code], code, end };
}

/** A class, after its opening bracket at `open`. */
export function readClass(
  pattern: string,
  open: number,
  dialect: PerlDialect,
  ignoreCase: boolean,
): { set: CharacterSet; end: number } {
  const isNegated = pattern[open + 1] === "^";
  const first = open + (isNegated ? 2 : 1);
  const ranges: number[] = [];
  let at = first;
  while (pattern[at] !== "]" || at === first) {
    if (at >= pattern.length) throw new PatternError("openBracket", pattern.slice(open));
    const named = /^\[:(\^?)(\w*):\]/.exec(pattern.slice(at, at + 20));
    if (named) {
      const set = Object.hasOwn(CLASSES, named[2]!) ? CLASSES[named[2]!] : undefined;
      if (!set) throw new PatternError("className", named[0]);
      ranges.push(...(named[1] === "" ? set : invert(set)));
      at += named[0].length;
      continue;
    }
    const from = readItem(pattern, at, open, dialect);
    const next = pattern[from.end + 1];
    if (from.code === undefined || pattern[from.end] !== "-" || next === "]" || next === undefined) {
      ranges.push(...from.set);
      at = from.end;
      continue;
    }
    const to = readItem(pattern, from.end + 1, open, dialect);
    const text = pattern.slice(at, to.end);
    if (to.code === undefined) throw new PatternError(dialect === "go" ? "escape" : "range", text);
    if (to.code < from.code) throw new PatternError("range", text);
    ranges.push(from.code, to.code);
    at = to.end;
  }
  const set = ignoreCase ? foldCase(setOf(ranges)) : setOf(ranges);
  return { set: isNegated ? invert(set) : set, end: at + 1 };
}

function readItem(pattern: string, at: number, open: number, dialect: PerlDialect): Escape {
  if (pattern.startsWith("\\b", at) && dialect === "pcre") return single(8, at + 2);
  if (pattern[at] === "\\") {
    if (at + 1 >= pattern.length) throw new PatternError("openBracket", pattern.slice(open));
    return readEscape(pattern, at, dialect);
  }
  const code = pattern.codePointAt(at)!;
  return single(code, at + (code > 0xffff ? 2 : 1));
}
