// paste, column, nl and comm: lines of several inputs side by side, numbered, or in columns.
import { complain, defineCommand, WAIT_FOR_INPUT } from "./command.ts";
import { linesOf, readOperands } from "./lines.ts";
import { parseOptions } from "./options.ts";
import { unescape } from "./echo.ts";

export const paste = defineCommand({
  name: "paste",
  run(context) {
    const { values, operands } = parseOptions(context.argv, "sz", "d", { delimiters: "d=", serial: "s" });
    const names = operands.length > 0 ? operands : ["-"];
    const read = readOperands(context, [...new Set(names)]);
    if (!read) return WAIT_FOR_INPUT;
    const delimiters = Array.from(unescape(values["d"] ?? "\t").text);
    const between = (at: number): string => delimiters[at % delimiters.length] ?? "";
    const join = (items: readonly string[]): string =>
      items.reduce((text, item, at) => (at === 0 ? item : text + between(at - 1) + item), "");
    const texts = new Map(read.inputs.map(({ name, text }) => [name, linesOf(text)]));
    if (values["s"] !== undefined) {
      for (const name of names) if (texts.has(name)) context.out(`${join(texts.get(name)!)}\n`);
      return { exit: read.failed ? 1 : 0 };
    }
    if (read.failed) return { exit: 1 };
    // A name that stands twice takes lines in turns, as two readers of one input do.
    const rests = new Map([...texts].map(([name, lines]) => [name, [...lines]]));
    while ([...rests.values()].some((lines) => lines.length > 0))
      context.out(`${join(names.map((name) => rests.get(name)?.shift() ?? ""))}\n`);
    return { exit: 0 };
  },
});

export const column = defineCommand({
  name: "column",
  run(context) {
    const { values, operands } = parseOptions(context.argv, "txenLH", "socN", {
      table: "t",
      separator: "s=",
      "output-separator": "o=",
      "output-width": "c=",
    });
    const read = readOperands(context, operands);
    if (!read) return WAIT_FOR_INPUT;
    const lines = read.inputs.flatMap(({ text }) => linesOf(text)).filter((line) => line.trim() !== "");
    if (values["t"] !== undefined) context.out(table(lines, values["s"], values["o"] ?? "  "));
    else context.out(filled(lines, Number(values["c"] ?? 80), values["x"] !== undefined));
    return { exit: read.failed ? 1 : 0 };
  },
});

function table(lines: readonly string[], separator: string | undefined, gap: string): string {
  const cut = (line: string): string[] => {
    if (separator === undefined) return line.trim().split(/[ \t]+/);
    const cells = [""];
    for (const char of line) {
      if (separator.includes(char)) cells.push("");
      else cells[cells.length - 1] += char;
    }
    return cells;
  };
  const rows = lines.map(cut);
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, cell.length)));
  const shown = rows.map((row) =>
    row.map((cell, at) => (at === widths.length - 1 ? cell : cell.padEnd(widths[at]!))).join(gap),
  );
  return shown.map((line) => `${line}\n`).join("");
}

/** Downwards, in as many columns as fit; tabs lie between them. */
function filled(lines: readonly string[], width: number, across: boolean): string {
  if (lines.length === 0) return "";
  const longest = Math.max(...lines.map((line) => line.length));
  const size = (Math.floor(longest / 8) + 1) * 8;
  const columns = Math.max(1, Math.floor(width / size));
  const rows = Math.ceil(lines.length / columns);
  let text = "";
  for (let row = 0; row < rows; row++) {
    const cells: string[] = [];
    for (let at = 0; at < columns; at++) {
      const cell = lines[across ? row * columns + at : row + at * rows];
      if (cell !== undefined) cells.push(cell);
    }
    text += cells
      .map((cell, at) =>
        at === cells.length - 1 ? cell : cell + "\t".repeat(Math.ceil((size - cell.length) / 8)),
      )
      .join("");
    text += "\n";
  }
  return text;
}

export const nl = defineCommand({
  name: "nl",
  run(context) {
    const { values, operands } = parseOptions(context.argv, "p", "bnwsvi");
    const read = readOperands(context, operands);
    if (!read) return WAIT_FOR_INPUT;
    const width = Number(values["w"] ?? 6);
    const separator = values["s"] ?? "\t";
    let number = Number(values["v"] ?? 1);
    for (const line of read.inputs.flatMap(({ text }) => linesOf(text))) {
      const isNumbered = values["b"] === "a" || (values["b"] !== "n" && line !== "");
      const shown =
        values["n"] === "ln"
          ? String(number).padEnd(width)
          : String(number).padStart(width, values["n"] === "rz" ? "0" : " ");
      context.out(
        isNumbered ? `${shown}${separator}${line}\n` : `${" ".repeat(width + separator.length)}${line}\n`,
      );
      if (isNumbered) number += Number(values["i"] ?? 1);
    }
    return { exit: read.failed ? 1 : 0 };
  },
});

export const comm = defineCommand({
  name: "comm",
  run(context) {
    const { values, operands } = parseOptions(context.argv, "123");
    if (operands.length < 2) {
      complain(context, operands.length === 0 ? "missing operand" : `missing operand after '${operands[0]}'`);
      context.err("Try 'comm --help' for more information.\n");
      return { exit: 1 };
    }
    const read = readOperands(context, operands.slice(0, 2));
    if (!read) return WAIT_FOR_INPUT;
    if (read.failed) return { exit: 1 };
    const [a = [], b = []] = read.inputs.map(({ text }) => linesOf(text));
    const on = (letter: string): boolean => values[letter] === undefined;
    const indent = (column: number): string => "\t".repeat(["1", "2"].slice(0, column - 1).filter(on).length);
    const put = (column: number, line: string): void => {
      if (on(String(column))) context.out(`${indent(column)}${line}\n`);
    };
    for (let [at, other] = [0, 0]; at < a.length || other < b.length;) {
      const [left, right] = [a[at], b[other]];
      if (left !== undefined && left === right) {
        put(3, left);
        at++;
        other++;
      } else if (right === undefined || (left !== undefined && left < right)) put(1, a[at++]!);
      else put(2, b[other++]!);
    }
    return { exit: 0 };
  },
});
