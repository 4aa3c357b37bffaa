// Whether a program matches anywhere in a text, by a deterministic automaton whose states are made as they are needed:
// a look into a table for each character, where simulate.ts moves threads. Most lines that grep sees end here.
import { contains } from "./character-set.ts";
import { TooManySteps } from "./problems.ts";
import { CHARACTER, JUMP, MATCH, PLACE, PLACES, ROUND, SAVE, SET, SPLIT, type Program } from "./program.ts";
import type { Budget } from "./simulate.ts";
import type { Place } from "./tree.ts";

/** What stands on one side of a place: an edge of the text, or a character of a kind. */
const EDGE = 0;
const NEWLINE = 1;
const WORD = 2;
const OTHER = 3;

const FOUND = -2;
const NOWHERE = -3;
const UNKNOWN = -1;
const MAX_STATES = 1000;
/** Each state of a larger program would cost too much. */
const MAX_INSTRUCTIONS = 5000;

interface State {
  /** Instructions from which it goes on, ascending, before places are looked at. */
  starts: readonly number[];
  /** What stands before. */
  before: number;
}

interface Automaton {
  program: Program;
  /** Where the classes of characters that all sets treat alike begin. */
  bounds: readonly number[];
  /** Classes of the first 256 characters. */
  classes: Uint16Array;
  states: State[];
  /** State by what it is. */
  known: Map<string, number>;
  /** By state and class; the last class is the end of the text. */
  next: number[];
  width: number;
}

const remembered = new WeakMap<Program, Automaton>();

/** Undefined where the automaton does not suit the program or would become too large. */
export function isAnywhere(
  program: Program,
  text: string,
  from: number,
  budget: Budget,
): boolean | undefined {
  if (program.looksBack || program.peeks || program.kinds.length > MAX_INSTRUCTIONS) return undefined;
  let automaton = remembered.get(program);
  if (!automaton) remembered.set(program, (automaton = create(program)));
  const { classes, next, width, states } = automaton;
  let state = stateOf(automaton, [0], from === 0 ? EDGE : kindOf(text.charCodeAt(from - 1)));
  budget.left -= text.length - from;
  for (let at = from; at <= text.length; at++) {
    let group = width - 1;
    if (at < text.length) {
      const code = text.charCodeAt(at);
      group = code < 256 ? classes[code]! : classOf(automaton, text.codePointAt(at)!);
      if (code >= 0xd800 && code < 0xdc00 && text.codePointAt(at)! > 0xffff) at++;
    }
    const index = state * width + group;
    let after = next[index]!;
    if (after === UNKNOWN) {
      if (states.length > MAX_STATES) return undefined;
      after = follow(automaton, states[state]!, group, budget);
      next[index] = after;
    }
    if (after < 0) return after === FOUND;
    state = after;
  }
  return false;
}

function create(program: Program): Automaton {
  const bounds = new Set([0, 10, 11, 48, 58, 65, 91, 95, 96, 97, 123]);
  program.kinds.forEach((kind, pc) => {
    if (kind === CHARACTER) bounds.add(program.a[pc]!).add(program.a[pc]! + 1);
  });
  for (const set of program.sets) set.forEach((code, index) => bounds.add(code + (index % 2)));
  const sorted = [...bounds].sort((a, b) => a - b);
  const automaton: Automaton = {
    program,
    bounds: sorted,
    classes: new Uint16Array(256),
    states: [],
    known: new Map(),
    next: [],
    width: sorted.length + 1,
  };
  for (let code = 0; code < 256; code++) automaton.classes[code] = classOf(automaton, code);
  return automaton;
}

function classOf({ bounds }: Automaton, code: number): number {
  let [low, high] = [0, bounds.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (bounds[middle]! <= code) low = middle;
    else high = middle - 1;
  }
  return low;
}

function kindOf(code: number): number {
  if (code === 10) return NEWLINE;
  return (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95
    ? WORD
    : OTHER;
}

function stateOf(
  { states, known, next, width }: Automaton,
  starts: readonly number[],
  before: number,
): number {
  const key = `${before}:${starts.join()}`;
  let state = known.get(key);
  if (state === undefined) {
    state = states.push({ starts, before }) - 1;
    known.set(key, state);
    for (let index = 0; index < width; index++) next.push(UNKNOWN);
  }
  return state;
}

/** The state behind a character of the class, or FOUND or NOWHERE. */
function follow(automaton: Automaton, { starts, before }: State, group: number, budget: Budget): number {
  const { program, bounds, width } = automaton;
  const { kinds, a, b, sets } = program;
  const code = group === width - 1 ? -1 : bounds[group]!;
  const after = code < 0 ? EDGE : kindOf(code);
  const seen = new Set<number>();
  const stack = [...starts];
  const found = new Set<number>(program.isAnchored ? [] : [0]);
  while (stack.length > 0) {
    const pc = stack.pop()!;
    if (seen.has(pc)) continue;
    seen.add(pc);
    const kind = kinds[pc]!;
    if (kind === MATCH) return FOUND;
    if (kind === JUMP) stack.push(a[pc]!);
    else if (kind === SPLIT || kind === ROUND) stack.push(a[pc]!, b[pc]!);
    else if (kind === SAVE) stack.push(pc + 1);
    else if (kind === PLACE) {
      if (holds(PLACES[a[pc]!]!, before, after)) stack.push(pc + 1);
    } else if (
      kind === CHARACTER ? a[pc] === code : kind === SET && code >= 0 && contains(sets[a[pc]!]!, code)
    )
      found.add(pc + 1);
  }
  budget.left -= seen.size;
  if (budget.left < 0) throw new TooManySteps("regular expression: too many steps");
  if (found.size === 0 || code < 0) return NOWHERE;
  return stateOf(
    automaton,
    [...found].sort((one, two) => one - two),
    after,
  );
}

function holds(place: Place, before: number, after: number): boolean {
  switch (place) {
    case "start":
      return before === EDGE;
    case "lineStart":
      return before === EDGE || before === NEWLINE;
    case "end":
      return after === EDGE;
    case "lineEnd":
      return after === EDGE || after === NEWLINE;
    case "wordEdge":
      return (before === WORD) !== (after === WORD);
    case "noWordEdge":
      return (before === WORD) === (after === WORD);
    case "wordStart":
      return before !== WORD && after === WORD;
    case "wordEnd":
      return before === WORD && after !== WORD;
    case "noWordBefore":
      return before !== WORD;
    case "noWordBehind":
      return after !== WORD;
    case "lastLine":
      // Needs two characters; `peeks` keeps such programs away.
      return false;
  }
}
