// `kubectl proxy`: a way to the API server over a port of the workstation.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/proxy/proxy.go (v1.35)
import { defineCommand } from "../../command.ts";
import { plainError } from "../../errors.ts";
import { number, text } from "../../flags.ts";
import { aFlag } from "../../writing/flag-sets.ts";

export const proxyCommand = defineCommand({
  name: "proxy",
  short: "Run a proxy to the Kubernetes API server",
  long: "Creates a proxy server or application-level gateway between localhost and the Kubernetes API server.",
  examples: "kubectl proxy --port=8001",
  usage: "proxy [--port=PORT] [--www=static-dir] [--www-prefix=prefix] [--api-prefix=prefix]",
  flags: [
    aFlag("accept-hosts", "string", "^localhost$,^127\\.0\\.0\\.1$,^\\[::1\\]$", "Hosts that may ask"),
    aFlag("accept-paths", "string", "^.*", "Paths that may be asked for"),
    aFlag("address", "string", "127.0.0.1", "Address to listen on"),
    aFlag("api-prefix", "string", "/", "Below which path the API stands"),
    aFlag("append-server-path", "bool", "false", "Keeps the path of the server's address"),
    aFlag("disable-filter", "bool", "false", "Lets every request through"),
    aFlag("keepalive", "duration", "0s", "How often a connection is kept alive"),
    aFlag("port", "int", "8001", "Port to listen on", { short: "p" }),
    aFlag("reject-methods", "string", "^$", "Methods that may not be used"),
    aFlag(
      "reject-paths",
      "string",
      "^/api/.*/pods/.*/exec,^/api/.*/pods/.*/attach",
      "Paths that may not be asked for",
    ),
    aFlag("unix-socket", "string", "", "Socket to listen on"),
    aFlag("www", "string", "", "Folder with files to serve"),
    aFlag("www-prefix", "string", "/static/", "Below which path the files stand"),
  ],
  // Simplified: nothing here can listen for the API server's clients; `kubectl get --raw` asks the same paths.
  run: (_args, flags) =>
    Promise.reject(
      plainError(
        `listen tcp ${text(flags, "address")}:${number(flags, "port")}: this workstation cannot serve the API; kubectl get --raw PATH asks the same paths`,
      ),
    ),
});
