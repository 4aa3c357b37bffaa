// Base64 in its two alphabets: the standard one with padding (Secrets, passwords), and the one of URLs without
// (tokens, links).
import { decodeUtf8, encodeUtf8 } from "./utf8.ts";

const COMMON = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const STANDARD = `${COMMON}+/`;
const URL_SAFE = `${COMMON}-_`;
/** Of both alphabets: which one a text may use is checked before. */
const VALUES = new Map([...STANDARD, ..."-_"].map((sign, at) => [sign, at < 64 ? at : at - 2]));

/** Arguments of one call are bounded. */
const CHUNK = 4096;

function encode(bytes: ArrayLike<number>, alphabet: string): string {
  // Every pod has a token of its own: the signs are gathered as codes, for a text that grows sign by sign is dear.
  const codes: number[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const group = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const last = bytes.length - at;
    codes.push(alphabet.charCodeAt(group >>> 18), alphabet.charCodeAt((group >>> 12) & 63));
    if (last > 1) codes.push(alphabet.charCodeAt((group >>> 6) & 63));
    if (last > 2) codes.push(alphabet.charCodeAt(group & 63));
  }
  let text = "";
  for (let at = 0; at < codes.length; at += CHUNK)
    text += String.fromCharCode(...codes.slice(at, at + CHUNK));
  return text;
}

function decode(text: string): number[] {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const sign of text) {
    held = ((held << 6) | VALUES.get(sign)!) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >>> bits) & 0xff);
  }
  return bytes;
}

/** Of the text's UTF-8 bytes, with padding. */
export function encodeBase64(text: string): string {
  return encodeBytes(encodeUtf8(text));
}

export function encodeBytes(bytes: ArrayLike<number>): string {
  const encoded = encode(bytes, STANDARD);
  return encoded + "=".repeat((4 - (encoded.length % 4)) % 4);
}

/** The bytes, or undefined if the text is no Base64. */
export function decodeBytes(text: string): number[] | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  return decode(text.replace(/=+$/, ""));
}

/** UTF-8 text; bytes that are no UTF-8 become the replacement character, and what is no Base64 nothing. */
export function decodeBase64(text: string): string {
  return decodeUtf8(decodeBytes(text) ?? []);
}

export function encodeBase64Url(bytes: ArrayLike<number>): string {
  return encode(bytes, URL_SAFE);
}

/** Undefined for text that is no base64url. */
export function decodeBase64Url(text: string): number[] | undefined {
  return text.length % 4 === 1 || !/^[\w-]*$/.test(text) ? undefined : decode(text);
}

/** At which byte a text stops being base64 to Go's decoder; undefined if it is that all through. */
export function corruptByte(text: string): number | undefined {
  let inGroup = 0;
  let groupStart = 0;
  for (let index = 0; index < text.length; index++) {
    const sign = text[index]!;
    if (sign === "\n" || sign === "\r") continue;
    if (sign === "=") {
      if (inGroup < 2) return index;
      const rest = text.slice(index + 1).replace(/[\r\n]/g, "");
      if (inGroup === 3) return rest === "" ? undefined : index + 1;
      if (rest === "") return text.length;
      if (!rest.startsWith("=")) return index;
      return rest === "=" ? undefined : index + 2;
    }
    if (!/[A-Za-z0-9+/]/.test(sign)) return index;
    if (inGroup === 0) groupStart = index;
    inGroup = (inGroup + 1) % 4;
  }
  return inGroup === 0 ? undefined : groupStart;
}
