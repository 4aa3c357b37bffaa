// Fields that the server fills in by itself when others are changed: no change of a person's.
import { deepEqual, type Json } from "#base/json";

/** By kind and path; a value is the default that follows, "any" whatever is given out. */
const FILLED: Record<string, Record<string, Json>> = {
  Service: {
    "spec.clusterIP": "any",
    "spec.clusterIPs": "any",
    "spec.healthCheckNodePort": "any",
    "spec.externalTrafficPolicy": "Cluster",
    "spec.internalTrafficPolicy": "Cluster",
    "spec.sessionAffinityConfig": { clientIP: { timeoutSeconds: 10_800 } },
    "spec.allocateLoadBalancerNodePorts": true,
    "spec.ipFamilies": "any",
    "spec.ipFamilyPolicy": "any",
  },
  // What kubectl debug adds has no place in a manifest.
  Pod: {
    "spec.nodeName": "any",
    "spec.ephemeralContainers": "any",
    // A pod gets these from its node when it is bound.
    "metadata.labels.topology.kubernetes.io/zone": "any",
    "metadata.labels.topology.kubernetes.io/region": "any",
  },
  PersistentVolume: { "spec.claimRef": "any" },
  PersistentVolumeClaim: { "spec.volumeName": "any" },
};

export function isServers(
  kind: string,
  path: readonly string[],
  before: Json | undefined,
  after: Json | undefined,
): boolean {
  // Given out with the type, and taken back with it.
  if (kind === "Service" && path.at(-1) === "nodePort") return before === undefined || after === undefined;
  const filled = FILLED[kind]?.[path.join(".")];
  if (filled === undefined) return false;
  if (filled === "any") return true;
  return (before === undefined || after === undefined) && deepEqual(before ?? after, filled);
}
