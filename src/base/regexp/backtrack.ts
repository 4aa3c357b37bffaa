// Runs a program on a text one way after the other: for back-references and look-around, which simulate.ts cannot
// follow. The steps are counted, and too many are an error instead of a wait.
import { contains } from "./character-set.ts";
import { isPlace } from "./places.ts";
import { TooManySteps } from "./problems.ts";
import {
  AGAIN,
  CHARACTER,
  JUMP,
  LOOK,
  LOOKS,
  MATCH,
  PLACE,
  ROUND,
  SAVE,
  SPLIT,
  type Program,
} from "./program.ts";
import type { Budget, Preference } from "./simulate.ts";

/** PCRE's own limit is ten million, of which some are several of these. */
const MAX_STEPS = 2_000_000;

interface Run {
  program: Program;
  text: string;
  slots: Int32Array;
  left: number;
}

/** As simulate.ts' `simulate`, with all groups. */
export function backtrack(
  program: Program,
  text: string,
  from: number,
  preference: Preference,
  budget: Budget,
): Int32Array | undefined {
  const { firsts, slots: size, groups } = program;
  const allowed = Math.min(budget.left, MAX_STEPS);
  const run: Run = { program, text, slots: new Int32Array(size), left: allowed };
  try {
    for (let start = from; start <= text.length; start++) {
      if (program.isAnchored && start > 0) return undefined;
      if (firsts && !(firsts[text.charCodeAt(start)] ?? (start < text.length ? 1 : 0))) continue;
      run.slots.fill(-1);
      run.slots[0] = start;
      const end = walkFrom(run, 0, start, { preference });
      if (end < 0) continue;
      run.slots[1] = end;
      return run.slots.slice(0, 2 * (groups + 1));
    }
    return undefined;
  } finally {
    budget.left -= allowed - run.left;
  }
}

interface Wanted {
  preference: Preference;
  /** The match has to end here. */
  end?: number;
}

interface Walk {
  /** The instruction, and the place in the text. */
  pc: number;
  at: number;
  /** Ways not taken yet, as place and instruction, and slots' values of before, as value and -1 - slot. */
  stack: number[];
}

/** Where the match from here ends, with its slots set; below 0 if there is none. */
function walkFrom(run: Run, pc: number, at: number, { preference, end }: Wanted): number {
  const walk: Walk = { pc, at, stack: [] };
  const { slots, text, program } = run;
  let best = -1;
  let bestSlots: Int32Array | undefined;
  for (;;) {
    if (--run.left < 0) throw new TooManySteps("regular expression: too many steps");
    if (program.kinds[walk.pc] !== MATCH) {
      if (step(run, walk) || stepBack(run, walk)) continue;
    } else {
      if (end === undefined ? walk.at > best : walk.at === end) {
        best = walk.at;
        if (preference !== "longest" || best === text.length) return best;
        bestSlots = slots.slice();
      }
      if (stepBack(run, walk)) continue;
    }
    if (bestSlots) slots.set(bestSlots);
    return best;
  }
}

/** Back to the last way that was not taken; false if there is none. */
function stepBack({ slots }: Run, walk: Walk): boolean {
  for (;;) {
    const top = walk.stack.pop();
    if (top === undefined) return false;
    const value = walk.stack.pop()!;
    if (top < 0) slots[-1 - top] = value;
    else {
      walk.pc = top;
      walk.at = value;
      return true;
    }
  }
}

/** Carries out an instruction; false where it does not fit. */
function step(run: Run, walk: Walk): boolean {
  const { program, slots, text } = run;
  const { a, b, extra } = program;
  const { pc, at, stack } = walk;
  switch (program.kinds[pc]) {
    case SPLIT:
      stack.push(at, b[pc]!);
      walk.pc = a[pc]!;
      return true;
    case JUMP:
      walk.pc = a[pc]!;
      return true;
    case SAVE:
      stack.push(slots[a[pc]!]!, -1 - a[pc]!);
      slots[a[pc]!] = at;
      walk.pc++;
      return true;
    case PLACE:
      walk.pc++;
      return isPlace(a[pc]!, text, at);
    case ROUND: {
      const isEmpty = slots[Math.abs(extra[pc]!)] === at;
      if (!isEmpty) stack.push(at, b[pc]!);
      walk.pc = isEmpty && extra[pc]! > 0 ? b[pc]! : a[pc]!;
      return true;
    }
    case AGAIN: {
      const length = lengthAgain(run, a[pc]!, b[pc] === 1, at);
      walk.at += length;
      walk.pc++;
      return length >= 0;
    }
    case LOOK:
      return lookAround(run, walk);
    default: {
      const code = text.codePointAt(at);
      const isCharacter = program.kinds[pc] === CHARACTER;
      walk.at += code !== undefined && code > 0xffff ? 2 : 1;
      walk.pc++;
      return code !== undefined && (isCharacter ? a[pc] === code : has(program, a[pc]!, code));
    }
  }
}

function has({ bits, sets }: Program, index: number, code: number): boolean {
  return code < 256 ? bits[index * 256 + code] === 1 : contains(sets[index]!, code);
}

/** How long what the group has matched is, if it stands here again; below 0 if not. */
function lengthAgain({ slots, text }: Run, group: number, ignoreCase: boolean, at: number): number {
  const [start, end] = [slots[2 * group]!, slots[2 * group + 1]!];
  if (start < 0 || end < start) return -1;
  const wanted = text.slice(start, end);
  const there = text.slice(at, at + wanted.length);
  const isSame = ignoreCase ? wanted.toLowerCase() === there.toLowerCase() : wanted === there;
  return isSame ? wanted.length : -1;
}

function lookAround(run: Run, walk: Walk): boolean {
  const { program, slots } = run;
  const { pc, at } = walk;
  const kind = LOOKS[program.a[pc]!]!;
  const before = slots.slice();
  let end = -1;
  if (kind === "behind" || kind === "notBehind") {
    for (let from = at; from >= 0 && end < 0; from--)
      end = walkFrom(run, pc + 1, from, { preference: "first", end: at });
  } else end = walkFrom(run, pc + 1, at, { preference: "first" });
  const isWanted = kind !== "notAhead" && kind !== "notBehind";
  if (!isWanted) slots.set(before);
  else before.forEach((value, slot) => value !== slots[slot] && walk.stack.push(value, -1 - slot));
  if (kind === "atomic" && end >= 0) walk.at = end;
  walk.pc = program.b[pc]!;
  return end >= 0 === isWanted;
}
