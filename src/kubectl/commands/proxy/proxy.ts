// `kubectl proxy`: a way to the API server over a port of the workstation.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/proxy/proxy.go (v1.35)
import { withoutTrailing } from "#base/trailing";
import { parsePerl } from "#base/regexp/perl";
import { goText, PatternError } from "#base/regexp/problems";
import { compile } from "#base/regexp/program";
import type { ProxyRules } from "#cluster/workstation/proxy";
import { defineCommand, type FlagValues, type KubectlIo } from "../../command.ts";
import { plainError } from "../../errors.ts";
import { flag, number, text } from "../../flags.ts";
import { klogLine } from "../../writing/klog.ts";
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
    aFlag("unix-socket", "string", "", "Socket to listen on", { short: "u" }),
    aFlag("www", "string", "", "Folder with files to serve", { short: "w" }),
    aFlag("www-prefix", "string", "/static/", "Below which path the files stand", { short: "P" }),
  ],
  run: async (_args, flags, io) => {
    const [port, address] = [number(flags, "port"), text(flags, "address")];
    const wrong = flag(flags, "disable-filter") ? undefined : wrongPattern(flags);
    if (wrong !== undefined) {
      // Simplified: the stacks of all goroutines, which Go's log writes behind a fatal line, are left out.
      io.stderr(klogLine(io, "F", "proxy_server.go:83", `Error compiling re: ${wrong}`));
      return 255;
    }
    const folder = text(flags, "www");
    if (folder && !io.listFolder(folder)) {
      const why = `Failed to stat static file directory ${folder}: stat ${folder}: no such file or directory`;
      io.stderr(klogLine(io, "W", "proxy.go:200", why));
    }
    if (port < 0 || port > 65535) throw plainError(`listen tcp: address ${port}: invalid port`);
    const rules = rulesFrom(flags, io);
    const open = io.serve?.(port, rules) ?? { ok: false, error: "bind: operation not permitted" };
    if (!open.ok) throw plainError(`listen tcp ${address}:${port}: ${open.error}`);
    if (flag(flags, "disable-filter"))
      io.stderr(
        klogLine(
          io,
          "W",
          "proxy.go:177",
          "Request filter disabled, your proxy is vulnerable to XSRF attacks, please be cautious",
        ),
      );
    io.stdout(`Starting to serve on ${address}:${open.port}\n`);
    await new Promise<void>((resolve) => {
      if (io.signal.aborted) resolve();
      io.signal.addEventListener("abort", resolve);
    });
    open.stop();
    return 130;
  },
});

function rulesFrom(flags: FlagValues, io: KubectlIo): ProxyRules {
  if (text(flags, "unix-socket")) throw plainError("a workstation's curl knows no Unix sockets");
  const slashed = (name: string): string => `/${text(flags, name)}/`.replace(/\/+/g, "/");
  const everything = flag(flags, "disable-filter");
  const folder = text(flags, "www");
  return {
    prefix: slashed("api-prefix"),
    hosts: everything ? [".*"] : patternsOf(flags, "accept-hosts"),
    paths: everything ? [".*"] : patternsOf(flags, "accept-paths"),
    notPaths: everything ? [] : patternsOf(flags, "reject-paths"),
    notMethods: everything ? [] : patternsOf(flags, "reject-methods"),
    ...(folder && { www: filesIn(io, folder), wwwPrefix: slashed("www-prefix") }),
  };
}

function patternsOf(flags: FlagValues, name: string): string[] {
  const given = text(flags, name);
  return given === "" ? [] : given.split(",");
}

/** What Go says of the first expression that it cannot read. */
function wrongPattern(flags: FlagValues): string | undefined {
  for (const name of ["accept-paths", "reject-paths", "accept-hosts", "reject-methods"]) {
    for (const pattern of patternsOf(flags, name)) {
      try {
        compile(parsePerl(pattern, "go"));
      } catch (error) {
        if (!(error instanceof PatternError)) throw error;
        return goText(error);
      }
    }
  }
  return undefined;
}

function filesIn(io: KubectlIo, folder: string): Record<string, string> {
  const base = withoutTrailing(folder, "/");
  return Object.fromEntries(
    (io.listFolder(base) ?? []).flatMap((name) => {
      const content = io.readFile(`${base}/${name}`);
      return content === undefined ? [] : [[name, content]];
    }),
  );
}
