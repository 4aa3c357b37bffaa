// base64, md5sum, sha1sum and sha256sum.
import { decodeBase64, decodeBytes, encodeBase64 } from "#base/base64";
import { encodeUtf8 } from "#base/utf8";
import { complain, defineCommand, WAIT_FOR_INPUT, type Command, type CommandContext } from "./command.ts";
import { parseOptions } from "./options.ts";

/** A file's text, or all of the input for "-"; WAIT_FOR_INPUT until that has come. */
function textOf(context: CommandContext, path: string): string | undefined | typeof WAIT_FOR_INPUT {
  if (path === "-") {
    const { text, ended } = context.input();
    if (!ended) return WAIT_FOR_INPUT;
    context.take(text.length);
    return text;
  }
  const file = context.files.read(path);
  if ("text" in file) return file.text;
  const busybox = context.flavour === "busybox";
  complain(context, busybox ? `can't open '${path}': ${file.error}` : `${path}: ${file.error}`);
  return undefined;
}

export const base64 = defineCommand({
  name: "base64",
  run(context) {
    const long = { decode: "d", wrap: "w=", "ignore-garbage": "i" };
    const { values, operands } = parseOptions(context.argv, "dDi", "w", long);
    const text = textOf(context, operands[0] ?? "-");
    if (typeof text === "object") return text;
    if (text === undefined) return { exit: 1 };
    if (values["d"] === undefined && values["D"] === undefined) {
      const wrap = values["w"] ?? "76";
      if (!/^\d+$/.test(wrap)) {
        complain(context, `invalid wrap size: '${wrap}'`);
        return { exit: 1 };
      }
      const width = Number(wrap);
      const encoded = encodeBase64(text);
      if (width === 0) context.out(encoded);
      else
        for (let at = 0; at < encoded.length; at += width) context.out(`${encoded.slice(at, at + width)}\n`);
      return { exit: 0 };
    }
    const clean = text.replace(/\s/g, "");
    // What can be decoded is printed even where the end is missing.
    const whole = clean.slice(0, clean.length - (clean.length % 4));
    const isGood = clean.length % 4 === 0 && decodeBytes(clean) !== undefined;
    context.out(decodeBase64(isGood ? clean : whole));
    if (isGood) return { exit: 0 };
    complain(context, context.flavour === "busybox" ? "truncated input" : "invalid input");
    return { exit: 1 };
  },
});

function sumCommand(name: string, digest: (bytes: readonly number[]) => string): Command {
  return defineCommand({
    name,
    run(context) {
      const { operands } = parseOptions(context.argv, "btw");
      let exit = 0;
      for (const path of operands.length > 0 ? operands : ["-"]) {
        const text = textOf(context, path);
        if (typeof text === "object") return text;
        if (text === undefined) exit = 1;
        else context.out(`${digest(encodeUtf8(text))}  ${path}\n`);
      }
      return { exit };
    },
  });
}

const rotateLeft = (value: number, by: number): number => (value << by) | (value >>> (32 - by));
const rotateRight = (value: number, by: number): number => (value >>> by) | (value << (32 - by));

/** The message with its end mark and its length in bits, as 32-bit words. */
function padded(bytes: readonly number[], littleEndian: boolean): number[] {
  const size = (((bytes.length + 8) >> 6) + 1) * 16;
  const words = Array.from({ length: size }, () => 0);
  const shift = (at: number): number => (littleEndian ? (at % 4) * 8 : 24 - (at % 4) * 8);
  [...bytes, 0x80].forEach((byte, at) => (words[at >> 2] = words[at >> 2]! | (byte << shift(at))));
  words[littleEndian ? size - 2 : size - 1] = bytes.length * 8;
  return words;
}

const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, "0");

const PRIMES = Array.from({ length: 312 }, (_, value) => value).filter(
  (value) =>
    value > 1 && !Array.from({ length: value }, (_, by) => by).some((by) => by > 1 && value % by === 0),
);
/** The first 32 bits of a number's fraction. */
const fraction = (value: number): number => Math.floor((value - Math.floor(value)) * 2 ** 32) | 0;
const SHA_ROUNDS = PRIMES.slice(0, 64).map((prime) => fraction(Math.cbrt(prime)));
const SHA_START = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

// FIPS 180-4
function sha256(bytes: readonly number[]): string {
  const words = padded(bytes, false);
  const state = [...SHA_START];
  for (let block = 0; block < words.length; block += 16) {
    const w = words.slice(block, block + 16);
    for (let at = 16; at < 64; at++) {
      const [a, b] = [w[at - 15]!, w[at - 2]!];
      const first = rotateRight(a, 7) ^ rotateRight(a, 18) ^ (a >>> 3);
      const second = rotateRight(b, 17) ^ rotateRight(b, 19) ^ (b >>> 10);
      w[at] = (w[at - 16]! + first + w[at - 7]! + second) | 0;
    }
    let [a, b, c, d, e, f, g, h] = state as [number, number, number, number, number, number, number, number];
    for (let at = 0; at < 64; at++) {
      const upper = rotateRight(e, 6) ^ rotateRight(e, 11) ^ rotateRight(e, 25);
      const one = (h + upper + ((e & f) ^ (~e & g)) + SHA_ROUNDS[at]! + w[at]!) | 0;
      const lower = rotateRight(a, 2) ^ rotateRight(a, 13) ^ rotateRight(a, 22);
      const two = (lower + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((value, at) => (state[at] = (state[at]! + value) | 0));
  }
  return state.map(hex).join("");
}

// FIPS 180-4
function sha1(bytes: readonly number[]): string {
  const words = padded(bytes, false);
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0].map((word) => word | 0);
  for (let block = 0; block < words.length; block += 16) {
    const w = words.slice(block, block + 16);
    for (let at = 16; at < 80; at++)
      w[at] = rotateLeft(w[at - 3]! ^ w[at - 8]! ^ w[at - 14]! ^ w[at - 16]!, 1);
    let [a, b, c, d, e] = state as [number, number, number, number, number];
    for (let at = 0; at < 80; at++) {
      const part = Math.floor(at / 20);
      const mix = part === 0 ? (b & c) | (~b & d) : part === 2 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
      const constant = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6][part]!;
      [e, d, c, b, a] = [d, c, rotateLeft(b, 30), a, (rotateLeft(a, 5) + mix + e + constant + w[at]!) | 0];
    }
    [a, b, c, d, e].forEach((value, at) => (state[at] = (state[at]! + value) | 0));
  }
  return state.map(hex).join("");
}

const MD5_SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];

// RFC 1321
function md5(bytes: readonly number[]): string {
  const words = padded(bytes, true);
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476].map((word) => word | 0);
  for (let block = 0; block < words.length; block += 16) {
    let [a, b, c, d] = state as [number, number, number, number];
    for (let at = 0; at < 64; at++) {
      const part = at >> 4;
      const mix = [(b & c) | (~b & d), (d & b) | (~d & c), b ^ c ^ d, c ^ (b | ~d)][part]!;
      const word = [at, 5 * at + 1, 3 * at + 5, 7 * at][part]! % 16;
      const constant = Math.floor(Math.abs(Math.sin(at + 1)) * 2 ** 32) | 0;
      const sum = (a + mix + constant + words[block + word]!) | 0;
      [a, d, c, b] = [d, c, b, (b + rotateLeft(sum, MD5_SHIFTS[part * 4 + (at % 4)]!)) | 0];
    }
    [a, b, c, d].forEach((value, at) => (state[at] = (state[at]! + value) | 0));
  }
  const turned = (word: number): string => hex(word).match(/../g)!.toReversed().join("");
  return state.map(turned).join("");
}

export const md5sum = sumCommand("md5sum", md5);
export const sha1sum = sumCommand("sha1sum", sha1);
export const sha256sum = sumCommand("sha256sum", sha256);
