// Which pods belong together: those below one Deployment, ReplicaSet or ReplicationController, and pods of nobody with
// the same labels.
import { controllerOf } from "#api/owners";
import type { Pod } from "#api/pod/types";
import type { ReplicaSet } from "#api/replicaset/types";
import type { PodCard, WorkloadKind } from "./cards.ts";
import { podLook } from "../status/podStatus.ts";

/** More pods of one workload than this become one card with a dot for each. */
const MAX_CARDS_PER_WORKLOAD = 12;
/** More cards on one node than this make the largest workload collapse, and so on. */
const MAX_CARDS_PER_NODE = 8;

const NODE_LABELS = "topology.kubernetes.io/";

export interface Workload {
  /** "namespace/name"; of pods of nobody "namespace/label=value,…". */
  key: string;
  kind: WorkloadKind;
  name: string;
  pods: PodCard[];
}

/** What a pod belongs to. */
export function ownerOf(
  pod: Pod,
  replicaSets: ReadonlyMap<string, ReplicaSet>,
): { key: string; name: string; kind: WorkloadKind } {
  const namespace = pod.metadata.namespace ?? "default";
  const named = (kind: WorkloadKind, name: string) => ({ key: `${namespace}/${name}`, name, kind });
  const owner = controllerOf(pod);
  if (owner?.kind === "ReplicationController") return named("ReplicationController", owner.name);
  if (owner?.kind !== "ReplicaSet") return named("Pod", labelText(pod));
  const replicaSet = replicaSets.get(`${namespace}/${owner.name}`);
  const above = replicaSet && controllerOf(replicaSet);
  return above ? named("Deployment", above.name) : named("ReplicaSet", owner.name);
}

/** Its labels as a selector would name them, without those that its node gave it. */
function labelText(pod: Pod): string {
  const own = Object.entries(pod.metadata.labels ?? {}).filter(([key]) => !key.startsWith(NODE_LABELS));
  return own.map(([key, value]) => `${key}=${value}`).join(",") || "Pods";
}

export function podCard(pod: Pod, key: string, plugged: boolean, faulty: boolean): PodCard {
  const ip = pod.status.podIP;
  const port = pod.spec.containers[0]?.ports?.[0]?.containerPort;
  const { name, generateName } = pod.metadata;
  return {
    type: "pod",
    id: `pod/${key}`,
    key,
    name,
    ...(generateName ? { generated: name.slice(generateName.length) } : {}),
    namespace: pod.metadata.namespace ?? "default",
    node: pod.spec.nodeName ?? null,
    ...(ip ? { ip } : {}),
    ...(port !== undefined ? { port } : {}),
    look: podLook(pod),
    plugged,
    faulty,
  };
}

/** Which workloads are drawn as dots. A workload that was collapsed stays so until it fits twice over. */
export function collapsedWorkloads(
  workloads: ReadonlyMap<string, Workload>,
  before: ReadonlySet<string>,
): Set<string> {
  const collapsed = new Set<string>();
  const perNode = new Map<string, number>();
  const open: Workload[] = [];
  for (const workload of workloads.values()) {
    const size = workload.pods.length;
    const limit = before.has(workload.key) ? MAX_CARDS_PER_WORKLOAD / 2 : MAX_CARDS_PER_WORKLOAD;
    if (size > limit) collapsed.add(workload.key);
    else {
      open.push(workload);
      for (const pod of workload.pods) perNode.set(pod.node ?? "", (perNode.get(pod.node ?? "") ?? 0) + 1);
    }
  }
  open.sort((a, b) => b.pods.length - a.pods.length || (a.key < b.key ? -1 : 1));
  for (const workload of open) {
    if (workload.pods.length < 2 || Math.max(0, ...perNode.values()) <= MAX_CARDS_PER_NODE) break;
    collapsed.add(workload.key);
    for (const pod of workload.pods) perNode.set(pod.node ?? "", (perNode.get(pod.node ?? "") ?? 0) - 1);
  }
  return collapsed;
}
