// Sets of characters as sorted ranges: what one place of a regular expression may be. The parsers build them.

/** [from, to, from, to, ...], both ends included, ascending and apart from each other. */
export type CharacterSet = readonly number[];

const LAST_CHARACTER = 0x10ffff;
/** Up to here a range is looked through for letters that have another case: Latin, Greek and Cyrillic. */
const LAST_CASED = 0x52f;

export const ANY: CharacterSet = [0, LAST_CHARACTER];
export const NOT_NEWLINE: CharacterSet = [0, 9, 11, LAST_CHARACTER];
export const DIGIT: CharacterSet = [48, 57];
export const WORD: CharacterSet = [48, 57, 65, 90, 95, 95, 97, 122];
export const SPACE: CharacterSet = [9, 13, 32, 32];

/** Simplified: the classes have ASCII's characters, as in the C locale. */
export const CLASSES: Readonly<Record<string, CharacterSet>> = {
  alnum: [48, 57, 65, 90, 97, 122],
  alpha: [65, 90, 97, 122],
  blank: [9, 9, 32, 32],
  cntrl: [0, 31, 127, 127],
  digit: DIGIT,
  graph: [33, 126],
  lower: [97, 122],
  print: [32, 126],
  punct: [33, 47, 58, 64, 91, 96, 123, 126],
  space: SPACE,
  upper: [65, 90],
  xdigit: [48, 57, 65, 70, 97, 102],
};

/** Ranges in any order, overlapping or not, as a set. */
export function setOf(ranges: readonly number[]): CharacterSet {
  const pairs: [number, number][] = [];
  for (let at = 0; at < ranges.length; at += 2) pairs.push([ranges[at]!, ranges[at + 1]!]);
  pairs.sort((a, b) => a[0] - b[0]);
  const set: number[] = [];
  for (const [from, to] of pairs) {
    const last = set.length - 1;
    if (last > 0 && from <= set[last]! + 1) set[last] = Math.max(set[last]!, to);
    else set.push(from, to);
  }
  return set;
}

export function invert(set: CharacterSet): CharacterSet {
  const others: number[] = [];
  let next = 0;
  for (let at = 0; at < set.length; at += 2) {
    if (set[at]! > next) others.push(next, set[at]! - 1);
    next = set[at + 1]! + 1;
  }
  if (next <= LAST_CHARACTER) others.push(next, LAST_CHARACTER);
  return others;
}

/** [letter, the same in another case], by the letter. */
const CASES: readonly (readonly [number, number])[] = Array.from({ length: LAST_CASED + 1 }, (_, code) =>
  otherCases(code).map((other) => [code, other] as const),
).flat();

function otherCases(code: number): number[] {
  const text = String.fromCodePoint(code);
  return [text.toLowerCase(), text.toUpperCase()].flatMap((other) => {
    const folded = other.codePointAt(0)!;
    const isOne = other.length === String.fromCodePoint(folded).length;
    // What is no ASCII has no other case in ASCII: the Kelvin sign is no k.
    return isOne && folded !== code && folded < 128 === code < 128 ? [folded] : [];
  });
}

/** The set with the other case of each of its letters. */
export function foldCase(set: CharacterSet): CharacterSet {
  const added: number[] = [];
  for (let at = 0; at < set.length; at += 2) {
    const [from, to] = [set[at]!, set[at + 1]!];
    if (from === to) for (const other of otherCases(from)) added.push(other, other);
    else if (from <= LAST_CASED)
      for (const [code, other] of CASES) if (code >= from && code <= to) added.push(other, other);
  }
  return added.length === 0 ? set : setOf([...set, ...added]);
}

export function contains(set: CharacterSet, code: number): boolean {
  for (let at = 0; at < set.length; at += 2) {
    if (code < set[at]!) return false;
    if (code <= set[at + 1]!) return true;
  }
  return false;
}
