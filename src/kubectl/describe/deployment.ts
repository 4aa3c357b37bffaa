// kubectl describe deployment, with the ReplicaSets that it owns: the one of its template, and the others.
// Kubernetes: describeDeployment in staging/src/k8s.io/kubectl/pkg/describe/describe.go (v1.35)
import type { Deployment } from "#api/deployment/types";
import type { ReplicaSet } from "#api/replicaset/types";
import { formatLabelSelector } from "#api/selectors";
import { deepEqual } from "#base/json";
import { defineDescriber, listItems, type DescribeContext } from "./context.ts";
import { eventLines } from "./events.ts";
import { annotationLines, dateText, labelLines, line, noneIfEmpty, type Lines } from "./lines.ts";
import { conditionTable } from "./owner.ts";
import { podTemplateLines } from "./pod-template.ts";

const HASH = "pod-template-hash";

export const deploymentDescriber = defineDescriber<Deployment>(
  "apps",
  "Deployment",
  (deployment, context) => {
    const { metadata, spec, status } = deployment;
    const { rollingUpdate } = spec.strategy;
    const counts = [
      `${spec.replicas} desired`,
      `${status.updatedReplicas ?? 0} updated`,
      `${status.replicas ?? 0} total`,
      `${status.availableReplicas ?? 0} available`,
      `${status.unavailableReplicas ?? 0} unavailable`,
    ];
    return [
      line(0, "Name:", metadata.name),
      line(0, "Namespace:", metadata.namespace ?? ""),
      line(0, "CreationTimestamp:", dateText(metadata.creationTimestamp)),
      ...labelLines("Labels", metadata.labels),
      ...annotationLines("Annotations", metadata.annotations),
      line(0, "Selector:", formatLabelSelector(spec.selector)),
      line(0, "Replicas:", counts.join(" | ")),
      line(0, "StrategyType:", spec.strategy.type),
      line(0, "MinReadySeconds:", String(spec.minReadySeconds ?? 0)),
      ...(rollingUpdate
        ? [
            line(
              0,
              "RollingUpdateStrategy:",
              `${rollingUpdate.maxUnavailable} max unavailable, ${rollingUpdate.maxSurge} max surge`,
            ),
          ]
        : []),
      ...podTemplateLines(spec.template),
      ...conditionTable(status.conditions),
      ...replicaSetLines(deployment, context),
      ...eventLines(deployment, context),
    ];
  },
);

function replicaSetLines(deployment: Deployment, context: DescribeContext): Lines {
  const own = ownReplicaSets(deployment, context);
  if (own.length === 0) return [];
  const current = own.find(({ spec }) => sameTemplate(spec.template, deployment.spec.template));
  return [
    line(0, "OldReplicaSets:", replicaSetsText(own.filter((replicaSet) => replicaSet !== current))),
    line(0, "NewReplicaSet:", replicaSetsText(current ? [current] : [])),
  ];
}

/** Oldest first. */
function ownReplicaSets({ metadata, spec }: Deployment, context: DescribeContext): ReplicaSet[] {
  const path = `/apis/apps/v1/namespaces/${metadata.namespace ?? ""}/replicasets`;
  return listItems<ReplicaSet>(context, path, { labelSelector: formatLabelSelector(spec.selector) })
    .filter((replicaSet) =>
      replicaSet.metadata.ownerReferences?.some(({ controller, uid }) => controller && uid === metadata.uid),
    )
    .toSorted((a, b) => (ageKey(a) < ageKey(b) ? -1 : 1));
}

const ageKey = ({ metadata }: ReplicaSet): string => `${metadata.creationTimestamp} ${metadata.name}`;

type Template = Deployment["spec"]["template"];

function sameTemplate(a: Template, b: Template): boolean {
  const without = ({ metadata, spec }: Template): unknown => {
    const { [HASH]: _, ...labels } = metadata?.labels ?? {};
    return { metadata: { ...metadata, labels }, spec };
  };
  return deepEqual(without(a), without(b));
}

const replicaSetsText = (replicaSets: readonly ReplicaSet[]): string =>
  noneIfEmpty(
    replicaSets
      .map(
        ({ metadata, spec, status }) =>
          `${metadata.name} (${status.replicas ?? 0}/${spec.replicas} replicas created)`,
      )
      .join(", "),
  );
