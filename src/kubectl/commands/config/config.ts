// `kubectl config`: reads and changes the kubeconfig of the terminal.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/config (v1.35)
import { ownValue } from "#base/json";
import { defineCommand, type Command, type KubectlIo } from "../../command.ts";
import { bool, string } from "../../common-flags.ts";
import { plainError, throwAll } from "../../errors.ts";
import { changed, flag, text } from "../../flags.ts";
import { defineGroup } from "../../group.ts";
import { helpOf } from "../../help.ts";
import { align } from "../../printers/table.ts";
import { ENTRY_COMMANDS } from "./entries.ts";
import { CONFIG_FILE, simple } from "./simple.ts";

export const config = defineGroup({
  name: "config",
  short: "Modify kubeconfig files",
  long: `Modify kubeconfig files using subcommands like "kubectl config set current-context my-context".

 The loading order follows these rules:

  1.  If the --kubeconfig flag is set, then only that file is loaded. The flag may only be set once and no merging takes place.
  2.  If $KUBECONFIG environment variable is set, then it is used as a list of paths (normal path delimiting rules for your system). These paths are merged. When a value is modified, it is modified in the file that defines the stanza. When a value is created, it is created in the first file that exists. If no files in the chain exist, then it creates the last file in the list.
  3.  Otherwise, \${HOME}/.kube/config is used and no merging takes place.`,
  examples: "",
  usage: "config SUBCOMMAND",
});

/** With a wrong number of names the help comes first, on stdout. */
function unexpected(name: string, args: readonly string[], io: KubectlIo): Error {
  const commands = io.commands ?? [];
  const command = commands.find((item) => item.name === name);
  if (command) io.stdout(helpOf(command, commands));
  return plainError(`Unexpected args: [${args.join(" ").trim()}]`);
}

const sortedNames = (record: Record<string, unknown>): string[] => Object.keys(record).sort();

const currentContext = simple({
  name: "config current-context",
  short: "Display the current-context",
  usage: "config current-context [flags]",
  examples: "# Which one is used\nkubectl config current-context",
  run: (_args, io) => {
    if (!io.config.currentContext) throw plainError("current-context is not set");
    io.stdout(`${io.config.currentContext}\n`);
  },
});

const useContext = simple({
  name: "config use-context",
  aliases: ["use"],
  short: "Set the current-context in a kubeconfig file",
  usage: "config use-context CONTEXT_NAME",
  examples: "# Another cluster\nkubectl config use-context minikube",
  run: ([name, ...rest], io) => {
    if (name === undefined || rest.length > 0)
      throw unexpected("config use-context", [name ?? "", ...rest], io);
    if (!ownValue(io.config.contexts, name)) throw plainError(`no context exists with the name: "${name}"`);
    io.config.currentContext = name;
    io.stdout(`Switched to context "${name}".\n`);
  },
});

const getContexts = defineCommand({
  name: "config get-contexts",
  short: "Describe one or many contexts",
  long: "Shows the contexts of the kubeconfig.",
  examples: `# All contexts
kubectl config get-contexts

# One
kubectl config get-contexts my-context`,
  usage: "config get-contexts [(-o|--output=)name)]",
  flags: [
    bool("no-headers", "Leaves the column headers out"),
    string("output", "Output format: name", { short: "o" }),
  ],
  run: (args, flags, io) => {
    const { contexts, currentContext: current } = io.config;
    const output = text(flags, "output");
    if (!["", "name"].includes(output))
      return Promise.reject(
        plainError(
          `--output ${output} is not available in kubectl config get-contexts; resetting to default output format`,
        ),
      );
    const errors: Error[] = [];
    const names = args.length === 0 ? sortedNames(contexts) : args.filter((name) => ownValue(contexts, name));
    for (const name of args)
      if (!ownValue(contexts, name)) errors.push(plainError(`context ${name} not found`));
    if (output === "name") io.stdout(names.map((name) => `${name}\n`).join(""));
    else {
      const rows = names.map((name) => {
        const { cluster, user, namespace = "" } = contexts[name]!;
        return [name === current ? "*" : "", name, cluster, user, namespace];
      });
      const headers = ["CURRENT", "NAME", "CLUSTER", "AUTHINFO", "NAMESPACE"];
      io.stdout(align(flag(flags, "no-headers") ? rows : [headers, ...rows]));
    }
    throwAll(errors);
    return Promise.resolve(0);
  },
});

const setContext = defineCommand({
  name: "config set-context",
  short: "Set a context entry in kubeconfig",
  long: "Makes a context, or changes the fields of one that are given.",
  examples: `# The user of the context "gce"
kubectl config set-context gce --user=cluster-admin

# The namespace of the current context
kubectl config set-context --current --namespace=staging`,
  usage:
    "config set-context [NAME | --current] [--cluster=cluster_nickname] [--user=user_nickname] [--namespace=namespace]",
  flags: [
    string("cluster", "Cluster of the context"),
    bool("current", "Changes the current context"),
    string("namespace", "Namespace of the context", { short: "n" }),
    string("user", "User of the context"),
  ],
  run: (args, flags, io) => {
    const current = flag(flags, "current");
    const fail = (reason: string): Promise<never> => Promise.reject(plainError(reason));
    if (args.length > 1) return Promise.reject(unexpected("config set-context", args, io));
    if (current && args.length > 0) return fail("you cannot specify both a context name and --current");
    if (!current && args.length === 0) return fail("you must specify a non-empty context name or --current");
    const name = current ? io.config.currentContext : args[0]!;
    const before = ownValue(io.config.contexts, name);
    if (current && !before) return Promise.reject(plainError("no current context is set"));
    const field = (key: "cluster" | "user"): string =>
      changed(flags, key) ? text(flags, key) : (before?.[key] ?? "");
    const namespace = changed(flags, "namespace") ? text(flags, "namespace") : before?.namespace;
    io.config.contexts[name] = {
      cluster: field("cluster"),
      user: field("user"),
      ...(namespace && { namespace }),
    };
    io.stdout(`Context "${name}" ${before ? "modified" : "created"}.\n`);
    return Promise.resolve(0);
  },
});

const getClusters = simple({
  name: "config get-clusters",
  short: "Display clusters defined in the kubeconfig",
  usage: "config get-clusters [flags]",
  examples: "# All of them\nkubectl config get-clusters",
  run: (_args, io) => io.stdout(["NAME", ...sortedNames(io.config.clusters)].join("\n") + "\n"),
});

const getUsers = simple({
  name: "config get-users",
  short: "Display users defined in the kubeconfig",
  usage: "config get-users [flags]",
  examples: "# All of them\nkubectl config get-users",
  run: (_args, io) => io.stdout(["NAME", ...usersOf(io)].join("\n") + "\n"),
});

export function usersOf(io: KubectlIo): string[] {
  const { contexts, users } = io.config;
  return users
    ? Object.keys(users).sort()
    : [...new Set(Object.values(contexts).map(({ user }) => user))].sort();
}

const deleteContext = simple({
  name: "config delete-context",
  short: "Delete the specified context from the kubeconfig",
  usage: "config delete-context NAME",
  examples: "# One that is no longer used\nkubectl config delete-context minikube",
  run: ([name, ...rest], io) => {
    if (name === undefined || rest.length > 0)
      throw unexpected("config delete-context", [name ?? "", ...rest], io);
    if (!ownValue(io.config.contexts, name))
      throw plainError(`cannot delete context ${name}, not in ${CONFIG_FILE}`);
    if (io.config.currentContext === name)
      io.stderr(
        'warning: this removed your active context, use "kubectl config use-context" to select a different one\n',
      );
    delete io.config.contexts[name];
    io.stdout(`deleted context ${name} from ${CONFIG_FILE}\n`);
  },
});

const renameContext = simple({
  name: "config rename-context",
  short: "Rename a context from the kubeconfig file",
  usage: "config rename-context CONTEXT_NAME NEW_NAME",
  examples: "# Another name\nkubectl config rename-context old-name new-name",
  run: ([from, to, ...rest], io) => {
    if (from === undefined || to === undefined || rest.length > 0)
      throw unexpected("config rename-context", [from ?? "", to ?? "", ...rest], io);
    const context = ownValue(io.config.contexts, from);
    if (!context) throw plainError(`cannot rename the context "${from}", it's not in ${CONFIG_FILE}`);
    if (ownValue(io.config.contexts, to))
      throw plainError(
        `cannot rename the context "${from}", the context "${to}" already exists in ${CONFIG_FILE}`,
      );
    delete io.config.contexts[from];
    io.config.contexts[to] = context;
    if (io.config.currentContext === from) io.config.currentContext = to;
    io.stdout(`Context "${from}" renamed to "${to}".\n`);
  },
});

/** Without view, which prints the whole. */
export const CONFIG_COMMANDS: readonly Command[] = [
  config,
  getContexts,
  currentContext,
  useContext,
  setContext,
  getClusters,
  getUsers,
  deleteContext,
  renameContext,
  ...ENTRY_COMMANDS,
];
