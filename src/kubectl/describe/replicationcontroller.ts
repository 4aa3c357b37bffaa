// kubectl describe replicationcontroller.
// Kubernetes: describeReplicationController in staging/src/k8s.io/kubectl/pkg/describe/describe.go (v1.35)
import type { ReplicationController } from "#api/replicationcontroller/types";
import { formatSelector } from "#api/selectors";
import { defineDescriber } from "./context.ts";
import { eventLines } from "./events.ts";
import { annotationLines, labelLines, line } from "./lines.ts";
import { conditionTable, podStatusText } from "./owner.ts";
import { podTemplateLines } from "./pod-template.ts";

export const replicationControllerDescriber = defineDescriber<ReplicationController>(
  "",
  "ReplicationController",
  (controller, context) => {
    const { metadata, spec, status } = controller;
    const selector = formatSelector(spec.selector);
    return [
      line(0, "Name:", metadata.name),
      line(0, "Namespace:", metadata.namespace ?? ""),
      line(0, "Selector:", selector),
      ...labelLines("Labels", metadata.labels),
      ...annotationLines("Annotations", metadata.annotations),
      line(0, "Replicas:", `${status.replicas ?? 0} current / ${spec.replicas} desired`),
      line(0, "Pods Status:", podStatusText(controller, selector, context)),
      ...podTemplateLines(spec.template),
      ...conditionTable(status.conditions),
      ...eventLines(controller, context),
    ];
  },
);
