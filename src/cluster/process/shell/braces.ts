// bash's braces: a{b,c} and {1..3} become several words before anything else is filled in.
import type { Part, Word } from "./code.ts";
import { ExpansionError } from "./variables.ts";

/** A letter that may mean something, or text or a part that does not. */
type Item = string | Part;

/** All words of a list together may have so many letters. */
const MAX_LETTERS = 1_000_000;

function refuse(count: number): never {
  throw new ExpansionError(`brace expansion: failed to allocate memory for ${count} elements`);
}

export function expandBraces(word: Word): Word[] {
  const mayExpand = word.some((part) => part.kind === "text" && !part.quoted && part.text.includes("{"));
  if (!mayExpand) return [word];
  const items = word.flatMap((part): Item[] =>
    part.kind === "text" && !part.quoted ? Array.from(part.text) : [part],
  );
  return expand(items).map(join);
}

function expand(items: Item[]): Item[][] {
  for (let open = items.indexOf("{"); open >= 0; open = items.indexOf("{", open + 1)) {
    const found = alternatives(items, open);
    if (!found) continue;
    const before = items.slice(0, open);
    const after = expand(items.slice(found.end + 1));
    const choices = found.choices.flatMap(expand);
    const letters = open * choices.length * after.length + lettersOf(choices) * after.length;
    if (letters + lettersOf(after) * choices.length > MAX_LETTERS) refuse(choices.length * after.length);
    return choices.flatMap((choice) => after.map((rest) => [...before, ...choice, ...rest]));
  }
  return [items];
}

const lettersOf = (words: readonly Item[][]): number =>
  words.reduce(
    (sum, word) => word.reduce((all, item) => all + (typeof item === "string" ? item.length : 1), sum),
    0,
  );

/** What stands between the brace and its partner, cut at the commas; undefined if it is no such list. */
function alternatives(items: Item[], open: number): { choices: Item[][]; end: number } | undefined {
  let depth = 0;
  const commas: number[] = [];
  for (let at = open; at < items.length; at++) {
    const item = items[at];
    if (item === "{") depth++;
    else if (item === "," && depth === 1) commas.push(at);
    else if (item === "}" && --depth === 0) {
      const inside = items.slice(open + 1, at);
      if (commas.length === 0) {
        const choices = sequence(inside);
        return choices && { choices, end: at };
      }
      const edges = [open, ...commas, at];
      const choices = edges.slice(1).map((edge, index) => items.slice(edges[index]! + 1, edge));
      return { choices, end: at };
    }
  }
  return undefined;
}

/** 1..3, 3..1, 0..10..5, a..e. */
function sequence(inside: Item[]): Item[][] | undefined {
  const text = inside.map((item) => (typeof item === "string" ? item : "\0")).join("");
  const match = /^(-?\d+|[A-Za-z])\.\.(-?\d+|[A-Za-z])(?:\.\.(-?\d+))?$/.exec(text);
  if (!match) return undefined;
  const [, from = "", to = "", by] = match;
  const isLetters = /[A-Za-z]/.test(from);
  if (isLetters !== /[A-Za-z]/.test(to)) return undefined;
  const [first, last] = isLetters ? [from.charCodeAt(0), to.charCodeAt(0)] : [Number(from), Number(to)];
  const step = (Math.abs(Number(by ?? 1)) || 1) * (first <= last ? 1 : -1);
  // {01..10} keeps its zeros.
  const width = /^-?0\d/.test(from) || /^-?0\d/.test(to) ? Math.max(from.length, to.length) : 0;
  const count = Math.floor(Math.abs((last - first) / step)) + 1;
  if (count * Math.max(width, isLetters ? 1 : to.length) > MAX_LETTERS) refuse(count);
  const choices: Item[][] = [];
  for (let at = first; step > 0 ? at <= last : at >= last; at += step)
    choices.push([isLetters ? String.fromCharCode(at) : String(at).padStart(width, "0")]);
  return choices;
}

function join(items: Item[]): Word {
  const word: Word = [];
  for (const item of items) {
    const last = word.at(-1);
    if (typeof item !== "string") word.push(item);
    else if (last?.kind === "text" && !last.quoted)
      word[word.length - 1] = { ...last, text: last.text + item };
    else word.push({ kind: "text", text: item, quoted: false });
  }
  return word;
}
