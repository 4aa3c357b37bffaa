// test and [: conditions about files, texts and numbers.
import { complain, defineCommand, type CommandContext } from "./command.ts";

interface Reader {
  context: CommandContext;
  words: readonly string[];
  at: number;
}

class TestError extends Error {}

function run(context: CommandContext): { exit: number } {
  let words = context.argv.slice(1);
  if (context.argv[0] === "[") {
    if (words.at(-1) !== "]") {
      complain(context, context.shell === "bash" ? "missing `]'" : "missing ]");
      return { exit: 2 };
    }
    words = words.slice(0, -1);
  }
  if (words.length === 0) return { exit: 1 };
  try {
    const reader = { context, words, at: 0 };
    const value = or(reader);
    if (reader.at < words.length) throw new TestError(leftOver(context, words, reader.at));
    return { exit: value ? 0 : 1 };
  } catch (error) {
    if (!(error instanceof TestError)) throw error;
    complain(context, error.message);
    return { exit: 2 };
  }
}

/** What each says of words that do not belong together. */
function leftOver({ shell, flavour }: CommandContext, words: readonly string[], at: number): string {
  if (shell === "dash") return `${words[at - 1] ?? words[0]}: unexpected operator`;
  if (shell !== "bash")
    return flavour === "busybox" ? `${words[at]}: unknown operand` : `extra argument '${words[at]}'`;
  if (words.length === 2) return `${words[0]}: unary operator expected`;
  return words.length === 3 ? `${words[1]}: binary operator expected` : "too many arguments";
}

export const test = defineCommand({ name: "test", run });
export const bracket = defineCommand({ name: "[", run });

function or(reader: Reader): boolean {
  let value = and(reader);
  while (reader.words[reader.at] === "-o") {
    reader.at++;
    value = and(reader) || value;
  }
  return value;
}

function and(reader: Reader): boolean {
  let value = not(reader);
  while (reader.words[reader.at] === "-a") {
    reader.at++;
    value = not(reader) && value;
  }
  return value;
}

function not(reader: Reader): boolean {
  if (reader.words[reader.at] !== "!" || reader.at + 1 >= reader.words.length) return primary(reader);
  reader.at++;
  return !not(reader);
}

const BINARY = /^(=|==|!=|<|>|-eq|-ne|-lt|-le|-gt|-ge|-nt|-ot|-ef)$/;

function primary(reader: Reader): boolean {
  const { words, context } = reader;
  const first = words[reader.at];
  if (first === undefined) throw new TestError("argument expected");
  const second = words[reader.at + 1];
  const isKnown =
    second !== undefined && BINARY.test(second) && !(second === "==" && context.shell === "dash");
  if (isKnown && words[reader.at + 2] !== undefined) {
    reader.at += 3;
    return compare(context, first, second, words[reader.at - 1]!);
  }
  if (first === "(" && second !== undefined) {
    reader.at++;
    const value = or(reader);
    if (words[reader.at++] !== ")") throw new TestError("closing paren expected");
    return value;
  }
  const isUnary = /^-[a-zA-Z]$/.test(first) && !(first === "-v" && context.shell !== "bash");
  if (isUnary && second !== undefined) {
    reader.at += 2;
    return unary(context, first, second);
  }
  reader.at++;
  return first !== "";
}

function unary(context: CommandContext, operator: string, value: string): boolean {
  if (operator === "-n") return value !== "";
  if (operator === "-z") return value === "";
  if (operator === "-t") return context.tty && value === "1";
  if (operator === "-v") return context.isSet?.(value) ?? false;
  const entry = context.files.stat(value);
  switch (operator) {
    case "-e":
    case "-r":
    case "-w":
    case "-a":
      return entry !== undefined;
    case "-f":
      return entry?.kind === "file";
    case "-d":
      return entry?.kind === "directory";
    case "-s":
      return entry?.kind === "directory" || (entry?.kind === "file" && entry.text !== "");
    case "-x":
      return entry?.kind === "directory" || (entry?.kind === "file" && (entry.mode & 0o111) !== 0);
    default:
      return false;
  }
}

/** Which file is the newer one, by times of change. */
function age({ files }: CommandContext, path: string): number {
  const entry = files.stat(path);
  return entry && "at" in entry ? entry.at : -1;
}

function compare(context: CommandContext, left: string, operator: string, right: string): boolean {
  if (operator === "-nt") return age(context, left) > age(context, right);
  if (operator === "-ot") return age(context, left) < age(context, right);
  if (operator === "-ef")
    return (
      context.files.stat(left) !== undefined && context.files.resolve(left) === context.files.resolve(right)
    );
  if (operator === "=" || operator === "==") return left === right;
  if (operator === "!=") return left !== right;
  if (operator === "<") return left < right;
  if (operator === ">") return left > right;
  const [a, b] = [number(context, left), number(context, right)];
  const results: Record<string, boolean> = {
    "-eq": a === b,
    "-ne": a !== b,
    "-lt": a < b,
    "-le": a <= b,
    "-gt": a > b,
    "-ge": a >= b,
  };
  return results[operator] ?? false;
}

function number({ shell, flavour }: CommandContext, text: string): number {
  const isWhole = /^\s*[-+]?\d+\s*$/.test(text);
  if (!isWhole && shell === "bash") throw new TestError(`${text}: integer expression expected`);
  if (!isWhole && shell === "dash") throw new TestError(`Illegal number: ${text}`);
  if (!isWhole)
    throw new TestError(flavour === "busybox" ? `${text}: bad number` : `invalid integer '${text}'`);
  return Number(text);
}
