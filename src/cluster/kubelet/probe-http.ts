// What Go's HTTP client says when a probe's request gets no proper answer, and where a redirect leads.
// Kubernetes: pkg/probe/http/http.go (v1.35)
import { nextInt } from "#base/random";
import { headerOf } from "../http-client/request.ts";
import type { HttpFailure } from "../http-client/types.ts";
import type { Kubelet, PodState } from "./state.ts";

interface Parts {
  scheme: string;
  host: string;
  port: string;
}

function partsOf(url: string): Parts | undefined {
  const match = /^([a-z]+):\/\/([^/:?#]*)(?::(\d+))?/i.exec(url);
  if (!match) return undefined;
  const scheme = match[1]!.toLowerCase();
  return { scheme, host: match[2]!, port: match[3] ?? (scheme === "https" ? "443" : "80") };
}

export function httpFailureText(
  kubelet: Kubelet,
  pod: PodState,
  url: string,
  failure: HttpFailure | undefined,
  received?: string,
): string {
  const parts = partsOf(url);
  const host = parts?.host ?? "";
  const address = `${host}:${parts?.port ?? ""}`;
  return `Get "${url}": ${reason()}`;

  function reason(): string {
    switch (failure) {
      case "refused":
        return `dial tcp ${address}: connect: connection refused`;
      case "unreachable":
        return `dial tcp ${address}: connect: no route to host`;
      case "dns":
        return `dial tcp: lookup ${host} on ${nameserver()}:53: no such host`;
      case "reset":
        return `read tcp ${local()}->${address}: read: connection reset by peer`;
      case "empty":
        return "EOF";
      case "garbage":
        return `net/http: HTTP/1.x transport connection broken: malformed HTTP response ${firstLine(received)}`;
      case "notTls":
        return "http: server gave HTTP response to HTTPS client";
      case "timeout":
      case "connectTimeout":
        return "context deadline exceeded (Client.Timeout exceeded while awaiting headers)";
      default:
        return "unexpected EOF";
    }
  }

  function nameserver(): string {
    return kubelet.context.network.resolverOf(`node:${pod.node}`).nameservers[0] ?? "";
  }

  function local(): string {
    const port = 32_768 + nextInt(kubelet.context.random, 28_232);
    return `${kubelet.context.network.ipOf(`node:${pod.node}`)}:${port}`;
  }
}

/** As Go quotes it. */
const firstLine = (text = ""): string => JSON.stringify(text.split("\n", 1)[0]!.replace(/\r$/, ""));

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Only redirects to the same host are followed. */
export function redirectTarget(
  url: string,
  status: number,
  headers: Record<string, string>,
): { url: string; sameHost: boolean } | undefined {
  if (!REDIRECTS.has(status)) return undefined;
  const location = headerOf(headers, "location");
  const from = partsOf(url);
  if (location === undefined || !from) return undefined;
  const to = partsOf(location);
  if (to) return { url: location, sameHost: to.host === from.host };
  const origin = `${from.scheme}://${from.host}:${from.port}`;
  if (location.startsWith("/")) return { url: `${origin}${location}`, sameHost: true };
  const folder = url.slice(0, url.lastIndexOf("/") + 1);
  return { url: `${folder}${location}`, sameHost: true };
}
