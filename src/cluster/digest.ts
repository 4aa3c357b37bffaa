// One short text that stands for all that can be seen of a cluster: two runs are the same, to the byte, if it is equal.
import { fnv1a } from "#base/hash";
import { canonicalJson } from "#base/json";
import { countOf } from "#base/queue";
import type { Cluster } from "./cluster.ts";

/** Digests of objects, of journeys and of the queue, as hexadecimal text. */
export function digest(cluster: Cluster): string {
  const { queue, now } = cluster.machine.state;
  const parts = [
    cluster.allObjects(),
    cluster.journeys(),
    [now, queue.nextId, countOf(queue), cluster.machine.state.random],
  ];
  return parts.map((part) => fnv1a(canonicalJson(part)).toString(16).padStart(8, "0")).join("-");
}
