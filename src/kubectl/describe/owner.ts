// Who controls an object, and how the pods of a controller fare.
// Kubernetes: printController, getPodStatusForController in staging/src/k8s.io/kubectl/pkg/describe/describe.go (v1.35)
import type { Condition, KubeObject } from "#api/meta";
import type { Pod } from "#api/pod/types";
import { listItems, type DescribeContext } from "./context.ts";
import { line, type Lines } from "./lines.ts";

const controllerOf = ({ metadata }: KubeObject) =>
  metadata.ownerReferences?.find(({ controller }) => controller);

export function controllerLines(object: KubeObject): Lines {
  const owner = controllerOf(object);
  return owner ? [line(0, "Controlled By:", `${owner.kind}/${owner.name}`)] : [];
}

/** "2 Running / 0 Waiting / 0 Succeeded / 0 Failed", of the pods that this controller owns. */
export function podStatusText(
  { metadata }: KubeObject,
  labelSelector: string,
  context: DescribeContext,
): string {
  const path = `/api/v1/namespaces/${metadata.namespace ?? ""}/pods`;
  const pods = listItems<Pod>(context, path, labelSelector ? { labelSelector } : {});
  const own = pods.filter((pod) => controllerOf(pod)?.uid === metadata.uid);
  const count = (phase: Pod["status"]["phase"]): number =>
    own.filter(({ status }) => status.phase === phase).length;
  return `${count("Running")} Running / ${count("Pending")} Waiting / ${count("Succeeded")} Succeeded / ${count("Failed")} Failed`;
}

/** The conditions of a controller: what, whether, why. */
export function conditionTable(conditions: readonly Condition[] | undefined): Lines {
  if (!conditions?.length) return [];
  return [
    line(0, "Conditions:"),
    line(1, "Type", "Status", "Reason"),
    line(1, "----", "------", "------"),
    ...conditions.map(({ type, status, reason = "" }) => line(1, `${type} `, status, reason)),
  ];
}
