// Subcommands of `kubectl config` that take names only and answer at once.
import { defineCommand, type Command, type Flag, type KubectlIo } from "../../command.ts";

/** How errors name the kubeconfig. */
export const CONFIG_FILE = "/root/.kube/config";

interface Simple {
  name: string;
  aliases?: string[];
  short: string;
  usage: string;
  examples: string;
  flags?: readonly Flag[];
  run(args: readonly string[], io: KubectlIo): void;
}

export function simple({ run, ...command }: Simple): Command {
  return defineCommand({
    ...command,
    long: `${command.short}.`,
    flags: command.flags ?? [],
    run: (args, _flags, io) => {
      try {
        run(args, io);
        return Promise.resolve(0);
      } catch (error) {
        return Promise.reject(error as Error);
      }
    },
  });
}
