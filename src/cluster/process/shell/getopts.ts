// The builtin getopts: takes one option at a time off the parameters, and says where it is in OPTIND.
import type { Builtin } from "./builtins.ts";
import { complainAs, expanderOf, type ShellCaller } from "./interpreter.ts";
import { write } from "../streams.ts";
import { setVariable } from "./variables.ts";

export const getopts: Builtin = ({ self, frame, argv }) => {
  const { shell } = self;
  const [, options, name, ...given] = argv;
  if (options === undefined || name === undefined) return usage(self);
  const words = given.length > 0 ? given : shell.params;
  const expander = expanderOf(self, frame);
  const set = (variable: string, value: string): void => setVariable(expander, variable, value);
  const quiet = options.startsWith(":");
  let index = Number(shell.variables["OPTIND"] ?? 1) || 1;
  let letter = shell.getopts?.index === index ? shell.getopts.letter : 1;
  const word = words[index - 1];
  if (letter === 1 && (word === undefined || word === "-" || !word.startsWith("-") || word === "--")) {
    if (word === "--") index++;
    shell.getopts = undefined;
    set("OPTIND", String(index));
    set(name, "?");
    return 1;
  }
  const option = word![letter]!;
  const at = option === ":" ? -1 : options.indexOf(option, quiet ? 1 : 0);
  letter++;
  const isLast = letter >= word!.length;
  const next = (): void => {
    if (isLast) index++;
    shell.getopts = isLast ? undefined : { index, letter };
  };
  let result = option;
  delete shell.variables["OPTARG"];
  if (at < 0) {
    next();
    result = "?";
    if (quiet) set("OPTARG", option);
    else if (shell.variables["OPTERR"] !== "0")
      say(shell.flavour, self, `illegal option -- ${option}`, `Illegal option -${option}`);
  } else if (options[at + 1] !== ":") next();
  else if (!isLast || words[index] !== undefined) {
    set("OPTARG", isLast ? words[index]! : word!.slice(letter));
    index += isLast ? 2 : 1;
    shell.getopts = undefined;
  } else {
    index++;
    shell.getopts = undefined;
    result = quiet ? ":" : "?";
    if (quiet) set("OPTARG", option);
    else say(shell.flavour, self, `option requires an argument -- ${option}`, `No arg for -${option} option`);
  }
  set("OPTIND", String(index));
  set(name, result);
  return 0;
};

function usage(self: ShellCaller): number {
  const { flavour } = self.shell;
  if (flavour === "bash") write(self, 2, "getopts: usage: getopts optstring name [arg]\n");
  else if (flavour === "dash") complainAs(self, "getopts: Usage: getopts optstring var [arg...]");
  else complainAs(self, "getopts: line 0: usage: getopts optstring var [arg...]");
  return 2;
}

function say(flavour: string, self: ShellCaller, bash: string, other: string): void {
  write(self, 2, flavour === "bash" ? `${self.shell.name}: ${bash}\n` : `${other}\n`);
}
