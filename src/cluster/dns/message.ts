// A DNS message as it stands in a datagram's payload or, over TCP, in a request's body: compact JSON instead of the
// binary form, with everything that dig prints. Written by resolvers and dig, read and answered by name servers.
import { isObject } from "#base/json";

export type RecordType = "A" | "AAAA" | "CNAME" | "SRV" | "PTR" | "NS" | "SOA" | "TXT" | "MX" | "ANY";

export type Rcode = "NOERROR" | "FORMERR" | "SERVFAIL" | "NXDOMAIN" | "NOTIMP" | "REFUSED";

/** One resource record; names are absolute, with the dot at their end. */
export interface ResourceRecord {
  name: string;
  ttl: number;
  type: RecordType;
  /** As dig prints it: "10.96.0.10", "0 100 80 web.default.svc.cluster.local.", "\"1.1.0\"". */
  data: string;
}

export interface DnsQuery {
  id: number;
  /** Absolute, with the dot at its end. */
  name: string;
  type: RecordType;
  /** The flag rd. */
  recursion: boolean;
  /** What an OPT record carries; absent without EDNS. */
  edns?: { udp: number; cookie?: string };
}

export interface DnsAnswer {
  id: number;
  flags: { aa: boolean; rd: boolean; ra: boolean };
  rcode: Rcode;
  question: { name: string; type: RecordType };
  answer: ResourceRecord[];
  authority: ResourceRecord[];
  additional: ResourceRecord[];
  edns?: { udp: number; cookie?: string };
}

export function encodeQuery(query: DnsQuery): string {
  return JSON.stringify(query);
}

export function encodeAnswer(answer: DnsAnswer): string {
  return JSON.stringify(answer);
}

export function decodeQuery(text: string): DnsQuery | undefined {
  const message = parse(text);
  if (!message || typeof message["name"] !== "string" || typeof message["type"] !== "string")
    return undefined;
  return message as unknown as DnsQuery;
}

export function decodeAnswer(text: string): DnsAnswer | undefined {
  const message = parse(text);
  if (!message || typeof message["rcode"] !== "string" || !Array.isArray(message["answer"])) return undefined;
  return message as unknown as DnsAnswer;
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Adds the dot that makes a name absolute. */
export function absolute(name: string): string {
  return name.endsWith(".") ? name : `${name}.`;
}

/** "10.96.0.1" as "1.0.96.10.in-addr.arpa." */
export function reverseName(ip: string): string {
  return `${ip.split(".").reverse().join(".")}.in-addr.arpa.`;
}

const HEADER = 12;
/** Type, class, TTL and length of a record's data. */
const RECORD_HEAD = 10;

function nameSize(name: string): number {
  return name === "." ? 1 : absolute(name).length + 1;
}

function dataSize({ type, data }: ResourceRecord): number {
  const words = data.split(" ");
  switch (type) {
    case "A":
      return 4;
    case "AAAA":
      return 16;
    case "SRV":
      return 6 + nameSize(words[3] ?? ".");
    case "MX":
      return 2 + nameSize(words[1] ?? ".");
    case "SOA":
      return nameSize(words[0] ?? ".") + nameSize(words[1] ?? ".") + 20;
    case "TXT":
      return data.length - 1;
    default:
      return nameSize(data);
  }
}

export function querySize({ name, edns }: DnsQuery): number {
  const cookie = edns?.cookie;
  return HEADER + nameSize(name) + 4 + (edns ? 11 : 0) + (cookie === undefined ? 0 : 4 + cookie.length / 2);
}

/** The size of the binary message in bytes, names uncompressed as CoreDNS sends them: dig's "MSG SIZE rcvd". */
export function answerSize(answer: DnsAnswer): number {
  let size = HEADER + nameSize(answer.question.name) + 4;
  for (const record of [...answer.answer, ...answer.authority, ...answer.additional]) {
    size += nameSize(record.name) + RECORD_HEAD + dataSize(record);
  }
  if (!answer.edns) return size;
  const cookie = answer.edns.cookie;
  return size + 11 + (cookie === undefined ? 0 : 4 + cookie.length / 2);
}
