// Clients as people set them up on the canvas: who asks what, from where, how often. Part of a share link.

export type ClientLocation =
  | { kind: "outside"; ip: string }
  /** Inside a pod; a Deployment's or ReplicationController's pods have generated names, so labels may pick the first. */
  | { kind: "pod"; namespace: string; name?: string; labels?: Record<string, string> }
  | { kind: "node"; name: string };

export interface ClientSpec {
  /** Unique; shown on its card. */
  name: string;
  location: ClientLocation;
  /** A browser keeps connections and cookies; curl does not. */
  program: "curl" | "browser";
  url: string;
  method: string;
  headers: Record<string, string>;
  body?: string;
  /** Requests per second of virtual time; 0 sends only when told to. */
  rate: number;
  /** Stops after so many; absent means never. */
  count?: number;
  keepAlive: boolean;
  cookies: boolean;
  insecure?: boolean;
  maxTimeMs?: number;
  /** Lines of its /etc/hosts, outside only: name to address. "{ingress}" stands for the Ingress controller's address,
   * "{lb:namespace/name}" for that Service's external IP, "{node:1}" for the node's address. Also allowed in url. */
  hosts?: Record<string, string>;
}

export interface ClientStatus {
  name: string;
  sent: number;
  succeeded: number;
  failed: number;
  inFlight: number;
}
