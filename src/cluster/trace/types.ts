// What the machine recorded of each request. The picture, the request log and "why did it go here" read only this.
import type { JsonObject } from "#base/json";
import type { PackedJourney } from "./packed.ts";

/** Something on the canvas that packets leave from and arrive at. */
export type Place =
  | { kind: "client"; name: string }
  | { kind: "loadBalancer"; namespace: string; service: string; ip: string }
  | { kind: "node"; name: string }
  | { kind: "pod"; namespace: string; name: string }
  | { kind: "ingress" }
  | { kind: "internet"; ip: string };

/** Addresses on the packet at this moment, "ip:port". */
export interface Addresses {
  src: string;
  dst: string;
}

/** One movement of a packet between two places. `end` is known when the leg begins, so it can be drawn ahead. */
export interface Leg {
  from: Place;
  to: Place;
  direction: "request" | "response";
  /** SYN and the like are handshakes: real times, drawn only while the clock is slowed. */
  purpose: "connect" | "data";
  start: number;
  end: number;
  packet: Addresses;
  /** Services whose rule the packet passes on this leg ("namespace/name"): the canvas draws it through their card. */
  via?: string[];
  /** The packet never arrives: refused at `to`, or vanished on the way. */
  lost?: "refused" | "dropped";
}

export interface Candidate {
  /** "10.244.1.5:8080" */
  address: string;
  pod?: string;
  node?: string;
  in: boolean;
  /** Why it is out: notReady, terminating, notOnThisNode, portUnresolved, otherZone; or why it is in. */
  reason: string;
}

/** One recorded decision, with its evidence as data. The UI words it, in both languages. */
export type Step = { at: number } & (
  | {
      step: "dns";
      name: string;
      server: string;
      /** Each query asked in turn and what came back. */
      queries: {
        name: string;
        type: string;
        answer: string[];
        rcode: "NOERROR" | "NXDOMAIN" | "SERVFAIL" | "TIMEOUT";
      }[];
      result?: string;
      /** "hosts" when /etc/hosts answered. */
      source: "literal" | "hosts" | "dns";
    }
  | {
      step: "route";
      to: Place;
      reason: "loadBalancerPick" | "nodeAddress" | "podNetwork" | "serviceAddress" | "internet" | "local";
    }
  | {
      step: "service";
      /** "namespace/name" */
      service: string;
      portName?: string;
      port: number;
      matched: "clusterIP" | "nodePort" | "loadBalancer" | "externalIP" | "ingressEndpoints";
      /** The node whose kube-proxy decided. */
      node: string;
      policy: "Cluster" | "Local";
    }
  | {
      step: "noRule";
      node: string;
      address: string;
      reason: "portNotInService" | "noListener" | "addressGone" | "sourceRange";
    }
  | {
      step: "endpoints";
      service: string;
      candidates: Candidate[];
      /** How many more there are, where a Service has very many. */
      omitted?: number;
      /** "terminating": only terminating ones were left */ pool: "ready" | "terminating" | "none";
    }
  | {
      step: "choice";
      endpoint: string;
      pod?: string;
      node?: string;
      /** "roundRobin": the Ingress controller's endpoints take turns. */
      how: "random" | "roundRobin" | "affinity" | "conntrack" | "cookie" | "only" | "keepAlive";
      among: number;
    }
  | {
      step: "rewrite";
      node: string;
      kind: "DNAT" | "SNAT" | "DNAT+SNAT" | "reverse";
      before: Addresses;
      after: Addresses;
    }
  | { step: "verdict"; node: string; verdict: "reject" | "drop"; reason: string }
  | {
      step: "ingress";
      ingress?: string;
      host: string;
      path: string;
      rule?: { host?: string; path?: string; pathType?: string };
      backend?: string;
      outcome: "matched" | "defaultBackend" | "noRule" | "noEndpoints" | "tlsRedirect";
    }
  | { step: "socket"; place: Place; address: string; found: boolean; process?: string; listening: string[] }
  | {
      step: "tls";
      outcome: "ok" | "selfSigned" | "nameMismatch" | "notTls";
      subject?: string;
      issuer?: string;
    }
  | { step: "exchange"; place: Place; request: JsonObject; response?: JsonObject; durationMs?: number }
);

export type JourneyEnd =
  | { kind: "response"; at: number; status: number; body: string }
  | {
      kind: "failure";
      at: number;
      /** What went wrong, for glyph and colour. */
      failure:
        | "dns"
        | "refused"
        | "timeout"
        | "reset"
        | "empty"
        | "tls"
        | "unreachable"
        | "cancelled"
        | "badUrl"
        | "unsent";
      /** The client's own words, such as curl's. */
      text: string;
      /** The client program's exit code. */
      exit: number;
      /** Where it stopped. */
      place: Place;
    };

interface JourneyRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
}

/** One request from its first DNS question to its end. Grows by appending; never changes afterwards. */
export interface Journey {
  id: number;
  startedAt: number;
  /** Who asks. `program` is "curl", "browser", "probe", "ingress" ... */
  client: { place: Place; ip: string; program: string };
  request: JourneyRequest;
  /** The journey that this one serves, for an Ingress controller's request to a pod. */
  parent?: number;
  legs: Leg[];
  steps: Step[];
  end?: JourneyEnd;
}

export interface Trace {
  /** Starts a journey and returns its id. */
  begin(journey: Omit<Journey, "id" | "legs" | "steps" | "startedAt">): number;
  leg(id: number, leg: Leg): void;
  step(id: number, step: Step): void;
  /** Several at once, in their order. */
  steps(id: number, steps: readonly Step[]): void;
  /** What happens on the way of its connection is written into it by the functions of packed.ts. */
  open(id: number): PackedJourney | undefined;
  end(id: number, end: JourneyEnd): void;
  /** The end of most journeys. */
  answered(id: number, status: number, body: string): void;
  get(id: number): Journey | undefined;
}
