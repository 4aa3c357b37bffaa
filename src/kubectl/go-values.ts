// Flag values as Go reads them, with the errors of strconv and time. Called by the flag parser and by commands that
// parse numbers or durations of their own.
import { corruptByte } from "#base/base64";

export type Read<T> = { ok: true; value: T } | { ok: false; error: string };

const ok = <T>(value: T): Read<T> => ({ ok: true, value });

const TRUE = new Set(["1", "t", "T", "TRUE", "true", "True"]);
const FALSE = new Set(["0", "f", "F", "FALSE", "false", "False"]);

export function parseGoBool(text: string): Read<boolean> {
  if (TRUE.has(text)) return ok(true);
  if (FALSE.has(text)) return ok(false);
  return { ok: false, error: `strconv.ParseBool: parsing ${goQuote(text)}: invalid syntax` };
}

/** strconv.ParseInt with base 0: decimal, or with the prefix 0x, 0o or 0b. */
export function parseGoInt(text: string, bits = 64): Read<number> {
  const match = /^([+-]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|[1-9][0-9]*|0)$/.exec(
    text.replace(/_/g, ""),
  );
  if (!match) return { ok: false, error: `strconv.ParseInt: parsing ${goQuote(text)}: invalid syntax` };
  const digits = match[2]!;
  const octal = /^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits;
  const value = Number(octal) * (match[1] === "-" ? -1 : 1);
  if (value >= 2 ** (bits - 1) || value < -(2 ** (bits - 1)))
    return { ok: false, error: `strconv.ParseInt: parsing ${goQuote(text)}: value out of range` };
  return ok(value);
}

const UNIT_MS: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** time.ParseDuration, in milliseconds. */
export function parseGoDuration(text: string): Read<number> {
  const invalid = { ok: false as const, error: `time: invalid duration ${goQuote(text)}` };
  let rest = text.replace(/^[+-]/, "");
  const sign = text.startsWith("-") ? -1 : 1;
  if (rest === "0") return ok(0);
  if (rest === "") return invalid;
  let total = 0;
  while (rest !== "") {
    const number = /^(\d+\.?\d*|\.\d+)/.exec(rest)?.[0];
    if (number === undefined) return invalid;
    rest = rest.slice(number.length);
    const unit = /^[^\d.]*/.exec(rest)![0];
    if (unit === "") return { ok: false, error: `time: missing unit in duration ${goQuote(text)}` };
    const scale = UNIT_MS[unit];
    if (scale === undefined)
      return { ok: false, error: `time: unknown unit ${goQuote(unit)} in duration ${goQuote(text)}` };
    total += Number(number) * scale;
    rest = rest.slice(unit.length);
  }
  return ok(total * sign);
}

const TIME_PARTS: readonly (readonly [layout: string, pattern: RegExp])[] = [
  ["2006", /^\d{4}/],
  ["-", /^-/],
  ["01", /^\d{2}/],
  ["-", /^-/],
  ["02", /^\d{2}/],
  ["T", /^T/],
  ["15", /^\d{2}/],
  [":", /^:/],
  ["04", /^\d{2}/],
  [":", /^:/],
  ["05", /^\d{2}(?:[.,]\d+)?/],
  ["Z07:00", /^(?:Z|[+-]\d{2}:\d{2})/],
];

/** What time.Parse says of a text that is no time in the form of RFC 3339. */
export function goTimeProblem(text: string): string | undefined {
  let rest = text;
  for (const [layout, pattern] of TIME_PARTS) {
    const found = pattern.exec(rest)?.[0];
    if (found === undefined)
      return `parsing time ${goQuote(text)} as "2006-01-02T15:04:05Z07:00": cannot parse ${goQuote(rest)} as ${goQuote(layout)}`;
    if (outOfRange(layout, Number.parseInt(found, 10)))
      return `parsing time ${goQuote(text)}: ${TIME_NAMES[layout]} out of range`;
    rest = rest.slice(found.length);
  }
  if (rest !== "") return `parsing time ${goQuote(text)}: extra text: ${goQuote(rest)}`;
  const [year = 0, month = 1, day = 1] = text.slice(0, 10).split("-").map(Number);
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]!;
  return day < 1 || day > days ? `parsing time ${goQuote(text)}: day out of range` : undefined;
}

const TIME_NAMES: Record<string, string> = { "01": "month", "15": "hour", "04": "minute", "05": "second" };

function outOfRange(layout: string, value: number): boolean {
  if (layout === "01") return value < 1 || value > 12;
  if (layout === "15") return value > 23;
  return (layout === "04" || layout === "05") && value > 59;
}

/** What Go says of a text that is no base64. */
export function base64Problem(text: string): string | undefined {
  const at = corruptByte(text);
  return at === undefined ? undefined : `illegal base64 data at input byte ${at}`;
}

/** A string as Go's %q prints it. */
export function goQuote(text: string): string {
  let out = '"';
  for (const sign of text) {
    const code = sign.codePointAt(0)!;
    if (sign === '"' || sign === "\\") out += `\\${sign}`;
    else if (sign === "\n") out += "\\n";
    else if (sign === "\t") out += "\\t";
    else if (sign === "\r") out += "\\r";
    else if (code < 0x20 || code === 0x7f) out += `\\x${code.toString(16).padStart(2, "0")}`;
    else out += sign;
  }
  return `${out}"`;
}
