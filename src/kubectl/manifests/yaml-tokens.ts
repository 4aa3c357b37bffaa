// Cuts a YAML document into tokens as libyaml does, whose rules Go's parser follows: what it refuses, and where, is what
// kubectl says of a manifest. Values are not read. Only yaml-grammar.ts asks for tokens.
// Kubernetes: vendored go.yaml.in/yaml/v2, scannerc.go (v1.35)
import { ScalarScanner } from "./yaml-scalars.ts";

export type TokenKind =
  | "directive"
  | "document start"
  | "document end"
  | "stream end"
  | "block sequence"
  | "block mapping"
  | "block end"
  | "["
  | "]"
  | "{"
  | "}"
  | ","
  | "-"
  | "key"
  | "value"
  | "alias"
  | "anchor"
  | "tag"
  | "scalar";

export interface Token {
  kind: TokenKind;
  /** From 0. */
  line: number;
}

/** A place where a key may have begun, until it is known whether a colon follows. */
interface SimpleKey {
  isPossible: boolean;
  isRequired: boolean;
  token: number;
  line: number;
  column: number;
  at: number;
}

const LONGEST_KEY = 1024;
const NO_KEY: SimpleKey = { isPossible: false, isRequired: false, token: 0, line: 0, column: 0, at: 0 };

export class Tokens extends ScalarScanner {
  readonly #queue: Token[] = [];
  #taken = 0;
  #isKeyAllowed = true;
  readonly #indents: number[] = [];
  #keys: SimpleKey[] = [NO_KEY];
  #hasEnded = false;

  peek(): Token {
    while (this.#needsMore()) this.#fetch();
    return this.#queue[0]!;
  }

  take(): Token {
    const token = this.peek();
    this.#queue.shift();
    this.#taken++;
    return token;
  }

  #needsMore(): boolean {
    if (this.#queue.length === 0) return !this.#hasEnded;
    const mayBeHead = this.#keys.find((key) => key.isPossible && key.token === this.#taken);
    return mayBeHead !== undefined && this.#isStillKey(mayBeHead);
  }

  /** A key that is not followed by a colon on its line is none; where there must be one that is an error. */
  #isStillKey(key: SimpleKey): boolean {
    if (!key.isPossible) return false;
    if (key.line === this.line && key.at + LONGEST_KEY >= this.at) return true;
    this.#dropKey(key);
    return false;
  }

  #dropKey(key: SimpleKey): void {
    if (key.isPossible && key.isRequired) this.fail("could not find expected ':'", key.line);
    key.isPossible = false;
  }

  #removeKey(): void {
    this.#dropKey(this.#keys.at(-1)!);
  }

  #saveKey(): void {
    if (!this.#isKeyAllowed) return;
    this.#removeKey();
    const { line, column, at } = this;
    const isRequired = this.flowLevel === 0 && this.indent === column;
    const token = this.#taken + this.#queue.length;
    this.#keys[this.#keys.length - 1] = { isPossible: true, isRequired, token, line, column, at };
  }

  #push(kind: TokenKind, line = this.line): void {
    this.#queue.push({ kind, line });
  }

  #roll(column: number, kind: TokenKind, line = this.line, index = this.#queue.length): void {
    if (this.flowLevel > 0 || this.indent >= column) return;
    this.#indents.push(this.indent);
    this.indent = column;
    this.#queue.splice(index, 0, { kind, line });
  }

  #unroll(column: number): void {
    if (this.flowLevel > 0) return;
    while (this.indent > column) {
      this.#push("block end");
      this.indent = this.#indents.pop()!;
    }
  }

  #fetch(): void {
    this.#skipToToken();
    this.#unroll(this.column);
    const char = this.char();
    if (char === "") return this.#end();
    if (this.column === 0) {
      if (char === "%") return this.#directive();
      if (this.isDocumentMark()) return this.#documentMark();
    }
    switch (char) {
      case "[":
      case "{":
        return this.#openFlow(char);
      case "]":
      case "}":
        return this.#closeFlow(char);
      case ",":
        return this.#entry();
      case "*":
        return this.#named("alias");
      case "&":
        return this.#named("anchor");
      case "!":
        return this.#tag();
      case "'":
      case '"':
        return this.#quoted(char);
    }
    if (char === "-" && this.isBlankOrEnd(1)) return this.#dash();
    if (char === "?" && (this.flowLevel > 0 || this.isBlankOrEnd(1))) return this.#questionMark();
    if (char === ":" && (this.flowLevel > 0 || this.isBlankOrEnd(1))) return this.#colon();
    if ((char === "|" || char === ">") && this.flowLevel === 0) return this.#block();
    this.#plain(char);
  }

  /** Tabs may stand between tokens, but not where a key could begin. */
  #skipToToken(): void {
    for (;;) {
      while (this.char() === " " || (this.char() === "\t" && (this.flowLevel > 0 || !this.#isKeyAllowed)))
        this.skip();
      if (this.char() === "#") while (!this.isBreakOrEnd()) this.skip();
      if (!this.isBreak()) return;
      this.skipLine();
      if (this.flowLevel === 0) this.#isKeyAllowed = true;
    }
  }

  #end(): void {
    if (this.column !== 0) this.forceLine();
    this.#unroll(-1);
    this.#removeKey();
    this.#isKeyAllowed = false;
    this.#hasEnded = true;
    this.#push("stream end");
  }

  #directive(): void {
    this.#unroll(-1);
    this.#removeKey();
    this.#isKeyAllowed = false;
    this.#push("directive");
    while (!this.isBreakOrEnd()) this.skip();
  }

  #documentMark(): void {
    this.#unroll(-1);
    this.#removeKey();
    this.#isKeyAllowed = false;
    this.#push(this.char() === "-" ? "document start" : "document end");
    this.skip(3);
  }

  #openFlow(char: "[" | "{"): void {
    this.#saveKey();
    this.#keys.push({ ...NO_KEY });
    this.flowLevel++;
    this.#isKeyAllowed = true;
    this.#push(char);
    this.skip();
  }

  #closeFlow(char: "]" | "}"): void {
    this.#removeKey();
    if (this.flowLevel > 0) {
      this.flowLevel--;
      this.#keys.pop();
    }
    this.#isKeyAllowed = false;
    this.#push(char);
    this.skip();
  }

  #entry(): void {
    this.#removeKey();
    this.#isKeyAllowed = true;
    this.#push(",");
    this.skip();
  }

  #dash(): void {
    if (this.flowLevel === 0) {
      if (!this.#isKeyAllowed) this.fail("block sequence entries are not allowed in this context");
      this.#roll(this.column, "block sequence");
    }
    this.#removeKey();
    this.#isKeyAllowed = true;
    this.#push("-");
    this.skip();
  }

  #questionMark(): void {
    if (this.flowLevel === 0) {
      if (!this.#isKeyAllowed) this.fail("mapping keys are not allowed in this context");
      this.#roll(this.column, "block mapping");
    }
    this.#removeKey();
    this.#isKeyAllowed = this.flowLevel === 0;
    this.#push("key");
    this.skip();
  }

  #colon(): void {
    const key = this.#keys.at(-1)!;
    if (this.#isStillKey(key)) {
      const index = key.token - this.#taken;
      this.#queue.splice(index, 0, { kind: "key", line: key.line });
      this.#roll(key.column, "block mapping", key.line, index);
      key.isPossible = false;
      this.#isKeyAllowed = false;
    } else {
      if (this.flowLevel === 0) {
        if (!this.#isKeyAllowed) this.fail("mapping values are not allowed in this context");
        this.#roll(this.column, "block mapping");
      }
      this.#isKeyAllowed = this.flowLevel === 0;
    }
    this.#push("value");
    this.skip();
  }

  #named(kind: "alias" | "anchor"): void {
    this.#saveKey();
    this.#isKeyAllowed = false;
    this.#push(kind);
    const { line } = this;
    this.skip();
    const start = this.at;
    while (/[\w-]/.test(this.char())) this.skip();
    if (this.at === start || !(this.isBlankOrEnd() || "?:,]}%@`".includes(this.char())))
      this.fail("did not find expected alphabetic or numeric character", line);
  }

  #tag(): void {
    this.#saveKey();
    this.#isKeyAllowed = false;
    this.#push("tag");
    const { line } = this;
    while (/[\w\-;/?:@&=+$.!~*'()%<>#,[\]]/.test(this.char())) this.skip();
    if (!this.isBlankOrEnd()) this.fail("did not find expected whitespace or line break", line);
  }

  #quoted(mark: string): void {
    this.#saveKey();
    this.#isKeyAllowed = false;
    this.#push("scalar");
    this.scanQuoted(mark);
  }

  #block(): void {
    this.#removeKey();
    this.#isKeyAllowed = true;
    this.#push("scalar");
    this.scanBlock();
  }

  #plain(char: string): void {
    const isIndicator = "-?:,[]{}#&*!|>'\"%@`".includes(char) || this.isBlankOrEnd();
    const isWord =
      (char === "-" && !this.isBlank(1)) ||
      (this.flowLevel === 0 && "?:".includes(char) && !this.isBlankOrEnd(1));
    if (isIndicator && !isWord) this.fail("found character that cannot start any token");
    this.#saveKey();
    this.#isKeyAllowed = false;
    this.#push("scalar");
    if (this.scanPlain()) this.#isKeyAllowed = true;
  }
}
