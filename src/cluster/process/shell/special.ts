// Variables that the shell itself knows the value of, and changes of letters in ${name^^} and ${name@Q}.
import type { Expander } from "./expand.ts";
import { quoteForReuse } from "./quoting.ts";
import type { ShellState } from "./state.ts";

/** Undefined if the name is none of the shell's own. */
export function special(expander: Expander, name: string): string | undefined {
  const { shell } = expander;
  if (name === "-") return flags(shell);
  if (name === "PPID") return String(expander.parent);
  if (name === "LINENO") return String(shell.line);
  if (name === "RANDOM") return shell.flavour === "dash" ? undefined : String(expander.random());
  if (shell.flavour === "dash") return undefined;
  if (name === "FUNCNAME") return shell.frames.findLast(({ kind }) => kind === "function")?.name;
  if (shell.flavour !== "bash") return undefined;
  if (name === "SECONDS") return String(expander.seconds());
  if (name === "EPOCHSECONDS") return String(expander.epochSeconds());
  if (name === "BASHPID") return String(expander.pid);
  if (name === "BASH_SUBSHELL") return String(shell.depth ?? 0);
  return undefined;
}

const LETTERS = [
  ["errexit", "e"],
  ["noglob", "f"],
  ["nounset", "u"],
  ["xtrace", "x"],
  ["noclobber", "C"],
] as const;

/** $-: bash has h and B on from the start, and c for sh -c. */
function flags({ options, flavour, interactive }: ShellState): string {
  const on = LETTERS.filter(([name]) => options[name]).map(([, letter]) => letter);
  if (flavour === "bash") {
    const all = [...on, "h", "B", ...(interactive ? ["i", "m", "H"] : ["c"])];
    const order = "aefhimnuvxBCEHTcs";
    return all.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)).join("");
  }
  return (interactive ? "im" : "") + on.join("");
}

/** ${name^^}, ${name,}, ${name~}: all letters or the first, where the pattern allows. */
export function changeCase(operator: string, value: string, mayChange: (char: string) => boolean): string {
  const one = (char: string): string => {
    if (!mayChange(char)) return char;
    if (operator[0] === "^") return char.toUpperCase();
    if (operator[0] === ",") return char.toLowerCase();
    return char === char.toUpperCase() ? char.toLowerCase() : char.toUpperCase();
  };
  const chars = Array.from(value);
  return operator.length > 1
    ? chars.map(one).join("")
    : chars.map((char, at) => (at === 0 ? one(char) : char)).join("");
}

/** ${name@Q} and its like. */
export function transformed(operator: string, value: string): string {
  if (operator === "@U") return value.toUpperCase();
  if (operator === "@L") return value.toLowerCase();
  if (operator === "@u") return value.slice(0, 1).toUpperCase() + value.slice(1);
  if (operator === "@Q") return quoteForReuse(value);
  return value;
}
