// Which location answers a request, as nginx looks for it: the host's own server, else a wildcard's, else the one for
// all others; in it an exact path, else the longest prefix, else an expression.
import type { Location, Server, Table } from "./table.ts";

export function serverFor(table: Table, host: string): Server | undefined {
  const { servers } = table;
  const dot = host.indexOf(".");
  const wildcard = dot > 0 ? servers.get(`*${host.slice(dot)}`) : undefined;
  return servers.get(host) ?? wildcard ?? servers.get("");
}

export interface Matched {
  location: Location;
  /** The path to ask the backend for, rewritten where the Ingress says so. */
  path: string;
}

/** `target`: path and query as the client wrote them. */
export function match(server: Server, target: string): Matched | undefined {
  const mark = target.indexOf("?");
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? "" : target.slice(mark);
  const location =
    server.locations.find((candidate) => candidate.match === "exact" && candidate.path === path) ??
    server.locations.find((candidate) => fits(candidate, path));
  return location && { location, path: rewrite(location, path) + query };
}

function fits(location: Location, path: string): boolean {
  switch (location.match) {
    case "exact":
      return location.path === path;
    case "prefix":
      return isPrefix(location.path, path);
    case "text":
      return path.startsWith(location.path);
    case "regex":
      return expression(location)?.test(path) ?? false;
  }
}

/** By elements: /foo is a prefix of /foo/bar, not of /foobar. */
function isPrefix(prefix: string, path: string): boolean {
  const own = prefix.endsWith("/") ? prefix.slice(0, -1) : prefix;
  return path === own || path.startsWith(`${own}/`);
}

/** What a person wrote may be no expression at all: it then matches nothing. */
function expression({ path }: Location): RegExp | undefined {
  try {
    return new RegExp(`^${path}`, "i");
  } catch {
    return undefined;
  }
}

function rewrite(location: Location, path: string): string {
  const target = location.config.rewriteTarget;
  if (target === undefined) return path;
  const groups = expression(location)?.exec(path) ?? [];
  const rewritten = target.replace(/\$(\d)/g, (_, index: string) => groups[Number(index)] ?? "");
  return rewritten.startsWith("/") ? rewritten : `/${rewritten}`;
}
