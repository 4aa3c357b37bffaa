// The quality-of-service class of a pod, by its requests and limits.
// Kubernetes: pkg/apis/core/helper/qos (v1.35)
import type { PodSpec } from "#api/pod/types";
import { quantityValue } from "./quantities.ts";

const COMPUTE = ["cpu", "memory"];

export function qosClassOf(spec: PodSpec): string {
  const containers = [...spec.containers, ...(spec.initContainers ?? [])];
  const anything = containers.some(({ resources }) =>
    [resources?.requests, resources?.limits].some((list) =>
      Object.entries(list ?? {}).some(([name, value]) => COMPUTE.includes(name) && quantityValue(value) > 0),
    ),
  );
  if (!anything) return "BestEffort";
  const guaranteed = containers.every(({ resources }) =>
    COMPUTE.every((name) => {
      const limit = resources?.limits?.[name];
      const request = resources?.requests?.[name] ?? limit;
      return limit !== undefined && quantityValue(limit) === quantityValue(request ?? "0");
    }),
  );
  return guaranteed ? "Guaranteed" : "Burstable";
}
