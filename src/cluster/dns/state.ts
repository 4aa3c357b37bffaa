// What CoreDNS knows, as plain data: Services, slices and namespaces from its watches, and questions that it has
// forwarded.
import type { SlicesByService } from "#api/endpointslice/by-service";
import type { Service } from "#api/service/types";
import type { DnsAnswer, DnsQuery, ResourceRecord } from "./message.ts";

/** Where an answer goes. */
export interface Asker {
  exchange: number;
  transport: "UDP" | "TCP";
}

/** A question that waits for the name server outside. */
export interface Forwarded {
  id: number;
  asker: Asker;
  query: DnsQuery;
  /** CNAME records of the cluster's own that lead to the name outside. */
  before: ResourceRecord[];
}

/** An answer from outside. */
export interface Cached {
  answer: DnsAnswer;
  until: number;
}

export interface DnsState {
  /** By "namespace/name". */
  services: Map<string, Service>;
  slices: SlicesByService;
  namespaces: Set<string>;
  /** Unix seconds of the last change: the zone's serial number. */
  serial: number;
  /** Open listeners of each CoreDNS pod, by its uid. */
  listeners: Map<string, number[]>;
  nextId: number;
  forwarded: Map<number, Forwarded>;
  /** As the cache plugin keeps them: by "name type", the oldest first. */
  cache: Map<string, Cached>;
}

export function createState(): DnsState {
  return {
    services: new Map(),
    slices: new Map(),
    namespaces: new Set(),
    serial: 0,
    listeners: new Map(),
    nextId: 1,
    forwarded: new Map(),
    cache: new Map(),
  };
}
