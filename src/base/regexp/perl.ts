// Regular expressions of Perl's kind: PCRE as nginx and grep -P have it, and Go's regexp, which has neither
// back-references nor look-around.
import { ANY, foldCase, NOT_NEWLINE } from "./character-set.ts";
import { readClass, readEscape } from "./perl-class.ts";
import { LONGEST_PATTERN, PatternError } from "./problems.ts";
import {
  choice,
  EMPTY,
  placeNode,
  sequence,
  setNode,
  type Look,
  type Node,
  type Place,
  type Tree,
} from "./tree.ts";

export type PerlDialect = "pcre" | "go";

interface Flags {
  ignoreCase: boolean;
  /** ^ and $ at each line. */
  lines: boolean;
  /** The dot takes newlines. */
  dotAll: boolean;
  /** Go's U: repetitions are lazy, and greedy with a question mark. */
  lazy: boolean;
}

interface Reader {
  pattern: string;
  at: number;
  dialect: PerlDialect;
  flags: Flags;
  depth: number;
  groups: number;
  /** The highest group that a back-reference names; it may come later in the pattern. */
  referred: number;
}

const MAX_DEPTH = { pcre: 250, go: 1000 };
const MAX_COUNT = { pcre: 65535, go: 1000 };
const LOOKS: Readonly<Record<string, Look>> = {
  "?=": "ahead",
  "?!": "notAhead",
  "?<=": "behind",
  "?<!": "notBehind",
  "?>": "atomic",
};

export function parsePerl(pattern: string, dialect: PerlDialect, { ignoreCase = false } = {}): Tree {
  const reader: Reader = {
    pattern,
    at: 0,
    dialect,
    flags: { ignoreCase, lines: false, dotAll: false, lazy: false },
    depth: 0,
    groups: 0,
    referred: 0,
  };
  if (pattern.length > LONGEST_PATTERN) throw new PatternError("tooBig", pattern);
  const node = readChoice(reader);
  if (reader.at < pattern.length) throw new PatternError("closeGroup", pattern);
  if (reader.referred > reader.groups) throw new PatternError("reference");
  return { node, groups: reader.groups };
}

function take(reader: Reader, text: string): boolean {
  if (!reader.pattern.startsWith(text, reader.at)) return false;
  reader.at += text.length;
  return true;
}

/** Flags that are set inside of a group end with it. */
function readChoice(reader: Reader): Node {
  const outer = reader.flags;
  const of = [readBranch(reader)];
  while (take(reader, "|")) of.push(readBranch(reader));
  reader.flags = outer;
  return choice(of);
}

function readBranch(reader: Reader): Node {
  const parts: Node[] = [];
  while (reader.at < reader.pattern.length && !/[|)]/.test(reader.pattern[reader.at]!)) {
    if (take(reader, "\\Q")) {
      const end = reader.pattern.indexOf("\\E", reader.at);
      const stop = end < 0 ? reader.pattern.length : end;
      while (reader.at < stop) parts.push(character(reader));
      if (end >= 0) reader.at += 2;
      const last = parts.pop();
      if (last) parts.push(readRepeats(reader, last));
      continue;
    }
    const repetition = repetitionAt(reader);
    if (repetition) throw new PatternError("nothingToRepeat", repetition[0]);
    const atom = readAtom(reader);
    if (atom) parts.push(readRepeats(reader, atom));
  }
  return sequence(parts);
}

const REPETITION = /[*+?]|\{\d+(?:,\d*)?\}/y;

function repetitionAt({ pattern, at }: Reader): RegExpExecArray | null {
  REPETITION.lastIndex = at;
  return REPETITION.exec(pattern);
}

function readRepeats(reader: Reader, atom: Node): Node {
  const start = reader.at;
  const found = repetitionAt(reader);
  if (!found) return atom;
  if (atom.kind === "place" && reader.dialect === "pcre") throw new PatternError("nothingToRepeat", found[0]);
  reader.at += found[0].length;
  const [least, most] = countsOf(found[0], reader.dialect);
  const isSwitched = take(reader, "?");
  const isAtomic = !isSwitched && reader.dialect === "pcre" && take(reader, "+");
  const second = repetitionAt(reader);
  if (second) throw new PatternError("repeatTwice", reader.pattern.slice(start, reader.at) + second[0]);
  const node: Node = { kind: "repeat", node: atom, least, most, lazy: isSwitched !== reader.flags.lazy };
  if (reader.dialect === "go" && found[0][0] === "{" && copiesOf(node) > MAX_COUNT.go)
    throw new PatternError("braces", found[0]);
  return isAtomic ? { kind: "look", look: "atomic", node } : node;
}

function countsOf(sign: string, dialect: PerlDialect): [number, number] {
  if (sign === "*") return [0, Infinity];
  if (sign === "+") return [1, Infinity];
  if (sign === "?") return [0, 1];
  const [first = "", second] = sign.slice(1, -1).split(",");
  const least = Number(first);
  const most = second === undefined ? least : second === "" ? Infinity : Number(second);
  const isTooMany = Math.max(least, most === Infinity ? 0 : most) > MAX_COUNT[dialect];
  if (least > most || (isTooMany && dialect === "go")) throw new PatternError("braces", sign);
  if (isTooMany) throw new PatternError("tooBig", sign);
  return [least, most];
}

/** How often a character of the node may be written out. */
function copiesOf(node: Node): number {
  if (node.kind === "group") return copiesOf(node.node);
  const inside = node.kind === "sequence" ? node.parts : node.kind === "choice" ? node.of : [];
  if (inside.length > 0) return inside.reduce((most, part) => Math.max(most, copiesOf(part)), 1);
  if (node.kind !== "repeat") return 1;
  const count = node.most === Infinity ? node.least : node.most;
  return Math.max(1, count) * copiesOf(node.node);
}

/** Undefined for what only sets flags. */
function readAtom(reader: Reader): Node | undefined {
  const { pattern, flags, dialect } = reader;
  const char = pattern[reader.at]!;
  if (char === "(") return readGroup(reader);
  if (char === "[") {
    const { set, end } = readClass(pattern, reader.at, dialect, flags.ignoreCase);
    reader.at = end;
    return setNode(set);
  }
  if (char === "\\") return readBackslash(reader);
  if (char !== "." && char !== "^" && char !== "$") return character(reader);
  reader.at++;
  if (char === ".") return setNode(flags.dotAll ? ANY : NOT_NEWLINE);
  if (char === "^") return placeNode(flags.lines ? "lineStart" : "start");
  return placeNode(flags.lines ? "lineEnd" : dialect === "go" ? "end" : "lastLine");
}

function character(reader: Reader): Node {
  const code = reader.pattern.codePointAt(reader.at)!;
  reader.at += code > 0xffff ? 2 : 1;
  return setNode(reader.flags.ignoreCase ? foldCase([code, code]) : [code, code]);
}

function readBackslash(reader: Reader): Node {
  const { pattern, dialect, flags } = reader;
  const letter = pattern[reader.at + 1] ?? "";
  const places: Record<string, Place> = { b: "wordEdge", B: "noWordEdge", A: "start", z: "end" };
  const place = places[letter] ?? (letter === "Z" && dialect === "pcre" ? "lastLine" : undefined);
  if (place !== undefined) {
    reader.at += 2;
    return placeNode(place);
  }
  if (dialect === "pcre" && /[1-9]/.test(letter)) {
    const digits = /^\d{1,3}/.exec(pattern.slice(reader.at + 1, reader.at + 4))![0];
    reader.at += 1 + digits.length;
    reader.referred = Math.max(reader.referred, Number(digits));
    return { kind: "again", group: Number(digits), ignoreCase: flags.ignoreCase };
  }
  const { set, end } = readEscape(pattern, reader.at, dialect);
  reader.at = end;
  return setNode(flags.ignoreCase ? foldCase(set) : set);
}

function readGroup(reader: Reader): Node | undefined {
  const { pattern, dialect } = reader;
  const start = reader.at++;
  if (++reader.depth > MAX_DEPTH[dialect]) throw new PatternError("tooDeep", pattern);
  if (pattern[reader.at] !== "?") {
    const index = ++reader.groups;
    return { kind: "group", index, node: readInside(reader) };
  }
  const look = dialect === "pcre" ? /^\?(?:[=!>]|<[=!])/.exec(pattern.slice(reader.at, reader.at + 3)) : null;
  if (look) {
    reader.at += look[0].length;
    return { kind: "look", look: LOOKS[look[0]]!, node: readInside(reader) };
  }
  if (/^\?P?</.test(pattern.slice(reader.at, reader.at + 3))) {
    const close = pattern.indexOf(">", reader.at);
    const text = pattern.slice(start, close < 0 ? pattern.length : close + 1);
    if (!/^\(\?P?<[A-Za-z_]\w*>$/.test(text)) throw new PatternError("groupName", text);
    reader.at = close + 1;
    const index = ++reader.groups;
    return { kind: "group", index, node: readInside(reader) };
  }
  const flags = readFlags(reader, start);
  if (take(reader, ")")) {
    reader.depth--;
    reader.flags = flags;
    return undefined;
  }
  reader.at++;
  const outer = reader.flags;
  reader.flags = flags;
  const node = readInside(reader);
  reader.flags = outer;
  // A group of its own, even around a mere place, so that it may be repeated.
  return node.kind === "place" ? choice([node, node]) : node;
}

function readInside(reader: Reader): Node {
  const node = readChoice(reader);
  if (!take(reader, ")")) throw new PatternError("openGroup", reader.pattern);
  reader.depth--;
  return node.kind === "sequence" && node.parts.length === 0 ? EMPTY : node;
}

/** "?i-s" up to the ":" or ")" behind it. */
function readFlags(reader: Reader, start: number): Flags {
  const { pattern } = reader;
  const flags = { ...reader.flags };
  let isOn = true;
  for (reader.at++; pattern[reader.at] !== ":" && pattern[reader.at] !== ")"; reader.at++) {
    const letter = pattern[reader.at];
    if (letter === "-") isOn = false;
    else if (letter === "i") flags.ignoreCase = isOn;
    else if (letter === "m") flags.lines = isOn;
    else if (letter === "s") flags.dotAll = isOn;
    else if (letter === "U" && reader.dialect === "go") flags.lazy = isOn;
    else if (letter === undefined && reader.dialect === "pcre") throw new PatternError("openGroup");
    else throw new PatternError("groupSyntax", pattern.slice(start, reader.at + 1));
  }
  return flags;
}
