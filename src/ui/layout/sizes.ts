// How tall each card is, from what it says. Kept with the layout so that edges know where cards end.
import type { Card, IngressCard, ServiceCard } from "./cards.ts";
import type { Geometry } from "./geometry.ts";

export const MAX_PORT_ROWS = 3;
export const MAX_INGRESS_LINES = 7;
/** Dots of a workload's grid. */
export const DOT_PITCH = 14;
export const DOT_ROW = 20;

/** Lines of an Ingress card: each host once, its paths below. */
export function ingressLines(card: IngressCard): { host: boolean; text: string; backend: string }[] {
  const lines: { host: boolean; text: string; backend: string }[] = [];
  let host: string | null = null;
  for (const row of card.rows) {
    if (row.host !== host && row.host !== "") {
      host = row.host;
      lines.push({ host: true, text: row.host, backend: "" });
    }
    lines.push({ host: false, text: row.path, backend: row.backend });
  }
  return lines;
}

function serviceHeight(card: ServiceCard, geometry: Geometry): number {
  const pills =
    Math.max(1, Math.min(card.ports.length, MAX_PORT_ROWS)) + (card.ports.length > MAX_PORT_ROWS ? 1 : 0);
  const small = geometry.profile === "small";
  if (card.serviceType === "ExternalName") return small ? 70 : 80;
  const head = small ? 66 : 70 + (geometry.profile === "wide" ? 2 : -4);
  return 2 * head + pills * (small ? 24 : 28) + (pills - 1) * 6;
}

/** Dots that fit into one line of a group card. */
export function dotsPerLine(geometry: Geometry): number {
  const label = geometry.profile === "small" ? 0 : 54;
  return Math.max(6, Math.floor((geometry.group.w - label - 24 - 42) / DOT_PITCH));
}

export function cardHeight(card: Card, geometry: Geometry): number {
  const small = geometry.profile === "small";
  switch (card.type) {
    case "client":
      return geometry.client.h;
    case "loadBalancer":
      return geometry.loadBalancer.h;
    case "door":
      return geometry.door.h;
    case "ingress": {
      const lines = Math.min(ingressLines(card).length, MAX_INGRESS_LINES);
      const text = small ? 2.9 : 4.6;
      return Math.round(Math.max(geometry.door.h, geometry.font * (text + lines * 1.19) + 4));
    }
    case "service":
      return serviceHeight(card, geometry);
    case "group": {
      const perLine = dotsPerLine(geometry);
      const lines = card.rows.reduce((sum, row) => sum + Math.ceil(row.pods.length / perLine), 0);
      return 42 + lines * DOT_ROW + (card.rows.length - 1) * 6 + 12 + (small ? card.rows.length * 14 : 0);
    }
    case "target":
      return 44 + Math.min(card.addresses.length, 3) * 16 + (card.externalName ? 6 : 0);
    case "node":
      return geometry.node.header + geometry.pod.h + 10;
    case "pod":
      return geometry.pod.h;
  }
}
