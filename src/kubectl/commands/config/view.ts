// `kubectl config view`: the kubeconfig as YAML.
import type { JsonObject } from "#base/json";
import { defineCommand, type KubectlIo } from "../../command.ts";
import { bool, string } from "../../common-flags.ts";
import { plainError } from "../../errors.ts";
import { flag, text } from "../../flags.ts";
import { printerFor, TEMPLATE_FLAGS } from "../../printers/print.ts";
import { usersOf } from "./config.ts";

export const configView = defineCommand({
  name: "config view",
  short: "Display merged kubeconfig settings or a specified kubeconfig file",
  long: "Shows the kubeconfig, or with -o jsonpath a field of it.",
  examples: `# All of it
kubectl config view

# What the current context needs
kubectl config view --minify

# One field
kubectl config view -o jsonpath='{.current-context}'`,
  usage: "config view [flags]",
  flags: [
    bool("flatten", "Puts the contents of files in place of their names"),
    bool("merge", "Merges the whole hierarchy of files", { default: "true" }),
    bool("minify", "Leaves out what the current context does not use"),
    string("output", "Output format", { short: "o", default: "yaml" }),
    bool("raw", "Shows certificates and secrets"),
    ...TEMPLATE_FLAGS,
  ],
  run: (args, flags, io) => {
    if (args.length > 0) return Promise.reject(plainError(`unexpected arguments: [${args.join(" ")}]`));
    const context = text(flags, "context") || io.config.currentContext;
    const whole = kubeconfig(io, flag(flags, "minify") ? context : undefined);
    // Go prints a struct's fields in their own order.
    if (text(flags, "output") === "json") io.stdout(`${JSON.stringify(whole, null, 4)}\n`);
    else io.stdout(printerFor(flags, io)!(whole));
    return Promise.resolve(0);
  },
});

/** The kubeconfig as its file holds it; with a context, only what that one uses. */
export function kubeconfig(io: KubectlIo, only?: string): JsonObject {
  const { contexts, clusters, currentContext } = io.config;
  const names = Object.keys(contexts).filter((name) => only === undefined || name === only);
  const used = (key: "cluster" | "user", name: string): boolean =>
    only === undefined || contexts[only]?.[key] === name;
  return {
    kind: "Config",
    apiVersion: "v1",
    clusters: Object.keys(clusters)
      .filter((name) => used("cluster", name))
      .sort()
      .map((name) => ({ name, cluster: { ...clusters[name]! } })),
    users: usersOf(io)
      .filter((name) => used("user", name))
      .map((name) => ({ name, user: { ...io.config.users?.[name] } })),
    contexts: names.sort().map((name) => ({ name, context: { ...contexts[name]! } })),
    "current-context": only ?? currentContext,
  };
}
