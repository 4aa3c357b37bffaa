// What a recording notes after each step: which pod has which address on which node, hashes, and generated slices.
import type { Cluster } from "#cluster/cluster";
import type { WorldSeen } from "./scenario.ts";

// Labels that controllers add, so that pods of one workload differ in them.
const ADDED =
  /^(pod-template-hash|pod-template-generation|controller-revision-hash|statefulset\.kubernetes\.io\/pod-name|apps\.kubernetes\.io\/pod-index|controller-uid|job-name|(batch|topology)\.kubernetes\.io\/.*)$/;

/** Of one namespace, where others' pods were none of the recording's. */
export function lookAtWorld({ machine }: Cluster, namespace?: string): WorldSeen {
  const { api } = machine.context;
  const where = namespace === undefined ? {} : { namespace };
  const pods: WorldSeen["pods"] = {};
  for (const { metadata, spec, status } of api.list("Pod", where)) {
    const ready = status.conditions?.find(({ type }) => type === "Ready")?.status === "True";
    pods[metadata.name] = {
      ...(status.podIP && { ip: status.podIP }),
      ...(spec.nodeName && { node: spec.nodeName }),
      of: groupOf(metadata.labels),
      ready: ready && metadata.deletionTimestamp === undefined,
    };
  }
  const revision = (annotations: Record<string, string> | undefined): number =>
    Number(annotations?.["deployment.kubernetes.io/revision"] ?? 0);
  const sets = [...api.list("ReplicaSet", where)].sort(
    (a, b) => revision(a.metadata.annotations) - revision(b.metadata.annotations),
  );
  return {
    pods,
    hashes: sets.flatMap(({ metadata }) => metadata.labels?.["pod-template-hash"] ?? []),
    slices: api
      .list("EndpointSlice", where)
      .filter(({ metadata }) => metadata.generateName)
      .map(({ metadata }) => metadata.name),
  };
}

const groupOf = (labels: Record<string, string> = {}): string =>
  Object.entries(labels)
    .filter(([key]) => !ADDED.test(key))
    .map((pair) => pair.join("="))
    .sort()
    .join(",");

export function lookAtNodes({ machine }: Cluster): Record<string, { ips: string[]; zone: string }> {
  return Object.fromEntries(
    machine.context.api.list("Node").map(({ metadata, status }) => [
      metadata.name,
      {
        ips: (status.addresses ?? []).filter(({ type }) => type.endsWith("IP")).map(({ address }) => address),
        zone: metadata.labels?.["topology.kubernetes.io/zone"] ?? "",
      },
    ]),
  );
}
