// The component "internet": the few machines beyond the cluster's network that answer. A name server, web servers
// behind the names that it knows, and two servers that books use for endpoints outside a cluster. Packets to every
// other address vanish.
import { defineComponent, type Context } from "../machine/component.ts";
import { decodeQuery, encodeAnswer, type DnsAnswer, type DnsQuery } from "../dns/message.ts";
import type { HttpMessage, Incoming, Listener } from "../network/types.ts";
import { headerOf } from "../http-client/request.ts";
import { INTERNET_NAMES, NAME_SERVER } from "./names.ts";

const WEB_SERVERS = ["198.51.100.80", "198.51.100.81", "11.11.11.11", "22.22.22.22"];
const CERTIFIED_NAME = "api.somecompany.com";
const ANSWER_MS = 1;
const TTL = 30;

export const internet = defineComponent<Record<string, never>>({
  name: "internet",
  start: (context) => {
    for (const ip of WEB_SERVERS) startWebServer(context, ip);
    listen(context, NAME_SERVER, 53, "UDP", "name server");
    listen(context, NAME_SERVER, 53, "TCP", "name server");
    return {};
  },
  timers: { web: onWeb, dns: onDns },
});

function startWebServer(context: Context, ip: string): void {
  listen(context, ip, 80, "TCP", "web server");
  const tls = { subject: CERTIFIED_NAME, issuer: CERTIFIED_NAME, names: [CERTIFIED_NAME] };
  listen(context, ip, 443, "TCP", "web server", tls);
}

function listen(
  context: Context,
  ip: string,
  port: number,
  protocol: "TCP" | "UDP",
  process: string,
  tls?: Listener["tls"],
): void {
  const owner = { to: "internet", what: port === 53 ? "dns" : "web", data: { transport: protocol } };
  const host = `internet:${ip}`;
  context.network.listen({
    host,
    address: "0.0.0.0",
    port,
    protocol,
    process,
    owner,
    ...(tls ? { tls } : {}),
  });
}

function onWeb(context: Context, _state: unknown, data: Incoming): void {
  if ("datagram" in data.request) return;
  context.network.respond(data.exchange, webAnswer(data.request, data.peer), ANSWER_MS);
}

/** Every server says by which name it was called, and by whom. */
function webAnswer(request: HttpMessage, peer: string) {
  const host = (headerOf(request.headers, "host") ?? "").replace(/:\d+$/, "");
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
  const addresses = INTERNET_NAMES[name.toLowerCase()];
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
