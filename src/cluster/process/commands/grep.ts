// grep: lines that match, read as they come, so that it works in a pipe behind a program that never ends.
import { complain, defineCommand, type CommandContext } from "./command.ts";
import { linesOf } from "./lines.ts";
import { parseOptions } from "./options.ts";

interface Search {
  matches: (line: string) => boolean;
  values: Record<string, string>;
  expression: RegExp;
}

const LONG = {
  "ignore-case": "i",
  "invert-match": "v",
  count: "c",
  quiet: "q",
  silent: "q",
  "only-matching": "o",
  "line-number": "n",
  "extended-regexp": "E",
  "fixed-strings": "F",
  "files-with-matches": "l",
  "word-regexp": "w",
  "no-messages": "s",
  "max-count": "m=",
  regexp: "e=",
  "line-buffered": "u",
  "after-context": "A=",
  color: "U",
  "no-filename": "h",
};

function run(
  context: CommandContext,
  resume?: { state: unknown },
): ReturnType<typeof finish> | { wait: { for: "input" }; state: number } {
  const { values, all, operands } = parseOptions(context.argv, "ivcqonEFlwsxhHruaPU", "meABC", LONG);
  const given = all.filter(([name]) => name === "e").map(([, value]) => value);
  const pattern = given.length > 0 ? given.join("\n") : operands.shift();
  if (pattern === undefined) {
    context.err("Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n");
    return { exit: 2 };
  }
  const expression = toExpression(context, pattern, values);
  if (!expression) return { exit: 2 };
  const matches = (line: string): boolean => {
    expression.lastIndex = 0;
    return expression.test(line) !== (values["v"] !== undefined);
  };
  const search = { matches, values, expression };
  if (operands.length > 0) return searchFiles(context, search, operands);
  const { text, ended } = context.input();
  const end = ended ? text.length : text.lastIndexOf("\n") + 1;
  context.take(end);
  const before = (resume?.state as number | undefined) ?? 0;
  const count = before + searchText(context, search, text.slice(0, end), "", before);
  if (count > 0 && (values["q"] !== undefined || reached(values, count)))
    return finish(context, values, count);
  return ended ? finish(context, values, count) : { wait: { for: "input" }, state: count };
}

function reached(values: Record<string, string>, count: number): boolean {
  return values["m"] !== undefined && count >= Number(values["m"]);
}

function finish(context: CommandContext, values: Record<string, string>, count: number): { exit: number } {
  if (values["c"] !== undefined && values["q"] === undefined) context.out(`${count}\n`);
  return { exit: count > 0 ? 0 : 1 };
}

function searchFiles(context: CommandContext, search: Search, operands: string[]): { exit: number } {
  const { values } = search;
  let total = 0;
  let failed = false;
  const files = values["r"] === undefined ? operands : operands.flatMap((path) => filesUnder(context, path));
  const named = (files.length > 1 || values["H"] !== undefined) && values["h"] === undefined;
  for (const name of files) {
    const file = context.files.read(name);
    if ("error" in file) {
      failed = true;
      if (values["s"] === undefined) complain(context, `${name}: ${file.error}`);
      continue;
    }
    const count = searchText(context, search, file.text, named ? `${name}:` : "", 0);
    if (values["c"] !== undefined) context.out(`${named ? `${name}:` : ""}${count}\n`);
    if (values["l"] !== undefined && count > 0) context.out(`${name}\n`);
    total += count;
  }
  if (failed && !(values["q"] !== undefined && total > 0)) return { exit: 2 };
  return { exit: total > 0 ? 0 : 1 };
}

function filesUnder(context: CommandContext, path: string): string[] {
  if (context.files.stat(path)?.kind !== "directory") return [path];
  return context.files.list(path).flatMap((name) => filesUnder(context, `${path}/${name}`));
}

function searchText(
  context: CommandContext,
  search: Search,
  text: string,
  prefix: string,
  before: number,
): number {
  const { values } = search;
  const silent = ["q", "c", "l"].some((letter) => values[letter] !== undefined);
  let count = 0;
  let following = 0;
  linesOf(text).forEach((line, index) => {
    if (reached(values, before + count)) return;
    const mark = values["n"] === undefined ? prefix : `${prefix}${index + 1}:`;
    if (!search.matches(line)) {
      if (following-- > 0 && !silent) context.out(`${line}\n`);
      return;
    }
    count++;
    following = Number(values["A"] ?? 0);
    if (silent) return;
    if (values["o"] === undefined) context.out(`${mark}${line}\n`);
    else {
      const all = new RegExp(search.expression.source, `${search.expression.flags.replace("g", "")}g`);
      for (const match of line.matchAll(all)) if (match[0] !== "") context.out(`${mark}${match[0]}\n`);
    }
  });
  return count;
}

function toExpression(
  context: CommandContext,
  pattern: string,
  values: Record<string, string>,
): RegExp | undefined {
  const extended = values["E"] !== undefined || values["P"] !== undefined || context.argv[0] === "egrep";
  const fixed = values["F"] !== undefined || context.argv[0] === "fgrep";
  const sources = pattern.split("\n").map((line) => {
    const source = fixed ? line.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") : posixToRegExp(line, extended);
    return values["x"] !== undefined
      ? `^(?:${source})$`
      : values["w"] !== undefined
        ? `\\b(?:${source})\\b`
        : source;
  });
  try {
    return new RegExp(sources.join("|"), values["i"] === undefined ? "" : "i");
  } catch {
    complain(context, "Invalid regular expression");
    return undefined;
  }
}

const CLASSES: Record<string, string> = {
  digit: "0-9",
  alpha: "A-Za-z",
  alnum: "A-Za-z0-9",
  space: "\\s",
  blank: " \\t",
  upper: "A-Z",
  lower: "a-z",
  punct: "!-\\/:-@\\[-`{-~",
  xdigit: "0-9A-Fa-f",
};

/** Basic and extended regular expressions of POSIX as JavaScript writes them. */
export function posixToRegExp(pattern: string, extended: boolean): string {
  const classes = pattern.replace(/\[:(\w+):\]/g, (_, name: string) => CLASSES[name] ?? "");
  if (extended) return classes;
  // In basic ones the special signs are the escaped ones.
  let source = "";
  for (let at = 0; at < classes.length; at++) {
    const char = classes[at]!;
    if (char === "[") {
      const end = classes.indexOf("]", classes[at + 1] === "]" || classes[at + 1] === "^" ? at + 3 : at + 1);
      const stop = end < 0 ? classes.length : end + 1;
      source += classes.slice(at, stop);
      at = stop - 1;
    } else if (char === "\\") {
      const next = classes[++at] ?? "";
      source += "(){}|+?".includes(next) ? next : `\\${next}`;
    } else if (char === "*" && (source === "" || source === "^")) source += "\\*";
    else source += "(){}|+?".includes(char) ? `\\${char}` : char;
  }
  return source;
}

export const grep = defineCommand({ name: "grep", run });
export const egrep = defineCommand({ name: "egrep", run });
export const fgrep = defineCommand({ name: "fgrep", run });
