// kubectl describe configmap.
// Kubernetes: ConfigMapDescriber in staging/src/k8s.io/kubectl/pkg/describe/describe.go (v1.35)
import type { ConfigMap } from "#api/configmap/types";
import { decodeBytes } from "#base/base64";
import { defineDescriber } from "./context.ts";
import { eventLines } from "./events.ts";
import { annotationLines, labelLines, line } from "./lines.ts";

export const configMapDescriber = defineDescriber<ConfigMap>("", "ConfigMap", (configMap, context) => {
  const { metadata, data = {}, binaryData = {} } = configMap;
  return [
    line(0, "Name:", metadata.name),
    line(0, "Namespace:", metadata.namespace ?? ""),
    ...labelLines("Labels", metadata.labels),
    ...annotationLines("Annotations", metadata.annotations),
    "",
    "Data",
    "====",
    ...Object.keys(data)
      .sort()
      .flatMap((key) => [line(0, `${key}:`), "----", line(0, data[key] ?? ""), ""]),
    "",
    "BinaryData",
    "====",
    ...Object.keys(binaryData)
      .sort()
      .map((key) => line(0, `${key}: ${decodeBytes(binaryData[key] ?? "")?.length ?? 0} bytes`)),
    "",
    ...eventLines(configMap, context),
  ];
});
