// Commands that only hold others, such as `rollout`: alone they print their help, with anything else they complain.
import type { Command } from "./command.ts";
import { defineCommand } from "./command.ts";
import { usageError } from "./errors.ts";
import { helpOf } from "./help.ts";

export function defineGroup(group: Omit<Command, "run" | "flags">): Command {
  const command: Command = defineCommand({
    ...group,
    flags: [],
    run: (args, _flags, io) => {
      if (args.length > 0)
        return Promise.reject(usageError(group.name, `unknown command ${JSON.stringify(args.join(" "))}`));
      io.stderr(helpOf(command, io.commands ?? []));
      return Promise.resolve(1);
    },
  });
  return command;
}
