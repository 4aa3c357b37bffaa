// Cuts a script into operators, reserved words, words and redirections for the parser; here-documents are taken
// out of the text where they are named.
import type { Assignment, Flavour, Redirect, Word } from "./code.ts";
import { findArithmeticEnd, readParts, readPipe, readQuoted, ScriptError, type Cursor } from "./words.ts";

export { ScriptError };

const OPERATORS: Record<Flavour, string[]> = {
  bash: ["&&", "||", ";;&", ";;", ";&", "((", "&>", "|&", "&", "|", ";", "(", ")", "<", ">"],
  busybox: ["&&", "||", ";;", "&>", "&", "|", ";", "(", ")", "<", ">"],
  dash: ["&&", "||", ";;", "&", "|", ";", "(", ")", "<", ">"],
};
const REDIRECTS: Record<Flavour, RegExp> = {
  bash: /^(?:(&>>?)|(\d*)(<<<|<<-?|<&|<>|<|>>|>&|>\||>))/,
  busybox: /^(?:(&>>?)|(\d*)(<<-?|<&|<>|<|>>|>&|>\||>))/,
  dash: /^(?:(\0)|(\d*)(<<-?|<&|<>|<|>>|>&|>\||>))/,
};
const DELIMITERS = " \t\n;&|()<>";

interface HereDocument {
  redirect: Redirect;
  end: string;
  stripTabs: boolean;
  literal: boolean;
}

/** bash lets nearly everything be a function's name. */
const FUNCTION_NAME: Record<Flavour, RegExp> = {
  dash: /^([A-Za-z_][\w-]*)[ \t]*\([ \t]*\)/,
  busybox: /^([A-Za-z_][\w-]*)[ \t]*\([ \t]*\)/,
  bash: /^([^\s()<>|&;$'"`\\{}!#=[\]]+)[ \t]*\([ \t]*\)/,
};

export class Scanner {
  private readonly cursor: Cursor;

  /** Where lines of here-documents were taken out, and how many. */
  private readonly removed: { at: number; lines: number }[] = [];
  private counted = { at: 0, line: 1 };

  /** The text ends inside a here-document. */
  isCut = false;

  readonly flavour: Flavour;

  constructor(text: string, flavour: Flavour) {
    this.flavour = flavour;
    this.cursor = { text, at: 0, flavour };
  }

  private inside(text: string): Cursor {
    return { text, at: 0, flavour: this.flavour };
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
    const rest = this.rest(3);
    return OPERATORS[this.flavour].find((operator) => rest.startsWith(operator));
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
    if (word === "[[" && this.flavour === "dash") return undefined;
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

  takeFlag(wanted: string): boolean {
    if (this.peekOperatorOrWord() !== wanted) return false;
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
    return this.atPipe() || (char !== undefined && !DELIMITERS.includes(char)) ? this.wordHere() : undefined;
  }

  private wordHere(): Word {
    const word: Word = [];
    for (;;) {
      if (this.atPipe()) {
        word.push(readPipe(this.cursor));
        continue;
      }
      const before = this.cursor.at;
      word.push(...readParts(this.cursor, (next) => DELIMITERS.includes(next)));
      if (this.cursor.at === before) return word;
    }
  }

  /** At <(commands) or >(commands). */
  private atPipe(): boolean {
    const { text, at } = this.cursor;
    return this.flavour !== "dash" && text[at + 1] === "(" && (text[at] === "<" || text[at] === ">");
  }

  assignment(): Assignment | undefined {
    this.skipBlanks();
    const match =
      this.flavour === "bash"
        ? /^([A-Za-z_]\w*)(?:\[([^\]\n]*)\])?(\+?)=/.exec(this.rest(200))
        : /^([A-Za-z_]\w*)()()=/.exec(this.rest(200));
    if (!match) return undefined;
    this.cursor.at += match[0].length;
    const [, name = "", place, plus] = match;
    const inside = this.flavour === "bash" ? place : undefined;
    const append = plus === "+";
    if (this.flavour === "bash" && inside === undefined && this.cursor.text[this.cursor.at] === "(")
      return { name, append, word: [], items: this.arrayItems() };
    const word = this.wordHere();
    const index = inside === undefined ? undefined : readParts(this.inside(inside), () => false);
    return { name, append, word, ...(index && { index }) };
  }

  /** bash's declare name=(...), as an argument of a builtin. */
  arrayAssignment(): Assignment | undefined {
    this.skipBlanks();
    return this.flavour === "bash" && /^[A-Za-z_]\w*\+?=\(/.test(this.rest(200))
      ? this.assignment()
      : undefined;
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
    const match = FUNCTION_NAME[this.flavour].exec(this.rest(200));
    if (!match) return undefined;
    this.cursor.at += match[0].length;
    return match[1];
  }

  redirect(): Redirect | undefined {
    this.skipBlanks();
    if (this.atPipe()) return undefined;
    const match = REDIRECTS[this.flavour].exec(this.rest(12));
    if (!match) return undefined;
    this.cursor.at += match[0].length;
    const [, both, number = "", operator = ""] = match;
    if (operator.startsWith("<<") && operator !== "<<<") return this.hereDocument(number, operator);
    const target = this.word();
    if (!target) throw new ScriptError(this.foundAfterRedirect());
    if (both) return { fd: "both", operator: both === "&>>" ? ">>" : ">", target };
    const fd = number !== "" ? Number(number) : operator.startsWith("<") ? 0 : 1;
    if (operator === ">|") return { fd, operator: ">", target, force: true };
    return { fd, operator: operator as Redirect["operator"], target };
  }

  private foundAfterRedirect(): string {
    const found = this.peekOperatorOrWord();
    if (found === "") return this.flavour === "bash" ? "newline" : "end of file";
    return this.flavour !== "bash" && /^[<>]$/.test(found) ? "redirection" : found;
  }

  private hereDocument(number: string, operator: string): Redirect {
    const word = this.word();
    if (!word) throw new ScriptError(this.foundAfterRedirect());
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
    let isClosed = false;
    for (const raw of lines) {
      used += raw.length + 1;
      const line = document.stripTabs ? raw.replace(/^\t+/, "") : raw;
      isClosed = line === document.end;
      if (isClosed) break;
      body.push(line);
    }
    if (used > cursor.text.length - start) this.isCut = true;
    // What ends with the script has no newline at its end, but for bash.
    const isWhole = isClosed || this.flavour === "bash" || body.length === 0;
    const text = body.length > 0 ? `${body.join("\n")}${isWhole ? "\n" : ""}` : "";
    this.removed.push({ at: start, lines: body.length + 1 });
    cursor.text = cursor.text.slice(0, start) + cursor.text.slice(start + used);
    document.redirect.target = document.literal
      ? [{ kind: "text", text, quoted: true }]
      : readQuoted(this.inside(text), "");
  }

  /** (( ... )) as one word. */
  arithmeticBody(): { word: Word; text: string } {
    this.skipBlanks();
    const end = findArithmeticEnd(this.cursor.text, this.cursor.at + 2);
    if (end === undefined) throw new ScriptError("end of file", "))");
    const text = this.cursor.text.slice(this.cursor.at + 2, end);
    this.cursor.at = end + 2;
    return { word: readQuoted(this.inside(text), ""), text };
  }

  /** The three parts of for ((a; b; c)). */
  arithmeticParts(): { word: Word; text: string }[] {
    this.skipBlanks();
    const start = this.cursor.at + 2;
    const end = findArithmeticEnd(this.cursor.text, start);
    if (end === undefined) throw new ScriptError("end of file", "))");
    const parts = this.cursor.text.slice(start, end).split(";");
    this.cursor.at = end + 2;
    return parts.map((text) => ({ word: readQuoted(this.inside(text.trim()), ""), text: text.trim() }));
  }

  /** The words between [[ and ]], with &&, ||, ( and ) as words of their own. */
  conditionWords(): Word[] {
    const words: Word[] = [];
    for (;;) {
      this.skipNewlines();
      const before = words.at(-1)?.[0];
      const isRegex = before?.kind === "text" && before.text === "=~";
      const operator = isRegex ? undefined : this.operator();
      if (this.flavour === "busybox" && operator !== undefined && /^[()]$/.test(operator))
        throw new ScriptError(operator);
      if (operator !== undefined) {
        this.cursor.at += operator.length;
        words.push([{ kind: "text", text: operator, quoted: false }]);
        continue;
      }
      const word = isRegex && this.flavour === "bash" ? this.regexWord() : this.word();
      if (!word) throw new ScriptError("end of file", "]]");
      if (word.length === 1 && word[0]!.kind === "text" && !word[0]!.quoted && word[0]!.text === "]]")
        return words;
      words.push(word);
    }
  }

  /** What stands right of =~: parentheses and bars belong to it. */
  private regexWord(): Word {
    let depth = 0;
    return readParts(this.cursor, (next) => {
      if (next === "(") depth++;
      else if (next === ")") depth--;
      return depth < 0 || (depth === 0 && " \t\n".includes(next));
    });
  }
}
