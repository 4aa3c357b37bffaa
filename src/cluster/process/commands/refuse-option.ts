// What the tools say of an option that they do not know.
import { complain, type CommandContext, type Outcome } from "./command.ts";

/** Exit codes that are not 1; of busybox's ls it is. */
const EXITS: Record<string, number> = { ls: 2, sort: 2, grep: 2, diff: 2 };

/**
 * `option` is -x or --name.
 * Simplified: the usage that sed and busybox's applets print after it is left out.
 */
export function refuseOption(context: CommandContext, option: string): Outcome {
  const name = context.argv[0]!;
  complain(
    context,
    option.startsWith("--") ? `unrecognized option '${option}'` : `invalid option -- '${option.slice(1)}'`,
  );
  if (context.flavour === "busybox") return { exit: name === "ls" ? 1 : (EXITS[name] ?? 1) };
  if (name !== "sed") context.err(`Try '${name} --help' for more information.\n`);
  return { exit: EXITS[name] ?? 1 };
}
