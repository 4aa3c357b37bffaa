// Numbers in arguments as Go's strconv reads them, with its errors.
import { plainError } from "../errors.ts";
import { goQuote } from "../go-values.ts";

/** A port from 0 to 65535 (ParseUint with 16 bits). */
export function parsePort(word: string): number {
  if (!/^\d+$/.test(word)) throw plainError(`strconv.ParseUint: parsing ${goQuote(word)}: invalid syntax`);
  if (Number(word) > 65535)
    throw plainError(`strconv.ParseUint: parsing ${goQuote(word)}: value out of range`);
  return Number(word);
}

/** strconv.Atoi */
export function atoi(word: string): number {
  if (!/^[+-]?\d+$/.test(word)) throw plainError(`strconv.Atoi: parsing ${goQuote(word)}: invalid syntax`);
  if (Math.abs(Number(word)) >= 2 ** 63)
    throw plainError(`strconv.Atoi: parsing ${goQuote(word)}: value out of range`);
  return Number(word);
}

/** A number where the word is one, else the word itself (intstr.Parse). */
export function intOrString(word: string): number | string {
  return /^[+-]?\d+$/.test(word) && Math.abs(Number(word)) < 2 ** 31 ? Number(word) : word;
}
