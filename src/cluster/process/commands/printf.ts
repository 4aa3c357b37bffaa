// printf: the format is used again until all arguments are taken.
import { complain, defineCommand } from "./command.ts";
import { unescape } from "./echo.ts";

const DIRECTIVE = /%([-+ 0#]*)(\*|\d+)?(?:\.(\d+))?([a-zA-Z%])/g;

export const printf = defineCommand({
  name: "printf",
  run(context) {
    const words = context.argv[1] === "--" ? context.argv.slice(2) : context.argv.slice(1);
    const [format, ...values] = words;
    if (format === undefined) {
      complain(context, "usage: printf FORMAT [ARGUMENT]...");
      return { exit: 2 };
    }
    let exit = 0;
    const { text: pattern } = unescape(format.replace(/\\"/g, '"'));
    do {
      const before = values.length;
      const text = pattern.replace(
        DIRECTIVE,
        (_, flags: string, width: string | undefined, precision, letter: string) => {
          if (letter === "%") return "%";
          const size = width === "*" ? Number(values.shift() ?? 0) : Number(width ?? 0);
          const piece = convert(letter, values.shift(), precision as string | undefined, (problem) => {
            complain(context, problem);
            exit = 1;
          });
          if (flags.includes("-")) return piece.padEnd(size);
          return flags.includes("0") && letter !== "s" ? padZeros(piece, size) : piece.padStart(size);
        },
      );
      context.out(text);
      if (values.length === before) break;
    } while (values.length > 0);
    return { exit };
  },
});

function padZeros(text: string, size: number): string {
  return text.startsWith("-") ? `-${text.slice(1).padStart(size - 1, "0")}` : text.padStart(size, "0");
}

function convert(
  letter: string,
  value: string | undefined,
  precision: string | undefined,
  fail: (problem: string) => void,
): string {
  if (letter === "s")
    return precision === undefined ? (value ?? "") : (value ?? "").slice(0, Number(precision));
  if (letter === "b") return unescape(value ?? "").text;
  if (letter === "c") return (value ?? "").slice(0, 1);
  if (letter === "q") return `'${value ?? ""}'`;
  const number = /^['"]/.test(value ?? "") ? (value ?? "").charCodeAt(1) : Number(value ?? 0);
  if (Number.isNaN(number)) fail(`${value}: expected a numeric value`);
  const known = Number.isNaN(number) ? 0 : number;
  if (/[feg]/.test(letter)) return known.toFixed(Number(precision ?? 6));
  const whole = Math.trunc(known);
  if (letter === "x") return whole.toString(16);
  if (letter === "X") return whole.toString(16).toUpperCase();
  if (letter === "o") return whole.toString(8);
  return String(whole);
}
