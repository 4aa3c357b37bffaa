// `kubectl config view`: the kubeconfig as YAML.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/config/view.go (v1.35)
import { bool, string } from "../../common-flags.ts";
import { plainError, usageError } from "../../errors.ts";
import { flag, text } from "../../flags.ts";
import { printerFor, TEMPLATE_FLAGS } from "../../printers/print.ts";
import { kubeconfig, minified } from "./file.ts";
import { simple } from "./simple.ts";

export const configView = simple({
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
  run: (args, io, flags) => {
    if (args.length > 0) throw usageError("config view", `unexpected arguments: [${args.join(" ")}]`);
    const print = printerFor(flags, io)!;
    if (!flag(flags, "merge") && !text(flags, "kubeconfig"))
      throw plainError("if merge==false a precise file must be specified");
    const asked = flag(flags, "minify") ? text(flags, "context") : "";
    const config = asked ? { ...io.config, currentContext: asked } : io.config;
    const whole = kubeconfig(
      flag(flags, "minify") ? minified(config) : config,
      !flag(flags, "flatten") && !flag(flags, "raw"),
    );
    const output = text(flags, "output");
    // Go prints a struct's fields in their own order.
    if (output === "json") io.stdout(`${JSON.stringify(whole, null, 4)}\n`);
    else io.stdout(output === "name" ? "config/<unknown>\n" : print(whole));
  },
});
