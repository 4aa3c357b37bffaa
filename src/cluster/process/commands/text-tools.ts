// wc, sort, uniq, tr, cut, rev, tac, tee, seq, yes: small filters.
import { complain, defineCommand, WAIT_FOR_INPUT } from "./command.ts";
import { joinLines, linesOf, readOperands } from "./lines.ts";
import { parseOptions } from "./options.ts";
import { trSet } from "./tr-set.ts";

export const wc = defineCommand({
  name: "wc",
  run(context) {
    const { values, operands } = parseOptions(context.argv, "lwcmL", "", {
      lines: "l",
      words: "w",
      bytes: "c",
    });
    const read = readOperands(context, operands);
    if (!read) return WAIT_FOR_INPUT;
    const letters = ["l", "w", "c"].filter(
      (letter) => values[letter] !== undefined || (letter === "c" && values["m"] !== undefined),
    );
    const shown = letters.length > 0 ? letters : ["l", "w", "c"];
    const total: Record<string, number> = { l: 0, w: 0, c: 0 };
    const print = (counts: Record<string, number>, name: string): void => {
      const fromInput = name === "-" && operands.length === 0;
      const width = shown.length === 1 ? 0 : context.flavour === "busybox" ? 9 : fromInput ? 7 : 2;
      const numbers = shown.map((letter) => String(counts[letter]).padStart(width));
      context.out(`${numbers.join(" ")}${fromInput ? "" : ` ${name}`}\n`);
    };
    for (const { name, text } of read.inputs) {
      const counts: Record<string, number> = {
        l: text.split("\n").length - 1,
        w: text.split(/\s+/).filter((word) => word !== "").length,
        c: text.length,
      };
      for (const letter of Object.keys(total)) total[letter]! += counts[letter]!;
      print(counts, name);
    }
    if (read.inputs.length > 1) print(total, "total");
    return { exit: read.failed ? 1 : 0 };
  },
});

export const uniq = defineCommand({
  name: "uniq",
  run(context) {
    const { values, operands } = parseOptions(context.argv, "cdui", "fs");
    const read = readOperands(context, operands.slice(0, 1));
    if (!read) return WAIT_FOR_INPUT;
    const groups: { line: string; count: number }[] = [];
    const skipped = new RegExp(`^(?:[ \\t]*[^ \\t]+){0,${Number(values["f"] ?? 0)}}`);
    const keyOf = (line: string): string => {
      const key = line.replace(skipped, "").slice(Number(values["s"] ?? 0));
      return values["i"] === undefined ? key : key.toLowerCase();
    };
    for (const line of linesOf(read.inputs[0]?.text ?? "")) {
      const last = groups.at(-1);
      if (last && keyOf(last.line) === keyOf(line)) last.count++;
      else groups.push({ line, count: 1 });
    }
    for (const { line, count } of groups) {
      if ((values["d"] !== undefined && count === 1) || (values["u"] !== undefined && count > 1)) continue;
      context.out(`${values["c"] === undefined ? "" : `${String(count).padStart(7)} `}${line}\n`);
    }
    return { exit: read.failed ? 1 : 0 };
  },
});

export const tr = defineCommand({
  name: "tr",
  run(context) {
    const { values, operands } = parseOptions(context.argv, "dscC");
    const { text, ended } = context.input();
    context.take(text.length);
    const from = trSet(operands[0] ?? "");
    const to = trSet(operands[1] ?? "");
    const complement = values["c"] !== undefined || values["C"] !== undefined;
    const isIn = (char: string): boolean => from.includes(char) !== complement;
    const squeezed = values["s"] === undefined ? undefined : operands.length > 1 ? to : from;
    let result = "";
    for (const char of text) {
      let out = char;
      if (isIn(char)) {
        if (values["d"] !== undefined) continue;
        if (operands.length > 1)
          out = complement ? to.at(-1)! : (to[from.indexOf(char)] ?? to.at(-1) ?? char);
      }
      if (squeezed?.includes(out) && result.endsWith(out)) continue;
      result += out;
    }
    context.out(result);
    return ended ? { exit: 0 } : WAIT_FOR_INPUT;
  },
});

export const cut = defineCommand({
  name: "cut",
  run(context) {
    const { values, operands } = parseOptions(context.argv, "s", "dfcb", { delimiter: "d=", fields: "f=" });
    const read = readOperands(context, operands);
    if (!read) return WAIT_FOR_INPUT;
    const list = values["f"] ?? values["c"] ?? values["b"];
    if (list === undefined) {
      complain(context, "you must specify a list of bytes, characters, or fields");
      return { exit: 1 };
    }
    const ranges = list.split(",").map((range) => {
      const [from = "", to] = range.split("-");
      return {
        from: from === "" ? 1 : Number(from),
        to: to === undefined ? Number(from) : to === "" ? Infinity : Number(to),
      };
    });
    const picks = (index: number): boolean =>
      ranges.some(({ from, to }) => index + 1 >= from && index + 1 <= to);
    const delimiter = values["d"] ?? "\t";
    for (const line of read.inputs.flatMap(({ text }) => linesOf(text))) {
      if (values["f"] === undefined)
        context.out(
          `${Array.from(line)
            .filter((_, index) => picks(index))
            .join("")}\n`,
        );
      else if (!line.includes(delimiter)) context.out(values["s"] === undefined ? `${line}\n` : "");
      else
        context.out(
          `${line
            .split(delimiter)
            .filter((_, index) => picks(index))
            .join(delimiter)}\n`,
        );
    }
    return { exit: read.failed ? 1 : 0 };
  },
});

export const rev = defineCommand({
  name: "rev",
  run(context) {
    const read = readOperands(context, context.argv.slice(1));
    if (!read) return WAIT_FOR_INPUT;
    context.out(
      joinLines(
        read.inputs.flatMap(({ text }) => linesOf(text)).map((line) => Array.from(line).reverse().join("")),
      ),
    );
    return { exit: 0 };
  },
});

export const tac = defineCommand({
  name: "tac",
  run(context) {
    const read = readOperands(context, context.argv.slice(1));
    if (!read) return WAIT_FOR_INPUT;
    context.out(joinLines(read.inputs.flatMap(({ text }) => linesOf(text)).reverse()));
    return { exit: 0 };
  },
});

export const tee = defineCommand({
  name: "tee",
  run(context, resume) {
    const { values, operands } = parseOptions(context.argv, "ai");
    const { text, ended } = context.input();
    context.take(text.length);
    context.out(text);
    for (const path of operands) {
      if (path === "/dev/stderr") context.err(text);
      else if (resume || values["a"] !== undefined) context.files.append(path, text);
      else context.files.write(path, text);
    }
    return ended ? { exit: 0 } : WAIT_FOR_INPUT;
  },
});

export const yes = defineCommand({
  name: "yes",
  run(context) {
    const line = `${context.argv.length > 1 ? context.argv.slice(1).join(" ") : "y"}\n`;
    context.out(line.repeat(100));
    return { wait: { for: "time", ms: 1 }, state: null };
  },
});
