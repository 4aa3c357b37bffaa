// cat: files, or standard input, one after the other.
import { complain, defineCommand, DONE } from "./command.ts";
import { parseOptions } from "./options.ts";

export const cat = defineCommand({
  name: "cat",
  run(context) {
    const { operands, values } = parseOptions(context.argv, "nAbsEetTuv");
    const files = operands.length > 0 ? operands : ["-"];
    const shown = (text: string): string => decorated(text, values);
    let exit = 0;
    for (const path of files) {
      if (path === "-") {
        const { text, ended } = context.input();
        context.take(text.length);
        context.out(shown(text));
        if (!ended) return { wait: { for: "input" }, state: null };
        continue;
      }
      const file = context.files.read(path);
      if ("text" in file) context.out(shown(file.text));
      else {
        const busybox =
          file.error === "Is a directory"
            ? `read error: ${file.error}`
            : `can't open '${path}': ${file.error}`;
        complain(context, context.flavour === "busybox" ? busybox : `${path}: ${file.error}`);
        exit = 1;
      }
    }
    return exit === 0 ? DONE : { exit };
  },
});

/** Pagers show everything at once. */
export const less = { ...cat, name: "less" };
export const more = { ...cat, name: "more" };

/** -n, -b, -s, and -A with its parts: -E marks ends of lines, -T tabs, -v what cannot be seen. */
function decorated(text: string, values: Record<string, string>): string {
  const on = (letters: string): boolean => Array.from(letters).some((letter) => values[letter] !== undefined);
  let shown = on("s") ? text.replace(/\n{3,}/g, "\n\n") : text;
  if (on("AevtT")) {
    if (on("Aevt")) shown = shown.replace(/[^\n\t -~]/g, caret);
    if (on("AtT")) shown = shown.replaceAll("\t", "^I");
  }
  if (on("AeE")) shown = shown.replaceAll("\n", "$\n");
  if (on("b")) return numbered(shown, true);
  return on("n") ? numbered(shown) : shown;
}

function caret(char: string): string {
  const code = char.charCodeAt(0);
  if (code < 32) return `^${String.fromCharCode(code + 64)}`;
  return code === 127 ? "^?" : char;
}

function numbered(text: string, onlyFull = false): string {
  let count = 0;
  return text.replace(/[^\n]*\n|[^\n]+$/g, (line) => {
    if (onlyFull && line === "\n") return line;
    count++;
    return `${String(count).padStart(6)}\t${line}`;
  });
}
