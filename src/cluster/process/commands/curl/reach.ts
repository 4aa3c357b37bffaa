// Where a URL of curl's leads: its host, the address after a redirect, and what -6 and --connect-to make of it.
import type { HttpResult } from "../../../http-client/types.ts";

/** No name of the cluster has an IPv6 address, and no host has one to go out from. */
export function withoutIpv6(url: string): Extract<HttpResult, { ok: false }> | undefined {
  const host = hostOfUrl(url);
  const isAddress = /^[\d.]+$/.test(host);
  const text = isAddress ? "Couldn't connect to server" : `Could not resolve host: ${host}`;
  return {
    ok: false,
    journey: null,
    failure: isAddress ? "refused" : "dns",
    text,
    exit: isAddress ? 7 : 6,
    elapsedMs: 0,
  };
}

/** --connect-to HOST1:PORT1:HOST2:PORT2, where an empty piece stands for any or for the same. */
export function redirected(url: string, rules: readonly string[]): string {
  const match = /^([a-z]+:\/\/)?([^/:?#]+)(?::(\d+))?([^]*)$/i.exec(url);
  if (!match) return url;
  const [, scheme = "", host = "", given, rest = ""] = match;
  const port = given ?? (scheme === "https://" ? "443" : "80");
  for (const rule of rules) {
    const [fromHost = "", fromPort = "", toHost = "", toPort = ""] = rule.split(":");
    if ((fromHost !== "" && fromHost !== host) || (fromPort !== "" && fromPort !== port)) continue;
    return `${scheme}${toHost || host}:${toPort || port}${rest}`;
  }
  return url;
}

export function hostOfUrl(url: string): string {
  return /^(?:[a-z]+:\/\/)?(?:[^/@]*@)?([^/:?#]*)/i.exec(url)?.[1] ?? "";
}

export function absoluteUrl(base: string, location: string): string {
  if (/^[a-z]+:\/\//i.test(location)) return location;
  const [, origin = "", path = "/"] = /^([a-z]+:\/\/[^/?#]*|[^/?#]*)([^?#]*)/i.exec(base) ?? [];
  if (location.startsWith("/")) return origin + location;
  return origin + path.slice(0, path.lastIndexOf("/") + 1) + location;
}
