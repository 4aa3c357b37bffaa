// What global flags say about the way to the server, checked before a command runs: the kubeconfig, its context, cluster
// and user, the server and the time that a request may take.
// Kubernetes: staging/src/k8s.io/client-go/tools/clientcmd/client_config.go, helpers.go (v1.35)
import { KubectlError, type Command, type FlagValues, type KubectlIo } from "./command.ts";
import { requireSameVersion } from "./client-version.ts";
import { plainError } from "./errors.ts";
import { flag, list, text } from "./flags.ts";
import { goQuote, parseGoDuration } from "./go-values.ts";

/** The file that the workstation's kubeconfig lies in, whatever folder --kubeconfig starts from. */
export const isOwnKubeconfig = (file: string): boolean => /(^|\/)\.kube\/config$/.test(file);

export function checkConnection(command: Command, flags: FlagValues, io: KubectlIo): void {
  const { config } = io;
  const file = text(flags, "kubeconfig");
  if (file && !isOwnKubeconfig(file) && io.readFile(file) === undefined)
    throw plainError(`stat ${file}: no such file or directory`);
  const context = text(flags, "context") || config.currentContext;
  if (context && !Object.hasOwn(config.contexts, context))
    throw new KubectlError(`Error in configuration: context was not found for specified context: ${context}`);
  const cluster = text(flags, "cluster");
  if (cluster && !Object.hasOwn(config.clusters, cluster))
    throw plainError(`no server found for cluster ${goQuote(cluster)}`);
  const user = text(flags, "user");
  const users = config.users
    ? Object.keys(config.users)
    : Object.values(config.contexts).map((item) => item.user);
  if (user && !users.includes(user)) throw plainError(`auth info ${goQuote(user)} does not exist`);
  checkTimeout(text(flags, "request-timeout"));
  const profile = text(flags, "profile") || "none";
  // debug has a flag of its own by this name, which hides the global one.
  const isOwn = command.flags.some(({ name }) => name === "profile");
  if (!isOwn && !PROFILES.has(profile)) throw plainError(`unknown profile '${profile}'`);
  const { cluster: ownCluster = "", user: ownUser = "" } = config.contexts[context] ?? {};
  const problems = [
    ...clusterProblems(flags, io, cluster || ownCluster),
    ...userProblems(flags, io, user || ownUser),
  ];
  if (problems.length === 1) throw plainError(problems[0]!);
  if (problems.length > 1)
    throw new KubectlError(
      `Error in configuration: \n${problems.map((problem) => `* ${problem}`).join("\n")}`,
    );
}

/** What Go can measure of a program. */
const PROFILES = new Set([
  "none",
  "cpu",
  "heap",
  "goroutine",
  "threadcreate",
  "block",
  "mutex",
  "allocs",
  "trace",
]);

const unreadable = (what: string, file: string, whose: string): string =>
  `unable to read ${what} ${file} for ${whose} due to open ${file}: no such file or directory`;

function clusterProblems(flags: FlagValues, io: KubectlIo, cluster: string): string[] {
  const file = text(flags, "certificate-authority");
  return file && io.readFile(file) === undefined ? [unreadable("certificate-authority", file, cluster)] : [];
}

function userProblems(flags: FlagValues, io: KubectlIo, user: string): string[] {
  const [certificate, key] = [text(flags, "client-certificate"), text(flags, "client-key")];
  const methods = [
    ...(text(flags, "token") ? ["token"] : []),
    ...(text(flags, "username") || text(flags, "password") ? ["basicAuth"] : []),
  ];
  const hasMore =
    text(flags, "as-uid") ||
    list(flags, "as-group").length > 0 ||
    list(flags, "as-user-extra").some((word) => word.includes("="));
  return [
    ...(certificate && !key
      ? [
          `client-key-data or client-key must be specified for ${user} to use the clientCert authentication method.`,
        ]
      : []),
    ...(certificate && io.readFile(certificate) === undefined
      ? [unreadable("client-cert", certificate, user)]
      : []),
    ...(certificate && key && io.readFile(key) === undefined ? [unreadable("client-key", key, user)] : []),
    ...(methods.length > 1
      ? [
          `more than one authentication method found for ${user}; found [${methods.join(" ")}], only one is allowed`,
        ]
      : []),
    ...(hasMore && !text(flags, "as")
      ? [`requesting uid, groups or user-extra for ${user} without impersonating a user`]
      : []),
  ];
}

/**
 * A server that --server names is missed by the first request, and one of another version than --match-server-version
 * wants refused: what is wrong before that is said first. With --local there is no request.
 */
export function toServer(flags: FlagValues, io: KubectlIo): KubectlIo {
  if (flag(flags, "local")) return io;
  const server = text(flags, "server") || unnamedServer(flags, io.config);
  const matches = flag(flags, "match-server-version");
  if (!server && !matches) return io;
  const handle: KubectlIo["handle"] = (request) => {
    checkServer(server, io.config);
    if (matches) requireSameVersion(io);
    return io.handle(request);
  };
  const serve: KubectlIo["serve"] =
    io.serve &&
    ((port, rules) => {
      if (matches) requireSameVersion(io);
      return io.serve!(port, rules);
    });
  return Object.assign(Object.create(io) as KubectlIo, { handle, ...(serve && { serve }) });
}

/** Without a context and a cluster, kubectl tries the port that API servers once had. */
function unnamedServer(flags: FlagValues, { currentContext }: KubectlIo["config"]): string {
  const named = text(flags, "context") || currentContext || text(flags, "cluster");
  return named ? "" : "http://localhost:8080";
}

/** --request-timeout in milliseconds; 0: none. */
export function requestTimeoutMs(flags: FlagValues): number {
  const given = text(flags, "request-timeout");
  if (/^\d*$/.test(given)) return Number(given) * 1000;
  const read = parseGoDuration(given);
  return read.ok ? read.value : 0;
}

function checkTimeout(given: string): void {
  if (/^\d*$/.test(given) || parseGoDuration(given).ok) return;
  throw plainError(
    "Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)",
  );
}

/** The workstation reaches the servers of its kubeconfig, and nobody else answers as one. */
function checkServer(given: string, { clusters }: KubectlIo["config"]): void {
  if (!given) return;
  const wanted = addressOf(given);
  if (Object.values(clusters).some(({ server }) => addressOf(server) === wanted)) return;
  if (/^(localhost|127\.)/.test(wanted))
    throw new KubectlError(
      `The connection to the server ${wanted} was refused - did you specify the right host or port?`,
    );
  const [host = ""] = wanted.split(":");
  const why = /^[\d.]+$/.test(host)
    ? `dial tcp ${wanted}: i/o timeout`
    : `dial tcp: lookup ${host}: no such host`;
  throw new KubectlError(`Unable to connect to the server: ${why}`);
}

function addressOf(server: string): string {
  const [, scheme = "http", host = ""] = /^(?:(https?):\/\/)?([^/]*)/.exec(server) ?? [];
  return /:\d+$/.test(host) ? host : `${host}:${scheme === "https" ? 443 : 80}`;
}
