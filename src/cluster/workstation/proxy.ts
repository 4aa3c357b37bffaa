// `kubectl proxy`: a port of the workstation behind which the API server answers whoever asks there.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/proxy/proxy_server.go (v1.35)
import { parsePerl } from "#base/regexp/perl";
import { TooManySteps } from "#base/regexp/problems";
import { expressionOf, matches } from "#base/regexp/search";
import { ownValue, type Json, type JsonObject } from "#base/json";
import type { ApiRequest, ApiResponse } from "../apiserver/client.ts";
import { parseTarget } from "../http-client/target.ts";
import type { HttpAnswer, HttpMessage } from "../network/types.ts";

export interface ProxyRules {
  /** Below which path the API stands; ends with a slash. */
  prefix: string;
  /** Regular expressions: hosts and paths that may be asked for, and paths and methods that may not. */
  hosts: string[];
  paths: string[];
  notPaths: string[];
  notMethods: string[];
  /** Files that are served, by their path below `wwwPrefix`. */
  www?: Record<string, string>;
  wwwPrefix?: string;
}

const METHODS: ReadonlySet<string> = new Set(["GET", "POST", "PUT", "PATCH", "DELETE"]);

export function proxyAnswer(
  rules: ProxyRules,
  request: HttpMessage,
  handle: (request: ApiRequest) => ApiResponse,
): HttpAnswer {
  const { path, query } = parseTarget(request.path);
  if (!isAccepted(rules, request, path)) return plain(403, "Forbidden\n");
  const { www, wwwPrefix } = rules;
  if (www && wwwPrefix && path.startsWith(wwwPrefix)) {
    const name = path.slice(wwwPrefix.length);
    const file = ownValue(www, name) ?? ownValue(www, `${name}index.html`);
    return file === undefined ? plain(404, "404 page not found\n") : page(name, file);
  }
  if (!`${path}/`.startsWith(rules.prefix)) return plain(404, "404 page not found\n");
  if (!METHODS.has(request.method)) return plain(405, "");
  const given = bodyOf(request);
  if (!given) return plain(400, "the body is no JSON\n");
  const type = headerOf(request, "content-type");
  const accept = headerOf(request, "accept");
  const asked: ApiRequest = {
    method: request.method as ApiRequest["method"],
    path: path.slice(rules.prefix.length - 1) || "/",
    query,
    ...(type && { contentType: type.split(";")[0]! }),
    ...(accept && accept !== "*/*" && { accept }),
    ...given,
  };
  return written(request, asked, handle(asked));
}

const plain = (status: number, body: string): HttpAnswer => ({
  status,
  headers: { "Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff" },
  body,
});

function page(name: string, body: string): HttpAnswer {
  const type = /\.html?$|\/$|^$/.test(name) ? "text/html; charset=utf-8" : "text/plain; charset=utf-8";
  return { status: 200, headers: { "Content-Type": type }, body };
}

function isAccepted(rules: ProxyRules, request: HttpMessage, path: string): boolean {
  const any = (patterns: readonly string[], text: string): boolean =>
    patterns.some((pattern) => fits(pattern, text));
  const host = headerOf(request, "host").replace(/:\d+$/, "");
  if (any(rules.notPaths, path) || any(rules.notMethods, request.method)) return false;
  return any(rules.paths, path) && any(rules.hosts, host);
}

/** What takes too many steps fits nothing. */
function fits(pattern: string, text: string): boolean {
  try {
    return matches(expressionOf(parsePerl(pattern, "go"), "first"), text);
  } catch (error) {
    if (!(error instanceof TooManySteps)) throw error;
    return false;
  }
}

const headerOf = ({ headers }: HttpMessage, wanted: string): string =>
  Object.entries(headers).find(([name]) => name.toLowerCase() === wanted)?.[1] ?? "";

/** What the body holds, if it has one; undefined where it cannot be read. */
function bodyOf({ body }: HttpMessage): { body?: Json } | undefined {
  if (body === "") return {};
  try {
    return { body: JSON.parse(body) as Json };
  } catch {
    return undefined;
  }
}

/** Indented for programs that people look at, as the API server writes. */
function written(
  message: HttpMessage,
  asked: ApiRequest,
  { status, body, warnings }: ApiResponse,
): HttpAnswer {
  const headers = {
    "Cache-Control": "no-cache, private",
    ...(warnings.length > 0 && {
      Warning: warnings.map((text) => `299 - ${JSON.stringify(text)}`).join(", "),
    }),
  };
  if (typeof body === "string")
    return { status, headers: { ...headers, "Content-Type": "text/plain" }, body };
  const type = { "Content-Type": "application/json" };
  if (isWatch(asked) && status === 200)
    return { status, headers: { ...headers, ...type }, body: eventsOf(body) };
  const isPretty =
    /^(curl|Wget|Mozilla\/5\.0)/.test(headerOf(message, "user-agent")) ||
    ["", "1", "true"].includes(asked.query?.["pretty"] ?? "no");
  const text = isPretty ? JSON.stringify(body, null, 2) : `${JSON.stringify(body)}\n`;
  return { status, headers: { ...headers, ...type }, body: text };
}

const isWatch = ({ query = {} }: ApiRequest): boolean => query["watch"] === "true" || query["watch"] === "1";

/** Simplified: a watch through the proxy tells what there is and ends. */
function eventsOf(list: Json): string {
  const { items, kind = "", apiVersion = "" } = list as JsonObject;
  if (!Array.isArray(items)) return `${JSON.stringify({ type: "ADDED", object: list })}\n`;
  const own = { kind: String(kind).replace(/List$/, ""), apiVersion };
  return items
    .map((item) => `${JSON.stringify({ type: "ADDED", object: { ...own, ...(item as JsonObject) } })}\n`)
    .join("");
}
