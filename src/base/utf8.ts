// Text to UTF-8 bytes and back, without the browser's or Node's own functions.

export function encodeUtf8(text: string): number[] {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.codePointAt(at)!;
    // What needs two units in a string is one character.
    if (code >= 0x10000) at++;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else
      bytes.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      );
  }
  return bytes;
}

/** Each byte that belongs to no character becomes the replacement character, as Go ranges over such a string. */
export function decodeUtf8(bytes: readonly number[]): string {
  let text = "";
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes[at]!);
    const code = length === 0 ? undefined : codePoint(bytes, at, length);
    text += code === undefined ? "\uFFFD" : String.fromCodePoint(code);
    at += code === undefined ? 1 : length;
  }
  return text;
}

/** Undefined for bytes that are no UTF-8. */
export function strictUtf8(bytes: readonly number[]): string | undefined {
  let text = "";
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes[at]!);
    const code = length === 0 ? undefined : codePoint(bytes, at, length);
    if (code === undefined) return undefined;
    text += String.fromCodePoint(code);
    at += length;
  }
  return text;
}

function sequenceLength(first: number): 0 | 1 | 2 | 3 | 4 {
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  return first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
}

/** The smallest code point that needs so many bytes. */
const SMALLEST = [0, 0, 0x80, 0x800, 0x10000];

function codePoint(bytes: readonly number[], start: number, length: number): number | undefined {
  if (length === 1) return bytes[start];
  let code = bytes[start]! & (0xff >> (length + 1));
  for (let at = start + 1; at < start + length; at++) {
    const byte = bytes[at];
    if (byte === undefined || (byte & 0xc0) !== 0x80) return undefined;
    code = (code << 6) | (byte & 63);
  }
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  return code < SMALLEST[length]! || code > 0x10ffff || isSurrogate ? undefined : code;
}
