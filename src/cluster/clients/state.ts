// What the clients remember between their requests, as plain data.
import type { HostId } from "../network/types.ts";
import type { ClientSpec, ClientStatus } from "./types.ts";

export interface Cookie {
  name: string;
  value: string;
  path: string;
  /** Virtual milliseconds; absent for the session. */
  expiresAt?: number;
}

export interface ClientState {
  spec: ClientSpec;
  /** Its own machine, where it is outside. */
  host: HostId;
  status: ClientStatus;
  /** Rises whenever the client is set anew: answers and timers of an older one are ignored. */
  generation: number;
  /** How many requests its rate has started since it was set. */
  started: number;
  /** Requests that wait for the one connection of a keep-alive client. */
  waiting: number;
  /** By host. */
  cookies: Map<string, Cookie[]>;
  /** The pod that its labels picked. */
  pod?: string;
}

export interface ClientsState {
  version: number;
  nextGeneration: number;
  clients: Map<string, ClientState>;
}

export function keepAliveKey(client: ClientState): string {
  return `client/${client.spec.name}`;
}
