// How shells quote a text that they print for reuse: set -x, declare -p, trap, printf %q, ${name@Q}.
import type { Flavour } from "./code.ts";

const hasControl = (text: string): boolean => /\p{Cc}/u.test(text);

const NAMED: Record<string, string> = {
  "\u0007": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  "\u001b": "\\E",
  "'": "\\'",
  "\\": "\\\\",
};

/** $'...' */
function ansi(text: string): string {
  const inside = Array.from(text, (char) => {
    const octal = (): string => `\\${char.charCodeAt(0).toString(8).padStart(3, "0")}`;
    return NAMED[char] ?? (hasControl(char) ? octal() : char);
  });
  return `$'${inside.join("")}'`;
}

const single = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** In single quotes, whatever it is. */
export function quoteForReuse(text: string): string {
  return hasControl(text) ? ansi(text) : single(text);
}

/** printf %q: with backslashes, where no control character is. */
export function quoteWithBackslashes(text: string): string {
  if (text === "") return "''";
  if (hasControl(text)) return ansi(text);
  return text.replace(/[ !"#$&'()*,;<=>?[\\\]^`{|}~]/g, (char, at: number) =>
    (char === "#" || char === "~" || char === "=") && at > 0 ? char : `\\${char}`,
  );
}

/** A word as set -x shows it. */
export function traced(word: string, flavour: Flavour): string {
  if (flavour === "dash") return word;
  if (word === "") return flavour === "busybox" ? "" : "''";
  if (flavour === "busybox") return /[^\w.,:@%/+-]/.test(word) ? busyboxQuoted(word) : word;
  if (/[\s'"\\$`*?[\]{}()<>|&;#~!^]|^=/.test(word)) return single(word);
  return hasControl(word) ? ansi(word) : word;
}

function busyboxQuoted(word: string): string {
  return word
    .split(/('+)/)
    .filter((piece) => piece !== "")
    .map((piece) => (piece.startsWith("'") ? `"${piece}"` : `'${piece}'`))
    .join("");
}

/** In double quotes, as declare -p and export -p show values. */
export function inDoubleQuotes(text: string): string {
  return hasControl(text) ? ansi(text) : `"${text.replace(/["\\$`]/g, "\\$&")}"`;
}
