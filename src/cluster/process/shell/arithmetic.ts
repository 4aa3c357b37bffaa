// $(( ... )): whole numbers, C's operators, variables and assignments.
interface Reader {
  tokens: string[];
  at: number;
  get(name: string): string;
  set(name: string, value: number): void;
}

const TOKEN =
  /\s*(0[xX][0-9a-fA-F]+|\d+(?:#\w+)?|[A-Za-z_]\w*|\$\w+|<<=|>>=|\*\*|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|[-+*/%<>=!~&|^?:(),])/y;

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

export function evaluate(
  text: string,
  get: (name: string) => string,
  set: (name: string, value: number) => void,
  /** dash knows no ++ and --. */
  plain = false,
): number {
  if (plain && /\+\+|--/.test(text)) throw new ArithmeticError(`expecting primary: "${text}"`);
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  let end = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    tokens.push(match[1]!);
    end = TOKEN.lastIndex;
  }
  if (text.slice(end).trim() !== "") throw new ArithmeticError(`syntax error: "${text}"`);
  if (tokens.length === 0) return 0;
  const reader: Reader = { tokens, at: 0, get, set };
  const value = comma(reader);
  if (reader.at < tokens.length) throw new ArithmeticError(`syntax error: "${text}"`);
  return value;
}

function comma(reader: Reader): number {
  let value = assignment(reader);
  while (take(reader, ",")) value = assignment(reader);
  return value;
}

function assignment(reader: Reader): number {
  const name = reader.tokens[reader.at] ?? "";
  const operator = reader.tokens[reader.at + 1] ?? "";
  if (/^[A-Za-z_]/.test(name) && /^(=|[-+*/%&|^]=|<<=|>>=)$/.test(operator)) {
    reader.at += 2;
    const right = assignment(reader);
    const value = operator === "=" ? right : apply(operator.slice(0, -1), variable(reader, name), right);
    reader.set(name, value);
    return value;
  }
  const condition = binary(reader, 0);
  if (!take(reader, "?")) return condition;
  const yes = assignment(reader);
  if (!take(reader, ":")) throw new ArithmeticError("syntax error: expected ':'");
  const no = assignment(reader);
  return condition !== 0 ? yes : no;
}

function binary(reader: Reader, level: number): number {
  const operators = LEVELS[level];
  if (!operators) return unary(reader);
  let left = binary(reader, level + 1);
  for (
    let token = reader.tokens[reader.at] ?? "";
    operators.includes(token);
    token = reader.tokens[reader.at] ?? ""
  ) {
    reader.at++;
    left = apply(token, left, binary(reader, level + 1));
  }
  return left;
}

function unary(reader: Reader): number {
  const token = reader.tokens[reader.at++];
  if (token === undefined) throw new ArithmeticError("syntax error: operand expected");
  if (token === "-") return -unary(reader);
  if (token === "+") return unary(reader);
  if (token === "!") return unary(reader) === 0 ? 1 : 0;
  if (token === "~") return ~unary(reader);
  if (token === "++" || token === "--") {
    const name = reader.tokens[reader.at++] ?? "";
    const value = variable(reader, name) + (token === "++" ? 1 : -1);
    reader.set(name, value);
    return value;
  }
  return power(reader, operand(reader, token));
}

function power(reader: Reader, base: number): number {
  return take(reader, "**") ? base ** unary(reader) : base;
}

function operand(reader: Reader, token: string): number {
  if (token === "(") {
    const value = comma(reader);
    if (!take(reader, ")")) throw new ArithmeticError("syntax error: expected ')'");
    return value;
  }
  if (/^\d/.test(token)) return number(token);
  if (!/^[A-Za-z_]/.test(token))
    throw new ArithmeticError(`syntax error: operand expected (error token is "${token}")`);
  const value = variable(reader, token);
  if (take(reader, "++")) reader.set(token, value + 1);
  else if (take(reader, "--")) reader.set(token, value - 1);
  return value;
}

function number(token: string): number {
  const based = /^(\d+)#(\w+)$/.exec(token);
  if (based) return Number.parseInt(based[2]!, Number(based[1]));
  return /^0\d/.test(token) ? Number.parseInt(token, 8) : Number(token);
}

function variable(reader: Reader, name: string): number {
  const text = reader.get(name).trim();
  if (text === "") return 0;
  const value = /^-?\d/.test(text)
    ? text.startsWith("-")
      ? -number(text.slice(1))
      : number(text)
    : Number.NaN;
  if (Number.isNaN(value)) throw new ArithmeticError(`bad number: ${text}`);
  return value;
}

function take(reader: Reader, token: string): boolean {
  if (reader.tokens[reader.at] !== token) return false;
  reader.at++;
  return true;
}

function apply(operator: string, a: number, b: number): number {
  const truth = (value: boolean): number => (value ? 1 : 0);
  if ((operator === "/" || operator === "%") && b === 0) throw new ArithmeticError("divide by zero");
  switch (operator) {
    case "||":
      return truth(a !== 0 || b !== 0);
    case "&&":
      return truth(a !== 0 && b !== 0);
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
      return a << b;
    case ">>":
      return a >> b;
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return Math.trunc(a / b);
    default:
      return a % b;
  }
}
