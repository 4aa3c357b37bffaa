// What `endpoints.kubernetes.io/last-change-trigger-time` says: when the earliest of the changes happened that a write
// of endpoints brings, by the pods' readiness and the Service's creation.
// Kubernetes: staging/src/k8s.io/endpointslice/util/trigger_time_tracker.go (v1.35)
import { conditionOf } from "#api/conditions";
import type { Pod } from "#api/pod/types";
import type { Service } from "#api/service/types";

export const TRIGGER_TIME = "endpoints.kubernetes.io/last-change-trigger-time";

/** RFC 3339 texts of UTC times with whole seconds sort as times do. */
export interface ServiceTimes {
  service: string;
  pods: Map<string, string>;
}

export type TriggerTimes = Map<string, ServiceTimes>;

/** The annotation's value for this sync, or undefined for none. */
export function triggerTime(
  times: TriggerTimes,
  key: string,
  service: Service,
  pods: readonly Pod[],
): string | undefined {
  const before = times.get(key);
  const created = service.metadata.creationTimestamp;
  const now: ServiceTimes = { service: created, pods: new Map() };
  let earliest: string | undefined;
  for (const pod of pods) {
    const ready = conditionOf(pod.status.conditions, "Ready");
    if (ready?.status !== "True" && ready?.status !== "False") continue;
    const time = ready.lastTransitionTime;
    if (time === undefined) continue;
    now.pods.set(pod.metadata.name, time);
    const known = before?.pods.get(pod.metadata.name) ?? "";
    if (time > known && (earliest === undefined || time < earliest)) earliest = time;
  }
  if (created > (before?.service ?? "") && (earliest === undefined || created < earliest)) earliest = created;
  times.set(key, now);
  return before ? earliest : created;
}
