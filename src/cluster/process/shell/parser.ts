// Reads a POSIX shell script (with the usual bash extras) and writes it down as instructions. Called once a script:
// the result is remembered by text in script.ts.
import type { Code, Flavour, Redirect, SimpleCommand, Word } from "./code.ts";
import { Emitter } from "./emitter.ts";
import { ScriptError, Scanner } from "./scanner.ts";
import { EXTRAS, isDeclaring, LIST_ENDS, literal, RESERVED, withErrors } from "./reserved.ts";
import { collectSubstitutions } from "./words.ts";

export function parseScript(text: string, flavour: Flavour): Code {
  const scanner = new Scanner(text, flavour);
  const emitter = new Emitter();
  try {
    new Parser(scanner, emitter).list(false, new Set([""]));
  } catch (error) {
    if (error instanceof ScriptError) error.line ??= scanner.line();
    throw error;
  }
  return emitter.code;
}

/** Whether a command that is being typed goes on in the next line. */
export function isUnfinished(text: string, flavour: Flavour): boolean {
  const scanner = new Scanner(text, flavour);
  try {
    new Parser(scanner, new Emitter()).list(false, new Set([""]));
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    return /^(end of file|unterminated|EOF)/.test(error.found);
  }
  return scanner.isCut || /(^|[^\\])(\\\\)*\\\n$/.test(text);
}

class Parser {
  private readonly scanner: Scanner;
  private readonly out: Emitter;

  constructor(scanner: Scanner, out: Emitter) {
    this.scanner = scanner;
    this.out = out;
  }

  /** Commands separated by newlines, ";" and "&", up to one of `ends`, which is not taken. */
  list(tested: boolean, ends: Set<string>): void {
    for (;;) {
      this.scanner.skipNewlines();
      const next = this.scanner.peekOperatorOrWord();
      if (ends.has(next)) return;
      if (LIST_ENDS.has(next))
        throw new ScriptError(next === "" ? "end of file" : next, [...ends].at(-1) || undefined);
      const start = this.out.here();
      const from = this.scanner.place();
      this.andOr(tested);
      const text = this.scanner.textSince(from);
      if (this.scanner.takeOperator("&")) this.out.moveToBackground(start, text);
      else if (!this.scanner.takeOperator(";") && !this.scanner.atNewline()) {
        const after = this.scanner.peekOperatorOrWord();
        if (ends.has(after)) return;
        throw new ScriptError(
          after === "" ? "end of file" : after,
          after === "" ? [...ends].at(-1) || undefined : undefined,
        );
      }
    }
  }

  private andOr(tested: boolean): void {
    const jumps: { at: number; operator: string }[] = [];
    let start = this.out.here();
    this.pipeline(tested);
    for (;;) {
      const operator = this.scanner.takeOperator("&&")
        ? "&&"
        : this.scanner.takeOperator("||")
          ? "||"
          : undefined;
      if (!operator) return;
      // What decides over && and || is tested; only the last command's failure counts.
      this.out.markTested(start);
      jumps.push({ at: this.out.jump(operator === "&&" ? "jumpIfFailed" : "jumpIfSucceeded"), operator });
      this.scanner.skipNewlines();
      start = this.out.here();
      this.pipeline(tested);
      this.out.land(jumps.pop()!.at);
    }
  }

  private pipeline(tested: boolean): void {
    const timed = this.scanner.flavour === "bash" && this.scanner.takeWord("time");
    const posix = timed && this.scanner.takeFlag("-p");
    if (timed) this.out.emit({ op: "startTime" });
    const negated = this.scanner.takeWord("!");
    const start = this.out.here();
    if (
      timed &&
      (this.scanner.atNewline() || ["", ";", "&", ")"].includes(this.scanner.peekOperatorOrWord()))
    )
      return this.out.emit({ op: "endTime", posix });
    this.command(tested || negated);
    if (this.scanner.peekOperator("|") || this.scanner.peekOperator("|&")) {
      const stages = [this.out.cut(start)];
      for (;;) {
        const both = this.scanner.takeOperator("|&");
        if (!both && !this.scanner.takeOperator("|")) break;
        if (both) stages.push(withErrors(stages.pop()!));
        this.scanner.skipNewlines();
        const at = this.out.here();
        this.command(false);
        stages.push(this.out.cut(at));
      }
      this.out.emit({ op: "pipeline", stages, tested: tested || negated });
    }
    if (negated) this.out.emit({ op: "negate" });
    if (timed) this.out.emit({ op: "endTime", posix });
  }

  private command(tested: boolean): void {
    const start = this.out.here();
    const word = this.scanner.peekReserved();
    if (word === undefined) {
      if (this.scanner.peekOperator("((")) return this.arithmeticCommand(tested);
      if (this.scanner.peekOperator("(")) return this.subshell(tested);
      return this.simple(tested);
    }
    if (!RESERVED.has(word) && !EXTRAS[this.scanner.flavour].has(word)) return this.simple(tested);
    if (word === "if") this.ifCommand(tested);
    else if (word === "while" || word === "until") this.whileCommand(word, tested);
    else if (word === "for" || word === "select") this.forCommand(word, tested);
    else if (word === "case") this.caseCommand(tested);
    else if (word === "{") this.group(tested);
    else if (word === "[[") this.condition(tested);
    else if (word === "function") this.functionKeyword();
    else throw new ScriptError(word);
    const redirects = this.redirects();
    if (redirects.length === 0) return;
    const end = this.out.here();
    this.substitutions(
      redirects.map((redirect) => redirect.target),
      redirects,
    );
    const before = this.out.cut(end);
    this.out.wrapRedirects(start, redirects, before);
  }

  private expect(word: string): void {
    this.scanner.skipNewlines();
    if (!this.scanner.takeWord(word)) {
      const found = this.scanner.peekOperatorOrWord();
      throw new ScriptError(found === "" ? "end of file" : found, word);
    }
  }

  private ifCommand(tested: boolean): void {
    const ends: number[] = [];
    this.scanner.takeReserved();
    this.list(true, new Set(["then"]));
    this.expect("then");
    let skip = this.out.jump("jumpIfFailed");
    this.list(tested, new Set(["elif", "else", "fi"]));
    for (;;) {
      ends.push(this.out.jump("jump"));
      this.out.land(skip);
      skip = -1;
      if (this.scanner.takeWord("elif")) {
        this.list(true, new Set(["then"]));
        this.expect("then");
        skip = this.out.jump("jumpIfFailed");
        this.list(tested, new Set(["elif", "else", "fi"]));
        continue;
      }
      if (this.scanner.takeWord("else")) this.list(tested, new Set(["fi"]));
      else this.out.emit({ op: "succeed" });
      this.expect("fi");
      break;
    }
    for (const end of ends) this.out.land(end);
  }

  private whileCommand(word: string, tested: boolean): void {
    this.scanner.takeReserved();
    const loop = this.out.loop();
    this.list(true, new Set(["do"]));
    this.expect("do");
    const leave = this.out.jump(word === "while" ? "jumpIfFailed" : "jumpIfSucceeded");
    this.list(tested, new Set(["done"]));
    this.expect("done");
    this.out.emit({ op: "jump", to: loop + 1 });
    this.out.land(leave);
    this.out.emit({ op: "succeed" });
    this.out.endLoop(loop);
  }

  private forCommand(keyword: string, tested: boolean): void {
    this.scanner.takeReserved();
    if (keyword === "for" && this.scanner.peekOperator("((")) return this.countingLoop(tested);
    const from = this.scanner.place();
    const name = this.scanner.takeName();
    const isBash = this.scanner.flavour === "bash";
    if (name === undefined)
      throw new ScriptError(
        isBash ? this.scanner.peekOperatorOrWord() || "newline" : "bad for loop variable",
      );
    this.scanner.skipNewlines();
    let words: Word[] | null = null;
    if (this.scanner.takeWord("in")) {
      words = [];
      for (let word = this.scanner.word(); word; word = this.scanner.word()) words.push(word);
    }
    const text = `${keyword} ${this.scanner.textSince(from)}${words ? "" : ' in "$@"'}`;
    this.scanner.takeOperator(";");
    this.scanner.skipNewlines();
    this.substitutions(words ?? []);
    this.out.forLoop({ variable: name, select: keyword === "select", text }, words, () => {
      this.expect("do");
      this.list(tested, new Set(["done"]));
      this.expect("done");
    });
  }

  /** bash's for ((i = 0; i < 3; i++)). */
  private countingLoop(tested: boolean): void {
    const [init, condition, step] = this.scanner.arithmeticParts();
    this.scanner.takeOperator(";");
    this.scanner.skipNewlines();
    const emit = (part?: { word: Word; text: string }): void => {
      if (!part || part.word.length === 0) return this.out.emit({ op: "succeed" });
      this.substitutions([part.word]);
      this.out.emit({ op: "arithmetic", ...part, tested: true });
    };
    emit(init);
    const loop = this.out.loop(1);
    const skip = this.out.jump("jump");
    emit(step);
    this.out.land(skip);
    emit(condition);
    const leave = this.out.jump("jumpIfFailed");
    const brace = this.scanner.takeWord("{");
    if (!brace) this.expect("do");
    this.list(tested, new Set([brace ? "}" : "done"]));
    this.expect(brace ? "}" : "done");
    this.out.emit({ op: "jump", to: loop + 2 });
    this.out.land(leave);
    this.out.emit({ op: "succeed" });
    this.out.endLoop(loop);
  }

  private caseCommand(tested: boolean): void {
    this.scanner.takeReserved();
    const word = this.scanner.word();
    if (!word) throw new ScriptError(this.scanner.peekOperatorOrWord());
    this.expect("in");
    this.substitutions([word]);
    this.out.emit({ op: "case", word, line: this.scanner.line() });
    this.out.emit({ op: "succeed" });
    const ends: number[] = [];
    let through: number | undefined;
    for (this.scanner.skipNewlines(); !this.scanner.takeWord("esac"); this.scanner.skipNewlines()) {
      this.scanner.takeOperator("(");
      const patterns: Word[] = [];
      do {
        const pattern = this.scanner.word();
        if (!pattern) throw new ScriptError(this.scanner.peekOperatorOrWord() || "end of file");
        patterns.push(pattern);
      } while (this.scanner.takeOperator("|"));
      if (!this.scanner.takeOperator(")"))
        throw new ScriptError(this.scanner.peekOperatorOrWord() || "end of file", ")");
      this.substitutions(patterns);
      const miss = this.out.match(patterns);
      if (through !== undefined) this.out.land(through);
      this.list(tested, new Set([";;", ";&", ";;&", "esac"]));
      // ;& goes on with the next clause's commands, ;;& with its patterns.
      through = this.scanner.peekOperator(";&") ? this.out.jump("jump") : undefined;
      if (through === undefined && !this.scanner.peekOperator(";;&")) ends.push(this.out.jump("jump"));
      this.out.land(miss);
      void (
        this.scanner.takeOperator(";;&") ||
        this.scanner.takeOperator(";&") ||
        this.scanner.takeOperator(";;")
      );
    }
    if (through !== undefined) this.out.land(through);
    for (const end of ends) this.out.land(end);
    this.out.emit({ op: "endCase" });
  }

  private group(tested: boolean): void {
    this.scanner.takeReserved();
    this.list(tested, new Set(["}"]));
    this.expect("}");
  }

  private subshell(tested: boolean): void {
    this.scanner.takeOperator("(");
    const start = this.out.here();
    this.list(false, new Set([")"]));
    if (!this.scanner.takeOperator(")")) throw new ScriptError("end of file", ")");
    const code = this.out.cut(start);
    const redirects = this.redirects();
    this.substitutions(
      redirects.map((redirect) => redirect.target),
      redirects,
    );
    this.out.emit({ op: "subshell", code, redirects, tested });
  }

  private arithmeticCommand(tested: boolean): void {
    const { word, text } = this.scanner.arithmeticBody();
    this.substitutions([word]);
    this.out.emit({ op: "arithmetic", word, text, tested });
  }

  private condition(tested: boolean): void {
    const line = this.scanner.line();
    this.scanner.takeReserved();
    const words = this.scanner.conditionWords();
    this.substitutions(words);
    this.out.emit({ op: "condition", words, tested, line });
  }

  private functionKeyword(): void {
    this.scanner.takeReserved();
    const name = this.scanner.takeName() ?? "";
    if (this.scanner.takeOperator("(")) this.scanner.takeOperator(")");
    this.functionBody(name);
  }

  private functionBody(name: string): void {
    this.scanner.skipNewlines();
    const start = this.out.here();
    const from = this.scanner.place();
    this.command(false);
    const code = this.out.cut(start);
    this.out.emit({ op: "define", name, code, text: this.scanner.textSince(from) });
  }

  private redirects(): Redirect[] {
    const redirects: Redirect[] = [];
    for (let next = this.scanner.redirect(); next; next = this.scanner.redirect()) redirects.push(next);
    return redirects;
  }

  private simple(tested: boolean): void {
    const line = this.scanner.line();
    const command: SimpleCommand = { assignments: [], words: [], redirects: [] };
    for (;;) {
      const redirect = this.scanner.redirect();
      if (redirect) {
        command.redirects.push(redirect);
        continue;
      }
      const assignment = command.words.length === 0 ? this.scanner.assignment() : undefined;
      if (assignment) {
        command.assignments.push(assignment);
        continue;
      }
      const name = command.words.length === 0 ? this.scanner.functionName() : undefined;
      if (name !== undefined) return this.functionBody(name);
      const declared = isDeclaring(command.words[0]) ? this.scanner.arrayAssignment() : undefined;
      if (declared) (command.declared ??= []).push(declared);
      const word = declared ? literal(declared.name) : this.scanner.word();
      if (!word) break;
      command.words.push(word);
    }
    const { assignments, words, redirects, declared = [] } = command;
    if (assignments.length + words.length + redirects.length === 0) {
      const found = this.scanner.peekOperatorOrWord();
      throw new ScriptError(found === "" ? "end of file" : found);
    }
    const all = [
      ...[...assignments, ...declared].flatMap(({ word, items = [], index = [] }) => [word, ...items, index]),
      ...words,
      ...redirects.map((item) => item.target),
    ];
    this.substitutions(all, redirects);
    this.out.emit({ op: "simple", tested, line, ...command });
  }

  /** Commands in $(...) run before the command that needs their output. */
  private substitutions(words: Word[], redirects: Redirect[] = []): void {
    const targets = new Set(redirects.map(({ target }) => target[0]));
    for (const part of collectSubstitutions(words)) {
      const code = parseScript(part.text, this.scanner.flavour);
      const { slot, pipe } = part;
      if (pipe)
        this.out.emit({ op: "pipe", code, slot, direction: pipe, now: pipe === ">" || targets.has(part) });
      else this.out.substitute(code, slot);
    }
  }
}
