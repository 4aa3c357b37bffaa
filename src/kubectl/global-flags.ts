// Flags that every command takes, as `kubectl options` lists them.
// Kubernetes: staging/src/k8s.io/cli-runtime/pkg/genericclioptions/config_flags.go (v1.35)
import type { Flag, FlagType } from "./command.ts";

const flag = (name: string, type: FlagType, preset: string, help: string, short?: string): Flag => ({
  name,
  type,
  default: preset,
  help,
  ...(short && { short }),
});

export const GLOBAL_FLAGS: readonly Flag[] = [
  flag("as", "string", "", "Acts as this user or service account"),
  flag("as-group", "stringArray", "[]", "Acts as a member of this group; may stand several times"),
  flag("as-uid", "string", "", "Acts under this UID"),
  flag(
    "as-user-extra",
    "stringArray",
    "[]",
    "Extra attributes of the user to act as; may stand several times",
  ),
  flag("cache-dir", "string", "/root/.kube/cache", "Folder of the cache"),
  flag("certificate-authority", "string", "", "File with the certificate of the authority"),
  flag("client-certificate", "string", "", "File with the client's certificate for TLS"),
  flag("client-key", "string", "", "File with the client's key for TLS"),
  flag("cluster", "string", "", "Name of the cluster in the kubeconfig"),
  flag("context", "string", "", "Name of the context in the kubeconfig"),
  flag("disable-compression", "bool", "false", "Asks the server not to compress its answers"),
  flag("insecure-skip-tls-verify", "bool", "false", "Does not check the server's certificate"),
  flag("kubeconfig", "string", "", "Path of the kubeconfig file"),
  flag("kuberc", "string", "", "Path of the kuberc file with preferences"),
  flag("log-flush-frequency", "duration", "5s", "Longest time between two writes of the log"),
  flag("match-server-version", "bool", "false", "Insists on a server of kubectl's own version"),
  flag("namespace", "string", "", "Namespace of this request", "n"),
  flag("password", "string", "", "Password for basic authentication"),
  flag(
    "profile",
    "string",
    "none",
    "Profile to capture: none, cpu, heap, goroutine, threadcreate, block, mutex or trace",
  ),
  flag("profile-output", "string", "profile.pprof", "File to which the profile is written"),
  flag(
    "request-timeout",
    "string",
    "0",
    "Longest time for one request, with a unit (1s, 2m, 3h); 0 means no limit",
  ),
  flag("server", "string", "", "Address and port of the API server", "s"),
  flag("tls-server-name", "string", "", "Name that the server's certificate must have"),
  flag("token", "string", "", "Bearer token for the API server"),
  flag("user", "string", "", "Name of the user in the kubeconfig"),
  flag("username", "string", "", "User name for basic authentication"),
  flag("v", "int", "0", "Verbosity of the log", "v"),
  flag("vmodule", "string", "", "Verbosity of the log by file: pattern=N,..."),
  flag("warnings-as-errors", "bool", "false", "Exits with an error when the server sends a warning"),
];
