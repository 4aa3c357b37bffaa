// `kubectl config set`, `unset`, `set-cluster`, and the deletion of clusters and users: single entries of the kubeconfig.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/config/set.go, set_cluster.go, delete_cluster.go (v1.35)
import { encodeBase64 } from "#base/base64";
import { ownValue, type JsonObject } from "#base/json";
import type { Command } from "../../command.ts";
import { bool, string } from "../../common-flags.ts";
import { plainError, usageError } from "../../errors.ts";
import { changed, flag, text } from "../../flags.ts";
import { setField, unsetField, usersIn } from "./fields.ts";
import { configFile, simple, unexpected } from "./simple.ts";

const set = simple({
  name: "config set",
  short: "Set an individual value in a kubeconfig file",
  usage: "config set PROPERTY_NAME PROPERTY_VALUE",
  examples:
    "# The address of a cluster\nkubectl config set clusters.my-cluster.server https://1.2.3.4\n\n# The cluster of a context\nkubectl config set contexts.my-context.cluster my-cluster",
  flags: [bool("set-raw-bytes", "The value is the bytes themselves, not their Base64")],
  run: (args, io, flags) => {
    if (args.length !== 2) throw unexpected("config set", args, io);
    const [path = "", value = ""] = args;
    if (value === "") throw plainError("you cannot use set to unset a property");
    if (path === "") throw plainError("you must specify a property");
    setField(io.config, path, value, flag(flags, "set-raw-bytes"));
    io.stdout(`Property "${path}" set.\n`);
  },
});

const unset = simple({
  name: "config unset",
  short: "Unset an individual value in a kubeconfig file",
  usage: "config unset PROPERTY_NAME",
  examples:
    "# No context is the current one\nkubectl config unset current-context\n\n# The namespace of a context\nkubectl config unset contexts.foo.namespace",
  run: (args, io) => {
    if (args.length !== 1) throw unexpected("config unset", args, io);
    const path = args[0]!;
    if (path === "") throw plainError("you must specify a property");
    unsetField(io.config, path);
    io.stdout(`Property "${path}" unset.\n`);
  },
});

const deleteCluster = simple({
  name: "config delete-cluster",
  short: "Delete the specified cluster from the kubeconfig",
  usage: "config delete-cluster NAME",
  examples: "# One that is no longer used\nkubectl config delete-cluster minikube",
  run: (args, io, flags) => {
    if (args.length !== 1) return void unexpected("config delete-cluster", args, io);
    remove("cluster", io.config.clusters, args[0]!, configFile(flags));
    io.stdout(`deleted cluster ${args[0]} from ${configFile(flags)}\n`);
  },
});

const deleteUser = simple({
  name: "config delete-user",
  short: "Delete the specified user from the kubeconfig",
  usage: "config delete-user NAME",
  examples: "# One that is no longer used\nkubectl config delete-user minikube",
  run: (args, io, flags) => {
    if (args.length !== 1) throw usageError("config delete-user", "user to delete is required");
    remove("user", usersIn(io.config), args[0]!, configFile(flags));
    io.stdout(`deleted user ${args[0]} from ${configFile(flags)}\n`);
  },
});

function remove(what: string, entries: Record<string, unknown>, name: string, file: string): void {
  if (!Object.hasOwn(entries, name)) throw plainError(`cannot delete ${what} ${name}, not in ${file}`);
  delete entries[name];
}

const setCluster = simple({
  name: "config set-cluster",
  short: "Set a cluster entry in kubeconfig",
  long: "Makes a cluster entry, or changes the fields of one that are given.",
  examples: `# The server of the cluster "e2e"
kubectl config set-cluster e2e --server=https://1.2.3.4`,
  usage:
    "config set-cluster NAME [--server=server] [--certificate-authority=path/to/certificate/authority] [--insecure-skip-tls-verify=true] [--tls-server-name=example.com]",
  flags: [
    string("certificate-authority", "File with the authority's certificate"),
    bool("embed-certs", "Puts the certificate itself into the entry"),
    bool("insecure-skip-tls-verify", "Does not check the server's certificate"),
    string("proxy-url", "Proxy for the cluster"),
    string("server", "Address of the server"),
    string("tls-server-name", "Name that the server's certificate must have"),
  ],
  run: (args, io, flags) => {
    if (args.length !== 1) throw unexpected("config set-cluster", args, io);
    const name = args[0]!;
    const authority = text(flags, "certificate-authority");
    const insecure = flag(flags, "insecure-skip-tls-verify");
    const embeds = flag(flags, "embed-certs");
    if (name === "") throw plainError("you must specify a non-empty cluster name");
    if (insecure && authority !== "")
      throw plainError("you cannot specify a certificate authority and insecure mode at the same time");
    if (embeds && authority === "") throw plainError("you must specify a --certificate-authority to embed");
    const content = embeds ? io.readFile(authority) : undefined;
    if (embeds && content === undefined)
      throw plainError(
        `could not stat certificate-authority file ${authority}: stat ${authority}: no such file or directory`,
      );
    const next: JsonObject & { server: string } = {
      ...(ownValue(io.config.clusters, name) ?? { server: "" }),
      // Another server needs another name.
      ...(changed(flags, "server") && { server: text(flags, "server"), "tls-server-name": "" }),
    };
    for (const key of ["tls-server-name", "proxy-url"]) if (changed(flags, key)) next[key] = text(flags, key);
    // Without its flag this one goes back to its default.
    next["insecure-skip-tls-verify"] = insecure;
    if (insecure) Object.assign(next, { "certificate-authority": "", "certificate-authority-data": "" });
    if (changed(flags, "certificate-authority"))
      Object.assign(next, {
        "certificate-authority": embeds ? "" : authority,
        "certificate-authority-data": content === undefined ? "" : encodeBase64(content),
        "insecure-skip-tls-verify": false,
      });
    io.config.clusters[name] = next;
    io.stdout(`Cluster "${name}" set.\n`);
  },
});

export const ENTRY_COMMANDS: readonly Command[] = [set, unset, setCluster, deleteCluster, deleteUser];
