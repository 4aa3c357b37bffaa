// Cuts a script into operators, reserved words, words and redirections for the parser; here-documents are taken
// out of the text where they are named.
import type { Assignment, Redirect, Word } from "./code.ts";
import { findArithmeticEnd, readParts, readQuoted, ScriptError, type Cursor } from "./words.ts";

export { ScriptError };

const OPERATORS = ["&&", "||", ";;", "((", "&>", "&", "|", ";", "(", ")", "<", ">"];
const DELIMITERS = " \t\n;&|()<>";

interface HereDocument {
  redirect: Redirect;
  end: string;
  stripTabs: boolean;
  literal: boolean;
}

export class Scanner {
  private readonly cursor: Cursor;

  /** Where lines of here-documents were taken out, and how many. */
  private readonly removed: { at: number; lines: number }[] = [];
  private counted = { at: 0, line: 1 };

  /** The text ends inside a here-document. */
  isCut = false;

  constructor(text: string) {
    this.cursor = { text, at: 0 };
  }

  /** The number of the present line. */
  line(): number {
    this.skipBlanks();
    const { text, at } = this.cursor;
    for (let index = this.counted.at; index < at; index++) if (text[index] === "\n") this.counted.line++;
    this.counted.at = at;
    return this.removed.reduce((line, gap) => line + (gap.at <= at ? gap.lines : 0), this.counted.line);
  }

  place(): number {
    this.skipBlanks();
    return this.cursor.at;
  }

  textSince(place: number): string {
    return this.cursor.text.slice(place, this.cursor.at).trim();
  }

  private rest(length = 80): string {
    return this.cursor.text.slice(this.cursor.at, this.cursor.at + length);
  }

  private skipBlanks(): void {
    const { cursor } = this;
    for (;;) {
      const char = cursor.text[cursor.at];
      if (char === " " || char === "\t" || char === "\r") cursor.at++;
      else if (char === "\\" && cursor.text[cursor.at + 1] === "\n") cursor.at += 2;
      else if (char === "#") {
        const end = cursor.text.indexOf("\n", cursor.at);
        cursor.at = end < 0 ? cursor.text.length : end;
      } else return;
    }
  }

  skipNewlines(): void {
    for (this.skipBlanks(); this.cursor.text[this.cursor.at] === "\n"; this.skipBlanks()) this.cursor.at++;
  }

  atNewline(): boolean {
    this.skipBlanks();
    return this.cursor.text[this.cursor.at] === "\n";
  }

  private operator(): string | undefined {
    this.skipBlanks();
    const rest = this.rest(2);
    return OPERATORS.find((operator) => rest.startsWith(operator));
  }

  peekOperator(wanted: string): boolean {
    const found = this.operator();
    return found === wanted || (wanted === "(" && found === "((");
  }

  takeOperator(wanted: string): boolean {
    if (!this.peekOperator(wanted)) return false;
    this.cursor.at += wanted.length;
    return true;
  }

  /** A word without any quoting, which may be a reserved one. */
  peekReserved(): string | undefined {
    this.skipBlanks();
    const word = /^(?:[a-z]+|[{}!]|\[\[)/.exec(this.rest())?.[0];
    const after = word === undefined ? undefined : this.cursor.text[this.cursor.at + word.length];
    return word !== undefined && (after === undefined || DELIMITERS.includes(after)) ? word : undefined;
  }

  takeReserved(): void {
    this.cursor.at += this.peekReserved()?.length ?? 0;
  }

  takeWord(wanted: string): boolean {
    if (this.peekReserved() !== wanted) return false;
    this.cursor.at += wanted.length;
    return true;
  }

  takeName(): string | undefined {
    this.skipBlanks();
    const name = /^[A-Za-z_][\w-]*/.exec(this.rest())?.[0];
    this.cursor.at += name?.length ?? 0;
    return name;
  }

  /** What comes next, for ends of lists and for complaints; "" at the end of the script. */
  peekOperatorOrWord(): string {
    const operator = this.operator();
    if (operator !== undefined) return operator;
    if (this.cursor.at >= this.cursor.text.length) return "";
    if (this.cursor.text[this.cursor.at] === "\n") return "newline";
    return /^[^\s;&|()<>]+/.exec(this.rest())?.[0] ?? "";
  }

  word(): Word | undefined {
    this.skipBlanks();
    const char = this.cursor.text[this.cursor.at];
    if (char === undefined || DELIMITERS.includes(char)) return undefined;
    return readParts(this.cursor, (next) => DELIMITERS.includes(next));
  }

  assignment(): Assignment | undefined {
    this.skipBlanks();
    const match = /^([A-Za-z_]\w*)(?:\[([^\]\n]*)\])?(\+?)=/.exec(this.rest(200));
    if (!match) return undefined;
    this.cursor.at += match[0].length;
    const [, name = "", inside, plus] = match;
    const append = plus === "+";
    if (inside === undefined && this.cursor.text[this.cursor.at] === "(")
      return { name, append, word: [], items: this.arrayItems() };
    const word = readParts(this.cursor, (next) => DELIMITERS.includes(next));
    const index = inside === undefined ? undefined : readQuoted({ text: inside, at: 0 }, "");
    return { name, append, word, ...(index && { index }) };
  }

  /** The words between the parentheses of name=(...). */
  private arrayItems(): Word[] {
    this.cursor.at++;
    const items: Word[] = [];
    for (;;) {
      this.skipNewlines();
      if (this.cursor.text[this.cursor.at] === ")") {
        this.cursor.at++;
        return items;
      }
      const word = this.word();
      if (!word) throw new ScriptError(this.peekOperatorOrWord() || "end of file", ")");
      items.push(word);
    }
  }

  functionName(): string | undefined {
    this.skipBlanks();
    const match = /^([A-Za-z_][\w-]*)[ \t]*\([ \t]*\)/.exec(this.rest(200));
    if (!match) return undefined;
    this.cursor.at += match[0].length;
    return match[1];
  }

  redirect(): Redirect | undefined {
    this.skipBlanks();
    const match = /^(?:(&>>?)|(\d*)(<<<|<<-?|<&|<>|<|>>|>&|>\||>))/.exec(this.rest(12));
    if (!match) return undefined;
    this.cursor.at += match[0].length;
    const [, both, number = "", operator = ""] = match;
    if (operator.startsWith("<<") && operator !== "<<<") return this.hereDocument(number, operator);
    const target = this.word();
    if (!target) throw new ScriptError(this.peekOperatorOrWord() || "newline");
    if (both) return { fd: "both", operator: both === "&>>" ? ">>" : ">", target };
    const fd = number !== "" ? Number(number) : operator.startsWith("<") ? 0 : 1;
    return { fd, operator: (operator === ">|" ? ">" : operator) as Redirect["operator"], target };
  }

  private hereDocument(number: string, operator: string): Redirect {
    const word = this.word();
    if (!word) throw new ScriptError("newline");
    const end = word.map((part) => (part.kind === "text" ? part.text : "")).join("");
    const literal = word.some((part) => part.kind === "text" && part.quoted);
    const redirect: Redirect = { fd: number === "" ? 0 : Number(number), operator: "<<", target: [] };
    this.readDocument({ redirect, end, stripTabs: operator === "<<-", literal });
    return redirect;
  }

  /** Takes the body out of the text behind the current line, so that the parser never sees it. */
  private readDocument(document: HereDocument): void {
    const { cursor } = this;
    const lineEnd = cursor.text.indexOf("\n", cursor.at);
    const start = lineEnd < 0 ? cursor.text.length : lineEnd + 1;
    const lines = cursor.text.slice(start).split("\n");
    const body: string[] = [];
    let used = 0;
    for (const raw of lines) {
      used += raw.length + 1;
      const line = document.stripTabs ? raw.replace(/^\t+/, "") : raw;
      if (line === document.end) break;
      body.push(line);
    }
    if (used > cursor.text.length - start) this.isCut = true;
    const text = body.length > 0 ? `${body.join("\n")}\n` : "";
    this.removed.push({ at: start, lines: body.length + 1 });
    cursor.text = cursor.text.slice(0, start) + cursor.text.slice(start + used);
    document.redirect.target = document.literal
      ? [{ kind: "text", text, quoted: true }]
      : readQuoted({ text, at: 0 }, "");
  }

  /** (( ... )) as one word. */
  arithmeticBody(): Word {
    this.skipBlanks();
    const end = findArithmeticEnd(this.cursor.text, this.cursor.at + 2);
    if (end === undefined) throw new ScriptError("end of file", "))");
    const word = readQuoted({ text: this.cursor.text.slice(this.cursor.at + 2, end), at: 0 }, "");
    this.cursor.at = end + 2;
    return word;
  }

  /** The three parts of for ((a; b; c)). */
  arithmeticParts(): Word[] {
    this.skipBlanks();
    const start = this.cursor.at + 2;
    const end = findArithmeticEnd(this.cursor.text, start);
    if (end === undefined) throw new ScriptError("end of file", "))");
    const parts = this.cursor.text.slice(start, end).split(";");
    this.cursor.at = end + 2;
    return parts.map((text) => readQuoted({ text: text.trim(), at: 0 }, ""));
  }

  /** The words between [[ and ]], with &&, ||, ( and ) as words of their own. */
  conditionWords(): Word[] {
    const words: Word[] = [];
    for (;;) {
      this.skipNewlines();
      const before = words.at(-1)?.[0];
      const isRegex = before?.kind === "text" && before.text === "=~";
      const operator = isRegex ? undefined : this.operator();
      if (operator !== undefined) {
        this.cursor.at += operator.length;
        words.push([{ kind: "text", text: operator, quoted: false }]);
        continue;
      }
      const word = isRegex ? readParts(this.cursor, (next) => " \t\n".includes(next)) : this.word();
      if (!word) throw new ScriptError("end of file", "]]");
      if (word.length === 1 && word[0]!.kind === "text" && !word[0]!.quoted && word[0]!.text === "]]")
        return words;
      words.push(word);
    }
  }
}
