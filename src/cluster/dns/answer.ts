// What CoreDNS answers: records of the cluster's zone and of reverse names, or that the question belongs to the name
// server outside. Pure; the component sends it.
import { nextInt, type RandomState } from "#base/random";
import { findItems, ZONE, type Found, type Item } from "./items.ts";
import type { DnsAnswer, DnsQuery, Rcode, ResourceRecord } from "./message.ts";
import { namesOfAddress } from "./reverse.ts";
import type { DnsState } from "./state.ts";

const TTL = 30;
/** The version of the record layout that CoreDNS follows. */
const SCHEMA_VERSION = '"1.1.0"';
const DNS_SERVICE = `kube-dns.kube-system.svc.${ZONE}`;
/** CoreDNS follows an alias no further. */
const MAX_ALIASES = 8;

export type Verdict =
  | { kind: "answer"; answer: DnsAnswer }
  /** Asked outside: this name, with records of the cluster's own before the answer. */
  | { kind: "forward"; name: string; before: ResourceRecord[] };

export function answerQuery(state: DnsState, random: RandomState, query: DnsQuery): Verdict {
  const name = query.name.toLowerCase();
  if (name === ZONE || name.endsWith(`.${ZONE}`)) return answerZone(state, random, query, name);
  if (name.endsWith(".in-addr.arpa.")) {
    const names = namesOfAddress(state, name);
    if (names.length > 0) {
      const records = names.map((data) => ({ name: query.name, ttl: TTL, type: "PTR" as const, data }));
      if (query.type === "PTR" || query.type === "ANY")
        return { kind: "answer", answer: reply(query, "NOERROR", records) };
      return { kind: "answer", answer: negative(state, query, "NOERROR") };
    }
  }
  return { kind: "forward", name: query.name, before: [] };
}

function answerZone(state: DnsState, random: RandomState, query: DnsQuery, name: string): Verdict {
  const labels = name === ZONE ? [] : name.slice(0, -ZONE.length - 1).split(".");
  const special = answerSpecial(state, query, labels);
  if (special) return { kind: "answer", answer: special };
  const found = findItems(state, labels);
  if (found === "missing") return { kind: "answer", answer: negative(state, query, "NXDOMAIN") };
  switch (query.type) {
    case "A":
    case "AAAA":
      return answerAddresses(state, random, query, found);
    case "SRV":
      return { kind: "answer", answer: answerSrv(state, query, found) };
    case "CNAME":
      return { kind: "answer", answer: positive(state, query, aliasRecords(query.name, found)) };
    default:
      return { kind: "answer", answer: negative(state, query, "NOERROR") };
  }
}

function answerSpecial(state: DnsState, query: DnsQuery, labels: string[]): DnsAnswer | undefined {
  const { name, type } = query;
  const first = labels.join(".");
  if (first === "" && type === "NS") {
    const ns: ResourceRecord = { name, ttl: TTL, type, data: DNS_SERVICE };
    return { ...reply(query, "NOERROR", [ns]), additional: serverAddress(state, DNS_SERVICE) };
  }
  if (first === "" && type === "SOA") return reply(query, "NOERROR", [soa(state)]);
  if (first === "dns-version" && type === "TXT") {
    return reply(query, "NOERROR", [{ name, ttl: TTL, type, data: SCHEMA_VERSION }]);
  }
  if (first === "dns-version") return negative(state, query, "NOERROR");
  if (first === "ns.dns") return positive(state, query, type === "A" ? serverAddress(state, name) : []);
  return undefined;
}

function serverAddress(state: DnsState, name: string): ResourceRecord[] {
  const ip = state.services.get("kube-system/kube-dns")?.spec.clusterIP;
  return ip ? [{ name, ttl: TTL, type: "A", data: ip }] : [];
}

function answerAddresses(state: DnsState, random: RandomState, query: DnsQuery, found: Item[]): Verdict {
  const records: ResourceRecord[] = [];
  let owner = query.name;
  let items = found;
  for (let hops = 0; hops < MAX_ALIASES; hops++) {
    const alias = items.find(({ kind }) => kind === "alias");
    if (!alias) {
      const addresses = query.type === "A" ? [...new Set(items.map(({ host }) => host))] : [];
      const own = addresses.map((data): ResourceRecord => ({ name: owner, ttl: TTL, type: "A", data }));
      shuffle(own, random);
      // An alias of the cluster's own that leads to nothing is no answer.
      return { kind: "answer", answer: positive(state, query, own.length > 0 ? [...records, ...own] : []) };
    }
    records.push({ name: owner, ttl: TTL, type: "CNAME", data: alias.host });
    owner = alias.host;
    const target = alias.host.toLowerCase();
    if (target !== ZONE && !target.endsWith(`.${ZONE}`))
      return { kind: "forward", name: alias.host, before: records };
    const next: Found = findItems(state, target.slice(0, -ZONE.length - 1).split("."));
    if (next === "missing") break;
    items = next;
  }
  return { kind: "answer", answer: negative(state, query, "NOERROR") };
}

function aliasRecords(name: string, items: Item[]): ResourceRecord[] {
  const alias = items.find(({ kind }) => kind === "alias");
  return alias ? [{ name, ttl: TTL, type: "CNAME", data: alias.host }] : [];
}

/** The weight is shared among all that the name means, whether or not they differ in the end. */
function answerSrv(state: DnsState, query: DnsQuery, items: Item[]): DnsAnswer {
  const weight = Math.max(1, Math.floor(100 / items.length));
  const answer = new Map<string, ResourceRecord>();
  const additional = new Map<string, ResourceRecord>();
  for (const item of items) {
    if (item.port === undefined) continue;
    const target = item.kind === "alias" ? item.host : item.name;
    const data = `0 ${weight} ${item.port} ${target}`;
    answer.set(data, { name: query.name, ttl: TTL, type: "SRV", data });
    if (item.kind === "address") {
      additional.set(`${target} ${item.host}`, { name: target, ttl: TTL, type: "A", data: item.host });
    }
  }
  return { ...positive(state, query, [...answer.values()]), additional: [...additional.values()] };
}

/** Kubernetes: the loadbalance plugin of kubeadm's Corefile (v1.35). */
export function shuffle(records: ResourceRecord[], random: RandomState): void {
  for (let index = records.length - 1; index > 0; index--) {
    const other = nextInt(random, index + 1);
    [records[index], records[other]] = [records[other]!, records[index]!];
  }
}

export function reply(query: DnsQuery, rcode: Rcode, answer: ResourceRecord[]): DnsAnswer {
  const { id, name, type, recursion, edns } = query;
  return {
    id,
    flags: { aa: true, rd: recursion, ra: false },
    rcode,
    question: { name, type },
    answer,
    authority: [],
    additional: [],
    ...(edns ? { edns } : {}),
  };
}

function positive(state: DnsState, query: DnsQuery, records: ResourceRecord[]): DnsAnswer {
  return records.length > 0 ? reply(query, "NOERROR", records) : negative(state, query, "NOERROR");
}

function negative(state: DnsState, query: DnsQuery, rcode: Rcode): DnsAnswer {
  return { ...reply(query, rcode, []), authority: [soa(state)] };
}

function soa(state: DnsState): ResourceRecord {
  const data = `ns.dns.${ZONE} hostmaster.${ZONE} ${state.serial} 7200 1800 86400 ${TTL}`;
  return { name: ZONE, ttl: TTL, type: "SOA", data };
}
