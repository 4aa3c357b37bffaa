// The quality of service class of a pod, which follows from requests and limits.
// Kubernetes: pkg/apis/core/v1/helper/qos/qos.go (v1.35)
import { quantityOf } from "../quantity.ts";
import type { Container, PodSpec } from "./types.ts";

const RESOURCES = ["cpu", "memory"] as const;

type Resourceful = Pick<Container, "resources">;

export function qosClass(spec: PodSpec): "BestEffort" | "Burstable" | "Guaranteed" {
  let isGuaranteed = true;
  let isBestEffort = true;
  // What the pod as a whole asks for counts alone.
  const whole = spec as PodSpec & Resourceful;
  const asking: Resourceful[] = whole.resources
    ? [whole]
    : [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
  for (const { resources } of asking) {
    for (const name of RESOURCES) {
      const request = quantityOf(resources?.requests?.[name]);
      const limit = quantityOf(resources?.limits?.[name]);
      if (request > 0 || limit > 0) isBestEffort = false;
      if (limit === 0 || (request > 0 && request !== limit)) isGuaranteed = false;
    }
  }
  if (isBestEffort) return "BestEffort";
  return isGuaranteed ? "Guaranteed" : "Burstable";
}
