// printf: the format is used again until all arguments are taken.
import { epochNow } from "../clock.ts";
import { quoteWithBackslashes } from "../shell/quoting.ts";
import { complain, defineCommand, type CommandContext } from "./command.ts";
import { formatDate } from "./date.ts";
import { unescape } from "./echo.ts";
import { numberText, padded, type Directive } from "./number-format.ts";

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
    const directive: Directive = {
      flags: size < 0 ? `${flags}-` : flags,
      width: Math.abs(size),
      letter,
      // A negative one counts as none.
      precision: digits === undefined || Number(digits) < 0 ? undefined : Number(digits),
    };
    return padded(this.convert(values.shift(), directive), directive);
  }

  private convert(value: string | undefined, directive: Directive): string {
    const { letter, precision } = directive;
    if (letter === "s") return (value ?? "").slice(0, precision);
    if (letter === "b") {
      const { text, stopped } = unescape(value ?? "");
      if (stopped) throw new Stop(text);
      return text;
    }
    if (letter === "c") return (value ?? "").slice(0, 1);
    if (letter === "q") return quoteWithBackslashes(value ?? "");
    const number = this.number(value);
    const isWhole = typeof number === "bigint" && /[diuoxX]/.test(letter);
    return numberText(isWhole ? this.limited(number, value!, letter) : number, directive);
  }

  /** To what fits into 64 bits. */
  private limited(number: bigint, value: string, letter: string): bigint {
    const most = /[di]/.test(letter) ? 2n ** 63n - 1n : 2n ** 64n - 1n;
    const least = -(2n ** 63n);
    if (number >= least && number <= most) return number;
    const { context } = this;
    const text = "Numerical result out of range";
    if (context.shell === "bash") complain(context, `warning: ${value}: ${text}`);
    else {
      this.exit = 1;
      if (context.flavour === "busybox") {
        complain(context, `invalid number '${value}'`);
        return 0n;
      }
      complain(context, context.shell === "dash" ? `${value}: ${text}` : `'${value}': ${text}`);
    }
    return number < least ? least : most;
  }

  private number(value: string | undefined): number | bigint {
    const text = (value ?? "").trim();
    if (/^['"]/.test(text)) return text.codePointAt(1) ?? 0;
    if (text === "") return 0;
    const size = text.replace(/^[-+]/, "");
    const whole = /^0[0-7]+$/.test(size) ? `0o${size.slice(1)}` : size;
    if (/^(\d+|0o[0-7]+|0[xX][0-9a-fA-F]+)$/.test(whole) && size.length < 1000)
      return text.startsWith("-") ? -BigInt(whole) : BigInt(whole);
    if (/^(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(size)) return Number(text);
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
