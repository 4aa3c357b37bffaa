// $(( ... )): whole numbers of 64 bits, C's operators, variables and assignments, with each shell's complaints.
import type { Flavour } from "./code.ts";

interface Token {
  text: string;
  at: number;
}

interface Reader {
  text: string;
  tokens: Token[];
  at: number;
  flavour: Flavour;
  /** What && and ?: leave out is read but not carried out. */
  skipped: number;
  /** Variables whose values are expressions lead to others. */
  depth: number;
  get(name: string): string;
  set(name: string, value: bigint): void;
}

const NUMBER = "0[xX][0-9a-fA-F]+|\\d+(?:#[\\w@]+)?\\w*";
const NAME = "[A-Za-z_]\\w*";
const TOKENS: Record<Flavour, RegExp> = {
  bash: new RegExp(
    `\\s*(${NUMBER}|${NAME}(?:\\[(?:[^\\][]|\\[[^\\]]*\\])*\\])?|<<=|>>=|\\*\\*|\\+\\+|--|<<|>>|<=|>=|==|!=|&&|\\|\\||[-+*/%&|^]=|[-+*/%<>=!~&|^?:(),])`,
    "y",
  ),
  busybox: new RegExp(
    `\\s*(${NUMBER}|${NAME}|<<=|>>=|\\*\\*|\\+\\+|--|<<|>>|<=|>=|==|!=|&&|\\|\\||[-+*/%&|^]=|[-+*/%<>=!~&|^?:(),])`,
    "y",
  ),
  dash: new RegExp(
    `\\s*(0[0-7]*(?![xX0-7])|${NUMBER}|${NAME}|<<=|>>=|<<|>>|<=|>=|==|!=|&&|\\|\\||[-+*/%&|^]=|[-+*/%<>=!~&|^?:()])`,
    "y",
  ),
};

const LEVELS: string[][] = [
  ["||"],
  ["&&"],
  ["|"],
  ["^"],
  ["&"],
  ["==", "!="],
  ["<", ">", "<=", ">="],
  ["<<", ">>"],
  ["+", "-"],
  ["*", "/", "%"],
];

export class ArithmeticError extends Error {}

type Variables = Pick<Reader, "get" | "set">;

export function evaluate(text: string, variables: Variables, flavour: Flavour, depth = 0): bigint {
  const tokens: Token[] = [];
  const pattern = TOKENS[flavour];
  pattern.lastIndex = 0;
  let end = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    tokens.push({ text: match[1]!, at: pattern.lastIndex - match[1]!.length });
    end = pattern.lastIndex;
  }
  const rest = text.slice(end).trimStart();
  if (rest !== "") tokens.push({ text: rest, at: text.length - rest.length });
  if (tokens.length === 0) return 0n;
  const reader: Reader = { text, tokens, at: 0, flavour, skipped: 0, depth, ...variables };
  const value = comma(reader);
  if (reader.at < tokens.length) fail(reader, "end");
  return value;
}

type Fault = "end" | "primary" | "parenthesis" | "colon" | "zero" | "base" | "assignment" | "deep";

const BASH: Record<Fault, string> = {
  end: "syntax error in expression",
  primary: "syntax error: operand expected",
  parenthesis: "missing `)'",
  colon: "`:' expected for conditional expression",
  zero: "division by 0",
  base: "value too great for base",
  assignment: "attempted assignment to non-variable",
  deep: "expression recursion level exceeded",
};
const DASH: Partial<Record<Fault, string>> = {
  primary: "expecting primary",
  parenthesis: "expecting ')'",
  colon: "expecting ':'",
  zero: "division by zero",
};

/** `back` tokens before the present one is where it went wrong. */
function fail(reader: Reader, fault: Fault, back = 0): never {
  const { text, tokens, flavour } = reader;
  if (flavour === "busybox")
    throw new ArithmeticError(fault === "zero" ? "divide by zero" : "arithmetic syntax error");
  if (flavour === "dash")
    throw new ArithmeticError(`arithmetic expression: ${DASH[fault] ?? "expecting EOF"}: "${text}"`);
  const token = tokens[Math.min(reader.at - back, tokens.length - 1)];
  const shown = token ? text.slice(token.at) : "";
  throw new ArithmeticError(`${text.trimStart()}: ${BASH[fault]} (error token is "${shown}")`);
}

const peek = (reader: Reader): string => reader.tokens[reader.at]?.text ?? "";

function take(reader: Reader, token: string): boolean {
  if (peek(reader) !== token) return false;
  reader.at++;
  return true;
}

function comma(reader: Reader): bigint {
  let value = assignment(reader);
  while (take(reader, ",")) value = assignment(reader);
  return value;
}

const isName = (text: string): boolean => /^[A-Za-z_]/.test(text);

function assignment(reader: Reader): bigint {
  const name = peek(reader);
  const operator = reader.tokens[reader.at + 1]?.text ?? "";
  if (isName(name) && /^(=|[-+*/%&|^]=|<<=|>>=)$/.test(operator)) {
    reader.at += 2;
    const right = assignment(reader);
    const value =
      operator === "=" ? right : apply(reader, operator.slice(0, -1), variable(reader, name), right);
    return store(reader, name, value);
  }
  const condition = binary(reader, 0);
  if (peek(reader) === "=") fail(reader, reader.flavour === "bash" ? "assignment" : "end");
  if (!take(reader, "?")) return condition;
  const yes = unless(reader, condition === 0n, () => assignment(reader));
  if (!take(reader, ":")) fail(reader, "colon");
  const no = unless(reader, condition !== 0n, () => assignment(reader));
  return condition !== 0n ? yes : no;
}

function unless(reader: Reader, skipped: boolean, read: () => bigint): bigint {
  if (skipped) reader.skipped++;
  const value = read();
  if (skipped) reader.skipped--;
  return value;
}

function store(reader: Reader, name: string, value: bigint): bigint {
  if (reader.skipped === 0) reader.set(name, value);
  return value;
}

function binary(reader: Reader, level: number): bigint {
  const operators = LEVELS[level];
  if (!operators) return power(reader);
  let left = binary(reader, level + 1);
  for (let token = peek(reader); operators.includes(token); token = peek(reader)) {
    reader.at++;
    const isKnown = (token === "||" && left !== 0n) || (token === "&&" && left === 0n);
    const right = unless(reader, isKnown, () => binary(reader, level + 1));
    left = apply(reader, token, left, right);
  }
  return left;
}

function power(reader: Reader): bigint {
  const base = unary(reader);
  if (!take(reader, "**")) return base;
  const exponent = power(reader);
  return exponent < 0n || exponent > 10_000n ? 0n : BigInt.asIntN(64, base ** exponent);
}

function unary(reader: Reader): bigint {
  const token = reader.tokens[reader.at]?.text;
  if (token === undefined) fail(reader, "primary", 1);
  reader.at++;
  if (token === "-") return BigInt.asIntN(64, -unary(reader));
  if (token === "+") return unary(reader);
  if (token === "!") return unary(reader) === 0n ? 1n : 0n;
  if (token === "~") return ~unary(reader);
  if (token === "++" || token === "--") {
    const name = peek(reader);
    if (!isName(name)) fail(reader, "primary");
    reader.at++;
    return store(reader, name, variable(reader, name) + (token === "++" ? 1n : -1n));
  }
  return operand(reader, token);
}

function operand(reader: Reader, token: string): bigint {
  if (token === "(") {
    const value = comma(reader);
    if (!take(reader, ")")) fail(reader, "parenthesis");
    return value;
  }
  if (/^\d/.test(token)) {
    const value = number(token);
    if (value === undefined) fail(reader, "base", 1);
    return value;
  }
  if (!isName(token)) fail(reader, "primary", 1);
  const value = variable(reader, token);
  if (take(reader, "++")) store(reader, token, value + 1n);
  else if (take(reader, "--")) store(reader, token, value - 1n);
  return value;
}

function number(token: string): bigint | undefined {
  const based = /^(\d+)#(\w+)$/.exec(token);
  if (based) return inBase(based[2]!, Number(based[1]));
  if (/^0[xX][0-9a-fA-F]+$/.test(token)) return BigInt.asIntN(64, BigInt(token));
  if (/^0\d/.test(token)) return inBase(token, 8);
  return /^\d+$/.test(token) ? BigInt.asIntN(64, BigInt(token)) : undefined;
}

function inBase(digits: string, base: number): bigint | undefined {
  let value = 0n;
  for (const digit of digits) {
    const one = Number.parseInt(digit, 36);
    if (Number.isNaN(one) || one >= base) return undefined;
    value = value * BigInt(base) + BigInt(one);
  }
  return BigInt.asIntN(64, value);
}

/** A variable's value may be a number or, but for dash, an expression of its own. */
function variable(reader: Reader, name: string): bigint {
  const text = reader.get(name).trim();
  if (text === "") return 0n;
  const known = /^-?\d\w*$/.test(text) ? number(text.replace(/^-/, "")) : undefined;
  if (known !== undefined) return text.startsWith("-") ? -known : known;
  if (reader.flavour === "dash") throw new ArithmeticError(`Illegal number: ${text}`);
  if (reader.depth > 64) fail(reader, "deep", 1);
  const { get, set } = reader;
  return evaluate(text, { get, set }, reader.flavour, reader.depth + 1);
}

function apply(reader: Reader, operator: string, a: bigint, b: bigint): bigint {
  const truth = (value: boolean): bigint => (value ? 1n : 0n);
  if ((operator === "/" || operator === "%") && b === 0n) {
    if (reader.skipped > 0) return 0n;
    fail(reader, "zero", 1);
  }
  switch (operator) {
    case "||":
      return truth(a !== 0n || b !== 0n);
    case "&&":
      return truth(a !== 0n && b !== 0n);
    case "|":
      return a | b;
    case "^":
      return a ^ b;
    case "&":
      return a & b;
    case "==":
      return truth(a === b);
    case "!=":
      return truth(a !== b);
    case "<":
      return truth(a < b);
    case ">":
      return truth(a > b);
    case "<=":
      return truth(a <= b);
    case ">=":
      return truth(a >= b);
    case "<<":
      return BigInt.asIntN(64, a << (b & 63n));
    case ">>":
      return a >> (b & 63n);
    case "+":
      return BigInt.asIntN(64, a + b);
    case "-":
      return BigInt.asIntN(64, a - b);
    case "*":
      return BigInt.asIntN(64, a * b);
    case "/":
      return BigInt.asIntN(64, a / b);
    default:
      return a % b;
  }
}
