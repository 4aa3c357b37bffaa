// kubectl describe replicaset.
// Kubernetes: describeReplicaSet in staging/src/k8s.io/kubectl/pkg/describe/describe.go (v1.35)
import type { ReplicaSet } from "#api/replicaset/types";
import { formatLabelSelector } from "#api/selectors";
import { defineDescriber } from "./context.ts";
import { eventLines } from "./events.ts";
import { annotationLines, labelLines, line } from "./lines.ts";
import { conditionTable, controllerLines, podStatusText } from "./owner.ts";
import { podTemplateLines } from "./pod-template.ts";

export const replicaSetDescriber = defineDescriber<ReplicaSet>(
  "apps",
  "ReplicaSet",
  (replicaSet, context) => {
    const { metadata, spec, status } = replicaSet;
    const selector = formatLabelSelector(spec.selector);
    return [
      line(0, "Name:", metadata.name),
      line(0, "Namespace:", metadata.namespace ?? ""),
      line(0, "Selector:", selector),
      ...labelLines("Labels", metadata.labels),
      ...annotationLines("Annotations", metadata.annotations),
      ...controllerLines(replicaSet),
      line(0, "Replicas:", `${status.replicas ?? 0} current / ${spec.replicas} desired`),
      line(0, "Pods Status:", podStatusText(replicaSet, selector, context)),
      ...podTemplateLines(spec.template),
      ...conditionTable(status.conditions),
      ...eventLines(replicaSet, context),
    ];
  },
);
