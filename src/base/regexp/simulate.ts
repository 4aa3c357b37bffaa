// Runs a program on a text in all ways at once, character by character, so that the time is the text's length times the
// program's: what backtracks for ever elsewhere ends here. After Thompson's and Pike's machines.
import { contains } from "./character-set.ts";
import { isPlace } from "./places.ts";
import { TooManySteps } from "./problems.ts";
import { CHARACTER, JUMP, MATCH, PLACE, ROUND, SAVE, SPLIT, type Program } from "./program.ts";

/** Of matches that begin at the same place: the one that the pattern prefers, as Perl has it, or by length. */
export type Preference = "first" | "longest" | "shortest";

/** How many steps may still be taken. */
export interface Budget {
  left: number;
}

/** Where the machine stands at one character: instructions, in the order in which they are preferred. */
interface Threads {
  list: Int32Array;
  count: number;
  /** For each instruction its slots. */
  slots: Int32Array;
}

interface Run {
  program: Program;
  text: string;
  /** Slots that are kept: all groups', or the whole's alone. */
  width: number;
  /** In which round an instruction was reached last. */
  seen: Int32Array;
  round: number;
  stack: Int32Array;
  /** The slots of the thread that is being added. */
  slots: Int32Array;
  now: Threads;
  next: Threads;
}

/** Arrays of the last run of each program, for the next one. */
const remembered = new WeakMap<Program, Run>();

function runOf(program: Program, text: string, width: number): Run {
  const last = remembered.get(program);
  if (last?.width === width && last.round < 1 << 30) {
    last.text = text;
    return last;
  }
  const size = program.kinds.length;
  const threads = (): Threads => ({
    list: new Int32Array(size),
    count: 0,
    slots: new Int32Array(size * width),
  });
  const run: Run = {
    program,
    text,
    width,
    seen: new Int32Array(size),
    round: 0,
    stack: new Int32Array(2 * size + 1),
    slots: new Int32Array(width),
    now: threads(),
    next: threads(),
  };
  remembered.set(program, run);
  return run;
}

/** Slots of the match: start and end of the whole and then of each group, -1 where it took no part. */
export function simulate(
  program: Program,
  text: string,
  from: number,
  preference: Preference,
  withGroups: boolean,
  budget: Budget,
): Int32Array | undefined {
  const first = nextStart(program, text, from);
  if (first < 0) return undefined;
  const run = runOf(program, text, withGroups ? 2 * (program.groups + 1) : 2);
  const { firsts } = program;
  let { now, next } = run;
  now.count = 0;
  let best: Int32Array | undefined;
  for (let at = first; ;) {
    if (now.count === 0) {
      run.round++;
      if (best || (program.isAnchored && at > 0)) return best;
      at = nextStart(program, text, at);
      if (at < 0) return undefined;
    }
    const code = at < text.length ? text.codePointAt(at)! : -1;
    if (!best && !(program.isAnchored && at > 0) && (!firsts || code > 255 || firsts[code] === 1)) {
      run.slots.fill(-1);
      run.slots[0] = at;
      budget.left -= add(run, now, 0, at);
    }
    const after = at + (code > 0xffff ? 2 : 1);
    run.round++;
    next.count = 0;
    budget.left -= now.count + 1;
    if (budget.left < 0) throw new TooManySteps("regular expression: too many steps");
    best = advance(run, now, next, { at, code, after, preference, best, budget });
    if (best && preference === "shortest") return best;
    if (code < 0) return best;
    [now, next] = [next, now];
    at = after;
  }
}

interface Moment {
  at: number;
  code: number;
  after: number;
  preference: Preference;
  best: Int32Array | undefined;
  budget: Budget;
}

/** Moves every thread over one character; the best match so far. */
function advance(run: Run, now: Threads, next: Threads, moment: Moment): Int32Array | undefined {
  const { kinds, a, bits, sets } = run.program;
  const { at, code, after, preference } = moment;
  const { width, slots } = run;
  let { best } = moment;
  for (let index = 0; index < now.count; index++) {
    const pc = now.list[index]!;
    const base = pc * width;
    if (best && preference !== "first" && now.slots[base]! > best[0]!) continue;
    const kind = kinds[pc]!;
    if (kind === MATCH) {
      if (preference !== "longest" || !best || now.slots[base]! < best[0]! || at > best[1]!) {
        best = now.slots.slice(base, base + width);
        best[1] = at;
      }
      // What comes after it is preferred less.
      if (preference === "first") return best;
      continue;
    }
    if (code < 0) continue;
    const argument = a[pc]!;
    const fits =
      kind === CHARACTER
        ? argument === code
        : code < 256
          ? bits[argument * 256 + code] === 1
          : contains(sets[argument]!, code);
    if (!fits) continue;
    for (let slot = 0; slot < width; slot++) slots[slot] = now.slots[base + slot]!;
    moment.budget.left -= add(run, next, pc + 1, after);
  }
  return best;
}

/** The next place at which a match may begin; below 0 if there is none. */
function nextStart({ firsts }: Program, text: string, from: number): number {
  if (!firsts) return from;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 255 || firsts[code] === 1) return at;
  }
  return -1;
}

/** Adds what can be reached from an instruction without a character; how many steps that took. */
function add(run: Run, threads: Threads, start: number, at: number): number {
  const { program, seen, round, stack, slots, width, text } = run;
  const { kinds, a, b } = program;
  let steps = 0;
  let top = 0;
  // An entry is an instruction, or, below 0, a slot with what it had before.
  stack[top++] = start;
  while (top > 0) {
    let pc = stack[--top]!;
    if (pc < 0) {
      slots[-pc - 1] = stack[--top]!;
      continue;
    }
    for (;;) {
      if (seen[pc] === round) break;
      seen[pc] = round;
      steps++;
      const kind = kinds[pc]!;
      if (kind === JUMP) pc = a[pc]!;
      else if (kind === SPLIT || kind === ROUND) {
        stack[top++] = b[pc]!;
        pc = a[pc]!;
      } else if (kind === SAVE) {
        const slot = a[pc]!;
        if (slot < width) {
          stack[top++] = slots[slot]!;
          stack[top++] = -slot - 1;
          slots[slot] = at;
        }
        pc++;
      } else if (kind === PLACE) {
        if (!isPlace(a[pc]!, text, at)) break;
        pc++;
      } else {
        threads.list[threads.count++] = pc;
        const base = pc * width;
        for (let slot = 0; slot < width; slot++) threads.slots[base + slot] = slots[slot]!;
        break;
      }
    }
  }
  return steps;
}
