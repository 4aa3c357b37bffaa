// Commands that hold others and do nothing alone: they print their help and fail.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/util/helpers.go DefaultSubCommandRun (v1.35)
import type { Command, KubectlIo } from "../command.ts";
import { usageError } from "../errors.ts";
import { helpOf } from "../help.ts";

type Group = Omit<Command, "run" | "flags">;

export const groupOnStderr = (group: Group): Command => defineHelpGroup(group, (io, help) => io.stderr(help));
export const groupOnStdout = (group: Group): Command => defineHelpGroup(group, (io, help) => io.stdout(help));

function defineHelpGroup(group: Group, print: (io: KubectlIo, help: string) => void): Command {
  const command: Command = {
    ...group,
    flags: [],
    run: (args, _flags, io) => {
      if (args.length > 0)
        return Promise.reject(usageError(group.name, `unknown command ${JSON.stringify(args.join(" "))}`));
      print(io, helpOf(command, io.commands ?? []));
      return Promise.resolve(1);
    },
  };
  return command;
}
