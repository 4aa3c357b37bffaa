// The endpoints of a Service in one line: at most three addresses of ready endpoints, out of its EndpointSlices. Without
// slices it says <none>; with slices but nothing ready it is blank. Asked by the describers of Services and Ingresses.
// Kubernetes: formatEndpointSlices in staging/src/k8s.io/kubectl/pkg/describe/describe.go (v1.35)
import type { EndpointSlice } from "#api/endpointslice/types";
import { listItems, type DescribeContext } from "./context.ts";

const SHOWN = 3;

export function slicesOf(
  namespace: string,
  service: string,
  context: DescribeContext,
): readonly EndpointSlice[] {
  const path = `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`;
  return listItems<EndpointSlice>(context, path, { labelSelector: `kubernetes.io/service-name=${service}` });
}

/** `port` is the name of the Service's port, "" for the only one. Slices without ports show bare addresses. */
export function endpointsText(slices: readonly EndpointSlice[], port: string): string {
  if (slices.length === 0) return "<none>";
  const shown: string[] = [];
  let more = false;
  let count = 0;
  for (const { ports, endpoints } of slices) {
    const suffixes = ports?.length
      ? ports.filter(({ name = "" }) => name === port).map((item) => `:${item.port ?? 0}`)
      : [""];
    for (const suffix of suffixes) {
      for (const { addresses, conditions } of endpoints ?? []) {
        // kubectl counts the fourth endpoint as "more" even where it is not ready.
        if (shown.length === SHOWN) more = true;
        if (conditions?.ready === false) continue;
        const address = addresses[0] ?? "";
        if (!more) shown.push(suffix && address.includes(":") ? `[${address}]${suffix}` : address + suffix);
        count++;
      }
    }
  }
  return more ? `${shown.join(",")} + ${count - SHOWN} more...` : shown.join(",");
}
