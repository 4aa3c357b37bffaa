// The contexts of a kubeconfig: `kubectl config get-contexts`, `current-context`, `use-context`, `set-context`,
// `rename-context` and `delete-context`.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/config (v1.35)
import { ownValue } from "#base/json";
import type { Command } from "../../command.ts";
import { bool, string } from "../../common-flags.ts";
import { plainError, throwAll } from "../../errors.ts";
import { changed, flag, text } from "../../flags.ts";
import { align } from "../../printers/table.ts";
import { configFile, simple, unexpected } from "./simple.ts";

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
  run: (args, io) => {
    if (args.length !== 1) throw unexpected("config use-context", args, io);
    const name = args[0]!;
    if (name === "") throw plainError("empty context names are not allowed");
    if (!ownValue(io.config.contexts, name)) throw plainError(`no context exists with the name: "${name}"`);
    io.config.currentContext = name;
    io.stdout(`Switched to context "${name}".\n`);
  },
});

const getContexts = simple({
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
  run: (args, io, flags) => {
    const { contexts, currentContext: current } = io.config;
    const output = text(flags, "output");
    if (!["", "name"].includes(output))
      throw plainError(
        `--output ${output} is not available in kubectl config get-contexts; resetting to default output format`,
      );
    const asked = args.length === 0 ? Object.keys(contexts) : args;
    const names = asked.filter((name) => ownValue(contexts, name)).sort();
    if (output === "name") io.stdout(names.map((name) => `${name}\n`).join(""));
    else {
      const rows = names.map((name) => {
        const { cluster, user, namespace = "" } = contexts[name]!;
        return [name === current ? "*" : "", name, cluster, user, namespace];
      });
      const headers = ["CURRENT", "NAME", "CLUSTER", "AUTHINFO", "NAMESPACE"];
      io.stdout(align(flag(flags, "no-headers") ? rows : [headers, ...rows]));
    }
    const unknown = asked.filter((name) => !ownValue(contexts, name));
    throwAll(unknown.map((name) => plainError(`context ${name} not found`)));
  },
});

const setContext = simple({
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
  run: (args, io, flags) => {
    const current = flag(flags, "current");
    if (args.length > 1) throw unexpected("config set-context", args, io);
    const given = args[0] ?? "";
    if (!current && given === "") throw plainError("you must specify a non-empty context name or --current");
    if (current && given !== "") throw plainError("you cannot specify both a context name and --current");
    if (current && io.config.currentContext === "") throw plainError("no current context is set");
    const name = current ? io.config.currentContext : given;
    const before = ownValue(io.config.contexts, name);
    const field = (key: "cluster" | "user"): string =>
      changed(flags, key) ? text(flags, key) : (before?.[key] ?? "");
    const namespace = changed(flags, "namespace") ? text(flags, "namespace") : before?.namespace;
    io.config.contexts[name] = {
      cluster: field("cluster"),
      user: field("user"),
      ...(namespace && { namespace }),
    };
    io.stdout(`Context "${name}" ${before ? "modified" : "created"}.\n`);
  },
});

const deleteContext = simple({
  name: "config delete-context",
  short: "Delete the specified context from the kubeconfig",
  usage: "config delete-context NAME",
  examples: "# One that is no longer used\nkubectl config delete-context minikube",
  run: (args, io, flags) => {
    if (args.length !== 1) return void unexpected("config delete-context", args, io);
    const name = args[0]!;
    if (!ownValue(io.config.contexts, name))
      throw plainError(`cannot delete context ${name}, not in ${configFile(flags)}`);
    if (io.config.currentContext === name)
      io.stderr(
        'warning: this removed your active context, use "kubectl config use-context" to select a different one\n',
      );
    delete io.config.contexts[name];
    io.stdout(`deleted context ${name} from ${configFile(flags)}\n`);
  },
});

const renameContext = simple({
  name: "config rename-context",
  short: "Rename a context from the kubeconfig file",
  usage: "config rename-context CONTEXT_NAME NEW_NAME",
  examples: "# Another name\nkubectl config rename-context old-name new-name",
  run: (args, io, flags) => {
    const [from = "", to = ""] = args;
    if (args.length !== 2) throw unexpected("config rename-context", args, io);
    if (to === "") throw plainError("You must specify a new non-empty context name");
    const { contexts } = io.config;
    const context = ownValue(contexts, from);
    const fail = (why: string): Error => plainError(`cannot rename the context "${from}", ${why}`);
    if (!context) throw fail(`it's not in ${configFile(flags)}`);
    if (ownValue(contexts, to)) throw fail(`the context "${to}" already exists in ${configFile(flags)}`);
    delete contexts[from];
    contexts[to] = context;
    if (io.config.currentContext === from) io.config.currentContext = to;
    io.stdout(`Context "${from}" renamed to "${to}".\n`);
  },
});

export const CONTEXT_COMMANDS: readonly Command[] = [
  getContexts,
  currentContext,
  useContext,
  setContext,
  deleteContext,
  renameContext,
];
