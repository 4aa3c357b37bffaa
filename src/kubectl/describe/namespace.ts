// kubectl describe namespace.
// Kubernetes: describeNamespace in staging/src/k8s.io/kubectl/pkg/describe/describe.go (v1.35)
import type { Namespace } from "#api/namespace/types";
import { defineDescriber } from "./context.ts";
import { annotationLines, dateText, labelLines, line } from "./lines.ts";

export const namespaceDescriber = defineDescriber<Namespace>("", "Namespace", ({ metadata, status }) => {
  const conditions = status.conditions ?? [];
  return [
    line(0, "Name:", metadata.name),
    ...labelLines("Labels", metadata.labels),
    ...annotationLines("Annotations", metadata.annotations),
    line(0, "Status:", status.phase),
    ...(conditions.length > 0
      ? [
          line(0, "Conditions:"),
          line(1, "Type", "Status", "LastTransitionTime", "Reason", "Message"),
          line(1, "----", "------", "------------------", "------", "-------"),
        ]
      : []),
    ...conditions.map(({ type, status: value, lastTransitionTime, reason = "", message = "" }) =>
      line(1, type, value, dateText(lastTransitionTime), reason, message),
    ),
    // Simplified: the cluster has neither quotas nor limit ranges, so there are never any.
    "",
    line(0, "No resource quota."),
    "",
    line(0, "No LimitRange resource."),
  ];
});
