// The names behind an address, for PTR questions: a Service's by its cluster IP, else one for each Service of which
// the address is an endpoint.
import { endpointLabel, ZONE } from "./items.ts";
import type { DnsState } from "./state.ts";

/** `name`: "1.0.96.10.in-addr.arpa." Absolute names, in the order of their Services. */
// Simplified: looks through all Services, as reverse questions are rare.
export function namesOfAddress(state: DnsState, name: string): string[] {
  const ip = name.slice(0, -".in-addr.arpa.".length).split(".").reverse().join(".");
  for (const [key, { spec }] of state.services) if (spec.clusterIP === ip) return [serviceName(key)];
  const names = new Set<string>();
  for (const [key, slices] of state.slices) {
    if (!state.services.has(key)) continue;
    for (const slice of slices.values()) {
      for (const endpoint of slice.endpoints ?? []) {
        if (endpoint.conditions?.ready === false || !endpoint.addresses.includes(ip)) continue;
        names.add(`${endpointLabel(endpoint, ip)}.${serviceName(key)}`);
      }
    }
  }
  return [...names];
}

function serviceName(key: string): string {
  const [namespace = "", name = ""] = key.split("/");
  return `${name}.${namespace}.svc.${ZONE}`;
}
