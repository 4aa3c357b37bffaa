// `kubectl config set`, `unset`, `set-cluster`, `set-credentials` and the deletions: single entries of the kubeconfig.
import { defineCommand, type Command, type KubectlIo } from "../../command.ts";
import { bool, string } from "../../common-flags.ts";
import { plainError } from "../../errors.ts";
import { changed, flag, text } from "../../flags.ts";
import { CONFIG_FILE, simple } from "./simple.ts";

/** `contexts.dev.namespace`, `current-context`: where an entry stands. */
function place(path: string, io: KubectlIo): { holder: Record<string, unknown>; key: string } {
  const parts = path.split(".");
  if (path === "current-context") return { holder: io.config as never, key: "currentContext" };
  const [list = "", name = "", field] = parts;
  if (list === "users") io.config.users ??= {};
  const lists: Record<string, Record<string, unknown> | undefined> = {
    contexts: io.config.contexts,
    clusters: io.config.clusters,
    users: io.config.users,
  };
  const entries = lists[list];
  if (!entries || name === "") throw plainError(`unable to parse ${path} after ${list}`);
  if (field === undefined) return { holder: entries, key: name };
  entries[name] ??= {};
  return { holder: entries[name] as Record<string, unknown>, key: field };
}

const set = simple({
  name: "config set",
  short: "Set an individual value in a kubeconfig file",
  usage: "config set PROPERTY_NAME PROPERTY_VALUE",
  examples:
    "# The address of a cluster\nkubectl config set clusters.my-cluster.server https://1.2.3.4\n\n# The cluster of a context\nkubectl config set contexts.my-context.cluster my-cluster",
  flags: [bool("set-raw-bytes", "The value is the bytes themselves, not their Base64")],
  run: ([path, value, ...rest], io) => {
    if (path === undefined || value === undefined || rest.length > 0)
      throw plainError(`unexpected args: [${[path, value, ...rest].join(" ").trim()}]`);
    const { holder, key } = place(path, io);
    holder[key] = value;
    io.stdout(`Property "${path}" set.\n`);
  },
});

const unset = simple({
  name: "config unset",
  short: "Unset an individual value in a kubeconfig file",
  usage: "config unset PROPERTY_NAME",
  examples:
    "# No context is the current one\nkubectl config unset current-context\n\n# The namespace of a context\nkubectl config unset contexts.foo.namespace",
  run: ([path, ...rest], io) => {
    if (path === undefined || rest.length > 0)
      throw plainError(`unexpected args: [${[path, ...rest].join(" ").trim()}]`);
    const { holder, key } = place(path, io);
    if (key === "currentContext") holder[key] = "";
    else delete holder[key];
    io.stdout(`Property "${path}" unset.\n`);
  },
});

function deletion(what: "cluster" | "user", entries: (io: KubectlIo) => Record<string, unknown>): Command {
  return simple({
    name: `config delete-${what}`,
    short: `Delete the specified ${what} from the kubeconfig`,
    usage: `config delete-${what} NAME`,
    examples: `# One that is no longer used\nkubectl config delete-${what} minikube`,
    run: ([name = ""], io) => {
      if (!(name in entries(io))) throw plainError(`cannot delete ${what} ${name}, not in ${CONFIG_FILE}`);
      delete entries(io)[name];
      io.stdout(`deleted ${what} ${name} from ${CONFIG_FILE}\n`);
    },
  });
}

const setCluster = defineCommand({
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
  run: ([name, ...rest], flags, io) => {
    if (name === undefined || rest.length > 0)
      return Promise.reject(plainError(`Unexpected args: [${[name, ...rest].join(" ").trim()}]`));
    if (flag(flags, "insecure-skip-tls-verify") && text(flags, "certificate-authority"))
      return Promise.reject(
        plainError("you cannot specify a certificate authority and insecure mode at the same time"),
      );
    const before = io.config.clusters[name];
    const server = changed(flags, "server") ? text(flags, "server") : (before?.server ?? "");
    io.config.clusters[name] = { ...before, server };
    io.stdout(`Cluster "${name}" set.\n`);
    return Promise.resolve(0);
  },
});

const setCredentials = defineCommand({
  name: "config set-credentials",
  short: "Set a user entry in kubeconfig",
  long: "Makes a user entry, or changes the fields of one that are given.",
  examples: `# A token for the user "dev"
kubectl config set-credentials dev --token=bearer_token`,
  usage:
    "config set-credentials NAME [--client-certificate=path/to/certfile] [--client-key=path/to/keyfile] [--token=bearer_token] [--username=basic_user] [--password=basic_password] [--auth-provider=provider_name] [--auth-provider-arg=key=value] [--exec-command=exec_command] [--exec-api-version=exec_api_version] [--exec-arg=arg] [--exec-env=key=value]",
  flags: [
    string("auth-provider", "Auth provider of the user"),
    { name: "auth-provider-arg", type: "stringList", default: "[]", help: "key=value for the auth provider" },
    string("client-certificate", "File with the user's certificate"),
    string("client-key", "File with the user's key"),
    bool("embed-certs", "Puts the certificate and key themselves into the entry"),
    string("exec-api-version", "API version of the program that finds credentials"),
    { name: "exec-arg", type: "stringList", default: "[]", help: "Arguments of that program" },
    string("exec-command", "The program that finds credentials"),
    { name: "exec-env", type: "stringArray", default: "[]", help: "key=value for its environment" },
    string("exec-interactive-mode", "Whether that program may ask questions"),
    bool("exec-provide-cluster-info", "Tells that program of the cluster"),
    string("password", "Password"),
    string("token", "Bearer token"),
    string("username", "User name"),
  ],
  run: ([name, ...rest], flags, io) => {
    if (name === undefined || rest.length > 0)
      return Promise.reject(plainError(`Unexpected args: [${[name, ...rest].join(" ").trim()}]`));
    if (text(flags, "token") && (text(flags, "username") || text(flags, "password")))
      return Promise.reject(
        plainError(
          "you cannot specify more than one authentication method at the same time: --token, --username/--password",
        ),
      );
    const users = (io.config.users ??= {});
    const given = ["client-certificate", "client-key", "password", "token", "username"].flatMap((key) =>
      changed(flags, key) ? [[key, text(flags, key)] as const] : [],
    );
    users[name] = { ...users[name], ...Object.fromEntries(given) };
    io.stdout(`User "${name}" set.\n`);
    return Promise.resolve(0);
  },
});

export const ENTRY_COMMANDS: readonly Command[] = [
  set,
  unset,
  setCluster,
  setCredentials,
  deletion("cluster", (io) => io.config.clusters),
  deletion("user", (io) => (io.config.users ??= {})),
];
