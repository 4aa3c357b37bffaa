// What the subcommands of `kubectl config` have in common: they ask no server, and with a wrong number of names they
// print their help first. --kubeconfig lets them read and write another file.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/config/config.go helpErrorf (v1.35)
import type { Command, Flag, FlagValues, KubectlIo } from "../../command.ts";
import { isOwnKubeconfig } from "../../connection.ts";
import { plainError } from "../../errors.ts";
import { text } from "../../flags.ts";
import { helpOf } from "../../help.ts";
import { toYaml } from "../../printers/yaml.ts";
import { usersIn } from "./fields.ts";
import { kubeconfig, readConfig } from "./file.ts";

/** Where the kubeconfig lies unless a flag says otherwise. */
const OWN_FILE = "/root/.kube/config";

/** How errors name the kubeconfig. */
export const configFile = (flags: FlagValues): string => text(flags, "kubeconfig") || OWN_FILE;

interface Simple {
  name: string;
  aliases?: string[];
  short: string;
  long?: string;
  usage: string;
  examples: string;
  flags?: readonly Flag[];
  run(args: readonly string[], io: KubectlIo, flags: FlagValues): void;
}

export function simple({ run, ...command }: Simple): Command {
  return {
    long: `${command.short}.`,
    ...command,
    offline: true,
    flags: command.flags ?? [],
    run: (args, flags, io) => {
      try {
        // Written down before contexts change: users that only they name would come and go with them.
        usersIn(io.config);
        onFile(io, flags, (own) => run(args, own, flags));
        return Promise.resolve(0);
      } catch (error) {
        return Promise.reject(error as Error);
      }
    },
  };
}

/** The help of a command, as it comes before errors, on stdout. */
export function printHelp(name: string, io: KubectlIo): void {
  const commands = io.commands ?? [];
  const command = commands.find((item) => item.name === name);
  if (command) io.stdout(helpOf(command, commands));
}

/** With a wrong number of names the help comes first. */
export function unexpected(name: string, args: readonly string[], io: KubectlIo): Error {
  printHelp(name, io);
  return plainError(`Unexpected args: [${args.join(" ")}]`);
}

/** A file that --kubeconfig names is read before and, if something changed, written after. */
function onFile(io: KubectlIo, flags: FlagValues, body: (io: KubectlIo) => void): void {
  const file = configFile(flags);
  if (isOwnKubeconfig(file)) return body(io);
  const config = readConfig(io.readFile(file) ?? "", file);
  const written = (): string => toYaml(kubeconfig(config));
  const before = written();
  body(Object.assign(Object.create(io) as KubectlIo, { config }));
  if (written() !== before) io.writeFile(file, written());
}
