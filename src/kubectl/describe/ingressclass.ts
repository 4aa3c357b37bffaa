// kubectl describe ingressclass.
// Kubernetes: describeIngressClassV1 in staging/src/k8s.io/kubectl/pkg/describe/describe.go (v1.35)
import type { IngressClass } from "#api/ingressclass/types";
import { defineDescriber } from "./context.ts";
import { eventLines } from "./events.ts";
import { annotationLines, labelLines, line } from "./lines.ts";

export const ingressClassDescriber = defineDescriber<IngressClass>(
  "networking.k8s.io",
  "IngressClass",
  (ingressClass, context) => {
    const { metadata, spec } = ingressClass;
    const { parameters } = spec;
    return [
      line(0, "Name:", metadata.name),
      ...labelLines("Labels", metadata.labels),
      ...annotationLines("Annotations", metadata.annotations),
      line(0, "Controller:", spec.controller ?? ""),
      ...(parameters ? [line(0, "Parameters:")] : []),
      ...(parameters?.apiGroup === undefined ? [] : [line(1, "APIGroup:", parameters.apiGroup)]),
      ...(parameters ? [line(1, "Kind:", parameters.kind), line(1, "Name:", parameters.name)] : []),
      ...eventLines(ingressClass, context),
    ];
  },
);
