// Words of the shell: quoting, variables, substitutions and arithmetic, read into parts that expand.ts turns into
// fields when the command runs.
import type { Flavour, Part, Word } from "./code.ts";

export interface Cursor {
  text: string;
  at: number;
  flavour: Flavour;
}

/** A script that cannot be read. `found` is the token at which reading stopped. */
export class ScriptError extends Error {
  readonly found: string;
  readonly expected: string | undefined;
  line?: number;
  constructor(found: string, expected?: string) {
    super(`syntax error near ${found}`);
    this.found = found;
    this.expected = expected;
  }
}

/** Reads parts until `stop` says so at an unquoted character, or the end. */
export function readParts(cursor: Cursor, stop: (char: string) => boolean): Word {
  const parts: Word = [];
  let plain = "";
  const flush = (): void => {
    if (plain !== "") parts.push({ kind: "text", text: plain, quoted: false });
    plain = "";
  };
  for (let char = cursor.text[cursor.at]; char !== undefined && !stop(char); char = cursor.text[cursor.at]) {
    if (char === "\\") {
      const next = cursor.text[cursor.at + 1];
      cursor.at += 2;
      if (next === "\n") continue;
      flush();
      parts.push({ kind: "text", text: next ?? "\\", quoted: true });
    } else if (char === "'") {
      flush();
      const end = cursor.text.indexOf("'", cursor.at + 1);
      if (end < 0) throw new ScriptError("unterminated quoted string", "'");
      parts.push({ kind: "text", text: cursor.text.slice(cursor.at + 1, end), quoted: true });
      cursor.at = end + 1;
    } else if (char === '"') {
      flush();
      cursor.at++;
      const inner = readQuoted(cursor, '"');
      if (cursor.text[cursor.at] !== '"') throw new ScriptError("unterminated quoted string", '"');
      cursor.at++;
      parts.push(...(inner.length > 0 ? inner : [{ kind: "text", text: "", quoted: true } as const]));
    } else if (char === "$" || char === "`") {
      const part = readDollar(cursor, false);
      if (typeof part === "string") plain += part;
      else {
        flush();
        parts.push(part);
      }
    } else {
      plain += char;
      cursor.at++;
    }
  }
  flush();
  return parts;
}

/** The inside of double quotes, of a here-document or of arithmetic, up to `end` (not taken). */
export function readQuoted(cursor: Cursor, end: string): Word {
  const parts: Word = [];
  let plain = "";
  const flush = (): void => {
    if (plain !== "") parts.push({ kind: "text", text: plain, quoted: true });
    plain = "";
  };
  for (let char = cursor.text[cursor.at]; char !== undefined && char !== end; char = cursor.text[cursor.at]) {
    if (char === "\\") {
      const next = cursor.text[cursor.at + 1] ?? "";
      cursor.at += 2;
      if (next === "\n") continue;
      plain += '$`"\\'.includes(next) && (next !== '"' || end === '"') ? next : `\\${next}`;
    } else if (char === "$" || char === "`") {
      const part = readDollar(cursor, true);
      if (typeof part === "string") plain += part;
      else {
        flush();
        parts.push(part);
      }
    } else {
      plain += char;
      cursor.at++;
    }
  }
  flush();
  return parts;
}

function readDollar(cursor: Cursor, quoted: boolean): Part | string {
  const { text } = cursor;
  if (text[cursor.at] === "`") return readBackticks(cursor, quoted);
  const next = text[cursor.at + 1] ?? "";
  if (next === "(" && text[cursor.at + 2] === "(") {
    const end = findArithmeticEnd(text, cursor.at + 3);
    if (end !== undefined) {
      const word = readQuoted({ text: text.slice(cursor.at + 3, end), at: 0, flavour: cursor.flavour }, "");
      cursor.at = end + 2;
      return { kind: "arithmetic", word, quoted };
    }
  }
  if (next === "(") {
    const end = findClose(text, cursor.at + 2);
    const inner = text.slice(cursor.at + 2, end);
    cursor.at = end + 1;
    return { kind: "substitution", text: inner, slot: -1, quoted };
  }
  if (next === "{") return readBraces(cursor, quoted);
  if (next === "'" && !quoted && cursor.flavour !== "dash") return readAnsi(cursor);
  if (next === '"' && !quoted && cursor.flavour === "bash") {
    cursor.at++;
    return "";
  }
  const name = /^(?:[A-Za-z_]\w*|[0-9@*#?$!-])/.exec(text.slice(cursor.at + 1, cursor.at + 200))?.[0];
  cursor.at += 1 + (name?.length ?? 0);
  return name === undefined ? "$" : { kind: "variable", name, quoted };
}

function readBackticks(cursor: Cursor, quoted: boolean): Part {
  let inner = "";
  for (cursor.at++; cursor.text[cursor.at] !== "`"; cursor.at++) {
    const char = cursor.text[cursor.at];
    if (char === undefined) throw new ScriptError("EOF in backquote substitution");
    const next = cursor.text[cursor.at + 1] ?? "";
    if (char === "\\" && "`\\$".includes(next)) {
      inner += next;
      cursor.at++;
    } else inner += char;
  }
  cursor.at++;
  return { kind: "substitution", text: inner, slot: -1, quoted };
}

function readAnsi(cursor: Cursor): Part {
  const match = /^\$'((?:[^'\\]|\\[^])*)'/.exec(cursor.text.slice(cursor.at));
  if (!match) throw new ScriptError("unterminated quoted string");
  cursor.at += match[0].length;
  const text = match[1]!.replace(
    /\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|([0-7]{1,3})|([^]))/g,
    (_, hex?: string, point?: string, octal?: string, char?: string) => {
      const code = hex ?? point ?? octal;
      if (code !== undefined) return String.fromCharCode(Number.parseInt(code, octal ? 8 : 16));
      return ANSI[char!] ?? `\\${char}`;
    },
  );
  return { kind: "text", text, quoted: true };
}

const ANSI: Record<string, string> = {
  n: "\n",
  t: "\t",
  r: "\r",
  "\\": "\\",
  "'": "'",
  '"': '"',
  e: "\u001b",
  E: "\u001b",
  a: "\u0007",
  b: "\b",
  f: "\f",
  v: "\v",
  "?": "?",
};

const HEAD = /^\$\{(#(?![-:}?=+#%/]))?([A-Za-z_]\w*|\d+|[@*#?$!-])/;
const BASH_HEAD =
  /^\$\{(#(?!\}|[-:?=+%/#])|!(?=[\w@*#]))?([A-Za-z_]\w*|\d+|[@*#?$!-])(?:\[((?:[^\]\n$]|\$\{[^}]*\}|\$(?!\{))*)\])?/;

/** ${...}: what a shell cannot make sense of it complains of when it comes to it. */
function readBraces(cursor: Cursor, quoted: boolean): Part {
  const start = cursor.at;
  const part = readParameter(cursor, quoted);
  if (part) return part;
  const end = closingBrace(cursor.text, start + 2);
  cursor.at = end + 1;
  return { kind: "bad", text: cursor.text.slice(start, end + 1), quoted };
}

function closingBrace(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "'") at = skipTo(text, at, "'");
    else if (text[at] === "$" && text[at + 1] === "{") at = closingBrace(text, at + 2);
    else if (text[at] === "}") return at;
  }
  throw new ScriptError("end of file", "}");
}

const OPERATORS: Record<Flavour, RegExp> = {
  dash: /^(?::?[-=?+]|##?|%%?)/,
  busybox: /^(?::?[-=?+]|##?|%%?|\/\/?|:)/,
  bash: /^(?::?[-=?+]|##?|%%?|\/[/#%]?|:|\^\^?|,,?|~~?|@[QUuLPAaEK](?=\}))/,
};

function readParameter(cursor: Cursor, quoted: boolean): Part | undefined {
  const { text, flavour } = cursor;
  const head = (flavour === "bash" ? BASH_HEAD : HEAD).exec(text.slice(cursor.at, cursor.at + 200));
  if (!head) return undefined;
  const [all, sign, name = "", place] = head;
  const hash = sign === "#";
  cursor.at += all.length;
  const named = {
    kind: "variable" as const,
    name,
    quoted,
    ...(place !== undefined && { index: indexOf(place, flavour) }),
    ...(sign === "!" && (place === "@" || place === "*") && { keys: true as const }),
    ...(sign === "!" && place !== "@" && place !== "*" && { indirect: "value" as const }),
  };
  const names =
    sign === "!" && place === undefined ? /^([@*])\}/.exec(text.slice(cursor.at, cursor.at + 2)) : null;
  if (names) {
    cursor.at += 2;
    return { ...named, indirect: names[1] as "@" | "*" };
  }
  if (text[cursor.at] === "}") {
    cursor.at++;
    return hash ? { ...named, operator: "length" } : named;
  }
  const operator = OPERATORS[flavour].exec(text.slice(cursor.at, cursor.at + 3))?.[0];
  if (!operator || hash) return undefined;
  cursor.at += operator.length;
  if (operator === ":" && text[cursor.at] === "}") return undefined;
  const inside = (stop: string): Word =>
    quoted && !/^[#%/]/.test(operator)
      ? readBraceWord(cursor, stop)
      : readParts(cursor, (char) => stop.includes(char));
  const word = inside(operator.startsWith("/") ? "/}" : "}");
  const part: Part & { kind: "variable" } = { ...named, operator, word };
  if (operator.startsWith("/") && text[cursor.at] === "/") {
    cursor.at++;
    part.other = inside("}");
  }
  if (text[cursor.at] !== "}") throw new ScriptError("end of file", "}");
  cursor.at++;
  return part;
}

const indexOf = (text: string, flavour: Flavour): Word | "@" | "*" =>
  text === "@" || text === "*" ? text : readParts({ text, at: 0, flavour }, () => false);

/** <(commands) and >(commands). */
export function readPipe(cursor: Cursor): Part {
  const end = findClose(cursor.text, cursor.at + 2);
  const direction = cursor.text[cursor.at] === "<" ? "<" : ">";
  const text = cursor.text.slice(cursor.at + 2, end);
  cursor.at = end + 1;
  return { kind: "substitution", text, slot: -1, quoted: true, pipe: direction };
}

/** In double quotes single quotes are letters like any other. */
function readBraceWord(cursor: Cursor, stop: string): Word {
  const word = readQuoted(cursor, stop);
  return word.map((part) =>
    part.kind === "text"
      ? { ...part, text: part.text.replace(/(^|[^\\])"/g, "$1").replace(/\\\}/g, "}") }
      : part,
  );
}

/** The index of "))" that ends arithmetic, undefined if the parentheses say that it is none. */
export function findArithmeticEnd(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === "(") depth++;
    else if (text[at] === ")") {
      if (depth === 0) return text[at + 1] === ")" ? at : undefined;
      depth--;
    }
  }
  return undefined;
}

/** The index of the ")" that ends $( ... ). */
function findClose(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (char === "\\") at++;
    else if (char === "'") at = skipTo(text, at, "'");
    else if (char === '"') at = skipQuoted(text, at);
    else if (char === "(") depth++;
    else if (char === ")" && depth-- === 0) return at;
  }
  throw new ScriptError("end of file", ")");
}

function skipTo(text: string, at: number, char: string): number {
  const end = text.indexOf(char, at + 1);
  if (end < 0) throw new ScriptError("unterminated quoted string");
  return end;
}

function skipQuoted(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at;
    else if (text[at] === "$" && text[at + 1] === "(") at = findClose(text, at + 2);
  }
  throw new ScriptError("unterminated quoted string");
}

/** All $(...) in the words, each with the slot that its output will be found in. */
export function collectSubstitutions(words: Word[]): Extract<Part, { kind: "substitution" }>[] {
  const found: Extract<Part, { kind: "substitution" }>[] = [];
  const visit = (word: Word): void => {
    for (const part of word) {
      if (part.kind === "substitution") {
        part.slot = found.length;
        found.push(part);
      } else if (part.kind === "arithmetic") visit(part.word);
      else if (part.kind === "variable") {
        if (Array.isArray(part.index)) visit(part.index);
        if (part.word) visit(part.word);
        if (part.other) visit(part.other);
      }
    }
  };
  words.forEach(visit);
  return found;
}
