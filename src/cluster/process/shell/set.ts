// The builtin set: options of the shell and its positional parameters.
import type { BuiltinCall } from "./builtins.ts";

const LETTERS = { e: "errexit", u: "nounset", x: "xtrace" } as const;

export function setOptions({ self, argv, context }: BuiltinCall): number {
  const { shell } = self;
  if (argv.length === 1) {
    for (const name of Object.keys(shell.variables).sort())
      context.out(`${name}='${shell.variables[name]}'\n`);
    return 0;
  }
  for (let index = 1; index < argv.length; index++) {
    const word = argv[index]!;
    if (word === "--" || !/^[-+]./.test(word)) {
      shell.params = argv.slice(word === "--" ? index + 1 : index);
      return 0;
    }
    const on = word.startsWith("-");
    for (const letter of word.slice(1)) {
      if (letter === "o") {
        const name = argv[++index] ?? "";
        if (name in shell.options) shell.options[name as keyof typeof shell.options] = on;
      } else if (letter in LETTERS) shell.options[LETTERS[letter as keyof typeof LETTERS]] = on;
    }
  }
  return 0;
}
