// `kubectl version`: of kubectl itself and of the server.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/version (v1.35)
import type { JsonObject } from "#base/json";
import { CLIENT_VERSION } from "../../client-version.ts";
import { defineCommand } from "../../command.ts";
import { bool, string } from "../../common-flags.ts";
import { plainError } from "../../errors.ts";
import { flag, text } from "../../flags.ts";
import { toYaml } from "../../printers/yaml.ts";
import { request } from "../../resources.ts";

const KUSTOMIZE_VERSION = "v5.7.1";

export const version = defineCommand({
  name: "version",
  short: "Print the client and server version information",
  long: "Shows the versions of kubectl and of the server of the current context.",
  examples: `# Both
kubectl version`,
  usage: "version [flags]",
  flags: [
    bool("client", "Shows kubectl's version only, without a server"),
    string("output", "Output format: yaml or json", { short: "o" }),
  ],
  run: (args, flags, io) => {
    if (args.length > 0 && !flag(flags, "client"))
      return Promise.reject(plainError(`extra arguments: [${args.join(" ")}]`));
    const output = text(flags, "output");
    if (!["", "yaml", "json"].includes(output))
      return Promise.reject(plainError("--output must be 'yaml' or 'json'"));
    const server = flag(flags, "client")
      ? undefined
      : (request(io, { method: "GET", path: "/version" }).body as JsonObject);
    const all: JsonObject = {
      clientVersion: CLIENT_VERSION,
      kustomizeVersion: KUSTOMIZE_VERSION,
      ...(server && { serverVersion: server }),
    };
    if (output === "yaml") io.stdout(`${toYaml(all)}\n`);
    else if (output === "json") io.stdout(`${inOrder(all)}\n`);
    else {
      io.stdout(`Client Version: ${CLIENT_VERSION["gitVersion"]}\n`);
      io.stdout(`Kustomize Version: ${KUSTOMIZE_VERSION}\n`);
      if (server) io.stdout(`Server Version: ${String(server["gitVersion"])}\n`);
    }
    return Promise.resolve(0);
  },
});

/** Go prints a struct's fields in their own order, two blanks deep. */
function inOrder(value: JsonObject): string {
  return JSON.stringify(value, null, 2);
}
