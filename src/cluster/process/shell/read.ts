// The builtins read, which takes a line of input apart into variables, and mapfile, which takes all of them.
import type { BuiltinCall } from "./builtins.ts";
import type { Step } from "./interpreter.ts";
import { waitForTime } from "../wake.ts";

export function read(call: BuiltinCall): number | Step {
  const { self, argv, context, keep } = call;
  const { shell, process } = self;
  const words = argv.slice(1);
  let raw = false;
  let timeoutMs: number | undefined;
  let prompt: string | undefined;
  let array: string | undefined;
  while (words[0]?.startsWith("-")) {
    const option = words.shift()!;
    if (option.includes("r")) raw = true;
    if (option.endsWith("a")) array = words.shift();
    if (/[pt]$/.test(option)) {
      const value = words.shift();
      if (option.endsWith("t")) timeoutMs = Number(value) * 1000;
      else prompt = value;
    }
  }
  // A prompt is for people: it is shown once, and at a terminal only.
  const fd = process.fds[0];
  const isTyped = fd?.kind === "stream" && self.container.streams.get(fd.id)?.tty === true;
  if (prompt !== undefined && isTyped && !shell.asking) context.err(prompt);
  shell.asking = true;
  const { text, ended } = context.input();
  const end = text.indexOf("\n");
  if (end < 0 && !ended) {
    // Timed reads are rare: they wait for the time, then fail.
    if (timeoutMs !== undefined) {
      if (process.answer === null) return 1;
      waitForTime(self, timeoutMs);
      return "again";
    }
    process.waiting = "input";
    process.fds = keep;
    return "again";
  }
  shell.asking = false;
  const line = end < 0 ? text : text.slice(0, end);
  context.take(end < 0 ? text.length : end + 1);
  const value = raw ? line : line.replace(/\\([^])/g, "$1");
  if (array !== undefined) {
    (shell.arrays ??= {})[array] = value.split(/\s+/).filter((word) => word !== "");
    return end < 0 ? 1 : 0;
  }
  const names = words.length > 0 ? words : ["REPLY"];
  const ifs = shell.variables["IFS"] ?? " \t\n";
  let rest = ifs === "" ? value : trim(value, ifs);
  names.forEach((name, index) => {
    if (index === names.length - 1 || ifs === "") {
      shell.variables[name] = index === names.length - 1 || index === 0 ? rest : "";
      if (ifs === "") rest = "";
      return;
    }
    const at = Array.from(rest).findIndex((char) => ifs.includes(char));
    shell.variables[name] = at < 0 ? rest : rest.slice(0, at);
    rest = at < 0 ? "" : trim(rest.slice(at + 1), ifs);
  });
  return end < 0 ? 1 : 0;
}

/** mapfile, readarray: all lines of the input into an array. */
export function mapfile({ self, argv, context, keep }: BuiltinCall): number | Step {
  const { text, ended } = context.input();
  if (!ended) {
    self.process.waiting = "input";
    self.process.fds = keep;
    return "again";
  }
  context.take(text.length);
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const name = argv.slice(1).findLast((word) => !word.startsWith("-")) ?? "MAPFILE";
  (self.shell.arrays ??= {})[name] = argv.includes("-t")
    ? lines.map((line) => line.replace(/\n$/, ""))
    : lines;
  return 0;
}

function trim(text: string, ifs: string): string {
  let start = 0;
  let end = text.length;
  const isSpace = (char: string | undefined): boolean =>
    char !== undefined && ifs.includes(char) && /\s/.test(char);
  while (start < end && isSpace(text[start])) start++;
  while (end > start && isSpace(text[end - 1])) end--;
  return text.slice(start, end);
}
