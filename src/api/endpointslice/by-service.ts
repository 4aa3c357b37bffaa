// The EndpointSlices of each Service, as whoever reads them keeps them: kube-proxy, cluster DNS, the Ingress controller.
import type { EndpointSlice } from "./types.ts";

export const SERVICE_NAME = "kubernetes.io/service-name";

/** By the Service's "namespace/name", then by the slice's name. */
export type SlicesByService = Map<string, Map<string, EndpointSlice>>;

interface SliceChange {
  type: "ADDED" | "MODIFIED" | "DELETED";
  object: EndpointSlice;
  old?: EndpointSlice;
}

/** Takes a change over; the Services whose slices it concerns, two where the slice went from one to another. */
export function followSlice(slices: SlicesByService, { type, object, old }: SliceChange): string[] {
  const [before, after] = [old && serviceOf(old), serviceOf(object)];
  if (before !== undefined) drop(slices, before, object);
  if (after !== undefined && type === "DELETED") drop(slices, after, object);
  else if (after !== undefined) keep(slices, after, object);
  return [...new Set([before, after])].filter((service) => service !== undefined);
}

function serviceOf({ metadata: { namespace, labels } }: EndpointSlice): string | undefined {
  const service = labels?.[SERVICE_NAME];
  return service ? `${namespace ?? ""}/${service}` : undefined;
}

function keep(slices: SlicesByService, service: string, slice: EndpointSlice): void {
  const own = slices.get(service);
  if (own) own.set(slice.metadata.name, slice);
  else slices.set(service, new Map([[slice.metadata.name, slice]]));
}

function drop(slices: SlicesByService, service: string, { metadata }: EndpointSlice): void {
  const own = slices.get(service);
  own?.delete(metadata.name);
  if (own?.size === 0) slices.delete(service);
}
