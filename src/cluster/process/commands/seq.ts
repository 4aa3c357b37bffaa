// seq: numbers in steps, with as many decimals as were given.
import { complain, defineCommand } from "./command.ts";
import { numberText, padded } from "./number-format.ts";
import { parseOptions } from "./options.ts";
import { refuseOption } from "./refuse-option.ts";

/** Simplified: numbers come at once, and no more than so many letters of them. */
const MAX_LETTERS = 1_000_000;

export const seq = defineCommand({
  name: "seq",
  run(context) {
    // Negative numbers are no options.
    const argv = context.argv.map((word) => (/^-[\d.]/.test(word) ? ` ${word}` : word));
    const { values, operands, unknown } = parseOptions(argv, "w", context.flavour === "gnu" ? "sf" : "s", {
      "equal-width": "w",
      separator: "s=",
      format: "f=",
    });
    const isGnu = context.flavour === "gnu";
    const words = operands.map((word) => word.trim());
    const bad = words.find((word) => !/^[-+]?(\d+\.?\d*|\.\d+)$/.test(word));
    if (unknown !== undefined) return refuseOption(context, unknown);
    if (words.length === 0 || words.length > 3 || bad !== undefined) {
      if (words.length === 0) complain(context, "missing operand");
      else if (bad !== undefined)
        complain(context, isGnu ? `invalid floating point argument: '${bad}'` : `invalid number '${bad}'`);
      else complain(context, `extra operand '${words[3]}'`);
      if (isGnu) context.err("Try 'seq --help' for more information.\n");
      return { exit: 1 };
    }
    const [first, step, last] =
      words.length === 1
        ? ["1", "1", words[0]!]
        : words.length === 2
          ? [words[0]!, "1", words[1]!]
          : (words as [string, string, string]);
    const decimals = Math.max(...[first, step].map((word) => word.split(".")[1]?.length ?? 0));
    const items: string[] = [];
    const separator = values["s"] ?? "\n";
    let letters = 0;
    const [from, by, to] = [Number(first), Number(step), Number(last)];
    const margin = Math.abs(by) * 1e-9;
    if (by === 0 && isGnu) {
      complain(context, `invalid Zero increment value: '${step}'`);
      context.err("Try 'seq --help' for more information.\n");
      return { exit: 1 };
    }
    for (let count = 0; letters <= MAX_LETTERS; count++) {
      const value = from + count * by;
      if (by > 0 ? value > to + margin : value < to - margin) break;
      items.push(value.toFixed(decimals));
      letters += items.at(-1)!.length + separator.length;
    }
    const width = values["w"] === undefined ? 0 : Math.max(0, ...items.map((item) => item.length));
    const format = values["f"];
    const shown = items.map((item) =>
      format === undefined ? widened(item, width) : formatted(format, item),
    );
    if (shown.length > 0) context.out(`${shown.join(separator)}\n`);
    if (letters <= MAX_LETTERS) return { exit: 0 };
    complain(context, "memory exhausted");
    return { exit: 1 };
  },
});

function widened(item: string, width: number): string {
  return item.startsWith("-") ? `-${item.slice(1).padStart(width - 1, "0")}` : item.padStart(width, "0");
}

/** %g, %02g, %.2f */
function formatted(format: string, item: string): string {
  return format.replace(
    /%([-+ 0]*)(\d*)(?:\.(\d+))?([gfeEG])/,
    (_, flags: string, width: string, digits: string | undefined, letter: string) => {
      const precision = digits === undefined ? undefined : Number(digits);
      const directive = { flags, width: Number(width), precision, letter };
      return padded(numberText(Number(item), directive), directive);
    },
  );
}
