// A browser's cookie jar: what a server has set and what goes back to it.
import type { Cookie } from "./state.ts";

/** Takes over a Set-Cookie header; `now` and expiry are virtual milliseconds. */
export function keepCookie(jar: Map<string, Cookie[]>, host: string, header: string, now: number): void {
  const [pair = "", ...attributes] = header.split(";").map((part) => part.trim());
  const equals = pair.indexOf("=");
  if (equals <= 0) return;
  const cookie: Cookie = { name: pair.slice(0, equals), value: pair.slice(equals + 1), path: "/" };
  for (const attribute of attributes) {
    const [key = "", value = ""] = attribute.split("=", 2);
    if (key.toLowerCase() === "path" && value.startsWith("/")) cookie.path = value;
    // Simplified: only Max-Age ends a cookie, its Expires is taken to say the same.
    if (key.toLowerCase() === "max-age" && /^-?\d+$/.test(value))
      cookie.expiresAt = now + Number(value) * 1000;
  }
  const others = (jar.get(host) ?? []).filter(
    ({ name, path }) => name !== cookie.name || path !== cookie.path,
  );
  const ended = cookie.expiresAt !== undefined && cookie.expiresAt <= now;
  jar.set(host, ended ? others : [...others, cookie]);
}

/** The Cookie header for a request, or undefined. */
export function cookieHeader(
  jar: Map<string, Cookie[]>,
  host: string,
  path: string,
  now: number,
): string | undefined {
  const fitting = (jar.get(host) ?? []).filter((cookie) => {
    const inPath =
      path === cookie.path || path.startsWith(cookie.path.endsWith("/") ? cookie.path : `${cookie.path}/`);
    return inPath && (cookie.expiresAt === undefined || cookie.expiresAt > now);
  });
  return fitting.length === 0 ? undefined : fitting.map(({ name, value }) => `${name}=${value}`).join("; ");
}
