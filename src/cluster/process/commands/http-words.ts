// Words of HTTP/1.1 that programs print: reason phrases, the usual spelling of header names, base64 for passwords.
const REASONS: Record<number, string> = {
  100: "Continue",
  101: "Switching Protocols",
  200: "OK",
  201: "Created",
  202: "Accepted",
  204: "No Content",
  206: "Partial Content",
  301: "Moved Permanently",
  302: "Found",
  303: "See Other",
  304: "Not Modified",
  307: "Temporary Redirect",
  308: "Permanent Redirect",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  408: "Request Timeout",
  409: "Conflict",
  418: "I'm a teapot",
  429: "Too Many Requests",
  500: "Internal Server Error",
  501: "Not Implemented",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};

export function reasonPhrase(status: number): string {
  return REASONS[status] ?? "";
}

/** content-type as Content-Type; names that already have capitals stay as they are. */
export function headerCase(name: string): string {
  if (name !== name.toLowerCase()) return name;
  if (name === "etag") return "ETag";
  return name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());
}

/** A header's value, whatever the spelling of its name. */
export function headerOf(headers: Record<string, string>, name: string): string | undefined {
  const key = Object.keys(headers).find((item) => item.toLowerCase() === name);
  return key === undefined ? undefined : headers[key];
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Bytes of a text as UTF-8. */
export function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0)!;
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

export function base64(text: string): string {
  const bytes = utf8(text);
  let result = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.slice(at, at + 3);
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    result += ALPHABET[bits >> 18]! + ALPHABET[(bits >> 12) & 63]!;
    result += b === undefined ? "=" : ALPHABET[(bits >> 6) & 63]!;
    result += c === undefined ? "=" : ALPHABET[bits & 63]!;
  }
  return result;
}

export function fromBase64(text: string): string | undefined {
  const clean = text.replace(/\s/g, "");
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(clean) || clean.length % 4 !== 0) return undefined;
  const bytes: number[] = [];
  for (let at = 0; at < clean.length; at += 4) {
    const codes = Array.from(clean.slice(at, at + 4)).map((char) =>
      char === "=" ? 0 : ALPHABET.indexOf(char),
    );
    const bits = (codes[0]! << 18) | (codes[1]! << 12) | (codes[2]! << 6) | codes[3]!;
    bytes.push((bits >> 16) & 255);
    if (clean[at + 2] !== "=") bytes.push((bits >> 8) & 255);
    if (clean[at + 3] !== "=") bytes.push(bits & 255);
  }
  return decodeUtf8(bytes);
}

function decodeUtf8(bytes: number[]): string {
  let text = "";
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at++]!;
    const extra = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
    let code = extra === 0 ? first : first & (0x3f >> extra);
    for (let count = 0; count < extra; count++) code = (code << 6) | ((bytes[at++] ?? 0) & 63);
    text += String.fromCodePoint(code);
  }
  return text;
}
