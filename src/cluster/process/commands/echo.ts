// echo: prints its arguments. busybox's and bash's take -n and -e; dash's reads escapes always.
import { defineCommand, DONE } from "./command.ts";

export const echo = defineCommand({
  name: "echo",
  run(context) {
    const words = context.argv.slice(1);
    let newline = true;
    let escapes = false;
    const isDash = context.shell === "dash";
    if (isDash) {
      escapes = true;
      if (words[0] === "-n") {
        newline = false;
        words.shift();
      }
    }
    while (!isDash && words[0] !== undefined && /^-[neE]+$/.test(words[0])) {
      const option = words.shift()!;
      if (option.includes("n")) newline = false;
      if (option.includes("e")) escapes = true;
      if (option.includes("E")) escapes = false;
    }
    const text = words.join(" ");
    if (!escapes) context.out(text + (newline ? "\n" : ""));
    else {
      const { text: plain, stopped } = unescape(text);
      context.out(plain + (newline && !stopped ? "\n" : ""));
    }
    return DONE;
  },
});

const ESCAPES: Record<string, string> = {
  a: "\u0007",
  b: "\b",
  e: "\u001b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
};

/** Backslash escapes as echo -e and printf know them; \c stops the output. */
export function unescape(text: string): { text: string; stopped: boolean } {
  const stop = /(?:^|[^\\])((?:\\\\)*)\\c/.exec(text);
  const used = stop ? text.slice(0, stop.index + stop[0].length - 2) : text;
  const plain = used.replace(/\\(x[0-9a-fA-F]{1,2}|0?[0-7]{1,3}|[^])/g, (all, code: string) => {
    if (/^x[0-9a-fA-F]/.test(code)) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8));
    return ESCAPES[code] ?? all;
  });
  return { text: plain, stopped: stop !== null };
}
