// The PORTS and ENDPOINTS cells of `kubectl get endpointslices`.
// Kubernetes: formatDiscoveryPorts and formatDiscoveryEndpoints in pkg/printers/internalversion/printers.go (v1.35)
import { UNSET } from "../table.ts";
import type { EndpointSlice } from "./types.ts";

const SHOWN = 3;

function shorten(list: readonly string[]): string {
  const text = list.slice(0, SHOWN).join(",");
  if (text === "") return UNSET;
  return list.length > SHOWN ? `${text} + ${list.length - SHOWN} more...` : text;
}

export function portsCell({ ports }: EndpointSlice): string {
  return shorten((ports ?? []).map(({ port, name }) => (port === undefined ? (name ?? "*") : String(port))));
}

export function endpointsCell({ endpoints }: EndpointSlice): string {
  return shorten((endpoints ?? []).flatMap(({ addresses }) => addresses));
}
