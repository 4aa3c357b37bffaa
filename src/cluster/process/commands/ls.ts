// ls: names of files, in busybox's and GNU's words.
import { MONTHS, toCivil } from "#base/time";
import { complainMissing, defineCommand, type CommandContext } from "./command.ts";
import { joinLines } from "./lines.ts";
import { parseOptions } from "./options.ts";
import { refuseOption } from "./refuse-option.ts";
import type { Entry } from "../state.ts";
import { epochNow } from "../clock.ts";

const LETTERS = "1aAbBcCdDfFgGhHiklLmnNopqQrRsStuUvxXZ";

export const ls = defineCommand({
  name: "ls",
  run(context) {
    // Simplified: of ls's options a, A, d, F, h, l, r, R and 1 change what is shown.
    const { values, operands, unknown } = parseOptions(context.argv, LETTERS, "ITw", {
      all: "a",
      "almost-all": "A",
      "human-readable": "h",
      recursive: "R",
    });
    if (unknown !== undefined && !unknown.startsWith("--")) return refuseOption(context, unknown);
    const paths = operands.length > 0 ? operands.sort() : ["."];
    let exit = 0;
    const files: string[] = [];
    const folders: string[] = [];
    for (const path of paths) {
      const entry = context.files.stat(path);
      if (!entry) {
        complainMissing(context, path);
        exit = context.flavour === "busybox" ? 1 : 2;
      } else if (entry.kind === "directory" && values["d"] === undefined) folders.push(path);
      else files.push(path);
    }
    print(context, files, (name) => name, values);
    const isTitled = paths.length > 1 || values["R"] !== undefined;
    let isFirst = files.length === 0;
    const show = (folder: string): void => {
      if (isTitled) context.out(`${isFirst ? "" : "\n"}${folder}:\n`);
      isFirst = false;
      const names = namesIn(context, folder, values);
      if (values["l"] !== undefined) context.out(`total ${names.length * 4}\n`);
      const pathOf = (name: string): string => `${folder === "/" ? "" : folder}/${name}`;
      print(context, names, pathOf, values);
      if (values["R"] === undefined) return;
      for (const name of names) {
        if (!/^\.\.?$/.test(name) && context.files.stat(pathOf(name))?.kind === "directory")
          show(pathOf(name));
      }
    };
    folders.forEach(show);
    return { exit };
  },
});

function namesIn(context: CommandContext, folder: string, values: Record<string, string>): string[] {
  const all = context.files.list(folder);
  const isAll = values["a"] !== undefined;
  const names = isAll || values["A"] !== undefined ? all : all.filter((name) => !name.startsWith("."));
  if (isAll) names.unshift(".", "..");
  return values["r"] === undefined ? names : names.reverse();
}

function print(
  context: CommandContext,
  names: string[],
  pathOf: (name: string) => string,
  values: Record<string, string>,
): void {
  const inColumns = context.tty && values["1"] === undefined && values["l"] === undefined;
  const lines: string[] = [];
  for (const name of names) {
    const entry = context.files.stat(pathOf(name));
    const mark = values["F"] !== undefined && entry?.kind === "directory" ? "/" : "";
    const details = values["l"] !== undefined && entry ? long(context, entry) : "";
    lines.push(`${details}${name}${mark}`);
  }
  context.out(inColumns ? columns(lines, Number(context.env["COLUMNS"]) || 80) : joinLines(lines));
}

/** As many columns as fit, filled downwards, each as wide as its longest name. */
function columns(names: readonly string[], width: number): string {
  for (let rows = 1; rows < names.length; rows++) {
    const count = Math.ceil(names.length / rows);
    const widths = Array.from({ length: count }, (_, column) =>
      Math.max(...names.slice(column * rows, (column + 1) * rows).map((name) => name.length)),
    );
    if (widths.reduce((sum, one) => sum + one + 2, -2) > width) continue;
    const lines = Array.from({ length: rows }, (_, row) =>
      widths
        .map((one, column) => (names[column * rows + row] ?? "").padEnd(one + 2))
        .join("")
        .trimEnd(),
    );
    return joinLines(lines);
  }
  return joinLines(names);
}

function long(context: CommandContext, entry: Entry): string {
  const isDirectory = entry.kind === "directory";
  const mode = entry.kind === "file" ? entry.mode : 0o755;
  const size = entry.kind === "file" ? entry.text.length : 4096;
  const time = toCivil(
    epochNow(context.context) - context.context.now + (entry.kind === "gone" ? 0 : entry.at),
  );
  const two = (value: number): string => String(value).padStart(2, "0");
  const date = `${MONTHS[time.month - 1]} ${String(time.day).padStart(2)} ${two(time.hour)}:${two(time.minute)}`;
  const links = isDirectory ? 2 : 1;
  if (context.flavour === "busybox") {
    const owner = "root".padEnd(8);
    return `${modeText(isDirectory, mode)} ${String(links).padStart(4)} ${owner} ${owner} ${String(size).padStart(9)} ${date} `;
  }
  return `${modeText(isDirectory, mode)} ${links} root root ${String(size).padStart(8)} ${date} `;
}

export function modeText(isDirectory: boolean, mode: number): string {
  const bits = [6, 3, 0].map((shift) => (mode >> shift) & 7);
  const text = bits
    .map((bit) => `${bit & 4 ? "r" : "-"}${bit & 2 ? "w" : "-"}${bit & 1 ? "x" : "-"}`)
    .join("");
  return `${isDirectory ? "d" : "-"}${text}`;
}
