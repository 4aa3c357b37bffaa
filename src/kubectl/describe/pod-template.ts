// The pod template of a controller, and the pieces that it shares with pods.
// Kubernetes: DescribePodTemplate in staging/src/k8s.io/kubectl/pkg/describe/describe.go (v1.35)
import type { PodSpec, PodTemplateSpec, TopologySpreadConstraint } from "#api/pod/types";
import { formatLabelSelector } from "#api/selectors";
import { containersLines } from "./containers.ts";
import { annotationLines, labelLines, line, tolerationLines, under, type Lines } from "./lines.ts";
import { volumesLines } from "./volumes.ts";

export function podTemplateLines(template: PodTemplateSpec | undefined): Lines {
  if (!template) return [line(0, "Pod Template:"), line(1, "<unset>")];
  const { metadata = {}, spec } = template;
  const annotations = metadata.annotations ?? {};
  const { serviceAccountName, initContainers = [], containers } = spec;
  const { priorityClassName } = spec as PodSpec & { priorityClassName?: string };
  return [
    line(0, "Pod Template:"),
    ...labelLines("  Labels", metadata.labels),
    ...(Object.keys(annotations).length > 0 ? annotationLines("  Annotations", annotations) : []),
    ...(serviceAccountName ? [line(1, "Service Account:", serviceAccountName)] : []),
    ...(initContainers.length > 0
      ? containersLines({ title: "Init Containers", containers: initContainers, inTemplate: true })
      : []),
    ...containersLines({ title: "Containers", containers, inTemplate: true }),
    ...volumesLines(spec.volumes, true),
    ...spreadLines(spec.topologySpreadConstraints, "  "),
    ...(priorityClassName ? [line(1, "Priority Class Name:", priorityClassName)] : []),
    ...labelLines("  Node-Selectors", spec.nodeSelector),
    ...tolerationLines("  Tolerations", spec.tolerations),
  ];
}

export function spreadLines(
  constraints: readonly TopologySpreadConstraint[] | undefined,
  indent: string,
): Lines {
  if (!constraints?.length) return [];
  const sorted = constraints.toSorted((a, b) => (a.topologyKey < b.topologyKey ? -1 : 1));
  const texts = sorted.map(({ topologyKey, whenUnsatisfiable, maxSkew, labelSelector }) => {
    const text = `${topologyKey}:${whenUnsatisfiable} when max skew ${maxSkew} is exceeded`;
    return labelSelector ? `${text} for selector ${formatLabelSelector(labelSelector)}` : text;
  });
  const [first, ...rest] = under(`${indent}Topology Spread Constraints`, texts);
  return [first!, ...rest.map((text) => indent + text)];
}
