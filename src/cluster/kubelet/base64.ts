// Base64 as Secrets carry it, decoded as UTF-8 text; the core has no platform function for it.
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

export function decodeBase64(text: string): string {
  const bytes: number[] = [];
  let bits = 0;
  let value = 0;
  for (const character of text) {
    const digit = ALPHABET.indexOf(character);
    if (digit < 0) continue;
    value = ((value << 6) | digit) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((value >> bits) & 0xff);
    }
  }
  const escaped = bytes.map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
  try {
    return decodeURIComponent(escaped);
  } catch {
    // Not UTF-8: a byte a character.
    return String.fromCharCode(...bytes);
  }
}

/** URL-safe, unpadded, for ASCII: the parts of a token. */
export function encodeBase64Url(text: string): string {
  let encoded = "";
  let bits = 0;
  let value = 0;
  for (let index = 0; index < text.length; index++) {
    value = ((value << 8) | (text.charCodeAt(index) & 0xff)) & 0xffffff;
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      encoded += ALPHABET[(value >> bits) & 63];
    }
  }
  if (bits > 0) encoded += ALPHABET[(value << (6 - bits)) & 63];
  return encoded.replaceAll("+", "-").replaceAll("/", "_");
}
