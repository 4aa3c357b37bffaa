// `kubectl create configmap`.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/create/create_configmap.go (v1.35)
import { flag } from "../../flags.ts";
import { ownNamespace } from "../../writing/create-object.ts";
import { contentHash } from "./content-hash.ts";
import { defineGenerator } from "./generator.ts";
import { readSources, SOURCE_FLAGS } from "./sources.ts";

export const createConfigMap = defineGenerator({
  name: "create configmap",
  aliases: ["cm"],
  short: "Create a config map from a local file, directory or literal value",
  examples:
    "# From values on the line\nkubectl create configmap settings --from-literal=color=blue --from-literal=size=large\n\n# A key for each file of a folder\nkubectl create configmap settings --from-file=conf/",
  usage:
    "create configmap NAME [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]",
  flags: SOURCE_FLAGS,
  plural: "configmaps",
  failure: "failed to create configmap: ",
  build: (name, flags, io) => {
    const data = readSources("ConfigMap", name, flags, io);
    const hash = flag(flags, "append-hash") ? `-${contentHash({ data, kind: "ConfigMap", name })}` : "";
    return {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: `${name}${hash}`, ...ownNamespace(flags) },
      ...(Object.keys(data).length > 0 && { data }),
    };
  },
});
