// What tests read of endpoints: short lines in place of whole objects.
import type { ControlPlane } from "./control-plane.ts";

/** Each endpoint as "pod ready serving terminating", sorted. */
export function endpointLines(plane: ControlPlane, service: string): string[] {
  return plane.api
    .list("EndpointSlice", { namespace: "default", labels: { "kubernetes.io/service-name": service } })
    .flatMap((slice) => slice.endpoints ?? [])
    .map(({ targetRef, addresses, conditions }) => {
      const flags = (["ready", "serving", "terminating"] as const).filter((flag) => conditions[flag]);
      return [targetRef?.name ?? addresses[0], ...flags].join(" ");
    })
    .sort();
}

/** Sizes of a Service's slices, the largest first. */
export function sliceSizes(plane: ControlPlane, service: string): number[] {
  return plane.api
    .list("EndpointSlice", { namespace: "default", labels: { "kubernetes.io/service-name": service } })
    .map((slice) => (slice.endpoints ?? []).length)
    .sort((a, b) => b - a);
}

/** Ports of each slice as text and the pods in it. */
export function portLines(plane: ControlPlane, service: string): string[] {
  return plane.api
    .list("EndpointSlice", { namespace: "default", labels: { "kubernetes.io/service-name": service } })
    .map((slice) => {
      const pods = (slice.endpoints ?? []).map(
        (endpoint) => endpoint.targetRef?.name ?? endpoint.addresses[0],
      );
      return `${JSON.stringify(slice.ports ?? null)} ${pods.join(" ")}`;
    })
    .sort();
}
