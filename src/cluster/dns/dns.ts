// The component "dns": CoreDNS with kubeadm's Corefile. It answers on port 53 of every running CoreDNS pod, out of
// what its watches told it, and forwards what is not the cluster's to the name server outside.
import { followSlice } from "#api/endpointslice/by-service";
import type { Pod } from "#api/pod/types";
import { defineComponent, isKind, type Change, type Context } from "../machine/component.ts";
import type { DatagramAnswer, HostId, Incoming } from "../network/types.ts";
import { WORLD } from "../settings.ts";
import { answerQuery, reply, shuffle } from "./answer.ts";
import {
  decodeAnswer,
  decodeQuery,
  encodeAnswer,
  encodeQuery,
  type DnsAnswer,
  type ResourceRecord,
} from "./message.ts";
import { createState, type Asker, type Cached, type DnsState, type Forwarded } from "./state.ts";

const NAMESPACE = "kube-system";
const PORT = 53;
/** How long a change takes from the API server into the answers. */
const WATCH_DELAY_MS = 20;
const ANSWER_MS = 0.2;
const UPSTREAM_TIMEOUT_MS = 2000;
const CACHE_MS = 30_000;
/** The cache plugin's own limit. */
const MOST_CACHED = 9984;

export const dns = defineComponent<DnsState>({
  name: "dns",
  start: createState,
  watches: ["Service", "EndpointSlice", "Namespace", "Pod"],
  watchDelayMs: () => WATCH_DELAY_MS,
  onChanges: (context, state, changes) => {
    for (const change of changes) follow(context, state, change);
  },
  timers: { query: onQuery, upstream: onUpstream },
});

function follow(context: Context, state: DnsState, change: Change): void {
  const gone = change.type === "DELETED";
  if (isKind(change, "Pod")) {
    if (isCoreDns(change.object)) followPod(context, state, change.object, gone);
    return;
  }
  state.serial = Math.floor(context.wallMs / 1000);
  const { metadata } = change.object;
  const key = `${metadata.namespace}/${metadata.name}`;
  if (isKind(change, "Namespace")) {
    if (gone) state.namespaces.delete(metadata.name);
    else state.namespaces.add(metadata.name);
  } else if (isKind(change, "Service")) {
    if (gone) state.services.delete(key);
    else state.services.set(key, change.object);
  } else if (isKind(change, "EndpointSlice")) followSlice(state.slices, change);
}

function isCoreDns({ metadata }: Pod): boolean {
  return metadata.namespace === NAMESPACE && metadata.labels?.["k8s-app"] === "kube-dns";
}

function isRunning({ status }: Pod): boolean {
  const containers = status.containerStatuses ?? [];
  return status.phase === "Running" && containers.some(({ state }) => state.running !== undefined);
}

/** The pod's process listens while its container runs. */
function followPod(context: Context, state: DnsState, pod: Pod, gone: boolean): void {
  const { uid } = pod.metadata;
  const open = state.listeners.get(uid);
  const serves = context.settings.dns && !gone && isRunning(pod);
  if (serves && !open) listen(context, state, pod);
  if (serves || !open) return;
  for (const id of open) context.network.close(id, { reset: true });
  state.listeners.delete(uid);
}

function listen(context: Context, state: DnsState, pod: Pod): void {
  const host: HostId = pod.spec.hostNetwork ? `node:${pod.spec.nodeName}` : `pod:${pod.metadata.uid}`;
  const ids: number[] = [];
  for (const protocol of ["UDP", "TCP"] as const) {
    const owner = { to: "dns", what: "query", data: { transport: protocol, host } };
    const process = "coredns";
    const result = context.network.listen({ host, address: "0.0.0.0", port: PORT, protocol, process, owner });
    if (result.ok) ids.push(result.id);
  }
  state.listeners.set(pod.metadata.uid, ids);
}

function onQuery(
  context: Context,
  state: DnsState,
  data: Incoming & Pick<Asker, "transport"> & { host: HostId },
): void {
  const { exchange, transport, request } = data;
  const query = decodeQuery("datagram" in request ? request.datagram : request.body);
  const asker: Asker = { exchange, transport };
  if (!query) {
    if (transport === "TCP") context.network.respond(exchange, { hangUp: true });
    return;
  }
  const verdict = answerQuery(state, context.random, query);
  if (verdict.kind === "answer") {
    send(context, asker, verdict.answer);
    return;
  }
  const item: Forwarded = { id: state.nextId++, asker, query, before: verdict.before };
  const key = `${verdict.name.toLowerCase()} ${query.type}`;
  const cached = state.cache.get(key);
  if (cached && cached.until > context.now) {
    sendForwarded(context, item, aged(cached, context.now));
    return;
  }
  state.forwarded.set(item.id, item);
  context.network.datagram({
    from: data.host,
    to: { ip: WORLD.nameServerIp, port: PORT },
    payload: encodeQuery({ ...query, name: verdict.name }),
    latency: "real",
    timeoutMs: UPSTREAM_TIMEOUT_MS,
    replyTo: { to: "dns", what: "upstream", data: { id: item.id, key } },
  });
}

function onUpstream(
  context: Context,
  state: DnsState,
  data: DatagramAnswer & { id: number; key: string },
): void {
  const item = state.forwarded.get(data.id);
  if (!item) return;
  state.forwarded.delete(data.id);
  const answer = data.outcome === "answer" ? decodeAnswer(data.payload) : undefined;
  if (!answer) {
    send(context, item.asker, {
      ...reply(item.query, "SERVFAIL", []),
      flags: { aa: false, rd: item.query.recursion, ra: false },
    });
    return;
  }
  remember(state, data.key, { answer, until: context.now + CACHE_MS });
  sendForwarded(context, item, answer);
}

/** The oldest answer goes for the new one where there are too many. */
function remember({ cache }: DnsState, key: string, item: Cached): void {
  cache.delete(key);
  cache.set(key, item);
  if (cache.size <= MOST_CACHED) return;
  for (const oldest of cache.keys()) return void cache.delete(oldest);
}

/** Its records are good for as long as the cache still keeps them. */
function aged({ answer, until }: Cached, now: number): DnsAnswer {
  const ttl = Math.ceil((until - now) / 1000);
  const older = (records: ResourceRecord[]): ResourceRecord[] =>
    records.map((record) => ({ ...record, ttl }));
  return { ...answer, answer: older(answer.answer), authority: older(answer.authority) };
}

/** Whatever the name outside is, a name of the cluster that leads to it exists. */
function sendForwarded(context: Context, { asker, query, before }: Forwarded, answer: DnsAnswer): void {
  const records = [...answer.answer];
  shuffle(records, context.random);
  const { id, name, type, edns } = query;
  const own: DnsAnswer = { ...answer, id, question: { name, type }, answer: [...before, ...records] };
  if (edns) own.edns = edns;
  else delete own.edns;
  if (before.length > 0) send(context, asker, { ...own, rcode: "NOERROR", authority: [] });
  else send(context, asker, own);
}

function send(context: Context, { exchange, transport }: Asker, answer: DnsAnswer): void {
  const text = encodeAnswer(answer);
  if (transport === "UDP") context.network.respond(exchange, { datagram: text }, ANSWER_MS);
  else context.network.respond(exchange, { status: 200, body: text }, ANSWER_MS);
}
