// The builtin trap: what the shell does on signals and at its end.
import { signalName, signalNumber } from "../kernel.ts";
import { signalTable } from "../commands/kill.ts";
import type { Builtin } from "./builtins.ts";
import { complainAs } from "./interpreter.ts";
import type { ShellState } from "./state.ts";

/** Beyond the signals: bash's own occasions. */
const OCCASIONS: Record<string, number> = { EXIT: 0, ERR: -1, DEBUG: -2, RETURN: -3 };

function trapNumber(shell: ShellState, word: string): number | undefined {
  const name = shell.flavour === "dash" ? word : word.toUpperCase().replace(/^SIG/, "");
  if (name === "EXIT" || (shell.flavour === "bash" && Object.hasOwn(OCCASIONS, name))) return OCCASIONS[name];
  if (shell.flavour === "busybox" && name === "ERR") return OCCASIONS[name];
  return shell.flavour === "dash" && word.startsWith("SIG") ? undefined : signalNumber(word);
}

function nameOf(shell: ShellState, number: number): string {
  const occasion = Object.entries(OCCASIONS).find(([, value]) => value === number)?.[0];
  if (occasion !== undefined) return occasion;
  return `${shell.flavour === "bash" ? "SIG" : ""}${signalName(number)}`;
}

export const trap: Builtin = ({ self, argv, context }) => {
  const { shell } = self;
  const isBash = shell.flavour === "bash";
  let words = argv.slice(1);
  if (words[0] === "-l" && isBash) {
    context.out(signalTable("bash"));
    return 0;
  }
  const shows = words.length === 0 || (words[0] === "-p" && isBash);
  if (shows) {
    const wanted = words.slice(1).map((word) => trapNumber(shell, word));
    const numbers = Object.keys(shell.traps)
      .map(Number)
      .toSorted((a, b) => Math.max(a, -a * 100) - Math.max(b, -b * 100));
    for (const number of numbers) {
      if (wanted.length > 0 && !wanted.includes(number)) continue;
      const action = shell.traps[number]!.replaceAll("'", isBash ? `'\\''` : `'"'"'`);
      context.out(`trap -- '${action}' ${nameOf(shell, number)}\n`);
    }
    return 0;
  }
  if (words[0] === "--") words = words.slice(1);
  else if (/^-./.test(words[0]!)) {
    if (isBash) {
      complainAs(self, `trap: ${words[0]!.slice(0, 2)}: invalid option`);
      context.err("trap: usage: trap [-lp] [[arg] signal_spec ...]\n");
    } else
      complainAs(
        self,
        shell.flavour === "dash"
          ? `trap: Illegal option ${words[0]!.slice(0, 2)}`
          : `trap: line 0: illegal option ${words[0]!.slice(0, 2)}`,
      );
    if (!isBash) shell.exiting = 2;
    return 2;
  }
  const isReset =
    words[0] === "-" ||
    (words.length === 1 && trapNumber(shell, words[0]!) !== undefined) ||
    /^\d+$/.test(words[0] ?? "");
  const names = words.length === 1 || (isReset && words[0] !== "-") ? words : words.slice(1);
  let status = 0;
  for (const name of names) {
    const number = trapNumber(shell, name);
    if (number === undefined) {
      if (shell.flavour === "dash") context.err(`trap: ${name}: bad trap\n`);
      else complainAs(self, `trap: ${isBash ? "" : "line 0: "}${name}: invalid signal specification`);
      status = 1;
    } else if (isReset) delete shell.traps[number];
    else shell.traps[number] = words[0]!;
  }
  return status;
};
