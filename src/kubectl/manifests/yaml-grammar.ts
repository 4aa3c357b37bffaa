// Follows the first document of a YAML text as libyaml's parser does, to tell what Go says of one that is wrong.
// parse.ts asks before it reads the values.
// Kubernetes: vendored go.yaml.in/yaml/v2, parserc.go and decode.go (v1.35)
import { YamlSyntaxError } from "./yaml-scalars.ts";
import { Tokens, type TokenKind } from "./yaml-tokens.ts";

export interface YamlProblem {
  /** Such as "yaml: line 4: found character that cannot start any token". */
  text: string;
  /** 1-based, within the document. */
  line: number;
}

export function yamlProblem(text: string): YamlProblem | undefined {
  try {
    new Grammar(text).document();
    return undefined;
  } catch (error) {
    if (!(error instanceof YamlSyntaxError)) throw error;
    return problemOf(error);
  }
}

/** Lines count from 0 in there: what the scanner finds is shown one higher, and the first line not at all. */
function problemOf({ message, line, contextLine, isOfScanner }: YamlSyntaxError): YamlProblem {
  const shown = line > 0 ? line + (isOfScanner ? 1 : 0) : contextLine;
  return { text: `yaml: ${shown > 0 ? `line ${shown}: ` : ""}${message}`, line: line + 1 };
}

const DEEPEST = 10_000;

class Grammar {
  readonly #tokens: Tokens;
  #depth = 0;

  constructor(text: string) {
    this.#tokens = new Tokens(text);
  }

  document(): void {
    while (this.#is("document end")) this.#tokens.take();
    if (this.#is("stream end")) return;
    if (this.#is("directive", "document start")) {
      while (this.#is("directive")) this.#tokens.take();
      if (!this.#is("document start")) this.#fail("did not find expected <document start>", 0);
      this.#tokens.take();
      if (this.#is("directive", "document start", "document end", "stream end")) return;
    }
    this.#node(true, false);
    this.#tokens.peek();
  }

  #is(...kinds: TokenKind[]): boolean {
    return kinds.includes(this.#tokens.peek().kind);
  }

  #fail(text: string, contextLine: number): never {
    throw new YamlSyntaxError(text, this.#tokens.peek().line, contextLine, false);
  }

  #node(isBlock: boolean, mayBeIndentless: boolean): void {
    if (++this.#depth > DEEPEST) this.#fail(`exceeded max depth of ${DEEPEST}`, 0);
    this.#content(isBlock, mayBeIndentless);
    this.#depth--;
  }

  #content(isBlock: boolean, mayBeIndentless: boolean): void {
    const { line } = this.#tokens.peek();
    if (this.#is("alias")) return void this.#tokens.take();
    let hasProperties = false;
    for (const kind of this.#is("anchor") ? (["anchor", "tag"] as const) : (["tag", "anchor"] as const)) {
      if (!this.#is(kind)) continue;
      hasProperties = true;
      this.#tokens.take();
    }
    if (mayBeIndentless && this.#is("-")) return this.#indentless();
    if (this.#is("scalar")) return void this.#tokens.take();
    if (this.#is("[")) return this.#flowSequence();
    if (this.#is("{")) return this.#flowMapping();
    if (isBlock && this.#is("block sequence")) return this.#blockSequence();
    if (isBlock && this.#is("block mapping")) return this.#blockMapping();
    if (!hasProperties) this.#fail("did not find expected node content", line);
  }

  #indentless(): void {
    while (this.#is("-")) {
      this.#tokens.take();
      if (!this.#is("-", "key", "value", "block end")) this.#node(true, false);
    }
  }

  #blockSequence(): void {
    const { line } = this.#tokens.take();
    while (this.#is("-")) {
      this.#tokens.take();
      if (!this.#is("-", "block end")) this.#node(true, false);
    }
    if (!this.#is("block end")) this.#fail("did not find expected '-' indicator", line);
    this.#tokens.take();
  }

  #blockMapping(): void {
    const { line } = this.#tokens.take();
    while (this.#is("key")) {
      for (const kind of ["key", "value"] as const) {
        if (!this.#is(kind)) continue;
        this.#tokens.take();
        if (!this.#is("key", "value", "block end")) this.#node(true, true);
      }
    }
    if (!this.#is("block end")) this.#fail("did not find expected key", line);
    this.#tokens.take();
  }

  #flowSequence(): void {
    const { line } = this.#tokens.take();
    for (let isFirst = true; !this.#is("]"); isFirst = false) {
      if (!isFirst) {
        if (!this.#is(",")) this.#fail("did not find expected ',' or ']'", line);
        this.#tokens.take();
      }
      if (this.#is("key")) this.#flowPair("]");
      else if (!this.#is("]")) this.#node(false, false);
    }
    this.#tokens.take();
  }

  #flowMapping(): void {
    const { line } = this.#tokens.take();
    for (let isFirst = true; !this.#is("}"); isFirst = false) {
      if (!isFirst) {
        if (!this.#is(",")) this.#fail("did not find expected ',' or '}'", line);
        this.#tokens.take();
      }
      if (this.#is("key")) this.#flowPair("}");
      else if (!this.#is("}")) this.#node(false, false);
    }
    this.#tokens.take();
  }

  #flowPair(close: "]" | "}"): void {
    this.#tokens.take();
    if (!this.#is("value", ",", close)) this.#node(false, false);
    if (!this.#is("value")) return;
    this.#tokens.take();
    if (!this.#is(",", close)) this.#node(false, false);
  }
}
