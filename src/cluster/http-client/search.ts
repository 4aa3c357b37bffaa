// In which order glibc asks for a name: as it stands, or with each search domain, as ndots and a final dot decide.
import { parseIp } from "#base/ipv4";
import type { ResolverConfig } from "../network/types.ts";

/** Absolute names, with the dot at their end. */
export function searchNames(name: string, resolver: Pick<ResolverConfig, "searches" | "ndots">): string[] {
  if (name.endsWith(".")) return [name];
  const asIs = `${name}.`;
  const dots = name.split(".").length - 1;
  const searched = resolver.searches.map((domain) => {
    const suffix = domain.replace(/^\.|\.$/g, "");
    return suffix === "" ? asIs : `${name}.${suffix}.`;
  });
  const order = dots >= resolver.ndots ? [asIs, ...searched] : [...searched, asIs];
  return [...new Set(order)];
}

/** What needs no name server: addresses, and names in /etc/hosts. */
export function knownAddress(
  name: string,
  hosts: Record<string, string>,
): { address: string; source: "literal" | "hosts" } | undefined {
  if (parseIp(name) !== undefined) return { address: name, source: "literal" };
  const wanted = name.toLowerCase().replace(/\.$/, "");
  for (const [host, address] of Object.entries(hosts)) {
    if (host.toLowerCase() === wanted) return { address, source: "hosts" };
  }
  return undefined;
}
