// Parses kubectl's JSONPath templates: text with actions in braces.
// Kubernetes: staging/src/k8s.io/client-go/util/jsonpath/parser.go (v1.35)

export type PathNode =
  | { type: "text"; text: string }
  | { type: "field"; name: string }
  | { type: "wildcard" }
  /** A word that means nothing, which shows when it is evaluated. */
  | { type: "identifier"; name: string }
  | { type: "recursive" }
  | {
      type: "array";
      start: number | undefined;
      end: number | undefined;
      step: number | undefined;
      single: boolean;
    }
  | { type: "union"; parts: PathNode[][] }
  | { type: "filter"; left: PathNode[]; operator: string; right: PathNode[] }
  | { type: "value"; value: string | number | boolean }
  | { type: "range" }
  | { type: "end" }
  | { type: "list"; nodes: PathNode[] };

export class JsonPathError extends Error {}

/** The template's parts: texts, and a list of nodes for each action. */
export function parseJsonPath(template: string): PathNode[] {
  const parts: PathNode[] = [];
  let at = 0;
  while (at < template.length) {
    const open = template.indexOf("{", at);
    if (open < 0) {
      parts.push({ type: "text", text: template.slice(at) });
      break;
    }
    if (open > at) parts.push({ type: "text", text: template.slice(at, open) });
    const reader = new Reader(template, open + 1);
    parts.push({ type: "list", nodes: reader.action() });
    at = reader.at;
  }
  return parts;
}

/** Walks through one action; `at` is where it stands. */
class Reader {
  readonly text: string;
  at: number;
  constructor(text: string, at: number) {
    this.text = text;
    this.at = at;
  }

  /** Up to and with the closing brace. */
  action(): PathNode[] {
    const nodes: PathNode[] = [];
    for (;;) {
      const sign = this.text[this.at];
      if (sign === undefined || sign === "\n") throw new JsonPathError("unclosed action");
      if (sign === "}") {
        this.at++;
        return nodes;
      }
      nodes.push(...this.node(sign));
    }
  }

  /** A whole path up to the end of the text, as inside of filters and unions. */
  path(): PathNode[] {
    const nodes: PathNode[] = [];
    while (this.at < this.text.length) nodes.push(...this.node(this.text[this.at]!));
    return nodes;
  }

  private node(sign: string): PathNode[] {
    if (sign === " " || sign === "@" || sign === "$") {
      this.at++;
      return [];
    }
    if (sign === "[") return [this.brackets()];
    if (sign === '"' || sign === "'") return [{ type: "text", text: this.quoted(sign) }];
    if (sign === ".") return this.dotted();
    if (/[+\-0-9]/.test(sign)) return [this.numberOf()];
    if (/[A-Za-z_]/.test(sign)) return [this.word()];
    if (sign === "*") {
      this.at++;
      return [{ type: "wildcard" }];
    }
    throw new JsonPathError(`unrecognized character in action: U+${hex(sign)} '${sign}'`);
  }

  private dotted(): PathNode[] {
    this.at++;
    if (this.text[this.at] === ".") {
      this.at++;
      const next = this.text[this.at];
      const field = next !== undefined && /[\p{L}\p{N}_]/u.test(next) ? this.field() : [];
      return [{ type: "recursive" }, ...field];
    }
    return this.field();
  }

  private field(): PathNode[] {
    let name = "";
    for (; this.at < this.text.length; this.at++) {
      const sign = this.text[this.at]!;
      if (sign === "\\") name += this.text[++this.at] ?? "";
      else if (/[ \t\n.,[\]()='"{}@$!<>|?]/.test(sign)) break;
      else name += sign;
    }
    if (name === "*") return [{ type: "wildcard" }];
    return name === "" ? [] : [{ type: "field", name }];
  }

  private numberOf(): PathNode {
    const digits = /^[+-]?[0-9.]+/.exec(this.text.slice(this.at))?.[0] ?? "";
    const value = Number(digits);
    if (digits === "" || Number.isNaN(value)) {
      const bad = this.text.slice(this.at).split(/[ }]/)[0];
      throw new JsonPathError(`cannot parse number ${bad}`);
    }
    this.at += digits.length;
    return { type: "value", value };
  }

  private word(): PathNode {
    const word = /^[\w]+/.exec(this.text.slice(this.at))![0];
    this.at += word.length;
    if (word === "range") return { type: "range" };
    if (word === "end") return { type: "end" };
    if (word === "true" || word === "false") return { type: "value", value: word === "true" };
    return { type: "identifier", name: word };
  }

  private quoted(mark: string): string {
    let out = "";
    for (this.at++; this.at < this.text.length; this.at++) {
      const sign = this.text[this.at]!;
      if (sign === mark) {
        this.at++;
        return out;
      }
      out += sign === "\\" ? unescape(this.text[++this.at] ?? "") : sign;
    }
    throw new JsonPathError("unterminated quoted string");
  }

  private brackets(): PathNode {
    const start = this.at + 1;
    let depth = 1;
    let mark: string | undefined;
    for (this.at = start; depth > 0; this.at++) {
      const sign = this.text[this.at];
      if (sign === undefined) throw new JsonPathError("unterminated array");
      if (mark) {
        if (sign === "\\") this.at++;
        else if (sign === mark) mark = undefined;
      } else if (sign === '"' || sign === "'") mark = sign;
      else if (sign === "[") depth++;
      else if (sign === "]") depth--;
    }
    return insideBrackets(this.text.slice(start, this.at - 1));
  }
}

const hex = (sign: string): string => sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");

const unescape = (sign: string): string =>
  ({ n: "\n", t: "\t", r: "\r", a: "\x07", b: "\b", f: "\f", v: "\v" })[sign] ?? sign;

function insideBrackets(text: string): PathNode {
  const trimmed = text.trim();
  const filter = /^\?\(([\s\S]*)\)$/.exec(trimmed);
  if (filter) return parseFilter(filter[1]!);
  const parts = splitUnion(trimmed);
  if (parts.length > 1) return { type: "union", parts: parts.map((part) => [insideBrackets(part)]) };
  const name = /^'([^']*)'$/.exec(trimmed);
  if (name) return { type: "field", name: name[1]! };
  if (trimmed === "*") return { type: "array", start: 0, end: undefined, step: undefined, single: false };
  const slice = /^(-?\d*)(?::(-?\d*))?(?::(-?\d*))?$/.exec(trimmed);
  if (!slice || trimmed === "") throw new JsonPathError(`invalid array index ${text}`);
  const [, start, end, step] = slice.map((part) =>
    part === undefined || part === "" ? undefined : Number(part),
  );
  return { type: "array", start, end, step, single: !trimmed.includes(":") };
}

function splitUnion(text: string): string[] {
  const parts: string[] = [];
  let part = "";
  let mark: string | undefined;
  for (const sign of text) {
    if (mark === undefined && (sign === "'" || sign === '"')) mark = sign;
    else if (sign === mark) mark = undefined;
    if (sign === "," && mark === undefined) {
      parts.push(part.trim());
      part = "";
    } else part += sign;
  }
  return [...parts, part.trim()];
}

function parseFilter(text: string): PathNode {
  const found = /^([^!<>=]+)([!<>=]+)(.+?)$/.exec(text);
  const path = (part: string): PathNode[] => new Reader(part.trim(), 0).path();
  if (!found) return { type: "filter", left: path(text), operator: "exists", right: [] };
  return { type: "filter", left: path(found[1]!), operator: found[2]!, right: path(found[3]!) };
}
