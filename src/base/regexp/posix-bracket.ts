// Bracket expressions of POSIX, [a-z[:digit:]_]: called by posix.ts, after the opening bracket.
import { CLASSES, foldCase, invert, setOf, type CharacterSet } from "./character-set.ts";
import { PatternError } from "./problems.ts";

interface BracketRules {
  ignoreCase: boolean;
  /** The signs that turn it around when they come first: "^" where nothing else is said. */
  negation?: string;
  /** [:space:] by itself is a mistake, as GNU's grep and sed say. */
  refusesBareClass?: boolean;
  /** What a backslash and the letter behind it stand for in brackets; undefined: itself, as POSIX has it. */
  escaped?: (letter: string) => string | undefined;
}

/** The set, and where the pattern goes on. */
export function readBracket(
  pattern: string,
  start: number,
  rules: BracketRules,
): { set: CharacterSet; end: number } {
  if (start === pattern.length) throw new PatternError("bareBracket");
  const ranges: number[] = [];
  const isNegated = (rules.negation ?? "^").includes(pattern[start]!);
  const first = isNegated ? start + 1 : start;
  if (first === pattern.length) throw new PatternError("bareBracket");
  let at = first;
  while (pattern[at] !== "]" || at === first) {
    if (at >= pattern.length) throw new PatternError("openBracket");
    const named = /^\[:([^:\]]*):\]/.exec(pattern.slice(at, at + 20));
    if (named) {
      const set = Object.hasOwn(CLASSES, named[1]!) ? CLASSES[named[1]!] : undefined;
      if (!set) throw new PatternError("className");
      ranges.push(...set);
      at += named[0].length;
      continue;
    }
    const from = readElement(pattern, at, rules);
    at = from.end;
    if (pattern[at] === "-" && at + 1 < pattern.length && pattern[at + 1] !== "]") {
      const to = readElement(pattern, at + 1, rules);
      if (to.code < from.code) throw new PatternError("range");
      ranges.push(from.code, to.code);
      at = to.end;
    } else ranges.push(from.code, from.code);
  }
  if (rules.refusesBareClass && pattern[start] === ":" && pattern[at - 1] === ":" && at > start + 1)
    throw new PatternError("classSyntax");
  const set = rules.ignoreCase ? foldCase(setOf(ranges)) : setOf(ranges);
  return { set: isNegated ? invert(set) : set, end: at + 1 };
}

/** One character, plain or as [.x.] or [=x=]. */
function readElement(pattern: string, at: number, rules: BracketRules): { code: number; end: number } {
  const sign = pattern[at + 1];
  if (pattern[at] === "[" && (sign === "." || sign === "=")) {
    const close = pattern.indexOf(`${sign}]`, at + 2);
    if (close < 0) throw new PatternError("openBracket");
    const name = pattern.slice(at + 2, close);
    if ([...name].length !== 1) throw new PatternError("collation");
    return { code: name.codePointAt(0)!, end: close + 2 };
  }
  const escaped =
    pattern[at] === "\\" && at + 1 < pattern.length ? rules.escaped?.(pattern[at + 1]!) : undefined;
  if (escaped !== undefined) return { code: escaped.codePointAt(0)!, end: at + 2 };
  const code = pattern.codePointAt(at)!;
  return { code, end: at + (code > 0xffff ? 2 : 1) };
}
