// Compiles a tree into instructions that simulate.ts and backtrack.ts run.
import { contains, type CharacterSet } from "./character-set.ts";
import { PatternError } from "./problems.ts";
import { mayBeEmpty, type Look, type Node, type Place, type Tree } from "./tree.ts";

/** The kinds of instructions; `a` and `b` are their arguments. */
export const CHARACTER = 0; // a: its code
export const SET = 1; // a: index in `sets`
export const SPLIT = 2; // a: where it goes on first, b: and where else
export const JUMP = 3; // a: where
export const SAVE = 4; // a: the slot that keeps the position
export const PLACE = 5; // a: index in PLACES
/** The end of one round of a loop that may match nothing. a: the next round, b: out; the slot is in `extra`. */
export const ROUND = 6;
export const AGAIN = 7; // a: group, b: 1 for either case
export const LOOK = 8; // a: index in LOOKS, b: where it goes on; what is looked for follows and ends with MATCH
export const MATCH = 9;

export const PLACES: readonly Place[] = [
  "start",
  "end",
  "lastLine",
  "lineStart",
  "lineEnd",
  "wordEdge",
  "noWordEdge",
  "wordStart",
  "wordEnd",
  "noWordBefore",
  "noWordBehind",
];
export const LOOKS: readonly Look[] = ["ahead", "notAhead", "behind", "notBehind", "atomic"];

const MAX_INSTRUCTIONS = 100_000;

export interface Program {
  kinds: Uint8Array;
  a: Int32Array;
  b: Int32Array;
  /** Slots of loops' rounds, by instruction. */
  extra: Int32Array;
  sets: readonly CharacterSet[];
  /** For each set, which of the first 256 characters it has. */
  bits: Uint8Array;
  groups: number;
  /** Slots of groups, then those of loops. */
  slots: number;
  /** It looks around or back, for which only backtrack.ts is good. */
  looksBack: boolean;
  /** It asks for what comes after the next character. */
  peeks: boolean;
  /** It can match at the start of a text alone. */
  isAnchored: boolean;
  /** Which of the first 256 code units a match may begin with; undefined if it may be empty. */
  firsts: Uint8Array | undefined;
  /** Set if it stands for this text alone. */
  literal: string | undefined;
}

interface Writer {
  kinds: number[];
  a: number[];
  b: number[];
  extra: number[];
  sets: CharacterSet[];
  /** Indexes of sets by their identity, as repetitions write them often. */
  known: Map<CharacterSet, number>;
  slots: number;
  looksBack: boolean;
}

export function compile({ node, groups }: Tree): Program {
  const slots = 2 * (groups + 1);
  const writer: Writer = {
    kinds: [],
    a: [],
    b: [],
    extra: [],
    sets: [],
    known: new Map(),
    slots,
    looksBack: false,
  };
  // A text alone is looked for as such; a long one needs no instructions.
  const literal = literalOf(node);
  if (literal === undefined || literal.length < MAX_INSTRUCTIONS) write(writer, node);
  emit(writer, MATCH);
  return {
    kinds: Uint8Array.from(writer.kinds),
    a: Int32Array.from(writer.a),
    b: Int32Array.from(writer.b),
    extra: Int32Array.from(writer.extra),
    sets: writer.sets,
    bits: bitsOf(writer.sets),
    groups,
    slots: writer.slots,
    looksBack: writer.looksBack,
    peeks: writer.kinds.some((kind, pc) => kind === PLACE && PLACES[writer.a[pc]!] === "lastLine"),
    isAnchored: startsAnchored(node),
    firsts: mayBeEmpty(node) ? undefined : firstsOf(node),
    literal,
  };
}

function emit(writer: Writer, kind: number, a = 0, b = 0, extra = 0): number {
  if (writer.kinds.length >= MAX_INSTRUCTIONS) throw new PatternError("tooBig");
  writer.a.push(a);
  writer.b.push(b);
  writer.extra.push(extra);
  return writer.kinds.push(kind) - 1;
}

function write(writer: Writer, node: Node): void {
  switch (node.kind) {
    case "set":
      return writeSet(writer, node.set);
    case "place":
      emit(writer, PLACE, PLACES.indexOf(node.place));
      return;
    case "sequence":
      for (const part of node.parts) write(writer, part);
      return;
    case "choice":
      return writeChoice(writer, node.of);
    case "repeat":
      return writeRepeat(writer, node);
    case "group":
      emit(writer, SAVE, 2 * node.index);
      write(writer, node.node);
      emit(writer, SAVE, 2 * node.index + 1);
      return;
    case "again":
      writer.looksBack = true;
      emit(writer, AGAIN, node.group, node.ignoreCase ? 1 : 0);
      return;
    case "look": {
      writer.looksBack = true;
      const look = emit(writer, LOOK, LOOKS.indexOf(node.look));
      write(writer, node.node);
      emit(writer, MATCH);
      writer.b[look] = writer.kinds.length;
    }
  }
}

function writeSet(writer: Writer, set: CharacterSet): void {
  if (set.length === 2 && set[0] === set[1]) {
    emit(writer, CHARACTER, set[0]);
    return;
  }
  let index = writer.known.get(set);
  if (index === undefined) {
    index = writer.sets.push(set) - 1;
    writer.known.set(set, index);
  }
  emit(writer, SET, index);
}

function writeChoice(writer: Writer, of: readonly Node[]): void {
  const ends: number[] = [];
  of.forEach((one, index) => {
    const split = index < of.length - 1 ? emit(writer, SPLIT) : -1;
    if (split >= 0) writer.a[split] = split + 1;
    write(writer, one);
    if (split < 0) return;
    ends.push(emit(writer, JUMP));
    writer.b[split] = writer.kinds.length;
  });
  for (const end of ends) writer.a[end] = writer.kinds.length;
}

function writeRepeat(writer: Writer, node: Extract<Node, { kind: "repeat" }>): void {
  const { node: body, least, most, lazy } = node;
  const isEmptyable = mayBeEmpty(body);
  const split = (): number => emit(writer, SPLIT);
  const direct = (at: number, inside: number, outside: number): void => {
    writer.a[at] = lazy ? outside : inside;
    writer.b[at] = lazy ? inside : outside;
  };
  for (let count = 0; count < least - (most === Infinity ? 1 : 0); count++) {
    const before = writer.kinds.length;
    write(writer, body);
    // Nothing stays nothing, however often: loops of it in each other would be written for ever.
    if (writer.kinds.length === before) return;
  }
  if (most === Infinity) {
    // x* of what may be empty is (x+)?, so that a round that matches nothing is the last.
    const skip = least === 0 ? split() : -1;
    const start = writer.kinds.length;
    if (isEmptyable) {
      const slot = writer.slots++;
      emit(writer, SAVE, slot);
      write(writer, body);
      direct(emit(writer, ROUND, 0, 0, lazy ? -slot : slot), start, writer.kinds.length);
    } else {
      write(writer, body);
      const again = split();
      direct(again, start, again + 1);
    }
    if (skip >= 0) direct(skip, start, writer.kinds.length);
    return;
  }
  const skips: number[] = [];
  for (let count = least; count < most; count++) {
    skips.push(split());
    write(writer, body);
  }
  for (const skip of skips) direct(skip, skip + 1, writer.kinds.length);
}

function bitsOf(sets: readonly CharacterSet[]): Uint8Array {
  const bits = new Uint8Array(sets.length * 256);
  sets.forEach((set, index) => {
    for (let code = 0; code < 256; code++) bits[index * 256 + code] = contains(set, code) ? 1 : 0;
  });
  return bits;
}

function startsAnchored(node: Node): boolean {
  if (node.kind === "place") return node.place === "start";
  if (node.kind === "sequence") return node.parts.length > 0 && startsAnchored(node.parts[0]!);
  if (node.kind === "choice") return node.of.every(startsAnchored);
  if (node.kind === "group") return startsAnchored(node.node);
  return node.kind === "repeat" && node.least > 0 && startsAnchored(node.node);
}

/** Simplified to "any" by code units from 256 on, which callers let through. */
function firstsOf(node: Node): Uint8Array {
  const firsts = new Uint8Array(256);
  addFirsts(node, firsts);
  return firsts;
}

function addFirsts(node: Node, firsts: Uint8Array): void {
  if (node.kind === "set") {
    for (let code = 0; code < 256; code++) if (contains(node.set, code)) firsts[code] = 1;
  } else if (node.kind === "sequence") {
    for (const part of node.parts) {
      addFirsts(part, firsts);
      if (!mayBeEmpty(part)) return;
    }
  } else if (node.kind === "choice") for (const one of node.of) addFirsts(one, firsts);
  else if (node.kind === "repeat" || node.kind === "group") addFirsts(node.node, firsts);
  else if (node.kind === "again") firsts.fill(1);
  else if (node.kind === "look" && node.look === "atomic") addFirsts(node.node, firsts);
}

function literalOf(node: Node): string | undefined {
  if (node.kind === "set")
    return node.set.length === 2 && node.set[0] === node.set[1]
      ? String.fromCodePoint(node.set[0]!)
      : undefined;
  if (node.kind !== "sequence") return undefined;
  const texts = node.parts.map(literalOf);
  return texts.length > 0 && texts.every((text) => text !== undefined) ? texts.join("") : undefined;
}
