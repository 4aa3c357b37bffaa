// What CoreDNS knows, as plain data: Services, slices and namespaces from its watches, and questions that it has
// forwarded.
import type { EndpointSlice } from "#api/endpointslice/types";
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

export interface DnsState {
  /** By "namespace/name". */
  services: Map<string, Service>;
  /** By the Service's "namespace/name", then by the slice's name. */
  slices: Map<string, Map<string, EndpointSlice>>;
  namespaces: Set<string>;
  /** Unix seconds of the last change: the zone's serial number. */
  serial: number;
  /** Open listeners of each CoreDNS pod, by its uid. */
  listeners: Map<string, number[]>;
  nextId: number;
  forwarded: Map<number, Forwarded>;
  /** Answers from outside, as the cache plugin keeps them: by "name type". */
  cache: Map<string, { answer: DnsAnswer; until: number }>;
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
