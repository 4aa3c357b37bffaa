// The component "internet": the few machines beyond the cluster's network that answer. A name server, web servers
// behind the names that it knows, one of them for its own name only, and two servers that books use for endpoints
// outside a cluster. Packets to every other address vanish.
import { ownValue } from "#base/json";
import { defineComponent, type Context } from "../machine/component.ts";
import { decodeQuery, encodeAnswer, type DnsAnswer, type DnsQuery } from "../dns/message.ts";
import type { HttpMessage, Incoming, Listener } from "../network/types.ts";
import { headerOf } from "../http-client/request.ts";
import { PUBLIC_AUTHORITY } from "../http-client/curl-texts.ts";
import { WORLD } from "../settings.ts";
import { INTERNET_NAMES, NAMED_SITE } from "./names.ts";

const WEB_SERVERS = ["198.51.100.80", "198.51.100.81", "11.11.11.11", "22.22.22.22"];
const CERTIFIED_NAME = "api.somecompany.com";
const CERTIFIED = `CN=${CERTIFIED_NAME}`;
const ANSWER_MS = 1;
const TTL = 30;

export const internet = defineComponent<Record<string, never>>({
  name: "internet",
  start: (context) => {
    const selfSigned = { subject: CERTIFIED, issuer: CERTIFIED, names: [CERTIFIED_NAME] };
    for (const ip of WEB_SERVERS) startWebServer(context, ip, selfSigned);
    const { ip, name } = NAMED_SITE;
    startWebServer(context, ip, { subject: `CN=${name}`, issuer: PUBLIC_AUTHORITY, names: [name] }, name);
    for (const protocol of ["UDP", "TCP"] as const)
      listen(context, { ip: WORLD.nameServerIp, port: 53, protocol, process: "name server" });
    return {};
  },
  timers: { web: onWeb, dns: onDns },
});

function startWebServer(context: Context, ip: string, tls: Listener["tls"], site?: string): void {
  listen(context, { ip, port: 80, protocol: "TCP", process: "web server", site });
  listen(context, { ip, port: 443, protocol: "TCP", process: "web server", site, tls });
}

interface Server {
  ip: string;
  port: number;
  protocol: "TCP" | "UDP";
  process: string;
  tls?: Listener["tls"];
  /** The only name that it answers to. */
  site?: string | undefined;
}

function listen(context: Context, { ip, port, protocol, process, tls, site }: Server): void {
  const data = { transport: protocol, ...(site === undefined ? {} : { site }) };
  const owner = { to: "internet", what: port === 53 ? "dns" : "web", data };
  const host = `internet:${ip}`;
  const address = "0.0.0.0";
  context.network.listen({ host, address, port, protocol, process, owner, ...(tls ? { tls } : {}) });
}

function onWeb(context: Context, _state: unknown, data: Incoming & { site?: string }): void {
  if ("datagram" in data.request) return;
  context.network.respond(data.exchange, webAnswer(data.request, data.peer, data.site), ANSWER_MS);
}

/** Every server says by which name it was called, and by whom. */
function webAnswer(request: HttpMessage, peer: string, site: string | undefined) {
  const host = (headerOf(request.headers, "host") ?? "").replace(/:\d+$/, "");
  if (site !== undefined && host.toLowerCase() !== site)
    return {
      status: 404,
      headers: { "Content-Type": "text/plain" },
      body: `there is no site ${host} here\n`,
    };
  const client = peer.slice(0, peer.lastIndexOf(":"));
  const headers = { "Content-Type": "text/plain" };
  return { status: 200, headers, body: `${host}: hello from the internet, ${client}\n` };
}

function onDns(context: Context, _state: unknown, data: Incoming & { transport: "UDP" | "TCP" }): void {
  const { request, exchange, transport } = data;
  const query = decodeQuery("datagram" in request ? request.datagram : request.body);
  if (!query) return;
  const text = encodeAnswer(nameServerAnswer(query));
  context.network.respond(
    exchange,
    transport === "UDP" ? { datagram: text } : { status: 200, body: text },
    ANSWER_MS,
  );
}

function nameServerAnswer({ id, name, type, recursion, edns }: DnsQuery): DnsAnswer {
  const addresses = ownValue(INTERNET_NAMES, name.toLowerCase());
  const soa = "ns.example.com. hostmaster.example.com. 1 3600 600 86400 30";
  const answer = type === "A" ? (addresses ?? []).map((ip) => ({ name, ttl: TTL, type, data: ip })) : [];
  return {
    id,
    flags: { aa: true, rd: recursion, ra: false },
    rcode: addresses ? "NOERROR" : "NXDOMAIN",
    question: { name, type },
    answer,
    authority: answer.length > 0 ? [] : [{ name: ".", ttl: TTL, type: "SOA", data: soa }],
    additional: [],
    ...(edns ? { edns } : {}),
  };
}
