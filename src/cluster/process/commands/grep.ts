// grep: lines that match, read as they come, so that it works in a pipe behind a program that never ends.
import { parsePerl } from "#base/regexp/perl";
import { parsePosix } from "#base/regexp/posix";
import { glibcText, PatternError, pcreText, TooManySteps } from "#base/regexp/problems";
import { expressionOf, findAll, matches, type Expression } from "#base/regexp/search";
import { choice, literal, placeNode, sequence, type Node, type Tree } from "#base/regexp/tree";
import { complain, defineCommand, type CommandContext, type Outcome } from "./command.ts";
import { linesOf } from "./lines.ts";
import { parseOptions } from "./options.ts";
import { busyboxText, hasMusl } from "./patterns.ts";

interface Search {
  matches: (line: string) => boolean;
  values: Record<string, string>;
  expression: Expression;
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
  "basic-regexp": "G",
  "perl-regexp": "P",
  "line-regexp": "x",
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

function run(context: CommandContext, resume?: { state: unknown }): Outcome {
  try {
    return search(context, resume);
  } catch (error) {
    if (!(error instanceof TooManySteps)) throw error;
    const isPerl = context.argv.some((word) => /^-[a-zA-Z]*P|^--perl-regexp$/.test(word));
    complain(context, isPerl ? "exceeded PCRE's backtracking limit" : "memory exhausted");
    return { exit: 2 };
  }
}

function search(context: CommandContext, resume?: { state: unknown }): Outcome {
  const { values, all, operands } = parseOptions(context.argv, "ivcqonEGFlwsxhHruaPU", "meABC", LONG);
  const given = all.filter(([name]) => name === "e").map(([, value]) => value);
  const pattern = given.length > 0 ? given.join("\n") : operands.shift();
  if (pattern === undefined) {
    context.err("Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n");
    return { exit: 2 };
  }
  const expression = toExpression(context, pattern, values, resume === undefined);
  if (!expression) return { exit: 2 };
  const isWanted = (line: string): boolean => matches(expression, line) !== (values["v"] !== undefined);
  const wanted = { matches: isWanted, values, expression };
  if (operands.length > 0) return searchFiles(context, wanted, operands);
  const { text, ended } = context.input();
  const end = ended ? text.length : text.lastIndexOf("\n") + 1;
  context.take(end);
  const before = (resume?.state as number | undefined) ?? 0;
  const count = before + searchText(context, wanted, text.slice(0, end), "", before);
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
    else if (values["v"] === undefined) {
      for (const { groups } of findAll(search.expression, line))
        if (groups[0] !== "") context.out(`${mark}${groups[0]}\n`);
    }
  });
  return count;
}

function toExpression(
  context: CommandContext,
  pattern: string,
  values: Record<string, string>,
  warns: boolean,
): Expression | undefined {
  const isPerl = values["P"] !== undefined;
  try {
    const { node, groups } = isPerl ? perlTree(pattern, values) : posixTree(context, pattern, values, warns);
    const around = (before: Node, behind: Node): Node => sequence([before, node, behind]);
    const whole =
      values["x"] !== undefined
        ? around(placeNode("start"), placeNode("end"))
        : values["w"] !== undefined
          ? around(placeNode("noWordBefore"), placeNode("noWordBehind"))
          : node;
    return expressionOf({ node: whole, groups }, isPerl ? "first" : "longest");
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    const isBusybox = context.flavour === "busybox";
    const text = isPerl ? pcreText(error) : glibcText(error);
    complain(context, isBusybox ? busyboxText(context, pattern, error) : text);
    return undefined;
  }
}

function perlTree(pattern: string, values: Record<string, string>): Tree {
  return parsePerl(pattern, "pcre", { ignoreCase: values["i"] !== undefined });
}

/** Each line of the pattern is one of its own; what fits one of them fits. */
function posixTree(
  context: CommandContext,
  pattern: string,
  values: Record<string, string>,
  warns: boolean,
): Tree {
  const ignoreCase = values["i"] !== undefined;
  const extended = values["E"] !== undefined || context.argv[0] === "egrep";
  const fixed = values["F"] !== undefined || context.argv[0] === "fgrep";
  const lenient = context.flavour === "gnu";
  let groups = 0;
  const nodes = pattern.split("\n").map((line) => {
    if (fixed) return literal(line, ignoreCase);
    const tree = parsePosix(line, { extended, ignoreCase, lenient, musl: hasMusl(context) }, groups);
    for (const warning of warns ? tree.warnings : []) complain(context, `warning: ${warning}`);
    groups = tree.groups;
    return tree.node;
  });
  return { node: choice(nodes), groups };
}

export const grep = defineCommand({ name: "grep", run });
export const egrep = defineCommand({ name: "egrep", run });
export const fgrep = defineCommand({ name: "fgrep", run });
