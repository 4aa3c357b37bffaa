// Placeholders of client URLs as addresses, for the commands that are shown: {node:1}, {lb:namespace/name}, {ingress}.
// One that cannot be resolved yet stays as it is. Pure.
import type { KindMap } from "#api/kinds";
import { WORLD } from "#cluster/settings";

export function resolvePlaceholders(
  text: string,
  nodes: ReadonlyMap<string, KindMap["Node"]>,
  services: ReadonlyMap<string, KindMap["Service"]>,
): string {
  return text.replace(
    /\{(ingress|node:(\d+)|lb:([^}]+))\}/g,
    (whole, name: string, node?: string, service?: string) => {
      if (name === "ingress") return WORLD.ingressIp;
      if (node)
        return (
          nodes.get(`node-${node}`)?.status.addresses?.find(({ type }) => type === "ExternalIP")?.address ??
          whole
        );
      return services.get(service ?? "")?.status.loadBalancer.ingress?.[0]?.ip ?? whole;
    },
  );
}
