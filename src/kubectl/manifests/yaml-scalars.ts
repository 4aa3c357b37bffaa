// The characters of a YAML document and its scalars, as libyaml reads them; values are not kept. yaml-tokens.ts builds
// tokens upon it.
// Kubernetes: vendored go.yaml.in/yaml/v2, scannerc.go (v1.35)

/** What Go's parser says; `line` counts from 0, and its scanner shows one more. */
export class YamlSyntaxError extends Error {
  readonly line: number;
  readonly contextLine: number;
  readonly isOfScanner: boolean;

  constructor(text: string, line: number, contextLine: number, isOfScanner: boolean) {
    super(text);
    this.line = line;
    this.contextLine = contextLine;
    this.isOfScanner = isOfScanner;
  }
}

const ESCAPES = "0abt\tnvfre \"'\\/N_LP";
const HEX_ESCAPES: Record<string, number> = { x: 2, u: 4, U: 8 };

export class ScalarScanner {
  at = 0;
  line = 0;
  column = 0;
  indent = -1;
  flowLevel = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  fail(text: string, contextLine = this.line): never {
    throw new YamlSyntaxError(text, this.line, contextLine, true);
  }

  char(ahead = 0): string {
    return this.#text[this.at + ahead] ?? "";
  }

  isBlank(ahead = 0): boolean {
    const char = this.char(ahead);
    return char === " " || char === "\t";
  }

  isBreak(ahead = 0): boolean {
    const char = this.char(ahead);
    return char !== "" && "\n\r\x85\u2028\u2029".includes(char);
  }

  isBreakOrEnd(ahead = 0): boolean {
    return this.char(ahead) === "" || this.isBreak(ahead);
  }

  isBlankOrEnd(ahead = 0): boolean {
    return this.isBlank(ahead) || this.isBreakOrEnd(ahead);
  }

  isDocumentMark(): boolean {
    const start = this.#text.slice(this.at, this.at + 3);
    return this.column === 0 && (start === "---" || start === "...") && this.isBlankOrEnd(3);
  }

  skip(count = 1): void {
    this.at += count;
    this.column += count;
  }

  skipLine(): void {
    this.at += this.char() === "\r" && this.char(1) === "\n" ? 2 : 1;
    this.forceLine();
  }

  forceLine(): void {
    this.line++;
    this.column = 0;
  }

  scanQuoted(mark: string): void {
    const start = this.line;
    this.skip();
    for (;;) {
      if (this.isDocumentMark()) this.fail("found unexpected document indicator", start);
      if (this.char() === "") this.fail("found unexpected end of stream", start);
      this.#quotedWord(mark, start);
      if (this.char() === mark) return this.skip();
      while (this.isBlank() || this.isBreak()) {
        if (this.isBreak()) this.skipLine();
        else this.skip();
      }
    }
  }

  #quotedWord(mark: string, start: number): void {
    while (!this.isBlankOrEnd()) {
      if (this.char() === mark) {
        if (mark !== "'" || this.char(1) !== "'") return;
        this.skip(2);
      } else if (mark === '"' && this.char() === "\\") {
        if (this.isBreak(1)) {
          this.skip();
          return this.skipLine();
        }
        this.#escape(start);
      } else this.skip();
    }
  }

  #escape(start: number): void {
    const letter = this.char(1);
    const digits = HEX_ESCAPES[letter];
    if (digits === undefined && (letter === "" || !ESCAPES.includes(letter)))
      this.fail("found unknown escape character", start);
    this.skip(2);
    for (let digit = 0; digit < (digits ?? 0); digit++) {
      if (!/[0-9a-fA-F]/.test(this.char())) this.fail("did not find expected hexdecimal number", start);
      this.skip();
    }
  }

  scanBlock(): void {
    const start = this.line;
    this.skip();
    let increment = 0;
    for (let turn = 0; turn < 2; turn++) {
      if ("+-".includes(this.char() || "x")) this.skip();
      else if (/\d/.test(this.char())) {
        if (this.char() === "0") this.fail("found an indentation indicator equal to 0", start);
        increment = Number(this.char());
        this.skip();
      }
    }
    while (this.isBlank()) this.skip();
    if (this.char() === "#") while (!this.isBreakOrEnd()) this.skip();
    if (!this.isBreakOrEnd()) this.fail("did not find expected comment or line break", start);
    if (this.isBreak()) this.skipLine();
    const given = increment === 0 ? 0 : Math.max(this.indent, 0) + increment;
    const indent = this.#blockBreaks(given, start);
    while (this.column === indent && this.char() !== "") {
      while (!this.isBreakOrEnd()) this.skip();
      if (this.isBreak()) this.skipLine();
      this.#blockBreaks(indent, start);
    }
  }

  /** Empty lines and indentation; tells how deep the text stands if that was not known. */
  #blockBreaks(indent: number, start: number): number {
    let deepest = 0;
    for (;;) {
      while ((indent === 0 || this.column < indent) && this.char() === " ") this.skip();
      deepest = Math.max(deepest, this.column);
      if ((indent === 0 || this.column < indent) && this.char() === "\t")
        this.fail("found a tab character where an indentation space is expected", start);
      if (!this.isBreak()) break;
      this.skipLine();
    }
    return indent === 0 ? Math.max(deepest, this.indent + 1, 1) : indent;
  }

  /** Whether line ends were passed behind the scalar, so that a key may follow. */
  scanPlain(): boolean {
    const start = this.line;
    const indent = this.indent + 1;
    let hasPassedLine = false;
    for (;;) {
      if (this.isDocumentMark() || this.char() === "#") break;
      while (!this.isBlankOrEnd() && !this.#endsPlain()) {
        hasPassedLine = false;
        this.skip();
      }
      if (!this.isBlank() && !this.isBreak()) break;
      while (this.isBlank() || this.isBreak()) {
        if (this.isBreak()) {
          this.skipLine();
          hasPassedLine = true;
        } else {
          if (hasPassedLine && this.column < indent && this.char() === "\t")
            this.fail("found a tab character that violates indentation", start);
          this.skip();
        }
      }
      if (this.flowLevel === 0 && this.column < indent) break;
    }
    return hasPassedLine;
  }

  #endsPlain(): boolean {
    const char = this.char();
    if (char === ":" && this.isBlankOrEnd(1)) return true;
    if (this.flowLevel === 0) return false;
    return ",[]{}".includes(char) || (char === "?" && this.isBlank(1));
  }
}
