// `kubectl config`: reads and changes the kubeconfig of the terminal.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/config (v1.35)
import type { Command } from "../../command.ts";
import { defineGroup } from "../../group.ts";
import { CONTEXT_COMMANDS } from "./contexts.ts";
import { setCredentials } from "./credentials.ts";
import { ENTRY_COMMANDS } from "./entries.ts";
import { usersIn } from "./fields.ts";
import { simple } from "./simple.ts";

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

const getClusters = simple({
  name: "config get-clusters",
  short: "Display clusters defined in the kubeconfig",
  usage: "config get-clusters [flags]",
  examples: "# All of them\nkubectl config get-clusters",
  run: (_args, io) => io.stdout(["NAME", ...Object.keys(io.config.clusters).sort()].join("\n") + "\n"),
});

const getUsers = simple({
  name: "config get-users",
  short: "Display users defined in the kubeconfig",
  usage: "config get-users [flags]",
  examples: "# All of them\nkubectl config get-users",
  run: (_args, io) => io.stdout(["NAME", ...Object.keys(usersIn(io.config)).sort()].join("\n") + "\n"),
});

/** Without view, which prints the whole. */
export const CONFIG_COMMANDS: readonly Command[] = [
  config,
  ...CONTEXT_COMMANDS,
  getClusters,
  getUsers,
  ...ENTRY_COMMANDS,
  setCredentials,
];
