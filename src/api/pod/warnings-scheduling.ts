// Warnings of where a pod wants to run: node labels of old, and selectors that match nothing. warnings.ts calls it.
// Kubernetes: pkg/api/pod/warnings.go, pkg/api/node/util.go (v1.35)
import type { Unmodelled } from "../meta.ts";
import { labelValue } from "../names.ts";
import type { PodSpec } from "./types.ts";

const OLD_NODE_LABELS: Record<string, string> = {
  "failure-domain.beta.kubernetes.io/zone": `deprecated since v1.17; use "topology.kubernetes.io/zone" instead`,
  "failure-domain.beta.kubernetes.io/region": `deprecated since v1.17; use "topology.kubernetes.io/region" instead`,
  "beta.kubernetes.io/arch": `deprecated since v1.14; use "kubernetes.io/arch" instead`,
  "beta.kubernetes.io/os": `deprecated since v1.14; use "kubernetes.io/os" instead`,
  "beta.kubernetes.io/instance-type": `deprecated since v1.17; use "node.kubernetes.io/instance-type" instead`,
  "app.kubernetes.io/created-by": "deprecated since v1.9",
  "scheduler.alpha.kubernetes.io/preferAvoidPods":
    "deprecated since v1.22; use Taints and Tolerations instead",
  "node-role.kubernetes.io/master": `use "node-role.kubernetes.io/control-plane" instead`,
};
const REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

export function nodeLabelWarnings(spec: PodSpec, path: string): string[] {
  const selector = Object.keys(spec.nodeSelector ?? {})
    .sort()
    .flatMap((key) =>
      OLD_NODE_LABELS[key] ? [`${path}.nodeSelector[${key}]: ${OLD_NODE_LABELS[key]}`] : [],
    );
  const spread = (spec.topologySpreadConstraints ?? []).flatMap(({ topologyKey, labelSelector }, index) => {
    const at = `${path}.topologySpreadConstraints[${index}]`;
    const old = OLD_NODE_LABELS[topologyKey];
    return [
      ...(old ? [`${at}.topologyKey: ${topologyKey} is ${old}`] : []),
      ...(labelSelector ? [] : [`${at}.labelSelector: a null labelSelector results in matching no pod`]),
    ];
  });
  return [...selector, ...nodeAffinityWarnings(spec.affinity, `${path}.affinity.nodeAffinity`), ...spread];
}

interface NodeTerm {
  matchExpressions?: { key: string; values?: string[] }[];
}

interface NodeAffinity {
  [REQUIRED]?: { nodeSelectorTerms?: NodeTerm[] };
  [PREFERRED]?: { preference?: NodeTerm }[];
}

function nodeAffinityWarnings(affinity: Unmodelled | undefined, path: string): string[] {
  const { nodeAffinity } = (affinity ?? {}) as { nodeAffinity?: NodeAffinity };
  return [
    ...(nodeAffinity?.[REQUIRED]?.nodeSelectorTerms ?? []).flatMap((term, index) =>
      termWarnings(term, `${path}.${REQUIRED}.nodeSelectorTerms[${index}]`, false),
    ),
    ...(nodeAffinity?.[PREFERRED] ?? []).flatMap(({ preference = {} }, index) =>
      termWarnings(preference, `${path}.${PREFERRED}[${index}].preference`, true),
    ),
  ];
}

/** Values that no label can have are refused where they are required; where they are preferred they are warned of. */
function termWarnings(term: NodeTerm, path: string, warnsOfValues: boolean): string[] {
  return (term.matchExpressions ?? []).flatMap(({ key, values = [] }, index) => {
    const at = `${path}.matchExpressions[${index}]`;
    const old = OLD_NODE_LABELS[key];
    return [
      ...(old ? [`${at}.key: ${key} is ${old}`] : []),
      ...(warnsOfValues
        ? values.flatMap((value, place) =>
            labelValue(value).map((text) => `${at}.values[${place}]: ${value} is invalid, ${text}`),
          )
        : []),
    ];
  });
}

interface PodTerms {
  [REQUIRED]?: { labelSelector?: object }[];
  [PREFERRED]?: { podAffinityTerm?: { labelSelector?: object } }[];
}

export function affinityWarnings(given: Unmodelled | undefined, path: string): string[] {
  const affinity = (given ?? {}) as { podAffinity?: PodTerms; podAntiAffinity?: PodTerms };
  const text = "a null labelSelector results in matching no pod";
  return (["podAffinity", "podAntiAffinity"] as const).flatMap((kind) => [
    ...(affinity[kind]?.[REQUIRED] ?? []).flatMap(({ labelSelector }, index) =>
      labelSelector ? [] : [`${path}.${kind}.${REQUIRED}[${index}].labelSelector: ${text}`],
    ),
    ...(affinity[kind]?.[PREFERRED] ?? []).flatMap(({ podAffinityTerm }, index) =>
      podAffinityTerm?.labelSelector
        ? []
        : [`${path}.${kind}.${PREFERRED}[${index}].podAffinityTerm.labelSelector: ${text}`],
    ),
  ]);
}
