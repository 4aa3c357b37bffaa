// Commands about kubectl itself: help, options, completion, plugin.
import { defineCommand } from "../../command.ts";
import { bool } from "../../common-flags.ts";
import { plainError, usageError } from "../../errors.ts";
import { findCommand } from "../../find.ts";
import { GLOBAL_FLAGS } from "../../global-flags.ts";
import { defineGroup } from "../../group.ts";
import { globalOptions, helpOf, rootHelp } from "../../help.ts";
import { completionScript, SHELLS } from "./completion-scripts.ts";

export const help = defineCommand({
  name: "help",
  short: "Help about any command",
  long: "Shows the help of a command: kubectl help, and the command's words.",
  examples: "",
  usage: "help [command] [flags]",
  flags: [],
  hidden: true,
  run: (args, _flags, io) => {
    const commands = io.commands ?? [];
    const { command, words } = findCommand(args, commands, GLOBAL_FLAGS);
    if (command) io.stdout(helpOf(command, commands));
    else if (words.length === 0) io.stdout(rootHelp(commands));
    else
      io.stderr(
        `Unknown help topic [${words.map((word) => `\`${word}\``).join(" ")}]\n\n\n${rootHelp(commands).split("\n").slice(4).join("\n")}`,
      );
    return Promise.resolve(0);
  },
});

export const options = defineCommand({
  name: "options",
  short: "Print the list of flags inherited by all commands",
  long: "Lists the flags that every command takes.",
  examples: `# All of them
kubectl options`,
  usage: "options",
  flags: [],
  hidden: true,
  run: (_args, _flags, io) => {
    io.stdout(globalOptions());
    return Promise.resolve(0);
  },
});

export const completion = defineCommand({
  name: "completion",
  short: "Output shell completion code for the specified shell (bash, zsh, fish, or powershell)",
  long: "Prints a script with which a shell completes kubectl's commands and flags. It is loaded with `source <(kubectl completion bash)`, or from the shell's profile.",
  examples: `# Into the current shell
source <(kubectl completion bash)`,
  usage: "completion SHELL",
  flags: [],
  run: (args, _flags, io) => {
    if (args.length === 0) return Promise.reject(usageError("completion", "Shell not specified."));
    if (args.length > 1)
      return Promise.reject(usageError("completion", "Too many arguments. Expected only the shell type."));
    if (!SHELLS.includes(args[0]!))
      return Promise.reject(usageError("completion", `Unsupported shell type ${JSON.stringify(args[0])}.`));
    io.stdout(completionScript(args[0]!, io.commands ?? []));
    return Promise.resolve(0);
  },
});

export const plugin = defineGroup({
  name: "plugin",
  short: "Provides utilities for interacting with plugins",
  long: "Looks for plugins: programs named kubectl-NAME on the PATH, which run as `kubectl NAME`.",
  examples: `# All of them
kubectl plugin list`,
  usage: "plugin [flags]",
});

export const pluginList = defineCommand({
  name: "plugin list",
  short: "List all visible plugin executables on a user's PATH",
  long: "Lists the programs on the PATH whose names begin with kubectl-.",
  examples: `# With their paths
kubectl plugin list

# Names only
kubectl plugin list --name-only`,
  usage: "plugin list [flags]",
  flags: [bool("name-only", "Shows the names without their folders")],
  run: () => Promise.reject(plainError("unable to find any kubectl plugins in your PATH")),
});
