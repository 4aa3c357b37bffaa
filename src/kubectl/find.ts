// Which command a line means, as cobra finds it: words that are neither flags nor their values, level by level.
// Called by kubectl.ts; suggests near names where there is no such command.
// Kubernetes: github.com/spf13/cobra/command.go (kubectl v1.35)
import type { Command, Flag } from "./command.ts";
import { bareValue } from "./parse.ts";

export interface Found {
  /** Absent: kubectl itself. */
  command?: Command;
  /** What is left once the command's words are taken out. */
  words: string[];
}

export function findCommand(
  words: readonly string[],
  commands: readonly Command[],
  globals: readonly Flag[],
): Found {
  let found: Found = { words: [...words] };
  for (;;) {
    const flags = [...globals, ...(found.command?.flags ?? [])];
    const next = plainWords(found.words, flags)[0];
    const child = next === undefined ? undefined : childNamed(commands, found.command?.name, next.word);
    if (!child) return found;
    found = { command: child, words: found.words.filter((_, index) => index !== next!.index) };
  }
}

/** The first word that is no flag nor a flag's value. */
export function firstWord(words: readonly string[], flags: readonly Flag[]): string | undefined {
  return plainWords(words, flags)[0]?.word;
}

export function childrenOf(commands: readonly Command[], parent: string | undefined): Command[] {
  return commands.filter(({ name }) => parentOf(name) === parent);
}

const parentOf = (name: string): string | undefined =>
  name.includes(" ") ? name.slice(0, name.lastIndexOf(" ")) : undefined;

export const ownName = (name: string): string => name.slice(name.lastIndexOf(" ") + 1);

function childNamed(
  commands: readonly Command[],
  parent: string | undefined,
  word: string,
): Command | undefined {
  return childrenOf(commands, parent).find(
    ({ name, aliases }) => ownName(name) === word || aliases?.includes(word),
  );
}

/** Words that are neither flags nor their values. */
export function plainWords(
  words: readonly string[],
  flags: readonly Flag[],
): { word: string; index: number }[] {
  const found: { word: string; index: number }[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!;
    if (word === "--") break;
    if (takesNext(word, flags)) {
      if (index + 2 >= words.length) break;
      index++;
    } else if (word !== "" && !word.startsWith("-")) found.push({ word, index });
  }
  return found;
}

/** A flag that nobody knows is taken for one with a value. */
function takesNext(word: string, flags: readonly Flag[]): boolean {
  if (word.includes("=")) return false;
  const flag = word.startsWith("--")
    ? flags.find(({ name }) => name === word.slice(2))
    : flags.find(({ short }) => short === word[1]);
  const isFlag = word.startsWith("--") || (word.startsWith("-") && word.length === 2);
  if (!isFlag || word === "--help" || word === "-h") return false;
  return flag === undefined || bareValue(flag) === undefined;
}

/** Commands whose names are at most two changes away, or begin with what was typed. */
export function suggestions(typed: string, names: readonly string[]): string[] {
  const low = typed.toLowerCase();
  return names.filter((name) => distance(low, name.toLowerCase()) <= 2 || name.toLowerCase().startsWith(low));
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? row[j - 1]! : Math.min(row[j - 1]!, row[j]!, next[j - 1]!) + 1;
      next.push(same);
    }
    row = next;
  }
  return row[b.length]!;
}
