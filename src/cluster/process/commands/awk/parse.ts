// Reads awk programs into trees.
export class AwkError extends Error {}

export type Expr =
  | { kind: "number" | "string" | "regex" | "variable"; text: string }
  | { kind: "field"; index: Expr }
  | { kind: "element"; array: string; index: Expr }
  | { kind: "binary"; operator: string; left: Expr; right: Expr }
  | { kind: "unary"; operator: string; operand: Expr }
  | { kind: "assign"; operator: string; target: Expr; value: Expr }
  | { kind: "step"; by: number; target: Expr; before: boolean }
  | { kind: "call"; name: string; args: Expr[] }
  | { kind: "choose"; test: Expr; yes: Expr; no: Expr };

export type Statement =
  | { kind: "print" | "printf"; args: Expr[] }
  | { kind: "expression"; value: Expr }
  | { kind: "if"; test: Expr; yes: Statement[]; no: Statement[] }
  /** `once`: its body runs before the test, as do asks for. `step` is what for does after each turn. */
  | { kind: "while"; test: Expr; body: Statement[]; once?: true; step?: Expr }
  | { kind: "leave"; how: "break" | "continue" }
  | { kind: "delete"; array: string; index?: Expr }
  | { kind: "each"; variable: string; array: string; body: Statement[] }
  | { kind: "next" }
  | { kind: "exit"; code?: Expr };

export interface Rule {
  when: "BEGIN" | "END" | "line";
  test?: Expr;
  /** Absent: print the line. */
  body?: Statement[];
}

type Token = { type: "number" | "string" | "regex" | "name" | "sign"; text: string };

const SIGN = /^(?:\+\+|--|\+=|-=|\*=|\/=|%=|==|!=|<=|>=|&&|\|\||!~|[-+*/%=<>!~?:,;(){}[\]$^\n])/;

function tokens(text: string, check: (pattern: string) => void): Token[] {
  const found: Token[] = [];
  let rest = text;
  while (rest !== "") {
    const space = /^(?:[ \t\r]+|#[^\n]*|\\\n)/.exec(rest);
    const last = found.at(-1);
    const value = last && (last.type !== "sign" || last.text === ")" || last.text === "]");
    const number = /^(?:\d+\.?\d*|\.\d+)/.exec(rest);
    const name = /^[A-Za-z_]\w*/.exec(rest);
    const string = /^"((?:[^"\\]|\\[^])*)"/.exec(rest);
    const regex = value ? null : /^\/((?:[^/\\\n]|\\[^])*)\//.exec(rest);
    const sign = SIGN.exec(rest);
    const match = space ?? number ?? name ?? string ?? regex ?? sign;
    if (!match) throw new AwkError(`syntax error at ${rest.slice(0, 10)}`);
    rest = rest.slice(match[0].length);
    if (match === space) continue;
    if (match === number) found.push({ type: "number", text: match[0] });
    else if (match === name) found.push({ type: "name", text: match[0] });
    else if (match === string) found.push({ type: "string", text: unquote(match[1]!) });
    else if (match === regex) {
      found.push({ type: "regex", text: match[1]!.replace(/\\\//g, "/") });
      check(found.at(-1)!.text);
    } else found.push({ type: "sign", text: match[0] });
  }
  return found;
}

function unquote(text: string): string {
  return text.replace(/\\([^])/g, (_, char: string) => ({ n: "\n", t: "\t" })[char] ?? char);
}

class Reader {
  private at = 0;
  private readonly list: Token[];
  constructor(text: string, check: (pattern: string) => void) {
    this.list = tokens(text, check);
  }
  peek(): Token | undefined {
    return this.list[this.at];
  }
  is(...texts: string[]): boolean {
    const token = this.peek();
    return (
      token !== undefined && (token.type === "sign" || token.type === "name") && texts.includes(token.text)
    );
  }
  take(...texts: string[]): string | undefined {
    if (!this.is(...texts)) return undefined;
    return this.list[this.at++]!.text;
  }
  next(): Token {
    const token = this.list[this.at++];
    if (!token) throw new AwkError("Unexpected end of string");
    return token;
  }
  expect(text: string): void {
    if (this.take(text) === undefined) throw new AwkError("Unexpected token");
  }
  skipLines(): void {
    while (this.take("\n") !== undefined);
  }
  skip(): void {
    while (this.take(";", "\n") !== undefined);
  }
}

/** `check` is told of each regular expression. */
export function parseProgram(text: string, check: (pattern: string) => void): Rule[] {
  const reader = new Reader(text, check);
  const rules: Rule[] = [];
  for (reader.skip(); reader.peek(); reader.skip()) {
    const special = reader.take("BEGIN", "END") as "BEGIN" | "END" | undefined;
    const rule: Rule = { when: special ?? "line" };
    if (!special && !reader.is("{")) rule.test = expression(reader);
    if (reader.is("{")) rule.body = block(reader);
    rules.push(rule);
  }
  return rules;
}

function block(reader: Reader): Statement[] {
  if (reader.take(";") !== undefined) return [];
  reader.skipLines();
  if (reader.take("{") === undefined) return [statement(reader)];
  const body: Statement[] = [];
  for (reader.skip(); reader.take("}") === undefined; reader.skip()) body.push(statement(reader));
  return body;
}

function statement(reader: Reader): Statement {
  const print = reader.take("print", "printf") as "print" | "printf" | undefined;
  if (print) {
    const args: Expr[] = [];
    if (!reader.is(";", "\n", "}") && reader.peek())
      do args.push(ternary(reader, true));
      while (reader.take(",") !== undefined);
    return { kind: print, args };
  }
  if (reader.take("next") !== undefined) return { kind: "next" };
  if (reader.take("exit") !== undefined) {
    return reader.is(";", "\n", "}") || !reader.peek()
      ? { kind: "exit" }
      : { kind: "exit", code: expression(reader) };
  }
  if (reader.take("if") !== undefined) {
    reader.expect("(");
    const test = expression(reader);
    reader.expect(")");
    const yes = block(reader);
    reader.skip();
    const no = reader.take("else") === undefined ? [] : block(reader);
    return { kind: "if", test, yes, no };
  }
  if (reader.take("while") !== undefined) {
    reader.expect("(");
    const test = expression(reader);
    reader.expect(")");
    return { kind: "while", test, body: block(reader) };
  }
  if (reader.take("for") !== undefined) return forStatement(reader);
  if (reader.take("do") !== undefined) return doStatement(reader);
  const how = reader.take("break", "continue") as "break" | "continue" | undefined;
  if (how) return { kind: "leave", how };
  if (reader.take("delete") !== undefined) {
    const array = reader.next().text;
    if (reader.take("[") === undefined) return { kind: "delete", array };
    const index = expression(reader);
    reader.expect("]");
    return { kind: "delete", array, index };
  }
  return { kind: "expression", value: expression(reader) };
}

function doStatement(reader: Reader): Statement {
  const body = block(reader);
  reader.skip();
  reader.expect("while");
  reader.expect("(");
  const test = expression(reader);
  reader.expect(")");
  return { kind: "while", test, body, once: true };
}

function forStatement(reader: Reader): Statement {
  reader.expect("(");
  const first = reader.is(";") ? undefined : expression(reader);
  if (first?.kind === "binary" && first.operator === "in" && reader.take(")") !== undefined) {
    const [variable, array] = [first.left, first.right];
    if (variable.kind !== "variable" || array.kind !== "variable") throw new AwkError("Unexpected token");
    return { kind: "each", variable: variable.text, array: array.text, body: block(reader) };
  }
  reader.expect(";");
  const test: Expr = reader.is(";") ? { kind: "number", text: "1" } : expression(reader);
  reader.expect(";");
  const step = reader.is(")") ? undefined : expression(reader);
  reader.expect(")");
  const loop: Statement = { kind: "while", test, body: block(reader), ...(step && { step }) };
  if (!first) return loop;
  return {
    kind: "if",
    test: { kind: "number", text: "1" },
    yes: [{ kind: "expression", value: first }, loop],
    no: [],
  };
}

function expression(reader: Reader): Expr {
  return ternary(reader, false);
}

function ternary(reader: Reader, printing: boolean): Expr {
  const test = binary(reader, 0, printing);
  const operator = reader.take("=", "+=", "-=", "*=", "/=", "%=");
  if (operator !== undefined)
    return { kind: "assign", operator, target: test, value: ternary(reader, printing) };
  if (reader.take("?") === undefined) return test;
  const yes = ternary(reader, printing);
  reader.expect(":");
  return { kind: "choose", test, yes, no: ternary(reader, printing) };
}

const LEVELS = [
  ["||"],
  ["&&"],
  ["in"],
  ["~", "!~"],
  ["==", "!=", "<", "<=", ">", ">="],
  [" "],
  ["+", "-"],
  ["*", "/", "%"],
];

function binary(reader: Reader, level: number, printing: boolean): Expr {
  const operators = LEVELS[level];
  if (!operators) return unary(reader);
  let left = binary(reader, level + 1, printing);
  for (;;) {
    if (operators[0] === " ") {
      if (!startsOperand(reader)) return left;
      left = { kind: "binary", operator: " ", left, right: binary(reader, level + 1, printing) };
      continue;
    }
    // In print a ">" would be a redirection.
    const operator = printing && reader.is(">") ? undefined : reader.take(...operators);
    if (operator === undefined) return left;
    left = { kind: "binary", operator, left, right: binary(reader, level + 1, printing) };
  }
}

function startsOperand(reader: Reader): boolean {
  const token = reader.peek();
  if (!token) return false;
  if (token.type === "name") return token.text !== "in";
  return token.type !== "sign" || token.text === "$" || token.text === "(";
}

function unary(reader: Reader): Expr {
  const operator = reader.take("!", "-", "+");
  if (operator !== undefined) return { kind: "unary", operator, operand: unary(reader) };
  const by = reader.take("++", "--");
  if (by !== undefined)
    return { kind: "step", by: by === "++" ? 1 : -1, target: primary(reader), before: true };
  const value = primary(reader);
  const after = reader.take("++", "--");
  return after === undefined
    ? value
    : { kind: "step", by: after === "++" ? 1 : -1, target: value, before: false };
}

function primary(reader: Reader): Expr {
  if (reader.take("$") !== undefined) return { kind: "field", index: primary(reader) };
  if (reader.take("(") !== undefined) {
    const value = expression(reader);
    reader.expect(")");
    return value;
  }
  const token = reader.next();
  if (token.type === "sign") throw new AwkError("Unexpected token");
  if (token.type !== "name") return { kind: token.type, text: token.text };
  if (reader.take("(") !== undefined) {
    const args: Expr[] = [];
    while (reader.take(")") === undefined) {
      args.push(expression(reader));
      reader.take(",");
    }
    return { kind: "call", name: token.text, args };
  }
  if (reader.take("[") !== undefined) {
    const index = expression(reader);
    reader.expect("]");
    return { kind: "element", array: token.text, index };
  }
  return token.text === "length"
    ? { kind: "call", name: "length", args: [] }
    : { kind: "variable", text: token.text };
}
