// kubectl describe secret: sizes, never contents, except for the token of a service account.
// Kubernetes: describeSecret in staging/src/k8s.io/kubectl/pkg/describe/describe.go (v1.35)
import { decodeBase64, decodeBytes } from "#base/base64";
import type { Secret } from "#api/secret/types";
import { defineDescriber } from "./context.ts";
import { annotationLines, labelLines, line } from "./lines.ts";

export const secretDescriber = defineDescriber<Secret>("", "Secret", ({ metadata, type, data = {} }) => [
  line(0, "Name:", metadata.name),
  line(0, "Namespace:", metadata.namespace ?? ""),
  ...labelLines("Labels", metadata.labels),
  ...annotationLines("Annotations", metadata.annotations),
  "",
  line(0, "Type:", type),
  "",
  "Data",
  "====",
  ...Object.keys(data)
    .sort()
    .map((key) => {
      const value = data[key] ?? "";
      const isToken = key === "token" && type === "kubernetes.io/service-account-token";
      return line(0, `${key}:`, isToken ? decodeBase64(value) : `${decodeBytes(value)?.length ?? 0} bytes`);
    }),
]);
