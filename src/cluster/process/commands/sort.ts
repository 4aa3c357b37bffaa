// sort: by keys of fields, as numbers, versions, sizes with units, or text.
import { complain, defineCommand, WAIT_FOR_INPUT } from "./command.ts";
import { joinLines, linesOf, readOperands } from "./lines.ts";
import { parseOptions } from "./options.ts";
import { refuseOption } from "./refuse-option.ts";

interface Key {
  from: { field: number; char: number };
  to?: { field: number; char: number };
  letters: string;
}

const LONG = {
  unique: "u",
  reverse: "r",
  "numeric-sort": "n",
  "human-numeric-sort": "h",
  "version-sort": "V",
  "general-numeric-sort": "g",
  "ignore-case": "f",
  "ignore-leading-blanks": "b",
  stable: "s",
  check: "c",
  key: "k=",
  "field-separator": "t=",
  output: "o=",
};

export const sort = defineCommand({
  name: "sort",
  run(context) {
    const { values, all, operands, unknown } = parseOptions(context.argv, "nrufbgdhiMVcCsz", "ktoTS", LONG);
    if (unknown !== undefined) return refuseOption(context, unknown);
    const read = readOperands(context, operands);
    if (!read) return WAIT_FOR_INPUT;
    const letters = Object.keys(values).join("");
    const given = all.filter(([name]) => name === "k").map(([, value]) => keyOf(value));
    const bad = given.indexOf(undefined);
    if (bad >= 0) {
      complain(context, `invalid number at field start: invalid count at start of '${values["k"]}'`);
      return { exit: 2 };
    }
    const keys = (given as Key[]).map((key) => ({ ...key, letters: key.letters || letters }));
    if (keys.length === 0) keys.push({ from: { field: 1, char: 1 }, letters });
    const byKeys = (a: string, b: string): number => {
      for (const key of keys) {
        const order = compare(part(a, key, values["t"]), part(b, key, values["t"]), key.letters);
        if (order !== 0) return key.letters.includes("r") ? -order : order;
      }
      return 0;
    };
    const isStable = values["s"] !== undefined || values["u"] !== undefined;
    const whole = (a: string, b: string): number => (values["r"] === undefined ? text(a, b) : -text(a, b));
    const order = (a: string, b: string): number => byKeys(a, b) || (isStable ? 0 : whole(a, b));
    const lines = read.inputs.flatMap((input) => linesOf(input.text));
    if (values["c"] !== undefined || values["C"] !== undefined) {
      const at = lines.findIndex((line, index) => index > 0 && order(lines[index - 1]!, line) > 0);
      if (at > 0 && values["c"] !== undefined)
        complain(context, `${operands[0] ?? "-"}:${at + 1}: disorder: ${lines[at]}`);
      return { exit: at > 0 ? 1 : 0 };
    }
    const sorted = lines.sort(order);
    const kept =
      values["u"] === undefined
        ? sorted
        : sorted.filter((line, at) => at === 0 || byKeys(sorted[at - 1]!, line) !== 0);
    if (values["o"] === undefined) context.out(joinLines(kept));
    else context.files.write(values["o"], joinLines(kept));
    return { exit: read.failed ? 2 : 0 };
  },
});

/** -k 2,3n, -k 1.2r */
function keyOf(text: string): Key | undefined {
  const match = /^(\d+)(?:\.(\d+))?([a-zA-Z]*)(?:,(\d+)(?:\.(\d+))?([a-zA-Z]*))?$/.exec(text);
  if (!match || Number(match[1]) === 0) return undefined;
  const [, field, char = "1", letters = "", toField, toChar = "0", more = ""] = match;
  return {
    from: { field: Number(field), char: Number(char) },
    ...(toField !== undefined && { to: { field: Number(toField), char: Number(toChar) } }),
    letters: letters + more,
  };
}

/** Where each field begins and ends; without -t blanks belong to the field after them. */
function spans(line: string, separator: string | undefined): [start: number, end: number][] {
  const found: [number, number][] = [];
  if (separator === undefined) {
    for (const match of line.matchAll(/[ \t]*[^ \t]+/g))
      found.push([match.index, match.index + match[0].length]);
    return found;
  }
  let start = 0;
  for (let at = line.indexOf(separator); at >= 0; at = line.indexOf(separator, start)) {
    found.push([start, at]);
    start = at + separator.length;
  }
  found.push([start, line.length]);
  return found;
}

function part(line: string, { from, to, letters }: Key, separator: string | undefined): string {
  if (from.field === 1 && from.char === 1 && !to) return line;
  const fields = spans(line, separator);
  const first = fields[from.field - 1];
  if (!first) return "";
  const blanks = letters.includes("b") ? /^[ \t]*/.exec(line.slice(first[0]))![0].length : 0;
  const start = Math.min(first[1], first[0] + blanks + from.char - 1);
  const last = to && fields[to.field - 1];
  const end = !last ? line.length : to.char === 0 ? last[1] : Math.min(last[1], last[0] + to.char);
  return line.slice(start, Math.max(start, end));
}

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const numberOf = (value: string): number => Number(/^\s*(-?\d*\.?\d*)/.exec(value)?.[1] ?? 0) || 0;
const UNITS = "KMGTPEZY";

function sizeOf(value: string): number {
  const unit = /^\s*-?[\d.]+([A-Za-z])/.exec(value)?.[1]?.toUpperCase();
  return numberOf(value) * (unit === undefined ? 1 : 1024 ** (UNITS.indexOf(unit) + 1));
}

const MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" ");

function compare(a: string, b: string, letters: string): number {
  if (letters.includes("h")) return sizeOf(a) - sizeOf(b);
  if (letters.includes("g")) return (Number.parseFloat(a) || 0) - (Number.parseFloat(b) || 0);
  if (letters.includes("n")) return numberOf(a) - numberOf(b);
  if (letters.includes("M")) {
    const month = (value: string): number => MONTHS.indexOf(value.trim().slice(0, 3).toUpperCase());
    return month(a) - month(b);
  }
  if (letters.includes("V")) return byVersion(a, b);
  let [x, y] = letters.includes("b") ? [a.trimStart(), b.trimStart()] : [a, b];
  if (letters.includes("d")) [x, y] = [x.replace(/[^\w\s]/g, ""), y.replace(/[^\w\s]/g, "")];
  return letters.includes("f") ? text(x.toUpperCase(), y.toUpperCase()) : text(x, y);
}

/** Runs of digits count as numbers. */
function byVersion(a: string, b: string): number {
  const pieces = (value: string): string[] => value.match(/\d+|\D+/g) ?? [];
  const [x, y] = [pieces(a), pieces(b)];
  for (let at = 0; at < Math.max(x.length, y.length); at++) {
    const [left = "", right = ""] = [x[at], y[at]];
    const order = /^\d/.test(left) && /^\d/.test(right) ? Number(left) - Number(right) : text(left, right);
    if (order !== 0) return order;
  }
  return 0;
}
