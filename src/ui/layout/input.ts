// What the layout reads: the cluster's objects and the people's clients, as the projection store holds them.
import type { KindMap, KindName } from "#api/kinds";
import type { ClientSpec } from "#cluster/clients/types";
import type { ProcessFaults } from "#cluster/process/types";
import type { Place } from "#cluster/trace/types";

export type ObjectMaps = { readonly [K in KindName]?: ReadonlyMap<string, KindMap[K]> };

export interface LayoutInput {
  objects: ObjectMaps;
  clients: readonly ClientSpec[];
  faults: Readonly<Record<string, ProcessFaults>>;
  stoppedNodes: readonly string[];
  /** Address of the Ingress controller, when there is one. */
  ingressIp: string | null;
  /** What recent journeys showed: who asked, and where their first packets went. */
  seen: Sightings;
}

/** A client's place, or another starting point of packets, and the places that its packets went to first. */
export interface Sighting {
  place: Place;
  program: string;
  targets: readonly Place[];
}

/** By the place's id. */
export type Sightings = ReadonlyMap<string, Sighting>;

export const NO_SIGHTINGS: Sightings = new Map();

const EMPTY: ReadonlyMap<string, never> = new Map<string, never>();

export function mapOf<K extends KindName>(objects: ObjectMaps, kind: K): ReadonlyMap<string, KindMap[K]> {
  return (objects[kind] ?? EMPTY) as ReadonlyMap<string, KindMap[K]>;
}

/** A stable name for a place; equal places have equal ids. */
export function placeId(place: Place): string {
  switch (place.kind) {
    case "client":
      return `client/${place.name}`;
    case "loadBalancer":
      return `lb/${place.namespace}/${place.service}`;
    case "node":
      return `node/${place.name}`;
    case "pod":
      return `pod/${place.namespace}/${place.name}`;
    case "ingress":
      return "ingress";
    case "internet":
      return `internet/${place.ip}`;
  }
}
