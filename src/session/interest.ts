// "Step" and "skip": runs the cluster to the next thing that a person would want to see.
import type { Cluster } from "#cluster/cluster";
import type { ObjectChange } from "./protocol.ts";

/** Gives up after this much idle virtual time. */
const LIMIT_MS = 600_000;

/** Kinds whose changes are worth stopping for; heartbeats and bookkeeping are not. */
const KINDS = new Set([
  "Pod",
  "Service",
  "EndpointSlice",
  "Ingress",
  "Deployment",
  "ReplicaSet",
  "ReplicationController",
]);

export interface Advance {
  cluster: Cluster;
  runUntil(time: number): void;
  nextAt(): number | undefined;
  changed: ReadonlyMap<string, ObjectChange>;
}

/** "hop" also stops where a packet under way leaves or arrives; "event" only where something begins, ends or changes. */
export function advanceToInterest(
  { cluster, runUntil, nextAt, changed }: Advance,
  stop: "hop" | "event",
): void {
  const limit = cluster.now + LIMIT_MS;
  const recorded = cluster.journeyVersion();
  const hop = stop === "hop" ? cluster.nextLegEdge() : undefined;
  const known = new Map(changed);
  for (let next = nextAt(); next !== undefined && next <= limit; next = nextAt()) {
    if (hop !== undefined && hop <= next) return runUntil(hop);
    runUntil(next);
    if (cluster.journeyVersion() !== recorded) return;
    for (const [key, change] of changed) if (KINDS.has(change.kind) && known.get(key) !== change) return;
  }
  if (hop !== undefined && hop <= limit) runUntil(hop);
}
