// Basic and extended regular expressions of POSIX, with GNU's additions, as grep, sed, awk and bash read them.
import { ANY, foldCase, invert, SPACE, WORD, DIGIT } from "./character-set.ts";
import { readBracket } from "./posix-bracket.ts";
import { LONGEST_PATTERN, PatternError } from "./problems.ts";
import { choice, placeNode, sequence, setNode, type Node, type Place, type Tree } from "./tree.ts";

export interface PosixRules {
  extended: boolean;
  ignoreCase?: boolean;
  /** ^ and $ at each line, as sed's flag M has it. */
  lines?: boolean;
  /** GNU's grep takes what no other tool does: it ignores a repetition of nothing and reads wrong braces as text. */
  lenient?: boolean;
  /** An extended pattern with a ")" too many is wrong, as in GNU's sed. */
  strictClose?: boolean;
  /** \d and \D, and \n and the like, as musl has them. */
  musl?: boolean;
  /** \n, \t and the like are those characters: in sed outside and inside of brackets, in awk so is every escape. */
  escapes?: "sed" | "awk";
}

interface Reader {
  pattern: string;
  at: number;
  rules: PosixRules;
  depth: number;
  /** Groups of other patterns, which no back-reference names. */
  before: number;
  groups: number;
  /** Groups that are closed, which back-references may name. */
  closed: Set<number>;
  warnings: string[];
}

const MAX_DEPTH = 1000;
/** RE_DUP_MAX of glibc. */
const MAX_COUNT = 32767;
/** Characters of a repetition's numbers. */
const LONGEST_COUNT = 30;
const CONTROLS: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  f: "\f",
  v: "\v",
  a: "\x07",
};
const PLACES: Readonly<Record<string, Place>> = {
  b: "wordEdge",
  B: "noWordEdge",
  "<": "wordStart",
  ">": "wordEnd",
  "`": "start",
  "'": "end",
};

/** The tree of a pattern, and what GNU's grep warns of. `before`: groups of patterns that stand beside it. */
export function parsePosix(pattern: string, rules: PosixRules, before = 0): Tree & { warnings: string[] } {
  const reader: Reader = {
    pattern,
    at: 0,
    rules,
    depth: 0,
    before,
    groups: before,
    closed: new Set(),
    warnings: [],
  };
  if (pattern.length > LONGEST_PATTERN) throw new PatternError("tooBig");
  const node = readChoice(reader);
  return { node, groups: reader.groups, warnings: reader.warnings };
}

/** Whether an operator stands here: plain in extended patterns, behind a backslash in basic ones. */
function isSign({ pattern, at, rules }: Reader, sign: string): boolean {
  return rules.extended ? pattern[at] === sign : pattern[at] === "\\" && pattern[at + 1] === sign;
}

function takeSign(reader: Reader, sign: string): boolean {
  if (!isSign(reader, sign)) return false;
  reader.at += reader.rules.extended ? 1 : 2;
  return true;
}

function readChoice(reader: Reader): Node {
  const of = [readBranch(reader)];
  while (takeSign(reader, "|")) of.push(readBranch(reader));
  return choice(of);
}

function readBranch(reader: Reader): Node {
  const { pattern, rules } = reader;
  const parts: Node[] = [];
  /** Nothing that could be repeated stands before: the branch's start, or a place. */
  let isBare = true;
  while (reader.at < pattern.length && !isSign(reader, "|")) {
    if (isSign(reader, ")")) {
      if (reader.depth > 0) break;
      if (!rules.extended || rules.strictClose) throw new PatternError("closeGroup");
      parts.push(readRepeats(reader, character(reader)));
      isBare = false;
    } else if (isBare && isMisplaced(reader)) {
      if (!rules.lenient) throw new PatternError("nothingToRepeat");
      skipRepetition(reader, parts);
      isBare = parts.at(-1)?.kind !== "set";
    } else {
      const atom = isAnchor(reader, parts) ? readAnchor(reader) : readAtom(reader);
      isBare = atom.kind === "place";
      parts.push(isBare ? atom : readRepeats(reader, atom));
    }
  }
  return sequence(parts);
}

/** In basic patterns ^ and $ are anchors only at the ends of a branch. */
function isAnchor(reader: Reader, parts: readonly Node[]): boolean {
  const { pattern, at, rules } = reader;
  if (pattern[at] === "^") return rules.extended || parts.length === 0;
  if (pattern[at] !== "$") return false;
  if (rules.extended || at + 1 === pattern.length) return true;
  const next = { ...reader, at: at + 1 };
  return isSign(next, "|") || isSign(next, ")");
}

function readAnchor(reader: Reader): Node {
  const isFirst = reader.pattern[reader.at++] === "^";
  if (reader.rules.lines) return placeNode(isFirst ? "lineStart" : "lineEnd");
  return placeNode(isFirst ? "start" : "end");
}

/** A repetition of nothing, where it is no text: in basic patterns "*", "\\+" and "\\?" are. */
function isMisplaced(reader: Reader): boolean {
  const { pattern, at, rules } = reader;
  if (!rules.extended) return !rules.lenient && isSign(reader, "{");
  if (/[*+?]/.test(pattern[at]!)) return true;
  return isSign(reader, "{") && (!rules.lenient || readCount({ ...reader }) !== undefined);
}

/** GNU's grep warns: it takes braces for text, and forgets the others. */
function skipRepetition(reader: Reader, parts: Node[]): void {
  const sign = reader.pattern[reader.at]!;
  if (parts.every(({ kind }) => kind === "place"))
    reader.warnings.push(`${sign.replace("{", "{...}")} at start of expression`);
  if (sign === "{") parts.push(character(reader));
  else reader.at++;
}

/** The node with the repetitions that follow it. */
function readRepeats(reader: Reader, atom: Node): Node {
  let node = atom;
  for (let count = 0; ; count++) {
    if (count > MAX_DEPTH) throw new PatternError("tooDeep");
    if (count > 0 && isTwice(reader)) throw new PatternError("nothingToRepeat");
    if (reader.pattern[reader.at] === "*") {
      reader.at++;
      node = repeat(node, 0, Infinity);
    } else if (takeSign(reader, "+")) node = repeat(node, 1, Infinity);
    else if (takeSign(reader, "?")) node = repeat(node, 0, 1);
    else {
      const counts = isSign(reader, "{") ? readCount(reader) : undefined;
      if (!counts) return node;
      node = repeat(node, counts[0], counts[1]);
    }
  }
}

/** A second repetition directly behind the first, where the library refuses it. */
function isTwice(reader: Reader): boolean {
  const { extended, lenient, musl } = reader.rules;
  if (extended || lenient || musl) return false;
  return reader.pattern[reader.at] === "*" || isSign(reader, "{");
}

function repeat(node: Node, least: number, most: number): Node {
  const isStar = node.kind === "repeat" && node.least === 0 && node.most === Infinity;
  return isStar && most === Infinity ? node : { kind: "repeat", node, least, most, lazy: false };
}

/** {n}, {n,}, {n,m} or {,m}, taken from the pattern; undefined where wrong braces are text. */
function readCount(reader: Reader): [number, number] | undefined {
  const { pattern, rules } = reader;
  const start = reader.at + (rules.extended ? 1 : 2);
  const end = rules.extended ? "}" : "\\}";
  const body = /^(\d*)(,?)(\d*)(\\?\})/.exec(pattern.slice(start, start + LONGEST_COUNT));
  if (body?.[4] !== end) {
    if (rules.lenient && rules.extended) return undefined;
    throw new PatternError(pattern.includes(end, start) ? "braces" : "openBrace");
  }
  const [, first = "", comma = "", second = ""] = body;
  const least = Number(first);
  const most = comma === "" ? least : second === "" ? Infinity : Number(second);
  if ((first === "" && comma === "") || least > most) throw new PatternError("braces");
  if (least > MAX_COUNT || (most !== Infinity && most > MAX_COUNT)) throw new PatternError("tooBig");
  reader.at = start + body[0].length;
  return [least, most];
}

function readAtom(reader: Reader): Node {
  const { pattern, rules } = reader;
  if (takeSign(reader, "(")) return readGroup(reader);
  const char = pattern[reader.at];
  if (char === "\\") return readEscape(reader);
  if (char === ".") {
    reader.at++;
    return setNode(ANY);
  }
  if (char === "[") {
    const escaped = (letter: string): string | undefined => inBracket(rules, letter);
    const { set, end } = readBracket(pattern, reader.at + 1, {
      ignoreCase: rules.ignoreCase === true,
      refusesBareClass: rules.lenient === true || rules.strictClose === true,
      ...(rules.escapes && { escaped }),
    });
    reader.at = end;
    return setNode(set);
  }
  return character(reader);
}

function inBracket({ escapes }: PosixRules, letter: string): string | undefined {
  return CONTROLS[letter] ?? (escapes === "awk" ? letter : undefined);
}

function readGroup(reader: Reader): Node {
  const index = ++reader.groups;
  if (++reader.depth > MAX_DEPTH) throw new PatternError("tooDeep");
  const node = readChoice(reader);
  if (!takeSign(reader, ")")) throw new PatternError("openGroup");
  reader.depth--;
  reader.closed.add(index);
  return { kind: "group", index, node };
}

function readEscape(reader: Reader): Node {
  const { pattern, rules } = reader;
  const letter = pattern[reader.at + 1];
  if (letter === undefined) throw new PatternError("backslash");
  if (/[1-9]/.test(letter) && rules.escapes !== "awk") {
    const group = reader.before + Number(letter);
    if (!reader.closed.has(group)) throw new PatternError("reference");
    reader.at += 2;
    return { kind: "again", group, ignoreCase: rules.ignoreCase === true };
  }
  const set = { w: WORD, W: invert(WORD), s: SPACE, S: invert(SPACE) }[letter];
  const digits = rules.musl ? { d: DIGIT, D: invert(DIGIT) }[letter] : undefined;
  const place = PLACES[letter];
  const control = rules.escapes !== undefined || rules.musl ? CONTROLS[letter] : undefined;
  reader.at += set || digits || place !== undefined || control !== undefined ? 2 : 1;
  if (set || digits) return setNode((set ?? digits)!);
  if (place !== undefined) return placeNode(place);
  return control === undefined ? character(reader) : setNode([control.charCodeAt(0), control.charCodeAt(0)]);
}

/** The character that stands here, for itself. */
function character(reader: Reader): Node {
  const code = reader.pattern.codePointAt(reader.at)!;
  reader.at += code > 0xffff ? 2 : 1;
  return setNode(reader.rules.ignoreCase ? foldCase([code, code]) : [code, code]);
}
