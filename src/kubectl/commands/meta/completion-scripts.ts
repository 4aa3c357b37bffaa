// Completion scripts for shells: the names of commands and flags, written into the script itself.
// Simplified: names of objects are not completed; kubectl's own scripts ask the cluster for them.
import type { Command } from "../../command.ts";
import { childrenOf } from "../../find.ts";
import { GLOBAL_FLAGS } from "../../global-flags.ts";

export const SHELLS: readonly string[] = ["bash", "fish", "powershell", "zsh"];

/** What can follow each command, as lines `"command" -> words`. */
function table(commands: readonly Command[]): [line: string, words: string[]][] {
  const globals = GLOBAL_FLAGS.map(({ name }) => `--${name}`);
  const names = (parent: string | undefined): string[] =>
    childrenOf(commands, parent).map(({ name }) => name.slice(name.lastIndexOf(" ") + 1));
  return [
    ["kubectl", [...names(undefined), ...globals]],
    ...commands.map(({ name, flags }): [string, string[]] => [
      `kubectl ${name}`,
      [...names(name), ...flags.filter((flag) => !flag.hidden).map((flag) => `--${flag.name}`)],
    ]),
  ];
}

export function completionScript(shell: string, commands: readonly Command[]): string {
  switch (shell) {
    case "zsh":
      return `#compdef kubectl\ncompdef _kubectl kubectl\n\n${words(commands)}\n_kubectl() {\n  local line="\${(j: :)words[1,CURRENT-1]}"\n  compadd -- \${=$(__kubectl_words "$line")}\n}\n`;
    case "fish":
      return table(commands)
        .map(
          ([line, list]) =>
            `complete -c kubectl -n 'string match -q -- "${line} *" (commandline)' -f -a '${list.join(" ")}'\n`,
        )
        .join("");
    case "powershell":
      return `Register-ArgumentCompleter -CommandName 'kubectl' -ScriptBlock {\n  param($word, $ast, $position)\n${table(
        commands,
      )
        .map(([line, list]) => `  if ("$ast" -like '${line} *') { $found = '${list.join(" ")}' }`)
        .join("\n")}\n  $found -split ' ' | Where-Object { $_ -like "$word*" }\n}\n`;
    default:
      return `# bash completion for kubectl\n\n${words(commands)}\n__start_kubectl() {\n  local line="\${COMP_WORDS[*]:0:COMP_CWORD}"\n  COMPREPLY=($(compgen -W "$(__kubectl_words "$line")" -- "\${COMP_WORDS[COMP_CWORD]}"))\n}\n\ncomplete -o default -F __start_kubectl kubectl\n`;
  }
}

/** A function that prints what can follow the longest command at the beginning of a line. */
function words(commands: readonly Command[]): string {
  const cases = table(commands)
    .sort(([a], [b]) => b.length - a.length)
    .map(([line, list]) => `    "${line}"|"${line} "*) echo "${list.join(" ")}" ;;`);
  return `__kubectl_words() {\n  case "$1" in\n${cases.join("\n")}\n  esac\n}\n`;
}
