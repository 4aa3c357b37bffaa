// od, hexdump and xxd: the bytes of the input as numbers and letters.
import { encodeUtf8 } from "#base/utf8";
import { complain, defineCommand, WAIT_FOR_INPUT, type CommandContext } from "./command.ts";
import { parseOptions } from "./options.ts";

const LETTERS: Record<number, string> = {
  0: "\\0",
  7: "\\a",
  8: "\\b",
  9: "\\t",
  10: "\\n",
  11: "\\v",
  12: "\\f",
  13: "\\r",
};

const octal = (value: number, width: number): string => value.toString(8).padStart(width, "0");
const hex = (value: number, width: number): string => value.toString(16).padStart(width, "0");
const isPrinted = (byte: number): boolean => byte >= 32 && byte < 127;
const asText = (bytes: readonly number[]): string =>
  bytes.map((byte) => (isPrinted(byte) ? String.fromCharCode(byte) : ".")).join("");
const asLetter = (byte: number): string =>
  LETTERS[byte] ?? (isPrinted(byte) ? String.fromCharCode(byte) : octal(byte, 3));

/** Bytes of the named files, or of the input; undefined while that is still to come. */
function bytesOf(
  context: CommandContext,
  names: readonly string[],
): { bytes: number[]; failed: boolean } | undefined {
  const operands = names.length > 0 ? names : ["-"];
  if (operands.includes("-") && !context.input().ended) return undefined;
  let failed = false;
  const bytes: number[] = [];
  for (const name of operands) {
    const input = context.input();
    const file = name === "-" ? { text: input.text } : context.files.read(name);
    if (name === "-") context.take(input.text.length);
    if ("text" in file) for (const byte of encodeUtf8(file.text)) bytes.push(byte);
    else {
      complain(context, `${name}: ${file.error}`);
      failed = true;
    }
  }
  return { bytes, failed };
}

interface Layout {
  address(at: number): string;
  row(bytes: readonly number[]): string;
  /** The line for the end. */
  end: boolean;
  all: boolean;
}

/** Rows of 16; equal ones in sequence are one "*". */
function print(context: CommandContext, bytes: readonly number[], offset: number, layout: Layout): void {
  let before = "";
  let starred = false;
  for (let at = 0; at < bytes.length; at += 16) {
    const piece = bytes.slice(at, at + 16);
    const key = piece.join(" ");
    if (!layout.all && key === before && piece.length === 16) {
      if (!starred) context.out("*\n");
      starred = true;
      continue;
    }
    starred = false;
    before = key;
    context.out(`${layout.address(offset + at)}${layout.row(piece)}\n`);
  }
  const address = layout.address(offset + bytes.length);
  if (layout.end && address !== "") context.out(`${address}\n`);
}

/** Numbers of so many bytes, the lowest first. */
function words(bytes: readonly number[], size: number, one: (value: number) => string): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += size) {
    let value = 0;
    for (let byte = size - 1; byte >= 0; byte--) value = value * 256 + (bytes[at + byte] ?? 0);
    text += one(value);
  }
  return text;
}

const DECIMAL_WIDTHS: Record<number, number> = { 1: 4, 2: 6, 4: 11 };

function odRow(type: string): ((bytes: readonly number[]) => string) | undefined {
  const match = /^([acdoux])(\d|C|S|I|L)?(z?)$/.exec(type);
  if (!match) return undefined;
  const [, kind = "o", given = "", z] = match;
  const size = { C: 1, S: 2, I: 4, L: 4, "": 4 }[given] ?? Number(given);
  const one: Record<string, (value: number) => string> = {
    x: (value) => ` ${hex(value, size * 2)}`,
    o: (value) => ` ${octal(value, Math.ceil((size * 8) / 3))}`,
    u: (value) => String(value).padStart(DECIMAL_WIDTHS[size] ?? 11),
    d: (value) =>
      String(value >= 2 ** (size * 8 - 1) ? value - 2 ** (size * 8) : value).padStart(
        size === 1 ? 5 : size === 2 ? 7 : 12,
      ),
  };
  if (kind === "a" || kind === "c")
    return (bytes) => bytes.map((byte) => asLetter(byte).padStart(4)).join("");
  return (bytes) => {
    const text = words(bytes, size, one[kind]!);
    const missing = Math.floor((16 - bytes.length) / size) * one[kind]!(0).length;
    return z ? `${text}${" ".repeat(missing)}  >${asText(bytes)}<` : text;
  };
}

const OD_TYPES: Record<string, string> = {
  b: "o1",
  c: "c",
  x: "x2",
  o: "o2",
  d: "u2",
  h: "x2",
  i: "d4",
  s: "d2",
};

export const od = defineCommand({
  name: "od",
  run(context) {
    const { values, all, operands } = parseOptions(context.argv, "bcxodhisv", "AtjN");
    const read = bytesOf(context, operands);
    if (!read) return WAIT_FOR_INPUT;
    if (read.failed && read.bytes.length === 0) return { exit: 1 };
    const chosen = all
      .filter(([name]) => name === "t" || OD_TYPES[name])
      .map(([name, value]) => (name === "t" ? value : OD_TYPES[name]!));
    const rows = (chosen.length > 0 ? chosen : ["o2"]).map(odRow);
    const bad = rows.indexOf(undefined);
    if (bad >= 0) {
      complain(context, `invalid type string '${chosen[bad]}'`);
      return { exit: 1 };
    }
    const base = values["A"] ?? "o";
    const address = (at: number): string =>
      base === "n"
        ? ""
        : base === "x"
          ? hex(at, 6)
          : base === "d"
            ? String(at).padStart(7, "0")
            : octal(at, 7);
    const skip = Number(values["j"] ?? 0);
    const bytes = read.bytes.slice(skip, values["N"] === undefined ? undefined : skip + Number(values["N"]));
    const row = (piece: readonly number[]): string =>
      rows
        .map((one, index) => (index === 0 ? "" : `\n${" ".repeat(address(0).length)}`) + one!(piece))
        .join("");
    print(context, bytes, skip, { address, row, end: true, all: values["v"] !== undefined });
    return { exit: read.failed ? 1 : 0 };
  },
});

export const hexdump = defineCommand({
  name: "hexdump",
  run(context) {
    const { values, operands } = parseOptions(context.argv, "bcCdovx", "nse");
    const read = bytesOf(context, operands);
    if (!read) return WAIT_FOR_INPUT;
    if (read.failed && read.bytes.length === 0) {
      if (context.flavour === "gnu") complain(context, "all input file arguments failed");
      return { exit: 1 };
    }
    const skip = Number(values["s"] ?? 0);
    const bytes = read.bytes.slice(skip, values["n"] === undefined ? undefined : skip + Number(values["n"]));
    const isCanonical = values["C"] !== undefined || context.argv[0] === "hd";
    const address = (at: number): string => hex(at, isCanonical ? 8 : 7);
    const pairs = (piece: readonly number[]): string => words(piece, 2, (value) => ` ${hex(value, 4)}`);
    const letters = (piece: readonly number[]): string =>
      piece.map((byte) => asLetter(byte).padStart(4)).join("");
    const row = isCanonical ? canonical : values["c"] === undefined ? pairs : letters;
    if (bytes.length > 0)
      print(context, bytes, skip, { address, row, end: true, all: values["v"] !== undefined });
    return { exit: read.failed ? 1 : 0 };
  },
});
export const hd = { ...hexdump, name: "hd" };

function canonical(bytes: readonly number[]): string {
  const half = (from: number): string =>
    bytes
      .slice(from, from + 8)
      .map((byte) => ` ${hex(byte, 2)}`)
      .join("");
  return ` ${half(0)} ${half(8)}`.padEnd(52) + `|${asText(bytes)}|`;
}

export const xxd = defineCommand({
  name: "xxd",
  run(context) {
    const { values, operands } = parseOptions(context.argv, "pr", "lsc");
    const read = bytesOf(context, operands);
    if (!read) return WAIT_FOR_INPUT;
    const skip = Number(values["s"] ?? 0);
    const bytes = read.bytes.slice(skip, values["l"] === undefined ? undefined : skip + Number(values["l"]));
    if (values["p"] !== undefined) {
      for (let at = 0; at < bytes.length; at += 30)
        context.out(
          `${bytes
            .slice(at, at + 30)
            .map((byte) => hex(byte, 2))
            .join("")}\n`,
        );
      return { exit: read.failed ? 2 : 0 };
    }
    const row = (piece: readonly number[]): string => {
      let text = ":";
      piece.forEach((byte, at) => (text += (at % 2 === 0 ? " " : "") + hex(byte, 2)));
      return `${text.padEnd(41)}  ${asText(piece)}`;
    };
    print(context, bytes, skip, { address: (at) => hex(at, 8), row, end: false, all: true });
    return { exit: read.failed ? 2 : 0 };
  },
});
