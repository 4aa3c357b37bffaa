// Base64 of UTF-8 text, and back: Secrets' data, without the browser's or Node's own functions.

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
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

export function encodeBase64(text: string): string {
  const bytes = utf8(text);
  let result = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.slice(at, at + 3);
    const bits = (a << 16) | (b << 8) | c;
    const quad = [18, 12, 6, 0].map((shift) => ALPHABET[(bits >> shift) & 63]).join("");
    const missing = Math.max(0, at + 3 - bytes.length);
    result += quad.slice(0, 4 - missing) + "=".repeat(missing);
  }
  return result;
}

/** The bytes, or undefined if the text is no Base64. */
export function decodeBytes(text: string): number[] | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 4) {
    const quad = text.slice(at, at + 4);
    const bits = [...quad].reduce(
      (sum, character) => (sum << 6) | Math.max(0, ALPHABET.indexOf(character)),
      0,
    );
    bytes.push((bits >> 16) & 255, (bits >> 8) & 255, bits & 255);
  }
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  return bytes.slice(0, bytes.length - padding);
}

/** UTF-8 text; bytes that are no UTF-8 become the replacement character. */
export function decodeBase64(text: string): string {
  const bytes = decodeBytes(text) ?? [];
  let result = "";
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at] ?? 0;
    const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
    const rest = bytes.slice(at + 1, at + length);
    if (length === 0 || rest.length < length - 1 || !rest.every((byte) => (byte & 0xc0) === 0x80)) {
      result += "\uFFFD";
      at++;
      continue;
    }
    const start = length === 1 ? first : first & (0xff >> (length + 1));
    result += String.fromCodePoint(rest.reduce((code, byte) => (code << 6) | (byte & 63), start));
    at += length;
  }
  return result;
}
