// printf: the format is used again until all arguments are taken.
import { epochNow } from "../clock.ts";
import { quoteWithBackslashes } from "../shell/quoting.ts";
import { complain, defineCommand, type CommandContext } from "./command.ts";
import { formatDate } from "./date.ts";
import { unescape } from "./echo.ts";

const DIRECTIVE = /%(?:\(([^)]*)\)T|([-+ 0#]*)(\*|\d+)?(?:\.(\*|\d+)?)?(?:[hljzt]*)?([^]?))/g;
const USAGE = {
  bash: "printf: usage: printf [-v var] format [arguments]\n",
  dash: "usage: printf format [arg ...]",
  busybox: "usage: printf FORMAT [ARGUMENT]...",
};

class Stop extends Error {}

export const printf = defineCommand({
  name: "printf",
  run(context) {
    const words = context.argv[1] === "--" ? context.argv.slice(2) : context.argv.slice(1);
    const [format, ...values] = words;
    const { shell } = context;
    if (format === undefined) {
      if (shell === "bash") context.err(USAGE.bash);
      else if (shell === undefined && context.flavour === "gnu")
        context.err("printf: missing operand\nTry 'printf --help' for more information.\n");
      else complain(context, USAGE[shell ?? "busybox"]);
      return { exit: shell === undefined && context.flavour === "gnu" ? 1 : 2 };
    }
    if (shell === "dash" && /^-./.test(context.argv[1] ?? "") && context.argv[1] !== "--") {
      complain(context, `Illegal option ${context.argv[1]!.slice(0, 2)}`);
      return { exit: 2 };
    }
    return new Printer(context, values).print(format);
  },
});

class Printer {
  private exit = 0;
  private readonly context: CommandContext;
  private readonly values: string[];

  constructor(context: CommandContext, values: string[]) {
    this.context = context;
    this.values = values;
  }

  print(format: string): { exit: number } {
    const { context, values } = this;
    // \c ends the output only in arguments of %b.
    const { text: pattern } = unescape(format.replace(/\\"/g, '"').replace(/\\c/g, "\\\\c"));
    let shown = "";
    try {
      do {
        const before = values.length;
        shown += this.once(pattern);
        if (values.length === before) break;
      } while (values.length > 0);
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      shown += error.message;
    }
    context.out(shown);
    return { exit: this.exit };
  }

  private once(pattern: string): string {
    let text = "";
    let from = 0;
    for (const match of pattern.matchAll(DIRECTIVE)) {
      text += pattern.slice(from, match.index);
      from = match.index + match[0].length;
      const [all, time, flags = "", width, precision, letter = ""] = match;
      if (time !== undefined) text += this.time(time, all, text);
      else if (letter === "%") text += "%";
      else text += this.directive(all, { flags, width, precision, letter }, text);
    }
    return text + pattern.slice(from);
  }

  /** bash's %(format)T: of seconds since 1970, of now for none or -1. */
  private time(format: string, all: string, before: string): string {
    const { context, values } = this;
    if (context.shell !== "bash") return this.invalid(all, "(", before);
    const given = values.shift();
    const ms = given === undefined || given === "-1" ? epochNow(context.context) : Number(given) * 1000;
    return formatDate(format === "" ? "%T" : format, ms);
  }

  private invalid(all: string, letter: string, before: string): never {
    const { context } = this;
    const { shell } = context;
    this.exit = 1;
    if (shell === "bash") complain(context, `\`${letter}': invalid format character`);
    else if (shell === "dash") {
      complain(context, `${all.slice(0, all.indexOf(letter) + 1)}: invalid directive`);
      this.exit = 2;
    } else
      complain(
        context,
        context.flavour === "busybox"
          ? `${all.replace(/\n/g, "\\n")}: invalid format`
          : `${all}: invalid conversion specification`,
      );
    throw new Stop(before);
  }

  private directive(
    all: string,
    {
      flags,
      width,
      precision,
      letter,
    }: { flags: string; width?: string; precision?: string; letter: string },
    before: string,
  ): string {
    const { values } = this;
    const known =
      this.context.shell === "bash" || (this.context.shell === undefined && this.context.flavour === "gnu");
    if (!/[sbcdiuoxXeEfFgGaA]/.test(letter) && !(letter === "q" && known))
      return this.invalid(all, letter, before);
    const size = width === "*" ? Number(values.shift() ?? 0) : Number(width ?? 0);
    const digits =
      precision === "*" ? values.shift() : precision === undefined && all.includes(".") ? "0" : precision;
    const piece = this.convert(letter, values.shift(), digits, flags);
    const long = Math.abs(size);
    if (flags.includes("-") || size < 0) return piece.padEnd(long);
    return flags.includes("0") && !/[sbcq]/.test(letter) ? padZeros(piece, long) : piece.padStart(long);
  }

  private convert(
    letter: string,
    value: string | undefined,
    precision: string | undefined,
    flags: string,
  ): string {
    if (letter === "s")
      return precision === undefined ? (value ?? "") : (value ?? "").slice(0, Number(precision));
    if (letter === "b") {
      const { text, stopped } = unescape(value ?? "");
      if (stopped) throw new Stop(text);
      return text;
    }
    if (letter === "c") return (value ?? "").slice(0, 1);
    if (letter === "q") return quoteWithBackslashes(value ?? "");
    const number = this.number(value);
    const sign = number < 0 ? "-" : flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
    if (/[feEgGF]/.test(letter)) return sign + decimal(letter, Math.abs(number), Number(precision ?? 6));
    const whole = Math.trunc(number);
    const prefix = flags.includes("#") && whole !== 0 ? { x: "0x", X: "0X", o: "0" }[letter] : undefined;
    const unsigned = whole < 0 && /[uxXo]/.test(letter) ? BigInt.asUintN(64, BigInt(whole)) : undefined;
    const base = letter === "o" ? 8 : /[xX]/.test(letter) ? 16 : 10;
    const text = (unsigned ?? Math.abs(whole)).toString(base).padStart(Number(precision ?? 0), "0");
    const cased = letter === "X" ? text.toUpperCase() : text;
    return /[di]/.test(letter) ? sign + cased : (prefix ?? "") + cased;
  }

  private number(value: string | undefined): number {
    const text = (value ?? "").trim();
    if (/^['"]/.test(text)) return text.codePointAt(1) ?? 0;
    if (text === "") return 0;
    if (/^[-+]?0[0-7]+$/.test(text))
      return (text.startsWith("-") ? -1 : 1) * Number.parseInt(text.replace(/^[-+]/, ""), 8);
    if (/^[-+]?0[xX][0-9a-fA-F]+$/.test(text))
      return (text.startsWith("-") ? -1 : 1) * Number(text.replace(/^[-+]/, ""));
    if (/^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(text)) return Number(text);
    const { context } = this;
    const isStarted = /^[-+]?\d/.test(text);
    this.exit = 1;
    if (context.shell === "bash") complain(context, `${value}: invalid number`);
    else if (context.flavour === "busybox") complain(context, `invalid number '${value}'`);
    else if (context.shell === "dash")
      complain(context, `${value}: ${isStarted ? "not completely converted" : "expected numeric value"}`);
    else
      complain(
        context,
        `'${value}': ${isStarted ? "value not completely converted" : "expected a numeric value"}`,
      );
    return isStarted ? Number.parseFloat(text) : 0;
  }
}

function padZeros(text: string, size: number): string {
  const sign = /^[-+ ]/.exec(text)?.[0] ?? "";
  return sign + text.slice(sign.length).padStart(size - sign.length, "0");
}

/** %f, %e and %g. */
function decimal(letter: string, value: number, precision: number): string {
  const upper = letter === letter.toUpperCase();
  const exponential = (digits: number): string =>
    value.toExponential(digits).replace(/e([-+])(\d)$/, "e$10$2");
  let text: string;
  if (/[fF]/.test(letter)) text = value.toFixed(precision);
  else if (/[eE]/.test(letter)) text = exponential(precision);
  else {
    const digits = Math.max(1, precision);
    const exponent = value === 0 ? 0 : Number(/e(.*)$/.exec(value.toExponential(digits - 1))![1]);
    const plain =
      exponent < -4 || exponent >= digits ? exponential(digits - 1) : value.toFixed(digits - 1 - exponent);
    text = plain.includes(".") ? plain.replace(/\.?0+(?=e|$)/, "") : plain;
  }
  return upper ? text.toUpperCase() : text;
}
