// expr: whole numbers, comparisons, and texts (length, substr, index, match and its short form ":").
import { PatternError } from "#base/regexp/problems";
import { find } from "#base/regexp/search";
import { complain, defineCommand, type CommandContext } from "./command.ts";
import { libraryText, posixExpression } from "./patterns.ts";

class ExprError extends Error {}

interface Reader {
  context: CommandContext;
  words: readonly string[];
  at: number;
}

const LEVELS: string[][] = [
  ["|"],
  ["&"],
  ["=", "==", "!=", "<", "<=", ">", ">="],
  ["+", "-"],
  ["*", "/", "%"],
  [":"],
];

export const expr = defineCommand({
  name: "expr",
  run(context) {
    const reader: Reader = { context, words: context.argv.slice(1), at: 0 };
    try {
      if (reader.words.length === 0)
        throw new ExprError(context.flavour === "busybox" ? "too few arguments" : "missing operand");
      const value = binary(reader, 0);
      if (reader.at < reader.words.length) throw new ExprError(syntax(context, reader.words[reader.at]!));
      context.out(`${value}\n`);
      return { exit: isNothing(value) ? 1 : 0 };
    } catch (error) {
      if (!(error instanceof ExprError)) throw error;
      complain(context, error.message);
      if (reader.words.length === 0 && context.flavour === "gnu")
        context.err("Try 'expr --help' for more information.\n");
      return { exit: 2 };
    }
  },
});

const isNothing = (value: string): boolean => value === "" || /^-?0+$/.test(value);
const isWhole = (value: string): boolean => /^-?\d+$/.test(value);

function syntax({ flavour }: CommandContext, word: string): string {
  return flavour === "busybox" ? "syntax error" : `syntax error: unexpected argument '${word}'`;
}

function binary(reader: Reader, level: number): string {
  const operators = LEVELS[level];
  if (!operators) return operand(reader);
  let left = binary(reader, level + 1);
  for (
    let word = reader.words[reader.at];
    word !== undefined && operators.includes(word);
    word = reader.words[reader.at]
  ) {
    reader.at++;
    left = apply(reader.context, word, left, binary(reader, level + 1));
  }
  return left;
}

function operand(reader: Reader): string {
  const { words, context } = reader;
  const word = words[reader.at++];
  if (word === undefined) {
    const last = words.at(-1) ?? "";
    throw new ExprError(
      context.flavour === "busybox" ? "syntax error" : `syntax error: missing argument after '${last}'`,
    );
  }
  if (word === "(") {
    const value = binary(reader, 0);
    if (words[reader.at++] !== ")")
      throw new ExprError(context.flavour === "busybox" ? "syntax error" : "syntax error: expecting ')'");
    return value;
  }
  const more = words.length - reader.at;
  if (word === "length" && more > 0) return String(operand(reader).length);
  if (word === "match" && more > 1) return match(context, operand(reader), operand(reader));
  if (word === "index" && more > 1) {
    const [text, chars] = [operand(reader), operand(reader)];
    return String(Array.from(text).findIndex((char) => chars.includes(char)) + 1);
  }
  if (word === "substr" && more > 2) {
    const [text, from, length] = [operand(reader), Number(operand(reader)), Number(operand(reader))];
    return from >= 1 && length > 0 ? text.slice(from - 1, from - 1 + length) : "";
  }
  return word;
}

function apply(context: CommandContext, operator: string, a: string, b: string): string {
  if (operator === "|") return isNothing(a) ? (isNothing(b) ? "0" : b) : a;
  if (operator === "&") return isNothing(a) || isNothing(b) ? "0" : a;
  if (operator === ":") return match(context, a, b);
  if (/^[-+*/%]$/.test(operator)) {
    if (!isWhole(a) || !isWhole(b)) throw new ExprError("non-integer argument");
    if (/[/%]/.test(operator) && Number(b) === 0) throw new ExprError("division by zero");
    const [x, y] = [BigInt(a), BigInt(b)];
    const results = {
      "+": () => x + y,
      "-": () => x - y,
      "*": () => x * y,
      "/": () => x / y,
      "%": () => x % y,
    };
    return String(results[operator as keyof typeof results]());
  }
  const order = isWhole(a) && isWhole(b) ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0;
  const holds: Record<string, boolean> = {
    "=": order === 0,
    "==": order === 0,
    "!=": order !== 0,
    "<": order < 0,
    "<=": order <= 0,
    ">": order > 0,
    ">=": order >= 0,
  };
  return holds[operator] ? "1" : "0";
}

/** At the start of the text: the first group, or how long the match is. */
function match(context: CommandContext, text: string, pattern: string): string {
  try {
    const hasGroup = /\\\(/.test(pattern);
    const found = find(posixExpression(context, `^${pattern.replace(/^\^/, "")}`, { extended: false }), text);
    if (!found) return hasGroup ? "" : "0";
    return hasGroup ? (found.groups[1] ?? "") : String(found.end - found.start);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw new ExprError(libraryText(context, error));
  }
}
