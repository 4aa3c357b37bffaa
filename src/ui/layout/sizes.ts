// How tall each card is, from what it says. Kept with the layout so that edges know where cards end.
import type { Card, GroupCard, IngressCard, ServiceCard, ServicePortRow } from "./cards.ts";
import type { Geometry } from "./geometry.ts";

export const MAX_PORT_ROWS = 3;
export const MAX_INGRESS_LINES = 7;
export interface DotGrid {
  pitch: number;
  row: number;
  /** Room at the left for the nodes' names, at the right for counts. */
  label: number;
  perLine: number;
}

/** More pods than this get smaller dots and, off small screens, a wider card. */
const DENSE = 90;
const DENSE_WIDTH = 96;
/** A digit of a row's count. */
const DIGIT = 6.9;

export function groupWidth(card: GroupCard, geometry: Geometry): number {
  return geometry.group.w + (card.total > DENSE && geometry.profile !== "small" ? DENSE_WIDTH : 0);
}

/** Dots of a workload's grid, and the room that the rows' counts need beside them. */
export function dotGrid(card: GroupCard, geometry: Geometry): DotGrid {
  const dense = card.total > DENSE;
  const small = geometry.profile === "small";
  const pitch = dense ? 11 : 14;
  const label = small ? 0 : 54;
  const longest = Math.max(...card.rows.map((row) => `${row.ready}/${row.pods.length}`.length), 3);
  const count = small ? 0 : longest * DIGIT + 8;
  const room = groupWidth(card, geometry) - label - 26 - count;
  return { pitch, row: dense ? 13 : 20, label, perLine: Math.max(6, Math.floor(room / pitch)) };
}

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

/** "80 → 8080", with the port's name where there are several. */
export function portText(row: ServicePortRow, single: boolean): string {
  const protocol = row.protocol === "TCP" ? "" : `/${row.protocol}`;
  const name = !single && row.name !== undefined ? `${row.name} ` : "";
  return `${name}${row.port} → ${row.target}${protocol}`;
}

/** The block of ports on a Service card. */
export function pillsSize(card: ServiceCard, geometry: Geometry): { w: number; h: number } {
  const shown = card.ports.slice(0, MAX_PORT_ROWS);
  const longest = Math.max(...shown.map((row) => portText(row, shown.length === 1).length));
  const padding = geometry.profile === "small" ? 0.8 : 1.5;
  const h = shown.length * (geometry.profile === "small" ? 22 : 28) + (shown.length - 1) * 6;
  return { w: geometry.font * (longest * 0.92 * 0.6 + padding) + 3, h };
}

function serviceHeight(card: ServiceCard, geometry: Geometry): number {
  const pills =
    Math.max(1, Math.min(card.ports.length, MAX_PORT_ROWS)) + (card.ports.length > MAX_PORT_ROWS ? 1 : 0);
  const small = geometry.profile === "small";
  if (card.serviceType === "ExternalName") return small ? 70 : 80;
  const head = small ? 66 : 70 + (geometry.profile === "wide" ? 2 : -4);
  return 2 * head + pills * (small ? 24 : 28) + (pills - 1) * 6;
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
      const grid = dotGrid(card, geometry);
      const lines = card.rows.reduce((sum, row) => sum + Math.ceil(row.pods.length / grid.perLine), 0);
      return 44 + lines * grid.row + card.rows.length * (6 + (small ? 14 : 0)) + 10;
    }
    case "target":
      return 44 + Math.min(card.addresses.length, 3) * 16 + (card.externalName ? 6 : 0);
    case "node":
      return geometry.node.header + geometry.pod.h + 10;
    case "pod":
      return geometry.pod.h;
  }
}
