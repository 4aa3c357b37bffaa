// What the Ingress controller knows, as plain data: the objects of its watches, the table that it made of them, and
// the requests that it passes on.
import type { SlicesByService } from "#api/endpointslice/by-service";
import type { Ingress } from "#api/ingress/types";
import type { IngressClass } from "#api/ingressclass/types";
import type { Secret } from "#api/secret/types";
import type { Service } from "#api/service/types";
import type { HttpMessage } from "../network/types.ts";
import type { Upstream } from "./backends.ts";
import type { Location, Table } from "./table.ts";

export interface Proxied {
  id: number;
  /** The client's request at the network. */
  exchange: number;
  journey?: number;
  request: HttpMessage;
  location: Location;
  secure: boolean;
  headers: Record<string, string>;
  path: string;
  /** Endpoints that may still be tried, in order. */
  left: Upstream[];
  among: number;
  /** Sent with the answer. */
  setCookie?: string;
}

export interface IngressState {
  /** By "namespace/name". */
  ingresses: Map<string, Ingress>;
  classes: Map<string, IngressClass>;
  services: Map<string, Service>;
  secrets: Map<string, Secret>;
  slices: SlicesByService;
  table: Table;
  /** Id of the listener on 443. */
  secureListener?: number;
  /** Round robin: how often each backend was used. */
  turns: Map<string, number>;
  nextId: number;
  proxied: Map<number, Proxied>;
}
