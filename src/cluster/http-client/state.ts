// What the HTTP client remembers, as plain data: calls and look-ups under way, connections kept for the next call.
import type { Address } from "../machine/component.ts";
import type { Certificate, ResolverConfig } from "../network/types.ts";
import type { Place } from "../trace/types.ts";
import type { HttpCall, HttpPhases, ResolveCall } from "./types.ts";
import type { ParsedUrl } from "./url.ts";
import type { RecordType } from "../dns/message.ts";

export interface CallState {
  id: number;
  call: HttpCall;
  url: ParsedUrl;
  /** Of the request, as the program writes them. */
  headers: Record<string, string>;
  journey: number | null;
  startedAt: number;
  /** Where the client stands; its host may be gone before the end. */
  place: Place;
  phase: "resolving" | "connecting" | "exchanging";
  /** Addresses that are still to be tried. */
  addresses: string[];
  connection?: number;
  /** Addresses that were dialled. */
  tried?: string[];
  remote: string;
  local: string;
  reused: boolean;
  phases?: HttpPhases;
  certificate?: Certificate & { problem?: string };
}

export interface AskedQuery {
  name: string;
  type: RecordType;
  answer: string[];
  rcode: "NOERROR" | "NXDOMAIN" | "SERVFAIL" | "TIMEOUT";
}

export interface LookupState {
  id: number;
  call: ResolveCall;
  startedAt: number;
  /** As it was at the beginning: the host may be gone before the end. */
  resolver: ResolverConfig;
  /** Absolute names in the order in which they are asked. */
  names: string[];
  index: number;
  /** The name server that is asked, and how often all of them were. */
  server: number;
  attempt: number;
  /** Answers of the question under way, by type; undefined while one is out. */
  round: number;
  pending: Partial<Record<"A" | "AAAA", AskedQuery | null>>;
  queries: AskedQuery[];
  limit?: number;
}

export interface KeptConnection {
  connection: number;
  remote: string;
  local: string;
}

export interface HttpState {
  nextId: number;
  calls: Map<number, CallState>;
  lookups: Map<number, LookupState>;
  /** By keep-alive key, then by "scheme://host:port": idle connections. */
  pools: Map<string, Map<string, KeptConnection[]>>;
}

/** An answer that comes back to the client itself. */
export function toSelf(what: string, data: { [key: string]: number | string }): Address {
  return { to: "http", what, data };
}
