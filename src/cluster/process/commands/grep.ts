// grep: lines that match, read as they come, so that it works in a pipe behind a program that never ends.
import { parsePerl } from "#base/regexp/perl";
import { parsePosix } from "#base/regexp/posix";
import { glibcText, PatternError, pcreText, TooManySteps } from "#base/regexp/problems";
import { expressionOf, type Expression } from "#base/regexp/search";
import { choice, literal, placeNode, sequence, type Node, type Tree } from "#base/regexp/tree";
import { complain, defineCommand, type CommandContext, type Outcome } from "./command.ts";
import { atStart, reached, searchText, type Progress, type Search } from "./grep/search.ts";
import { parseOptions } from "./options.ts";
import { busyboxText, hasMusl } from "./patterns.ts";

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
  "before-context": "B=",
  context: "C=",
  "files-without-match": "L",
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
  // -3 is -C 3.
  const argv = context.argv.map((word) => (/^-\d+$/.test(word) ? `-C${word.slice(1)}` : word));
  const { values, all, operands } = parseOptions(argv, "ivcqonEGFlLwsxhHruaPU", "meABC", LONG);
  const given = all.filter(([name]) => name === "e").map(([, value]) => value);
  const pattern = given.length > 0 ? given.join("\n") : operands.shift();
  if (pattern === undefined) {
    context.err("Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n");
    return { exit: 2 };
  }
  const expression = toExpression(context, pattern, values, resume === undefined);
  if (!expression) return { exit: 2 };
  const wanted = { values, expression };
  if (operands.length > 0 || values["r"] !== undefined) return searchFiles(context, wanted, operands);
  const { text, ended } = context.input();
  const end = ended ? text.length : text.lastIndexOf("\n") + 1;
  context.take(end);
  const progress = (resume?.state as Progress | undefined) ?? atStart();
  searchText(
    context,
    wanted,
    text.slice(0, end),
    values["H"] === undefined ? "" : "(standard input)",
    progress,
  );
  const isDecided = progress.count > 0 && values["q"] !== undefined;
  if (ended || isDecided || (reached(wanted, progress) && progress.following === 0))
    return finish(context, values, progress.count);
  return { wait: { for: "input" }, state: { ...progress } };
}

function finish(context: CommandContext, values: Record<string, string>, count: number): { exit: number } {
  if (values["c"] !== undefined && values["q"] === undefined) context.out(`${count}\n`);
  return { exit: count > 0 ? 0 : 1 };
}

function searchFiles(context: CommandContext, wanted: Search, operands: string[]): { exit: number } {
  const { values } = wanted;
  let total = 0;
  let failed = false;
  let isLater = false;
  const isDeep = values["r"] !== undefined;
  const below = (path: string): string[] => filesUnder(context, path);
  const found = isDeep ? operands.flatMap(below) : operands;
  // Without operands it looks below the working directory, whose name it does not say.
  const files = operands.length > 0 ? found : below(".").map((name) => name.replace(/^\.\//, ""));
  const isNamed =
    values["h"] === undefined &&
    (files.length > 1 || values["H"] !== undefined || (isDeep && files[0] !== operands[0]));
  for (const name of files) {
    const file = context.files.read(name);
    if ("error" in file) {
      failed = true;
      if (values["s"] === undefined) complain(context, `${name}: ${file.error}`);
      continue;
    }
    const progress = atStart(isLater);
    searchText(context, wanted, file.text, isNamed ? name : "", progress);
    const { count } = progress;
    isLater ||= progress.shown > 0;
    if (values["c"] !== undefined) context.out(`${isNamed ? `${name}:` : ""}${count}\n`);
    if ((values["l"] !== undefined && count > 0) || (values["L"] !== undefined && count === 0))
      context.out(`${name}\n`);
    total += count;
  }
  if (failed && !(values["q"] !== undefined && total > 0)) return { exit: 2 };
  return { exit: total > 0 ? 0 : 1 };
}

function filesUnder(context: CommandContext, path: string): string[] {
  if (context.files.stat(path)?.kind !== "directory") return [path];
  return context.files.list(path).flatMap((name) => filesUnder(context, `${path}/${name}`));
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
