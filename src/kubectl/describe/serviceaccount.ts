// kubectl describe serviceaccount.
// Kubernetes: describeServiceAccount in staging/src/k8s.io/kubectl/pkg/describe/describe.go (v1.35)
import type { ServiceAccount } from "#api/serviceaccount/types";
import { defineDescriber } from "./context.ts";
import { eventLines } from "./events.ts";
import { annotationLines, labelLines, line, type Lines } from "./lines.ts";

const TITLE = "Image pull secrets:";

export const serviceAccountDescriber = defineDescriber<ServiceAccount>(
  "",
  "ServiceAccount",
  (account, context) => [
    line(0, "Name:", account.metadata.name),
    line(0, "Namespace:", account.metadata.namespace ?? ""),
    ...labelLines("Labels", account.metadata.labels),
    ...annotationLines("Annotations", account.metadata.annotations),
    ...pullSecretLines((account.imagePullSecrets ?? []).map(({ name = "" }) => name)),
    ...eventLines(account, context),
  ],
);

function pullSecretLines(names: readonly string[]): Lines {
  const [first = "<none>", ...rest] = names;
  return [line(0, TITLE, first), ...rest.map((name) => line(0, " ".repeat(TITLE.length), name))];
}
