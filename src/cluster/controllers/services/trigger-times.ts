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
  /** By pod: the time, and the pod that said it, which need not be asked again. */
  pods: Map<string, { pod: Pod; time: string }>;
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
  const known = before?.pods ?? new Map<string, { pod: Pod; time: string }>();
  let earliest: string | undefined;
  for (const pod of pods) {
    const { name } = pod.metadata;
    const last = known.get(name);
    if (last?.pod === pod) continue;
    const ready = conditionOf(pod.status.conditions, "Ready");
    const said = ready?.status === "True" || ready?.status === "False" ? ready.lastTransitionTime : undefined;
    if (said === undefined) {
      known.delete(name);
      continue;
    }
    known.set(name, { pod, time: said });
    if (said > (last?.time ?? "") && (earliest === undefined || said < earliest)) earliest = said;
  }
  if (created > (before?.service ?? "") && (earliest === undefined || created < earliest)) earliest = created;
  times.set(key, { service: created, pods: known.size > pods.length ? only(known, pods) : known });
  return before ? earliest : created;
}

/** Without the pods that are gone. */
function only(known: ServiceTimes["pods"], pods: readonly Pod[]): ServiceTimes["pods"] {
  const kept: ServiceTimes["pods"] = new Map();
  for (const { metadata } of pods) {
    const entry = known.get(metadata.name);
    if (entry) kept.set(metadata.name, entry);
  }
  return kept;
}
