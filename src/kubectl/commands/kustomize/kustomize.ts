// `kubectl kustomize`: prints the objects that a folder with a kustomization describes.
// Kubernetes: sigs.k8s.io/kustomize/kustomize/commands/build/build.go (kubectl v1.35)
import { defineCommand } from "../../command.ts";
import { plainError } from "../../errors.ts";
import { text } from "../../flags.ts";
import { buildKustomization } from "../../kustomize/build.ts";
import { toYaml } from "../../printers/yaml.ts";
import { aFlag } from "../../writing/flag-sets.ts";

export const kustomizeCommand = defineCommand({
  name: "kustomize",
  short: "Build a kustomization target from a directory or URL",
  long: "Prints what the kustomization.yaml of a folder describes: its resources with names, labels, images, replicas and patches, and what its generators make.",
  examples: `# Of the folder in which you are
kubectl kustomize

# Of another
kubectl kustomize overlays/production

# Straight to the cluster
kubectl apply -k overlays/production`,
  usage: "kustomize DIR [flags]",
  flags: [
    aFlag("as-current-user", "bool", "false", "Runs functions as the user who runs kubectl"),
    aFlag("enable-alpha-plugins", "bool", "false", "Turns plugins on"),
    aFlag("enable-helm", "bool", "false", "Turns helm charts on"),
    aFlag("env", "stringArray", "[]", "Environment variables for functions", { short: "e" }),
    aFlag("helm-api-versions", "stringArray", "[]", "API versions that helm charts find"),
    aFlag("helm-command", "string", "helm", "The helm program"),
    aFlag("helm-debug", "bool", "false", "Lets helm tell what it does"),
    aFlag("helm-kube-version", "string", "", "Version of Kubernetes that helm charts find"),
    aFlag(
      "load-restrictor",
      "string",
      "LoadRestrictionsRootOnly",
      "Whether files outside of the folder may be read",
    ),
    aFlag("mount", "stringArray", "[]", "What functions find mounted"),
    aFlag("network", "bool", "false", "Functions may use the network"),
    aFlag("network-name", "string", "bridge", "Which network functions use"),
    aFlag("output", "string", "", "Writes to this file", { short: "o" }),
  ],
  run: (args, flags, io) => {
    if (args.length > 1) throw plainError("specify one path to kustomization.yaml");
    const written = buildKustomization(io, args[0] ?? ".")
      .map(toYaml)
      .join("---\n");
    const file = text(flags, "output");
    if (file) io.writeFile(file, written);
    else io.stdout(written);
    return Promise.resolve(0);
  },
});
