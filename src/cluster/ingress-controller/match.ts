// Which location answers a request, as nginx looks for it: the host's own server, else a wildcard's, else the one for
// all others; in it an exact path, else the longest prefix, else an expression.
import { parsePerl } from "#base/regexp/perl";
import { PatternError, TooManySteps } from "#base/regexp/problems";
import { compile, type Program } from "#base/regexp/program";
import { expressionWith, find, type Found } from "#base/regexp/search";
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
      return groupsOf(location, path) !== undefined;
  }
}

/** By elements: /foo is a prefix of /foo/bar, not of /foobar. */
function isPrefix(prefix: string, path: string): boolean {
  const own = prefix.endsWith("/") ? prefix.slice(0, -1) : prefix;
  return path === own || path.startsWith(`${own}/`);
}

const MAX_REMEMBERED = 500;
/** nginx takes no longer word in its configuration. */
const LONGEST_PATH = 4096;
const remembered = new Map<string, Program | undefined>();

/** What a person wrote may be no expression at all: it then matches nothing. */
function programOf(path: string): Program | undefined {
  if (!remembered.has(path)) {
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(path, readProgram(path));
  }
  return remembered.get(path);
}

function readProgram(path: string): Program | undefined {
  if (path.length > LONGEST_PATH) return undefined;
  try {
    return compile(parsePerl(`^${path}`, "pcre", { ignoreCase: true }));
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return undefined;
  }
}

/** Simplified: an expression that would take too long matches nothing, where nginx answers 500. */
function groupsOf({ path: pattern }: Location, path: string): Found["groups"] | undefined {
  const program = programOf(pattern);
  try {
    return program && find(expressionWith(program, "first"), path)?.groups;
  } catch (error) {
    if (!(error instanceof TooManySteps)) throw error;
    return undefined;
  }
}

function rewrite(location: Location, path: string): string {
  const target = location.config.rewriteTarget;
  if (target === undefined) return path;
  const groups = groupsOf(location, path) ?? [];
  const rewritten = target.replace(/\$(\d)/g, (_, index: string) => groups[Number(index)] ?? "");
  return rewritten.startsWith("/") ? rewritten : `/${rewritten}`;
}
