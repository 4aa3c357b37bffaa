// The host's resolver: /etc/hosts, then A and AAAA questions together for each name of the search list, to each name
// server in turn, until something answers: what glibc's resolver does.
import { fnv1a } from "#base/hash";
import type { Context } from "../machine/component.ts";
import { absolute, decodeAnswer, encodeQuery, type DnsAnswer } from "../dns/message.ts";
import type { DatagramAnswer } from "../network/types.ts";
import { knownAddress, searchNames } from "./search.ts";
import { toSelf, type AskedQuery, type HttpState, type LookupState } from "./state.ts";
import type { ResolveAnswer, ResolveCall } from "./types.ts";

const DEFAULT_SERVER_TIMEOUT_MS = 5000;
const DEFAULT_ATTEMPTS = 2;
const DNS_PORT = 53;

export function resolve(context: Context, state: HttpState, call: ResolveCall): void {
  const resolver = context.network.resolverOf(call.resolver ?? call.from);
  const known = knownAddress(call.name, resolver.hosts);
  if (known) {
    const { address, source } = known;
    if (call.journey !== undefined) {
      const step = {
        step: "dns" as const,
        name: call.name,
        server: "",
        queries: [],
        result: address,
        source,
      };
      context.trace.step(call.journey, { at: context.now, ...step });
    }
    context.reply(call.replyTo, { outcome: "resolved", addresses: [address], name: call.name, elapsedMs: 0 });
    return;
  }
  const id = state.nextId++;
  const lookup: LookupState = {
    id,
    call,
    startedAt: context.now,
    resolver,
    names: searchNames(call.name, resolver),
    index: 0,
    server: 0,
    attempt: 0,
    round: 0,
    pending: {},
    queries: [],
  };
  state.lookups.set(id, lookup);
  if (call.timeoutMs !== undefined) lookup.limit = context.after(call.timeoutMs, "lookupTimeout", { id });
  ask(context, state, lookup);
}

/** Sends the questions for the name whose turn it is. */
function ask(context: Context, state: HttpState, lookup: LookupState): void {
  const { from, ipv4Only } = lookup.call;
  const { resolver } = lookup;
  const server = resolver.nameservers[lookup.server];
  const name = lookup.names[lookup.index];
  if (server === undefined || name === undefined) {
    end(context, state, lookup, "noServer");
    return;
  }
  lookup.round++;
  lookup.pending = ipv4Only ? { A: null } : { A: null, AAAA: null };
  for (const type of ipv4Only ? (["A"] as const) : (["A", "AAAA"] as const)) {
    const payload = encodeQuery({
      id: fnv1a(`${lookup.id}/${lookup.round}/${type}`) & 0xffff,
      name,
      type,
      recursion: true,
    });
    context.network.datagram({
      from,
      to: { ip: server, port: DNS_PORT },
      payload,
      latency: "real",
      timeoutMs: resolver.timeoutMs ?? DEFAULT_SERVER_TIMEOUT_MS,
      replyTo: toSelf("dnsAnswer", { id: lookup.id, round: lookup.round, type }),
    });
  }
}

export function onDnsAnswer(
  context: Context,
  state: HttpState,
  data: DatagramAnswer & { id: number; round: number; type: "A" | "AAAA" },
): void {
  const lookup = state.lookups.get(data.id);
  if (!lookup || lookup.round !== data.round) return;
  const name = lookup.names[lookup.index]!;
  lookup.pending[data.type] = askedQuery(name, data);
  const answers = Object.values(lookup.pending);
  if (answers.some((answer) => answer === null)) return;
  const asked = answers as AskedQuery[];
  lookup.queries.push(...asked);
  if (asked.some(({ rcode }) => rcode === "TIMEOUT")) {
    nextServer(context, state, lookup, data.outcome === "refused");
    return;
  }
  const addresses = asked.flatMap(({ answer }) => answer).filter((text) => /^[\d.]+$/.test(text));
  if (addresses.length > 0) end(context, state, lookup, "resolved", addresses);
  else nextName(context, state, lookup);
}

function askedQuery(name: string, data: DatagramAnswer & { type: "A" | "AAAA" }): AskedQuery {
  const answer: DnsAnswer | undefined = data.outcome === "answer" ? decodeAnswer(data.payload) : undefined;
  const shown = name.slice(0, -1);
  if (!answer) return { name: shown, type: data.type, answer: [], rcode: "TIMEOUT" };
  const rcode = answer.rcode === "NOERROR" || answer.rcode === "NXDOMAIN" ? answer.rcode : "SERVFAIL";
  return { name: shown, type: data.type, answer: answer.answer.map((record) => record.data), rcode };
}

/** No answer: the next server, all of them again, then the name as it stands; a refusal ends the search at once. */
function nextServer(context: Context, state: HttpState, lookup: LookupState, refused: boolean): void {
  const { resolver } = lookup;
  lookup.server++;
  if (lookup.server >= resolver.nameservers.length) {
    lookup.server = 0;
    lookup.attempt++;
  }
  if (lookup.attempt < (resolver.attempts ?? DEFAULT_ATTEMPTS)) {
    ask(context, state, lookup);
    return;
  }
  const asIs = lookup.names.indexOf(absolute(lookup.call.name));
  if (refused || asIs <= lookup.index) {
    end(context, state, lookup, "noServer");
    return;
  }
  lookup.index = asIs;
  lookup.attempt = 0;
  ask(context, state, lookup);
}

function nextName(context: Context, state: HttpState, lookup: LookupState): void {
  lookup.index++;
  lookup.server = 0;
  lookup.attempt = 0;
  if (lookup.index < lookup.names.length) ask(context, state, lookup);
  else end(context, state, lookup, "notFound");
}

export function onLookupTimeout(context: Context, state: HttpState, data: { id: number }): void {
  const lookup = state.lookups.get(data.id);
  if (!lookup) return;
  delete lookup.limit;
  for (const [type, answer] of Object.entries(lookup.pending) as ["A" | "AAAA", AskedQuery | null][]) {
    const name = lookup.names[lookup.index]!.slice(0, -1);
    lookup.queries.push(answer ?? { name, type, answer: [], rcode: "TIMEOUT" });
  }
  end(context, state, lookup, "timeout");
}

function end(
  context: Context,
  state: HttpState,
  lookup: LookupState,
  outcome: ResolveAnswer["outcome"],
  addresses: string[] = [],
): void {
  state.lookups.delete(lookup.id);
  if (lookup.limit !== undefined) context.cancel(lookup.limit);
  const { call, queries } = lookup;
  const server = lookup.resolver.nameservers[lookup.server] ?? "";
  if (call.journey !== undefined) {
    const result = addresses[0] === undefined ? {} : { result: addresses[0] };
    const step = {
      step: "dns" as const,
      name: call.name,
      server,
      queries,
      ...result,
      source: "dns" as const,
    };
    context.trace.step(call.journey, { at: context.now, ...step });
  }
  const elapsedMs = context.now - lookup.startedAt;
  if (outcome !== "resolved") context.reply(call.replyTo, { outcome, elapsedMs });
  else
    context.reply(call.replyTo, {
      outcome,
      addresses,
      name: lookup.names[lookup.index]!.slice(0, -1),
      elapsedMs,
    });
}
