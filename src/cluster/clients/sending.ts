// One request of a client: where it starts, what it asks, and what its answer counts as. A browser follows redirects.
import { hasHeader, headerOf } from "../http-client/request.ts";
import type { HttpResult } from "../http-client/types.ts";
import { parseUrl } from "../http-client/url.ts";
import type { Context } from "../machine/component.ts";
import type { HostId, ResolverConfig } from "../network/types.ts";
import { WORLD } from "../settings.ts";
import type { Place } from "../trace/types.ts";
import { cookieHeader, keepCookie } from "./cookies.ts";
import { locate } from "./location.ts";
import { fillPlaceholders } from "./placeholders.ts";
import { keepAliveKey, type ClientsState, type ClientState } from "./state.ts";

/** Firefox's own limit. */
const MAX_REDIRECTS = 20;
/** Of a machine whose /etc/hosts has no lines of its own. */
const OUTSIDE_RESOLVER: ResolverConfig = {
  nameservers: [WORLD.nameServerIp],
  searches: [],
  ndots: 1,
  hosts: { localhost: "127.0.0.1" },
};

interface AnswerData {
  name: string;
  generation: number;
  url: string;
  method: string;
  redirects: number;
}

export function sendOne(context: Context, client: ClientState): void {
  const { spec, status } = client;
  if (spec.keepAlive && status.inFlight > 0) {
    client.waiting++;
    return;
  }
  status.sent++;
  const outside = spec.location.kind === "outside";
  const located = locate(context, client);
  if (!located.ok) {
    giveUp(context, client, located.place, "", spec.url, located.problem);
    return;
  }
  const { host } = located;
  const url = fillPlaceholders(context, spec.url, outside);
  const problem = url.ok ? setHosts(context, client, host) : url.problem;
  if (!url.ok || problem !== undefined) {
    const { network } = context;
    giveUp(context, client, network.placeOf(host), network.ipOf(host), url.text, problem ?? "");
    return;
  }
  status.inFlight++;
  dial(context, client, located, { url: url.text, method: spec.method, redirects: 0 });
}

/** An outside machine's /etc/hosts, with the addresses of this moment. */
function setHosts(context: Context, client: ClientState, host: HostId): string | undefined {
  if (client.spec.location.kind !== "outside") return undefined;
  if (client.spec.hosts === undefined) {
    context.network.setResolver(host, OUTSIDE_RESOLVER);
    return undefined;
  }
  const hosts: Record<string, string> = { localhost: "127.0.0.1" };
  for (const [name, address] of Object.entries(client.spec.hosts)) {
    const filled = fillPlaceholders(context, address, true);
    if (!filled.ok) return filled.problem;
    hosts[name] = filled.text;
  }
  context.network.setResolver(host, { nameservers: [WORLD.nameServerIp], searches: [], ndots: 1, hosts });
  return undefined;
}

function dial(
  context: Context,
  client: ClientState,
  { host: from, resolver }: { host: HostId; resolver?: HostId },
  target: Pick<AnswerData, "url" | "method" | "redirects">,
): void {
  const { spec } = client;
  const { url, method } = target;
  let { headers } = spec;
  if (spec.cookies && !hasHeader(headers, "cookie")) {
    const parsed = parseUrl(url);
    const cookie = parsed.ok
      ? cookieHeader(client.cookies, parsed.url.host, parsed.url.path, context.now)
      : undefined;
    if (cookie !== undefined) headers = { ...headers, Cookie: cookie };
  }
  const { redirects } = target;
  const data = { name: spec.name, generation: client.generation, url, method, redirects };
  context.http.call({
    from,
    program: spec.program,
    method,
    url,
    headers,
    latency: "visible",
    traced: true,
    replyTo: { to: "clients", what: "answer", data },
    body: method === "GET" ? undefined : spec.body,
    maxTimeMs: spec.maxTimeMs,
    keepAliveKey: spec.keepAlive ? keepAliveKey(client) : undefined,
    insecure: spec.insecure,
    resolver,
  });
}

export function onAnswer(context: Context, state: ClientsState, data: AnswerData & HttpResult): void {
  const client = state.clients.get(data.name);
  if (!client || client.generation !== data.generation) return;
  if (data.ok) {
    takeCookies(context, client, data);
    if (redirect(context, client, data)) return;
  }
  client.status.inFlight--;
  if (data.ok && data.status < 400) client.status.succeeded++;
  else client.status.failed++;
  if (client.waiting > 0) {
    client.waiting--;
    sendOne(context, client);
  }
}

function takeCookies(
  context: Context,
  client: ClientState,
  data: AnswerData & HttpResult & { ok: true },
): void {
  if (!client.spec.cookies) return;
  const header = headerOf(data.headers, "set-cookie");
  const parsed = parseUrl(data.url);
  if (header === undefined || !parsed.ok) return;
  keepCookie(client.cookies, parsed.url.host, header, context.now);
}

/** A browser goes where it is sent; 301, 302 and 303 make a GET of it. */
function redirect(
  context: Context,
  client: ClientState,
  data: AnswerData & HttpResult & { ok: true },
): boolean {
  const location = headerOf(data.headers, "location");
  const { status, redirects } = data;
  if (client.spec.program !== "browser" || location === undefined || redirects >= MAX_REDIRECTS) return false;
  if (![301, 302, 303, 307, 308].includes(status)) return false;
  const located = locate(context, client);
  const parsed = parseUrl(data.url);
  if (!located.ok || !parsed.ok) return false;
  const { scheme, authority, path } = parsed.url;
  const url = /^[a-z]+:\/\//i.test(location)
    ? location
    : `${scheme}://${authority}${location.startsWith("/") ? location : path.slice(0, path.lastIndexOf("/") + 1) + location}`;
  const method = status >= 307 ? data.method : "GET";
  dial(context, client, located, { url, method, redirects: redirects + 1 });
  return true;
}

/** A request that cannot even be sent still says why. */
function giveUp(
  context: Context,
  client: ClientState,
  place: Place,
  ip: string,
  url: string,
  text: string,
): void {
  client.status.failed++;
  const { method, headers, program } = client.spec;
  const id = context.trace.begin({ client: { place, ip, program }, request: { method, url, headers } });
  context.trace.end(id, { kind: "failure", at: context.now, failure: "unsent", text, exit: 1, place });
}
