// Cookie affinity: a browser that brings the controller's cookie back goes to the same endpoint as before.
import { fnv1a } from "#base/hash";
import type { Upstream } from "./backends.ts";
import type { LocationConfig } from "./annotations.ts";

type CookieConfig = NonNullable<LocationConfig["cookie"]>;

export function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? "").split(";")) {
    const pair = part.trim();
    if (pair.startsWith(`${name}=`)) return pair.slice(name.length + 1);
  }
  return undefined;
}

/** The endpoint that the cookie names, while it is there. */
export function remembered(upstreams: readonly Upstream[], value: string | undefined): Upstream | undefined {
  const key = value?.slice(value.lastIndexOf("|") + 1);
  return key === undefined ? undefined : upstreams.find((upstream) => keyOf(upstream) === key);
}

// Simplified: the cookie carries a digest of the endpoint; nginx' own carries a random key that is hashed onto one.
function keyOf({ address }: Upstream): string {
  return [0, 1, 2, 3].map((turn) => fnv1a(`${turn}/${address}`).toString(16).padStart(8, "0")).join("");
}

export function setCookie(
  config: CookieConfig,
  upstream: Upstream,
  secure: boolean,
  seconds: number,
): string {
  const parts = [
    `${config.name}=${seconds}.${fnv1a(upstream.address) % 1000}.32.${fnv1a(`${seconds}`) % 1_000_000}|${keyOf(upstream)}`,
  ];
  if (config.maxAge !== undefined) parts.push(`Max-Age=${config.maxAge}`);
  else if (config.expires !== undefined) parts.push(`Max-Age=${config.expires}`);
  parts.push(`Path=${config.path ?? "/"}`);
  if (secure || config.secure) parts.push("Secure");
  parts.push("HttpOnly");
  if (config.sameSite !== undefined) parts.push(`SameSite=${config.sameSite}`);
  return parts.join("; ");
}
