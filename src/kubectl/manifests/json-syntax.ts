// What Go's JSON decoder says of a text that is no JSON: kubectl says this of a manifest that begins with a brace and
// is no YAML either. parse.ts calls it.
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/util/yaml/decoder.go, Go's encoding/json/scanner.go (v1.35)

class SyntaxProblem extends Error {}

/** Such as "json: offset 14: invalid character '"' after object key:value pair". Undefined if it is JSON. */
export function jsonProblem(text: string): string | undefined {
  try {
    new Scanner(text).document();
    return undefined;
  } catch (problem) {
    if (problem instanceof SyntaxProblem) return problem.message;
    throw problem;
  }
}

/** Where the first value of a text ends; undefined if it is no JSON. */
export function jsonEnd(text: string): number | undefined {
  try {
    return new Scanner(text).document();
  } catch (problem) {
    if (problem instanceof SyntaxProblem) return undefined;
    throw problem;
  }
}

const LITERALS: Record<string, string> = { t: "true", f: "false", n: "null" };
const DEEPEST = 1000;

class Scanner {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): number {
    this.#value();
    return this.#at;
  }

  #value(): void {
    const first = this.#next();
    if (first === "{") this.#object();
    else if (first === "[") this.#array();
    else if (first === '"') this.#string();
    else if (/[-0-9]/.test(first)) this.#number(first);
    else if (LITERALS[first]) this.#literal(LITERALS[first]);
    else this.#fail("looking for beginning of value");
  }

  #object(): void {
    this.#enter();
    for (let isFirst = true; ; isFirst = false) {
      const open = this.#next();
      if (open === "}" && isFirst) break;
      if (open !== '"') this.#fail("looking for beginning of object key string");
      this.#string();
      if (this.#next() !== ":") this.#fail("after object key");
      this.#value();
      const end = this.#next();
      if (end === "}") break;
      if (end !== ",") this.#fail("after object key:value pair");
    }
    this.#depth--;
  }

  #array(): void {
    this.#enter();
    const start = this.#at;
    if (this.#next() !== "]") {
      this.#at = start;
      for (;;) {
        this.#value();
        const end = this.#next();
        if (end === "]") break;
        if (end !== ",") this.#fail("after array element");
      }
    }
    this.#depth--;
  }

  #enter(): void {
    if (++this.#depth > DEEPEST) throw new SyntaxProblem("exceeded max depth");
  }

  #string(): void {
    for (;;) {
      const char = this.#take();
      if (char === '"') return;
      if (char < " ") this.#fail("in string literal");
      if (char !== "\\") continue;
      const escape = this.#take();
      if (escape === "u") {
        for (let digit = 0; digit < 4; digit++)
          if (!/[0-9a-fA-F]/.test(this.#take())) this.#fail("in \\u hexadecimal character escape");
      } else if (!'bfnrt\\/"'.includes(escape)) this.#fail("in string escape code");
    }
  }

  #number(first: string): void {
    const rest = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/.exec(this.#text.slice(this.#at - 1));
    if (!rest) {
      this.#take();
      this.#fail("in numeric literal");
    }
    this.#at += rest[0].length - first.length;
  }

  #literal(word: string): void {
    for (const expected of word.slice(1))
      if (this.#take() !== expected) this.#fail(`in literal ${word} (expecting '${expected}')`);
  }

  #next(): string {
    while (/[ \t\r\n]/.test(this.#text[this.#at] ?? "")) this.#at++;
    return this.#take();
  }

  #take(): string {
    const char = this.#text[this.#at++];
    if (char === undefined) throw new SyntaxProblem("unexpected EOF");
    return char;
  }

  /** The character that was taken last is the wrong one. */
  #fail(where: string): never {
    const char = this.#text[this.#at - 1]!;
    const shown = char === "'" ? "\\'" : char === '"' ? '"' : JSON.stringify(char).slice(1, -1);
    throw new SyntaxProblem(`json: offset ${this.#at}: invalid character '${shown}' ${where}`);
  }
}
