// Which commands a host has on its disk, for completion.
import { imageOf } from "#cluster/images/registry";
import { COMMANDS } from "#cluster/process/commands/registry";

/** Names that the table keeps for itself. */
const HIDDEN = new Set(["unsupported", "["]);

export function commandsOf(image: string, allTools: boolean, outside: readonly string[]): string[] {
  const names = new Set([...imageOf(image).commands, ...outside]);
  if (allTools) for (const { name } of COMMANDS) names.add(name);
  return [...names].filter((name) => !HIDDEN.has(name)).sort();
}

export const SHELL_WORDS =
  ". : alias bash break case cd command continue declare do done echo elif else esac eval exec exit export false fi for function history if in jobs kill let local printf pwd read return set sh shift source test then time trap true type umask unalias unset until wait while".split(
    " ",
  );
