// Input of the text tools: the files that are named, or standard input, as text and as lines.
import { complain, type CommandContext } from "./command.ts";

/** Texts of all operands ("-" and none: standard input), undefined while input is still to come. */
export function readOperands(
  context: CommandContext,
  operands: readonly string[],
): { inputs: { name: string; text: string }[]; failed: boolean } | undefined {
  const names = operands.length > 0 ? operands : ["-"];
  if (names.includes("-") && !context.input().ended) return undefined;
  const inputs: { name: string; text: string }[] = [];
  let failed = false;
  for (const name of names) {
    if (name === "-") {
      const { text } = context.input();
      context.take(text.length);
      inputs.push({ name: "-", text });
      continue;
    }
    const file = context.files.read(name);
    if ("text" in file) inputs.push({ name, text: file.text });
    else {
      failed = true;
      complain(
        context,
        context.flavour === "busybox" ||
          file.error !== "No such file or directory" ||
          !/^(head|tail)$/.test(context.argv[0]!)
          ? `${name}: ${file.error}`
          : `cannot open '${name}' for reading: ${file.error}`,
      );
    }
  }
  return { inputs, failed };
}

/** The whole lines that have come, and what is left at the end of the input. */
export function takeLines(context: CommandContext): { text: string; ended: boolean } {
  const { text, ended } = context.input();
  const length = ended ? text.length : text.lastIndexOf("\n") + 1;
  context.take(length);
  return { text: text.slice(0, length), ended };
}

/** Lines without their newlines. */
export function linesOf(text: string): string[] {
  if (text === "") return [];
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

export function joinLines(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}
