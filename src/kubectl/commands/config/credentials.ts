// `kubectl config set-credentials`: a user of the kubeconfig.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/config/set_credentials.go (v1.35)
import { encodeBase64 } from "#base/base64";
import { ownValue, type Json, type JsonObject } from "#base/json";
import type { Flag, FlagValues, KubectlIo } from "../../command.ts";
import { bool, string } from "../../common-flags.ts";
import { plainError } from "../../errors.ts";
import { changed, flag, list, text } from "../../flags.ts";
import { usersIn } from "./fields.ts";
import { printHelp, simple } from "./simple.ts";

const FLAGS: readonly Flag[] = [
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
];

const CERTIFICATES = ["client-certificate", "client-key"] as const;

export const setCredentials = simple({
  name: "config set-credentials",
  short: "Set a user entry in kubeconfig",
  long: "Makes a user entry, or changes the fields of one that are given.",
  examples: `# A token for the user "dev"
kubectl config set-credentials dev --token=bearer_token`,
  usage:
    "config set-credentials NAME [--client-certificate=path/to/certfile] [--client-key=path/to/keyfile] [--token=bearer_token] [--username=basic_user] [--password=basic_password] [--auth-provider=provider_name] [--auth-provider-arg=key=value] [--exec-command=exec_command] [--exec-api-version=exec_api_version] [--exec-arg=arg] [--exec-env=key=value]",
  flags: FLAGS,
  run: (args, io, flags) => {
    const wrong = (why: string): Error => {
      printHelp("config set-credentials", io);
      return plainError(why);
    };
    if (args.length !== 1) throw wrong(`unexpected args: [${args.join(" ")}]`);
    const name = args[0]!;
    const providerArgs = pairsOf(list(flags, "auth-provider-arg"), "auth-provider-arg", wrong);
    const environment = pairsOf(list(flags, "exec-env"), "exec-env", wrong);
    if (name === "") throw plainError("you must specify a non-empty user name");
    checkMethods(io, flags);
    const users = usersIn(io.config);
    const next: JsonObject = { ...ownValue(users, name) };
    setCertificates(io, flags, next);
    for (const key of ["token", "username", "password"])
      if (changed(flags, key)) next[key] = text(flags, key);
    setProvider(flags, next, providerArgs);
    setExec(flags, next, environment);
    const token = text(flags, "token") !== "";
    const basic = text(flags, "username") !== "" || text(flags, "password") !== "";
    // One way of proving who one is ends the other.
    if (token) Object.assign(next, { username: "", password: "" });
    if (basic) next["token"] = "";
    users[name] = next;
    io.stdout(`User "${name}" set.\n`);
  },
});

interface Pairs {
  set: [string, string][];
  removed: string[];
}

/** `key=value` and `key-`. */
function pairsOf(words: readonly string[], what: string, wrong: (why: string) => Error): Pairs {
  const pairs: Pairs = { set: [], removed: [] };
  for (const word of words) {
    const equals = word.indexOf("=");
    if (equals > 0) pairs.set.push([word.slice(0, equals), word.slice(equals + 1)]);
    else if (equals < 0 && word.endsWith("-") && word !== "-") pairs.removed.push(word.slice(0, -1));
    else throw wrong(`invalid ${what} format: ${word}`);
  }
  return pairs;
}

function checkMethods(io: KubectlIo, flags: FlagValues): void {
  if (text(flags, "token") && (text(flags, "username") || text(flags, "password")))
    throw plainError(
      "you cannot specify more than one authentication method at the same time: --token, --username/--password",
    );
  if (flag(flags, "embed-certs")) {
    const files = CERTIFICATES.filter((key) => text(flags, key) !== "");
    if (files.length === 0)
      throw plainError("you must specify a --client-certificate or --client-key to embed");
    for (const key of files) {
      const file = text(flags, key);
      if (io.readFile(file) === undefined)
        throw plainError(`could not stat ${key} file ${file}: stat ${file}: no such file or directory`);
    }
  }
  const mode = text(flags, "exec-interactive-mode");
  if (changed(flags, "exec-interactive-mode") && !["IfAvailable", "Always", "Never"].includes(mode))
    throw plainError("invalid interactive mode type, can be only IfAvailable, Never, Always");
}

function setCertificates(io: KubectlIo, flags: FlagValues, next: JsonObject): void {
  const embeds = flag(flags, "embed-certs");
  for (const key of CERTIFICATES) {
    if (!changed(flags, key)) continue;
    const file = text(flags, key);
    next[key] = embeds ? "" : file;
    if (embeds) next[`${key}-data`] = encodeBase64(io.readFile(file) ?? "");
    else if (file !== "") next[`${key}-data`] = "";
  }
}

function setProvider(flags: FlagValues, next: JsonObject, args: Pairs): void {
  let provider = next["auth-provider"] as JsonObject | undefined;
  if (changed(flags, "auth-provider") && provider?.["name"] !== text(flags, "auth-provider"))
    provider = { name: text(flags, "auth-provider") };
  if (!provider) return;
  const config: JsonObject = {
    ...(provider["config"] as JsonObject | undefined),
    ...Object.fromEntries(args.set),
  };
  for (const key of args.removed) delete config[key];
  next["auth-provider"] = { ...provider, config };
}

function setExec(flags: FlagValues, next: JsonObject, environment: Pairs): void {
  const before = next["exec"] as JsonObject | undefined;
  if (!before && !changed(flags, "exec-command")) return;
  const exec: JsonObject = { command: "", args: null, env: null, provideClusterInfo: false, ...before };
  if (changed(flags, "exec-command"))
    Object.assign(exec, { command: text(flags, "exec-command"), args: null });
  if (changed(flags, "exec-api-version")) exec["apiVersion"] = text(flags, "exec-api-version");
  if (list(flags, "exec-arg").length > 0) exec["args"] = list(flags, "exec-arg");
  if (changed(flags, "exec-interactive-mode")) exec["interactiveMode"] = text(flags, "exec-interactive-mode");
  if (changed(flags, "exec-provide-cluster-info"))
    exec["provideClusterInfo"] = flag(flags, "exec-provide-cluster-info");
  if (environment.set.length + environment.removed.length > 0) {
    const wanted = new Map(environment.set);
    const kept = ((exec["env"] ?? []) as { name: string; value: string }[])
      .filter(({ name }) => !environment.removed.includes(name))
      .map(({ name, value }) => ({ name, value: wanted.get(name) ?? value }));
    const added = environment.set.filter(([name]) => !kept.some((item) => item.name === name));
    exec["env"] = [...kept, ...added.map(([name, value]) => ({ name, value }))] as Json;
  }
  next["exec"] = exec;
}
