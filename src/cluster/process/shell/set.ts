// The builtins set, shopt and umask: options of the shell, its positional parameters, and the mode of new files.
import type { Builtin, BuiltinCall } from "./builtins.ts";
import { complainAs } from "./interpreter.ts";
import { quoteForReuse, traced } from "./quoting.ts";
import type { Options, ShellState } from "./state.ts";

const LETTERS: Record<string, keyof Options> = {
  a: "allexport",
  C: "noclobber",
  e: "errexit",
  f: "noglob",
  n: "noexec",
  u: "nounset",
  v: "verbose",
  x: "xtrace",
};

/** Options that a shell has and that change nothing here, with what they are from the start. */
const CONSTANT: Record<ShellState["flavour"], Record<string, boolean>> = {
  bash: Object.fromEntries(
    "braceexpand+ emacs errtrace functrace hashall+ histexpand history ignoreeof interactive-comments+ keyword monitor nolog notify onecmd physical posix privileged vi"
      .split(" ")
      .map((name) => [name.replace("+", ""), name.endsWith("+")]),
  ),
  dash: Object.fromEntries(
    "ignoreeof interactive monitor stdin vi emacs notify nolog debug privileged"
      .split(" ")
      .map((name) => [name, false]),
  ),
  busybox: Object.fromEntries(
    "ignoreeof interactive monitor stdin vi notify nolog debug".split(" ").map((name) => [name, false]),
  ),
};
const ORDER: Record<ShellState["flavour"], string[]> = {
  bash: "allexport braceexpand emacs errexit errtrace functrace hashall histexpand history ignoreeof interactive-comments keyword monitor noclobber noexec noglob nolog notify nounset onecmd physical pipefail posix privileged verbose vi xtrace".split(
    " ",
  ),
  dash: "errexit noglob ignoreeof interactive monitor noexec stdin xtrace verbose vi emacs noclobber allexport notify nounset nolog debug".split(
    " ",
  ),
  busybox:
    "errexit noglob ignoreeof interactive monitor noexec stdin xtrace verbose noclobber allexport notify nounset vi pipefail nolog debug".split(
      " ",
    ),
};
const IGNORED = { bash: "bhkmptBEHPT", dash: "bimsEVIq", busybox: "bims" };

function valueOf(shell: ShellState, name: string): boolean {
  return name in shell.options
    ? shell.options[name as keyof Options]
    : (CONSTANT[shell.flavour][name] ?? false);
}

export const setOptions: Builtin = (call) => {
  const { self, argv, context } = call;
  const { shell } = self;
  if (argv.length === 1) {
    for (const name of Object.keys(shell.variables).sort()) {
      const value = shell.variables[name]!;
      context.out(
        `${name}=${shell.flavour === "bash" ? (value === "" ? "" : traced(value, "bash")) : quoteForReuse(value)}\n`,
      );
    }
    return 0;
  }
  for (let index = 1; index < argv.length; index++) {
    const word = argv[index]!;
    if (word === "--" || word === "-" || !/^[-+]./.test(word)) {
      shell.params = argv.slice(word === "--" || word === "-" ? index + 1 : index);
      return 0;
    }
    const on = word.startsWith("-");
    for (const letter of word.slice(1)) {
      if (letter === "o") {
        const name = argv[++index];
        if (name === undefined) listOptions(call, on);
        else if (ORDER[shell.flavour].includes(name)) {
          if (name in shell.options) shell.options[name as keyof Options] = on;
        } else return refuse(call, `${word[0]}o`, name);
      } else if (LETTERS[letter]) shell.options[LETTERS[letter]] = on;
      else if (!IGNORED[shell.flavour].includes(letter)) return refuse(call, `${word[0]}${letter}`);
    }
  }
  return 0;
};

function listOptions({ self, context }: BuiltinCall, asTable: boolean): void {
  const { shell } = self;
  if (asTable && shell.flavour !== "bash") context.out("Current option settings\n");
  for (const name of ORDER[shell.flavour]) {
    const value = valueOf(shell, name);
    const width = shell.flavour === "bash" ? 15 : 16;
    const gap = shell.flavour === "bash" ? "\t" : "";
    context.out(
      asTable
        ? `${name.padEnd(width)}${gap}${value ? "on" : "off"}\n`
        : `set ${value ? "-" : "+"}o ${name}\n`,
    );
  }
}

function refuse({ self, context }: BuiltinCall, option: string, name?: string): number {
  const { shell } = self;
  if (shell.flavour === "bash") {
    complainAs(
      self,
      name === undefined ? `set: ${option}: invalid option` : `set: ${name}: invalid option name`,
    );
    if (name === undefined)
      context.err("set: usage: set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]\n");
    return name === undefined ? 2 : 1;
  }
  const shown = name === undefined ? option : `${option} ${name}`;
  complainAs(
    self,
    shell.flavour === "dash" ? `set: Illegal option ${shown}` : `set: line 0: illegal option ${shown}`,
  );
  shell.exiting = 2;
  return 2;
}

const SHOPTS =
  "autocd cdable_vars cdspell checkhash checkjobs checkwinsize cmdhist compat31 dirspell dotglob execfail expand_aliases extdebug extglob extquote failglob force_fignore globasciiranges globskipdots globstar gnu_errfmt histappend histreedit histverify hostcomplete huponexit inherit_errexit interactive_comments lastpipe lithist localvar_inherit localvar_unset login_shell mailwarn no_empty_cmd_completion nocaseglob nocasematch noexpand_translation nullglob patsub_replacement progcomp progcomp_alias promptvars restricted_shell shift_verbose sourcepath varredir_close xpg_echo".split(
    " ",
  );

/** Simplified: of bash's shopt only nullglob, dotglob and nocasematch change anything. */
export const shopt: Builtin = ({ self, argv, context }) => {
  const { shell } = self;
  const options = argv
    .slice(1)
    .filter((word) => word.startsWith("-"))
    .join("");
  const names = argv.slice(1).filter((word) => !word.startsWith("-"));
  const on = (shell.shopts ??= {});
  let status = 0;
  for (const name of names.length > 0 ? names : SHOPTS) {
    if (!SHOPTS.includes(name)) {
      complainAs(self, `shopt: ${name}: invalid shell option name`);
      status = 1;
    } else if (options.includes("s") && names.length > 0) on[name] = true;
    else if (options.includes("u") && names.length > 0) delete on[name];
    else {
      if (!options.includes("q")) context.out(`${name.padEnd(15)}\t${on[name] ? "on" : "off"}\n`);
      if (!on[name] && names.length > 0) status = 1;
    }
  }
  return status;
};

/** Simplified: files are made with mode 644 whatever umask says. */
export const umask: Builtin = ({ self, argv, context }) => {
  const { shell } = self;
  const mask = shell.umask ?? 0o022;
  const [, word] = argv;
  if (word === undefined || word === "-p")
    context.out(`${word === "-p" ? "umask " : ""}${mask.toString(8).padStart(4, "0")}\n`);
  else if (word === "-S") {
    const shown = [6, 3, 0].map((shift) => {
      const bits = 7 & ~(mask >> shift);
      return `${bits & 4 ? "r" : ""}${bits & 2 ? "w" : ""}${bits & 1 ? "x" : ""}`;
    });
    context.out(`u=${shown[0]},g=${shown[1]},o=${shown[2]}\n`);
  } else if (/^[0-7]+$/.test(word)) shell.umask = Number.parseInt(word, 8) & 0o777;
  else {
    complainAs(
      self,
      shell.flavour === "bash" ? `umask: ${word}: octal number out of range` : `umask: Illegal mode: ${word}`,
    );
    return shell.flavour === "bash" ? 1 : 2;
  }
  return 0;
};
