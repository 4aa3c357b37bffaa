// Contract of the HTTP client that curl, browsers, probes of kind httpGet and the Ingress controller share:
// resolve, connect (or reuse), TLS, exchange. The component "http-client" runs the steps as plain-data state.
import type { Address } from "../machine/component.ts";
import type { Certificate, HostId } from "../network/types.ts";

export interface HttpCall {
  from: HostId;
  /** Whose /etc/resolv.conf and /etc/hosts are read, if not `from`'s: a pod on its node's network has its own. */
  resolver?: HostId;
  /** Shown in the journey: "curl", "browser", "probe", "ingress". */
  program: string;
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
  /** `--connect-timeout` and `--max-time`. */
  connectTimeoutMs?: number;
  maxTimeMs?: number;
  latency: "real" | "visible";
  /** Whether a journey is recorded. */
  traced: boolean;
  parent?: number;
  /** Connections are kept and reused among calls with the same key, as one curl process or browser does. */
  keepAliveKey?: string;
  /** `-k`: takes any certificate. */
  insecure?: boolean;
  /** `--resolve`: "host:port" to address. */
  resolve?: Record<string, string>;
  /** Words failures as this curl does; 7.88.1 if absent. */
  curlVersion?: string;
  /** `--cacert`: subjects of the CA certificates that are trusted; if absent, public authorities are. */
  authorities?: string[];
  /** `-4`: asks for no AAAA records. */
  ipv4Only?: boolean;
  /** Carries no Host, User-Agent and Accept of its own: `headers` are all that is sent. */
  bareHeaders?: boolean;
  replyTo: Address;
}

/** Since the call's start: when the name was known, the connection stood, and the request went out. For curl alone. */
export interface HttpPhases {
  lookedUpMs: number;
  connectedMs?: number;
  sentMs?: number;
}

export type HttpFailure =
  | "dns"
  | "refused"
  | "timeout"
  | "connectTimeout"
  | "reset"
  | "empty"
  | "garbage"
  /** The answer ended before its Content-Length. */
  | "partial"
  | "tls"
  | "tlsName"
  | "notTls"
  | "unreachable"
  | "badUrl";

/** Merged into replyTo.data. */
export type HttpResult =
  | {
      ok: true;
      journey: number | null;
      status: number;
      headers: Record<string, string>;
      body: string;
      remote: string;
      local: string;
      elapsedMs: number;
      reused: boolean;
      phases?: HttpPhases;
      /** Over TLS: what the server showed, and what is wrong with it, as curl says it, where that was overlooked. */
      certificate?: Certificate & { problem?: string };
    }
  | {
      ok: false;
      journey: number | null;
      failure: HttpFailure;
      /** curl's text without "curl: (7) " */ text: string;
      exit: number;
      /** What came before the failure, where something did (18); the bytes themselves where they were garbage. */
      body?: string;
      /** "ip:port" of all that were dialled, and the one that took the connection. */
      tried?: string[];
      remote?: string;
      phases?: HttpPhases;
      elapsedMs: number;
    };

/** A name to resolve as the host's own resolver would: /etc/hosts, search domains, ndots, the host's name servers. */
export interface ResolveCall {
  from: HostId;
  /** As in HttpCall. */
  resolver?: HostId;
  name: string;
  /** Records a dns step in this journey. */
  journey?: number;
  timeoutMs?: number;
  ipv4Only?: boolean;
  replyTo: Address;
}

/** Merged into replyTo.data. */
export type ResolveAnswer =
  | {
      outcome: "resolved";
      addresses: string[];
      /** The name that answered, with its search domain. */ name: string;
      elapsedMs: number;
    }
  /** "timeout": timeoutMs ran out; "noServer": no name server answered within its own limits. */
  | { outcome: "notFound" | "timeout" | "noServer"; elapsedMs: number };

/** The service "http": calls and name look-ups on behalf of any host. */
export interface HttpClient {
  call(call: HttpCall): void;
  resolve(call: ResolveCall): void;
  /** Closes the connections kept under a key and cancels its calls, as when a curl process or browser ends. */
  forget(keepAliveKey: string): void;
}
