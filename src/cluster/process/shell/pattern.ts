// Shell patterns: *, ?, [...] matched against names (pathnames), words (case) and values (${x#pattern}).
import { ANY } from "#base/regexp/character-set";
import { readBracket } from "#base/regexp/posix-bracket";
import { LONGEST_PATTERN, PatternError, TooManySteps } from "#base/regexp/problems";
import { expressionOf, findAll, findEnds, matches as isFound, type Expression } from "#base/regexp/search";
import { literal, placeNode, sequence, setNode, type Node } from "#base/regexp/tree";

/** Characters of a field; quoted ones stand for themselves in a pattern. */
export interface Piece {
  text: string;
  quoted: boolean;
}

export function hasPattern(pieces: readonly Piece[]): boolean {
  return pieces.some((piece) => !piece.quoted && /[*?[]/.test(piece.text));
}

const STAR: Node = { kind: "repeat", node: setNode(ANY), least: 0, most: Infinity, lazy: false };

/** What stands side by side in a pattern. */
function partsOf(pieces: readonly Piece[]): Node[] {
  return pieces.flatMap(({ text, quoted }) => (quoted ? [literal(text)] : partsOfText(text)));
}

/** After so many brackets that hold what cannot be read, the others are not looked at. */
const MOST_WRONG = 100;

function partsOfText(text: string): Node[] {
  if (text.length > LONGEST_PATTERN) throw new TooManySteps("pattern too long");
  const parts: Node[] = [];
  const last = text.lastIndexOf("]");
  let wrong = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    const mayBeSet = char === "[" && at < last && wrong < MOST_WRONG;
    const set = mayBeSet ? bracketAt(text, at) : undefined;
    if (mayBeSet && !set) wrong++;
    if (char === "*") parts.push(STAR);
    else if (char === "?") parts.push(setNode(ANY));
    else if (set) {
      parts.push(setNode(set.set));
      at = set.end - 1;
    } else {
      const whole = String.fromCodePoint(text.codePointAt(at)!);
      parts.push(literal(whole));
      at += whole.length - 1;
    }
  }
  return parts;
}

/** A bracket that never ends, or holds what cannot be read, is text. */
function bracketAt(text: string, at: number): ReturnType<typeof readBracket> | undefined {
  try {
    const escaped = (letter: string): string => letter;
    return readBracket(text, at + 1, { ignoreCase: false, negation: "!^", escaped });
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return undefined;
  }
}

/** A pattern that is too large for the engine is the end of its process. */
function compiled(parts: readonly Node[], preference: "shortest" | "longest"): Expression {
  try {
    return expressionOf({ node: sequence(parts), groups: 0 }, preference);
  } catch (error) {
    throw error instanceof PatternError ? new TooManySteps(error.message) : error;
  }
}

const remembered = new WeakMap<readonly Piece[], Expression>();

function wholeExpression(pieces: readonly Piece[]): Expression {
  let expression = remembered.get(pieces);
  if (!expression) {
    expression = compiled([placeNode("start"), ...partsOf(pieces), placeNode("end")], "longest");
    remembered.set(pieces, expression);
  }
  return expression;
}

const plain = (pieces: readonly Piece[]): string => pieces.map((piece) => piece.text).join("");

export function matches(pieces: readonly Piece[], text: string): boolean {
  if (!hasPattern(pieces)) return plain(pieces) === text;
  return isFound(wholeExpression(pieces), text);
}

/** How long the piece at the start or the end is that matches; undefined if none does. */
export function lengthAtEdge(
  pieces: readonly Piece[],
  text: string,
  edge: "start" | "end",
  preference: "shortest" | "longest",
): number | undefined {
  if (!hasPattern(pieces)) {
    const wanted = plain(pieces);
    const isThere = edge === "start" ? text.startsWith(wanted) : text.endsWith(wanted);
    return isThere ? wanted.length : undefined;
  }
  const parts = partsOf(pieces);
  // Read backwards, the end is a start.
  const read = edge === "start" ? text : backwards(text);
  const ordered = edge === "start" ? parts : parts.map(reversed).reverse();
  return findEnds(compiled([placeNode("start"), ...ordered], preference), read)?.[1];
}

const backwards = (text: string): string => [...text].reverse().join("");

function reversed(node: Node): Node {
  return node.kind === "sequence" ? sequence([...node.parts].reverse()) : node;
}

/** The text with something else instead of the first or all of what matches. */
export function replaced(pieces: readonly Piece[], text: string, by: string, all: boolean): string {
  const expression = compiled(partsOf(pieces), "longest");
  const output: string[] = [];
  let before = 0;
  for (const { start, end } of findAll(expression, text)) {
    if (start === end) continue;
    output.push(text.slice(before, start), by);
    before = end;
    if (!all) break;
  }
  return output.join("") + text.slice(before);
}

/** Paths that a field with patterns stands for, sorted; none if nothing matches. */
export function glob(
  pieces: readonly Piece[],
  cwd: string,
  list: (path: string) => string[] | undefined,
  exists: (path: string) => boolean,
): string[] {
  const segments: Piece[][] = [[]];
  for (const piece of pieces) {
    piece.text.split("/").forEach((text, index) => {
      if (index > 0) segments.push([]);
      if (text !== "") segments.at(-1)!.push({ text, quoted: piece.quoted });
    });
  }
  const absolute = segments.length > 1 && segments[0]!.length === 0;
  let found = [absolute ? "/" : ""];
  segments.slice(absolute ? 1 : 0).forEach((segment, index, all) => {
    const next: string[] = [];
    for (const before of found) {
      const join = (name: string): string => before + name + (index < all.length - 1 ? "/" : "");
      if (!hasPattern(segment)) {
        if (exists(before + plain(segment))) next.push(join(plain(segment)));
        continue;
      }
      const expression = wholeExpression(segment);
      const hidden = plain(segment).startsWith(".");
      for (const name of list(before === "" ? cwd : before) ?? []) {
        if (isFound(expression, name) && (hidden || !name.startsWith("."))) next.push(join(name));
      }
    }
    found = next;
  });
  return found.sort();
}
