// The `binding` subresource of pods: the scheduler's decision, written once.
// Kubernetes: pkg/registry/core/pod/storage/storage.go, plugin/pkg/admission/podtopologylabels (v1.35)
import type { KindMap } from "#api/kinds";
import type { Condition } from "#api/meta";
import type { PodSpec } from "#api/pod/types";
import { definitionOf } from "./scheme.ts";
import { commit, type Server, type Written } from "./server.ts";
import { conflict, notFound } from "./status.ts";
import { getObject } from "./store.ts";

const TOPOLOGY_LABELS = ["topology.kubernetes.io/zone", "topology.kubernetes.io/region"];

export function bindPod(
  server: Server,
  namespace: string,
  name: string,
  node: string,
  dryRun = false,
): Written {
  const definition = definitionOf(server.scheme, "Pod");
  const pod = getObject(server.state.store, "Pod", namespace, name) as KindMap["Pod"] | undefined;
  if (!pod) throw notFound(definition, name);
  const problem = bindingProblem(pod);
  if (problem) throw conflict({ ...definition, plural: "pods/binding" }, name, problem);
  const scheduled: Condition = {
    type: "PodScheduled",
    status: "True",
    lastProbeTime: null,
    lastTransitionTime: server.context.timestamp(),
    ...(pod.metadata.generation !== undefined && { observedGeneration: pod.metadata.generation }),
  };
  const others = (pod.status.conditions ?? []).filter(({ type }) => type !== "PodScheduled");
  const bound: KindMap["Pod"] = {
    ...pod,
    metadata: { ...pod.metadata, labels: { ...pod.metadata.labels, ...topologyOf(server, node) } },
    spec: { ...pod.spec, nodeName: node },
    status: { ...pod.status, conditions: [...others, scheduled] },
  };
  return { object: dryRun ? bound : commit(server, bound, pod), warnings: [] };
}

type Gated = PodSpec & { schedulingGates?: unknown[] };

function bindingProblem({ metadata: { name, deletionTimestamp }, spec }: KindMap["Pod"]): string | undefined {
  if (deletionTimestamp !== undefined) return `pod ${name} is being deleted, cannot be assigned to a host`;
  if (spec.nodeName) return `pod ${name} is already assigned to node ${JSON.stringify(spec.nodeName)}`;
  return (spec as Gated).schedulingGates?.length
    ? `pod ${name} has non-empty .spec.schedulingGates`
    : undefined;
}

/** Zone and region of the node become labels of the pod, also of one that is made for a node. */
export function topologyOf(server: Server, node: string): Record<string, string> {
  const labels = getObject(server.state.store, "Node", "", node)?.metadata.labels ?? {};
  return Object.fromEntries(
    TOPOLOGY_LABELS.flatMap((key) => (labels[key] === undefined ? [] : [[key, labels[key]]])),
  );
}
