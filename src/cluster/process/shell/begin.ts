// A shell's own arguments, and the script that it is to run: sh -c script, a script's file, or standard input.
import { readFile, resolvePath } from "../files.ts";
import type { Caller } from "../kernel.ts";
import { placedSyntaxError, readScript } from "./script.ts";
import { newFrame } from "./start.ts";
import type { ShellState } from "./state.ts";

/** The shell ends with this status, after saying so. */
interface Ending {
  exit: number;
  error?: string;
  said?: string;
}

interface Arguments {
  isCommand: boolean;
  fromInput: boolean;
  rest: string[];
}

const KNOWN_LETTERS = "abCcefhiIklmnopqrsuvxEBHPTtVDO";

/** Undefined once the shell is ready to run. */
export function beginShell(caller: Caller, shell: ShellState): Ending | undefined {
  const { process, container } = caller;
  shell.mainPid = process.pid;
  exportOwn(shell, process.cwd);
  if (shell.flavour === "bash" && process.argv[1] === "--version")
    return { exit: 0, said: "GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)" };
  const given = readArguments(shell, process.argv);
  if ("exit" in given) return given;
  const { isCommand, fromInput, rest } = given;
  const [first, ...others] = rest;
  if (isCommand) {
    if (first === undefined) return noScript(shell);
    if (others[0] !== undefined) shell.name = others[0];
    shell.params = others.slice(1);
    return loadScript(shell, first, true);
  }
  if (fromInput || first === undefined) {
    shell.params = rest;
    shell.readsScript = true;
    return undefined;
  }
  const file = readFile(caller, container, resolvePath(process.cwd, first));
  if ("error" in file) {
    const texts = {
      bash: `${first}: ${file.error}`,
      dash: `0: cannot open ${first}: ${file.error.replace(" or directory", "")}`,
      busybox: `can't open '${first}': ${file.error}`,
    };
    return { exit: shell.flavour === "bash" ? 127 : 2, error: `${shell.name}: ${texts[shell.flavour]}` };
  }
  shell.name = first;
  shell.params = others;
  return loadScript(shell, file.text);
}

function noScript({ name, flavour }: ShellState): Ending {
  const texts = {
    bash: "-c: option requires an argument",
    dash: "0: -c requires an argument",
    busybox: "-c requires an argument",
  };
  return { exit: 2, error: `${name}: ${texts[flavour]}` };
}

function readArguments(shell: ShellState, argv: readonly string[]): Arguments | Ending {
  const given: Arguments = { isCommand: false, fromInput: false, rest: [] };
  let index = 1;
  for (; index < argv.length && /^[-+]./.test(argv[index]!); index++) {
    const option = argv[index]!;
    if (option === "--") {
      index++;
      break;
    }
    if (option.startsWith("--")) continue;
    const on = option.startsWith("-");
    if (on && option.includes("c")) given.isCommand = true;
    if (on && option.includes("s")) given.fromInput = true;
    const strange = Array.from(option.slice(1)).find((letter) => !KNOWN_LETTERS.includes(letter));
    if (strange !== undefined && shell.flavour !== "bash") {
      const text = shell.flavour === "dash" ? "0: Illegal option" : "illegal option";
      return { exit: 2, error: `${shell.name}: ${text} ${option[0]}${strange}` };
    }
    if (option.includes("e")) shell.options.errexit = on;
    if (option.includes("f")) shell.options.noglob = on;
    if (option.includes("u")) shell.options.nounset = on;
    if (option.includes("x")) shell.options.xtrace = on;
    if (option.includes("o") && argv[++index] === "pipefail") shell.options.pipefail = on;
  }
  given.rest = argv.slice(index);
  return given;
}

/** What a shell adds to its environment. */
function exportOwn(shell: ShellState, cwd: string): void {
  const level = String(Number(shell.variables["SHLVL"] ?? 0) + 1);
  const names = { PWD: cwd, ...(shell.flavour !== "dash" && { SHLVL: level }) };
  Object.assign(shell.variables, names);
  for (const name of Object.keys(names)) shell.exported[name] = true;
}

export function loadScript(shell: ShellState, text: string, isCommand = false): Ending | undefined {
  const script = readScript(text, shell.flavour);
  if ("error" in script) {
    const { flavour, name } = shell;
    return { exit: 2, error: placedSyntaxError(script.error, { flavour, name, isCommand }, text) };
  }
  shell.frames = [newFrame("script", script.code)];
  return undefined;
}
