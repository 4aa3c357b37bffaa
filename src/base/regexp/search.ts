// Regular expressions of people who work with the simulated cluster: what they type may be anything, so the browser's
// own engine, which can backtrack for ever, never gets it. grep, sed, awk, shells, the Ingress controller and kubectl
// compile with the parsers of their kind and search here.
import { isAnywhere } from "./automaton.ts";
import { backtrack } from "./backtrack.ts";
import { compile, type Program } from "./program.ts";
import { simulate, type Budget, type Preference } from "./simulate.ts";
import type { Tree } from "./tree.ts";

export interface Expression {
  program: Program;
  preference: Preference;
  budget: Budget;
}

export interface Found {
  start: number;
  end: number;
  /** By number, 0 the whole; undefined where a group took no part. */
  groups: (string | undefined)[];
}

/** An expression may take so many steps over its life, and so many more for each character of its texts. */
const STEPS = 5_000_000;
const STEPS_PER_CHARACTER = 40;

export function expressionOf(tree: Tree, preference: Preference): Expression {
  return { program: compile(tree), preference, budget: { left: STEPS } };
}

/** For a program that is kept: nothing of earlier searches is left in it, so that a search always goes the same way. */
export function expressionWith(program: Program, preference: Preference): Expression {
  return { program: { ...program }, preference, budget: { left: STEPS } };
}

/** The first match. Throws TooManySteps where that is too much to find. */
export function find(expression: Expression, text: string): Found | undefined {
  if (!mayMatch(expression, text)) return undefined;
  const slots = findFrom(expression, text, 0, true);
  return slots && found(text, slots);
}

/** The start and the end of the first match. */
export function findEnds(expression: Expression, text: string): [start: number, end: number] | undefined {
  if (!mayMatch(expression, text)) return undefined;
  const slots = findFrom(expression, text, 0, false);
  return slots && [slots[0]!, slots[1]!];
}

export function matches(expression: Expression, text: string): boolean {
  const { program, budget } = expression;
  budget.left += STEPS_PER_CHARACTER * text.length;
  if (program.literal !== undefined) return text.includes(program.literal);
  return isAnywhere(program, text, 0, budget) ?? findFrom(expression, text, 0, false) !== undefined;
}

/** Where a match has to be found, whether there is one is worth asking first only in texts of some length. */
function mayMatch(expression: Expression, text: string): boolean {
  const { program, budget } = expression;
  budget.left += STEPS_PER_CHARACTER * text.length;
  return program.isAnchored || text.length < 50 || (isAnywhere(program, text, 0, budget) ?? true);
}

/** All matches, from left to right; one of nothing does not directly follow another match. */
export function* findAll(expression: Expression, text: string): Generator<Found> {
  if (!mayMatch(expression, text)) return;
  let before = -1;
  for (let from = 0; from <= text.length;) {
    const slots = findFrom(expression, text, from, true);
    if (!slots) return;
    const [start, end] = [slots[0]!, slots[1]!];
    if (end > start || start !== before) yield found(text, slots);
    before = end;
    from = end > start ? end : end + (text.codePointAt(end)! > 0xffff ? 2 : 1);
  }
}

/** The text with something else instead of the first or of each match. */
export function replaced(
  expression: Expression,
  text: string,
  all: boolean,
  by: (found: Found) => string,
): string {
  const pieces: string[] = [];
  let before = 0;
  for (const match of findAll(expression, text)) {
    pieces.push(text.slice(before, match.start), by(match));
    before = match.end;
    if (!all) break;
  }
  return pieces.join("") + text.slice(before);
}

function findFrom(
  { program, preference, budget }: Expression,
  text: string,
  from: number,
  withGroups: boolean,
): ArrayLike<number> | undefined {
  if (program.literal !== undefined) {
    const start = text.indexOf(program.literal, from);
    return start < 0 ? undefined : [start, start + program.literal.length];
  }
  if (program.looksBack) return backtrack(program, text, from, preference, budget);
  return simulate(program, text, from, preference, withGroups, budget);
}

function found(text: string, slots: ArrayLike<number>): Found {
  const groups: (string | undefined)[] = [];
  for (let slot = 0; slot < slots.length; slot += 2) {
    const [start, end] = [slots[slot]!, slots[slot + 1]!];
    groups.push(start < 0 || end < 0 ? undefined : text.slice(start, end));
  }
  return { start: slots[0]!, end: slots[1]!, groups };
}
