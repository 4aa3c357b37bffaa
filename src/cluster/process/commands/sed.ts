// sed: s///, p, d, q, =, with line numbers, $, /patterns/ and ranges; -n, -e, -i, -E.
import { complain, defineCommand, WAIT_FOR_INPUT, type CommandContext } from "./command.ts";
import { posixToRegExp } from "./grep.ts";
import { joinLines, linesOf, readOperands, takeLines } from "./lines.ts";
import { parseOptions } from "./options.ts";

type Place = { line: number } | { last: true } | { pattern: RegExp };

interface Rule {
  from?: Place;
  to?: Place;
  negated: boolean;
  command: string;
  pattern?: RegExp;
  replacement?: string;
  print?: boolean;
  text?: string;
}

export const sed = defineCommand({
  name: "sed",
  run(context) {
    const { values, all, operands } = parseOptions(context.argv, "nEriszu", "e", {
      quiet: "n",
      "in-place": "i",
      expression: "e=",
      "regexp-extended": "E",
    });
    const scripts = all.filter(([name]) => name === "e").map(([, value]) => value);
    if (scripts.length === 0) scripts.push(operands.shift() ?? "");
    const extended = values["E"] !== undefined || values["r"] !== undefined;
    const rules: Rule[] = [];
    for (const script of scripts) {
      const parsed = parseRules(script, extended);
      if (typeof parsed === "string") {
        complain(
          context,
          context.flavour === "busybox" ? parsed : `-e expression #1, char ${script.length}: ${parsed}`,
        );
        return { exit: 1 };
      }
      rules.push(...parsed);
    }
    const run = (text: string): string => apply(rules, linesOf(text), values["n"] !== undefined);
    if (operands.length === 0 && values["i"] === undefined && rules.every(looksAtOneLine)) {
      const { text, ended } = takeLines(context);
      printAll(context, text, run);
      return ended ? { exit: 0 } : WAIT_FOR_INPUT;
    }
    const read = readOperands(context, operands);
    if (!read) return WAIT_FOR_INPUT;
    if (values["i"] !== undefined)
      for (const { name, text } of read.inputs) context.files.write(name, run(text));
    else printAll(context, read.inputs.map(({ text }) => text).join(""), run);
    return { exit: read.failed ? 2 : 0 };
  },
});

/** Such rules need to know nothing of the lines before, so that a line can be printed as soon as it comes. */
function looksAtOneLine({ from, to, command }: Rule): boolean {
  return !to && (!from || "pattern" in from) && !/[q=]/.test(command);
}

function printAll(context: CommandContext, text: string, run: (text: string) => string): void {
  const result = run(text);
  // A last line without its newline stays so.
  context.out(text !== "" && !text.endsWith("\n") && result.endsWith("\n") ? result.slice(0, -1) : result);
}

function parseRules(script: string, extended: boolean): Rule[] | string {
  const rules: Rule[] = [];
  let rest = script;
  for (;;) {
    rest = rest.replace(/^[\s;]+/, "");
    if (rest === "" || rest.startsWith("#")) return rules;
    const rule: Rule = { negated: false, command: "" };
    const from = takePlace(rest, extended);
    if (from) {
      rule.from = from.place;
      rest = from.rest;
      const to = rest.startsWith(",") ? takePlace(rest.slice(1), extended) : undefined;
      if (to) {
        rule.to = to.place;
        rest = to.rest;
      }
    }
    if (rest.startsWith("!")) {
      rule.negated = true;
      rest = rest.slice(1);
    }
    rule.command = rest[0] ?? "";
    rest = rest.slice(1);
    if (rule.command === "s") {
      const parts = splitBy(rest);
      if (!parts) return "unterminated `s' command";
      const flags = /^[gpiI0-9]*/.exec(parts.rest)![0];
      rule.pattern = new RegExp(
        posixToRegExp(parts.first, extended),
        `${/g/.test(flags) ? "g" : ""}${/i/i.test(flags) ? "i" : ""}`,
      );
      rule.replacement = parts.second;
      rule.print = flags.includes("p");
      rest = parts.rest.slice(flags.length);
    } else if (/[aic]/.test(rule.command)) {
      rule.text = rest.replace(/^\s*\\?\n?\s*/, "");
      rest = "";
    } else if (!/[pdq=]/.test(rule.command) || rule.command === "") {
      return rule.command === "" ? "missing command" : `unknown command: \`${rule.command}'`;
    }
    rules.push(rule);
  }
}

function takePlace(text: string, extended: boolean): { place: Place; rest: string } | undefined {
  const number = /^\d+/.exec(text)?.[0];
  if (number !== undefined) return { place: { line: Number(number) }, rest: text.slice(number.length) };
  if (text.startsWith("$")) return { place: { last: true }, rest: text.slice(1) };
  const pattern = /^\/((?:[^/\\]|\\[^])*)\//.exec(text);
  if (!pattern) return undefined;
  return {
    place: { pattern: new RegExp(posixToRegExp(pattern[1]!.replace(/\\\//g, "/"), extended)) },
    rest: text.slice(pattern[0].length),
  };
}

function splitBy(text: string): { first: string; second: string; rest: string } | undefined {
  const delimiter = text[0];
  if (delimiter === undefined) return undefined;
  const parts = ["", "", ""];
  let part = 0;
  let at = 1;
  for (; at < text.length && part < 2; at++) {
    const char = text[at]!;
    if (char === delimiter) part++;
    else if (char !== "\\") parts[part] += char;
    else {
      const next = text[++at] ?? "";
      parts[part] += next === delimiter ? next : `\\${next}`;
    }
  }
  return part < 2 ? undefined : { first: parts[0]!, second: parts[1]!, rest: text.slice(at) };
}

function apply(rules: readonly Rule[], lines: string[], silent: boolean): string {
  const output: string[] = [];
  const open = new Set<Rule>();
  for (let index = 0; index < lines.length; index++) {
    let line: string | undefined = lines[index]!;
    const after: string[] = [];
    let stop = false;
    for (const rule of rules) {
      if (line === undefined || selects(rule, open, line, index, lines.length) === rule.negated) continue;
      if (rule.command === "p") output.push(line);
      else if (rule.command === "=") output.push(String(index + 1));
      else if (rule.command === "d") line = undefined;
      else if (rule.command === "q") stop = true;
      else if (rule.command === "a") after.push(rule.text!);
      else if (rule.command === "i") output.push(rule.text!);
      else if (rule.command === "c") {
        output.push(rule.text!);
        line = undefined;
      } else if (rule.command === "s") {
        const before: string = line;
        line = line.replace(rule.pattern!, (...groups: unknown[]) =>
          fill(rule.replacement!, groups as string[]),
        );
        if (line !== before && rule.print) output.push(line);
      }
      if (stop) break;
    }
    if (line !== undefined && !silent) output.push(line);
    output.push(...after);
    if (stop) break;
  }
  return joinLines(output);
}

function fill(replacement: string, groups: string[]): string {
  return replacement.replace(/\\([0-9n&\\t])|&/g, (all, code: string | undefined) => {
    if (code === undefined) return groups[0]!;
    if (code === "n") return "\n";
    if (code === "t") return "\t";
    return /\d/.test(code) ? (groups[Number(code)] ?? "") : all.slice(1);
  });
}

function selects(rule: Rule, open: Set<Rule>, line: string, index: number, count: number): boolean {
  const fits = (place: Place): boolean =>
    "line" in place
      ? place.line === index + 1
      : "last" in place
        ? index === count - 1
        : place.pattern.test(line);
  if (!rule.from) return true;
  if (!rule.to) return fits(rule.from);
  if (open.has(rule)) {
    if (fits(rule.to) || ("line" in rule.to && index + 1 >= rule.to.line)) open.delete(rule);
    return true;
  }
  if (!fits(rule.from)) return false;
  if (!("line" in rule.to) || rule.to.line > index + 1) open.add(rule);
  return true;
}
