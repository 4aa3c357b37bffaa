// Commands that only hold others, such as `rollout`: alone they print their help, with anything else most complain.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/util/helpers.go DefaultSubCommandRun (v1.35)
import type { Command } from "./command.ts";
import { usageError } from "./errors.ts";
import { helpOf } from "./help.ts";

type Group = Omit<Command, "run" | "flags">;

export function defineGroup(group: Group, door: "stdout" | "stderr" = "stderr"): Command {
  const command: Command = {
    ...group,
    flags: [],
    run: (args, _flags, io) => {
      if (args.length > 0)
        return Promise.reject(usageError(group.name, `unknown command ${JSON.stringify(args.join(" "))}`));
      io[door](helpOf(command, io.commands ?? []));
      return Promise.resolve(1);
    },
  };
  return command;
}

/** One that succeeds whatever is said to it. */
export function definePatientGroup(group: Group): Command {
  const command: Command = {
    ...group,
    flags: [],
    run: (_args, _flags, io) => {
      io.stdout(helpOf(command, io.commands ?? []));
      return Promise.resolve(0);
    },
  };
  return command;
}
