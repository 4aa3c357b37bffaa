// diff and cmp: how two files differ, in GNU's hunks or, with -u and in busybox always, unified.
import { encodeUtf8 } from "#base/utf8";
import { epochNow } from "../clock.ts";
import { baseName } from "../files.ts";
import { complain, defineCommand, WAIT_FOR_INPUT, type CommandContext } from "./command.ts";
import { formatDate } from "./date.ts";
import { changesBetween, type Change } from "./line-changes.ts";
import { parseOptions, type Options } from "./options.ts";

const LONG = {
  unified: "U",
  brief: "q",
  recursive: "r",
  "new-file": "N",
  "ignore-case": "i",
  "ignore-all-space": "w",
  "ignore-space-change": "b",
  "report-identical-files": "s",
  text: "a",
  color: "color",
  label: "L=",
};

interface Side {
  name: string;
  lines: string[];
  /** No newline ends its last line. */
  open: boolean;
}

export const diff = defineCommand({
  name: "diff",
  run(context) {
    const argv = context.argv.map((word) => (word.startsWith("--color=") ? "--color" : word));
    const options = parseOptions(argv, "uqrNiwbsaBdtT", "UL", LONG);
    const [left, right] = options.operands;
    if (left === undefined || right === undefined) return missing(context, options.operands);
    if ([left, right].includes("-") && !context.input().ended) return WAIT_FOR_INPUT;
    return { exit: compare(context, left, right, options) };
  },
});

function missing(context: CommandContext, operands: readonly string[]): { exit: number } {
  if (context.flavour === "busybox") complain(context, "missing filename");
  else {
    complain(context, `missing operand after '${operands.at(-1) ?? "diff"}'`);
    complain(context, "Try 'diff --help' for more information.");
  }
  return { exit: 2 };
}

function isFolder(context: CommandContext, path: string): boolean {
  return path !== "-" && context.files.stat(path)?.kind === "directory";
}

function compare(context: CommandContext, left: string, right: string, options: Options): number {
  const [one, two] = [isFolder(context, left), isFolder(context, right)];
  if (one && two) return compareFolders(context, left, right, options);
  // A file beside a folder is compared with the folder's file of that name.
  if (one) return compare(context, `${left}/${baseName(right)}`, right, options);
  if (two) return compare(context, left, `${right}/${baseName(left)}`, options);
  const sides = [left, right].map((name) => sideOf(context, name, options));
  const [a, b] = sides;
  if (!a || !b) return 2;
  const { values } = options;
  const changes = changesBetween(a.lines.map(keyOf(options)), b.lines.map(keyOf(options)), a.open !== b.open);
  if (changes.length === 0) {
    if (values["s"] !== undefined) context.out(`Files ${left} and ${right} are identical\n`);
    return 0;
  }
  if (values["q"] !== undefined) {
    context.out(`Files ${left} and ${right} differ\n`);
    return 1;
  }
  const isUnified = context.flavour === "busybox" || values["u"] !== undefined || values["U"] !== undefined;
  if (!isUnified) context.out(normal(a, b, changes));
  else {
    const labels = options.all.filter(([name]) => name === "L").map(([, value]) => value);
    const head = [a, b].map(({ name }, index) => labels[index] ?? name + stamp(context, name));
    context.out(`--- ${head[0]}\n+++ ${head[1]}\n${unified(a, b, changes, Number(values["U"] || 3))}`);
  }
  return 1;
}

function compareFolders(context: CommandContext, left: string, right: string, options: Options): number {
  const inner = (folder: string): Set<string> => new Set(context.files.list(folder));
  const [one, two] = [inner(left), inner(right)];
  let exit = 0;
  for (const name of [...new Set([...one, ...two])].sort()) {
    const [a, b] = [`${left}/${name}`, `${right}/${name}`];
    const bothFolders = isFolder(context, a) && isFolder(context, b);
    if (!one.has(name) || !two.has(name)) {
      context.out(`Only in ${one.has(name) ? left : right}: ${name}\n`);
      exit = Math.max(exit, 1);
    } else if (bothFolders && options.values["r"] === undefined) {
      context.out(`Common subdirectories: ${a} and ${b}\n`);
    } else if (bothFolders) exit = Math.max(exit, compareFolders(context, a, b, options));
    else {
      let shown = "";
      const inside = Object.create(context, {
        out: { value: (text: string) => void (shown += text) },
      }) as CommandContext;
      exit = Math.max(exit, compare(inside, a, b, options));
      const isTold = shown !== "" && options.values["q"] === undefined && context.flavour !== "busybox";
      const given = context.argv.slice(1, -2).join(" ");
      context.out(isTold ? `diff ${given === "" ? "" : `${given} `}${a} ${b}\n${shown}` : shown);
    }
  }
  return exit;
}

function sideOf(context: CommandContext, name: string, { values }: Options): Side | undefined {
  let text: string;
  if (name === "-") {
    ({ text } = context.input());
    context.take(text.length);
  } else {
    const file = context.files.read(name);
    if ("error" in file && values["N"] === undefined) {
      complain(
        context,
        context.flavour === "busybox" ? `can't stat '${name}': ${file.error}` : `${name}: ${file.error}`,
      );
      return undefined;
    }
    text = "text" in file ? file.text : "";
  }
  const lines = text.split("\n");
  const open = lines.at(-1) !== "";
  if (!open) lines.pop();
  return { name, lines, open };
}

/** What two lines are compared by. */
function keyOf({ values }: Options): (line: string) => string {
  return (line) => {
    let key = line;
    if (values["w"] !== undefined) key = key.replace(/\s+/g, "");
    else if (values["b"] !== undefined) key = key.replace(/\s+/g, " ").trimEnd();
    return values["i"] === undefined ? key : key.toLowerCase();
  };
}

/** GNU's heads have the time of the last change. */
function stamp(context: CommandContext, name: string): string {
  if (context.flavour === "busybox") return "";
  const entry = name === "-" ? undefined : context.files.stat(name);
  const now = epochNow(context.context);
  const ms = entry && "at" in entry ? now - context.context.now + entry.at : now;
  return `\t${formatDate("%F %T.%N %z", ms)}`;
}

const NO_NEWLINE = "\\ No newline at end of file\n";

function shown(side: Side, sign: string, from: number, to: number): string {
  let text = "";
  for (let at = from; at < to; at++) {
    text += `${sign}${side.lines[at]}\n`;
    if (side.open && at === side.lines.length - 1) text += NO_NEWLINE;
  }
  return text;
}

const range = (from: number, to: number): string =>
  to - from > 1 ? `${from + 1},${to}` : `${from === to ? from : from + 1}`;

function normal(a: Side, b: Side, changes: readonly Change[]): string {
  let text = "";
  for (const { left, right } of changes) {
    const kind = left.from === left.to ? "a" : right.from === right.to ? "d" : "c";
    text += `${range(left.from, left.to)}${kind}${range(right.from, right.to)}\n`;
    text += shown(a, "< ", left.from, left.to);
    if (kind === "c") text += "---\n";
    text += shown(b, "> ", right.from, right.to);
  }
  return text;
}

/** Changes with the lines around them; those that are near stand in one hunk. */
function unified(a: Side, b: Side, changes: readonly Change[], context: number): string {
  const hunks: Change[][] = [];
  for (const change of changes) {
    const last = hunks.at(-1)?.at(-1);
    if (last && change.left.from - last.left.to <= 2 * context) hunks.at(-1)!.push(change);
    else hunks.push([change]);
  }
  return hunks.map((hunk) => hunkText(a, b, hunk, context)).join("");
}

function hunkText(a: Side, b: Side, changes: readonly Change[], context: number): string {
  const [first, last] = [changes[0]!, changes.at(-1)!];
  const before = Math.min(context, first.left.from);
  const after = Math.min(context, a.lines.length - last.left.to);
  const [from, to] = [first.left.from - before, last.left.to + after];
  const place = (start: number, end: number): string =>
    `${end === start ? start : start + 1}${end - start === 1 ? "" : `,${end - start}`}`;
  let text = `@@ -${place(from, to)} +${place(first.right.from - before, last.right.to + after)} @@\n`;
  let at = from;
  for (const { left, right } of changes) {
    text +=
      shown(a, " ", at, left.from) + shown(a, "-", left.from, left.to) + shown(b, "+", right.from, right.to);
    at = left.to;
  }
  return text + shown(a, " ", at, to);
}

export const cmp = defineCommand({
  name: "cmp",
  run(context) {
    const { values, operands } = parseOptions(context.argv, "sl", "n", {
      silent: "s",
      quiet: "s",
      verbose: "l",
    });
    const [left = "", right = "-"] = operands;
    if (operands.length === 0) {
      complain(context, "missing operand after 'cmp'");
      return { exit: 2 };
    }
    if (operands.includes("-") && !context.input().ended) return WAIT_FOR_INPUT;
    const texts: number[][] = [];
    for (const name of [left, right]) {
      const file = name === "-" ? { text: context.input().text } : context.files.read(name);
      if ("error" in file) {
        complain(context, `${name}: ${file.error}`);
        return { exit: 2 };
      }
      texts.push(encodeUtf8(file.text));
    }
    return { exit: compareBytes(context, [left, right], texts, values) };
  },
});

function compareBytes(
  context: CommandContext,
  [left = "", right = ""]: string[],
  [a = [], b = []]: number[][],
  values: Record<string, string>,
): number {
  const length = Math.min(a.length, b.length);
  const quiet = values["s"] !== undefined;
  const width = String(Math.max(a.length, b.length)).length;
  let line = 1;
  let differs = false;
  for (let at = 0; at < length; at++) {
    if (a[at] !== b[at] && values["l"] === undefined) {
      if (!quiet) context.out(`${left} ${right} differ: char ${at + 1}, line ${line}\n`);
      return 1;
    }
    if (a[at] !== b[at]) {
      const octal = (byte: number): string => byte.toString(8).padStart(3);
      if (!quiet) context.out(`${String(at + 1).padStart(width)} ${octal(a[at]!)} ${octal(b[at]!)}\n`);
      differs = true;
    }
    if (a[at] === 10) line++;
  }
  if (a.length === b.length) return differs ? 1 : 0;
  const [short, bytes] = a.length < b.length ? [left, a] : [right, b];
  const place = bytes.at(-1) === 10 ? `, line ${line - 1}` : `, in line ${line}`;
  const where = values["l"] === undefined && context.flavour === "gnu" ? place : "";
  if (!quiet && context.flavour === "busybox") complain(context, `EOF on ${short}`);
  else if (!quiet)
    complain(
      context,
      length === 0 ? `EOF on ${short} which is empty` : `EOF on ${short} after byte ${length}${where}`,
    );
  return 1;
}
