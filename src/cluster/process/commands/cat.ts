// cat: files, or standard input, one after the other.
import { complain, defineCommand, DONE } from "./command.ts";
import { parseOptions } from "./options.ts";

export const cat = defineCommand({
  name: "cat",
  run(context) {
    const { operands, values } = parseOptions(context.argv, "nAbsEetTuv");
    const files = operands.length > 0 ? operands : ["-"];
    const number = values["n"] !== undefined;
    let exit = 0;
    for (const path of files) {
      if (path === "-") {
        const { text, ended } = context.input();
        context.take(text.length);
        context.out(number ? numbered(text) : text);
        if (!ended) return { wait: { for: "input" }, state: null };
        continue;
      }
      const file = context.files.read(path);
      if ("text" in file) context.out(number ? numbered(file.text) : file.text);
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

function numbered(text: string): string {
  return text.replace(/[^\n]*\n|[^\n]+$/g, (line, offset: number) => {
    const count = text.slice(0, offset).split("\n").length;
    return `${String(count).padStart(6)}\t${line}`;
  });
}
