// What a Deployment writes on its ReplicaSets: the revision, the sizes that it last wanted, and its own annotations.
// Kubernetes: pkg/controller/deployment/util/deployment_util.go (v1.35)
import type { Deployment } from "#api/deployment/types";
import type { ReplicaSet } from "#api/replicaset/types";
import { maxSurge } from "./limits.ts";

export const REVISION = "deployment.kubernetes.io/revision";
const HISTORY = "deployment.kubernetes.io/revision-history";
export const DESIRED = "deployment.kubernetes.io/desired-replicas";
export const MAX = "deployment.kubernetes.io/max-replicas";

const NOT_COPIED = new Set([
  "kubectl.kubernetes.io/last-applied-configuration",
  "deprecated.deployment.rollback.to",
  REVISION,
  HISTORY,
  DESIRED,
  MAX,
]);

type Annotations = Record<string, string>;

export function revisionOf(object: { metadata: { annotations?: Annotations } }): number {
  const text = object.metadata.annotations?.[REVISION];
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : 0;
}

/** Annotations of a ReplicaSet that becomes the new one, or is. */
export function newSetAnnotations(
  deployment: Deployment,
  current: Annotations | undefined,
  revision: number,
  exists: boolean,
): Annotations {
  const next: Annotations = { ...current };
  for (const [key, value] of Object.entries(deployment.metadata.annotations ?? {})) {
    if (!NOT_COPIED.has(key)) next[key] = value;
  }
  const before = current?.[REVISION];
  if (before === undefined || Number(before) < revision) {
    next[REVISION] = String(revision);
    // A rollback: the ReplicaSet keeps the revisions that it had.
    if (before !== undefined) next[HISTORY] = next[HISTORY] ? `${next[HISTORY]},${before}` : before;
  }
  return exists ? next : { ...next, ...sizeAnnotations(deployment) };
}

export function sizeAnnotations(deployment: Deployment): Annotations {
  const { replicas } = deployment.spec;
  return { [DESIRED]: String(replicas), [MAX]: String(replicas + maxSurge(deployment)) };
}

export function sizesAreStale(deployment: Deployment, set: ReplicaSet): boolean {
  const wanted = sizeAnnotations(deployment);
  return Object.entries(wanted).some(([key, value]) => set.metadata.annotations?.[key] !== value);
}
