// A packet as tcpdump 4.99 prints it.
// Simplified: TCP windows and timestamps, and with -v the IP header's id and TTL, are made up.
import { withoutTrailing } from "#base/trailing";
import { fnv1a } from "#base/hash";
import { toCivil } from "#base/time";
import {
  answerSize,
  decodeAnswer,
  decodeQuery,
  querySize,
  type ResourceRecord,
} from "../../../dns/message.ts";
import type { SeenPacket } from "../../../network/types.ts";
import { ethernetOf, hardwareText, hexRows, packetBytes, tcpClock } from "./frame.ts";
import { serviceOf } from "../services.ts";

export interface PrintOptions {
  /** How often -t was given. */
  times: number;
  any: boolean;
  quick: boolean;
  verbose: boolean;
  ascii: boolean;
  /** -x and -X, and with the Ethernet header where they are given twice. */
  hex?: { letters: boolean; ethernet: boolean };
  /** -e */
  ethernet?: boolean;
  /** Names of addresses and ports, unless -n. */
  names?: Readonly<Record<string, string>>;
}

const HTTP_PORTS = new Set(["80", "8080", "3128"]);

export function packetLines(
  packet: SeenPacket,
  options: PrintOptions,
  epochMs: number,
  sinceLastMs: number,
): string {
  const where = options.any ? `${packet.interface.padEnd(5)} ${packet.direction.padEnd(3)} ` : "";
  const time = timeText(options.times, epochMs, sinceLastMs);
  const ends = `${shown(packet.src, options)} > ${shown(packet.dst, options)}`;
  const what = options.quick ? quickText(packet) : bodyOf(packet, options);
  const link = options.ethernet ? linkText(packet, options) : "IP ";
  const head = options.verbose
    ? `${link}${ipHeader(packet)}\n    ${ends}: ${what}`
    : `${link}${ends}: ${what}`;
  return `${time}${where}${head}\n${options.ascii ? asciiOf(packet) : ""}${hexOf(packet, options)}`;
}

/** The Ethernet header, or with -i any the cooked one, in place of the word IP. */
function linkText(packet: SeenPacket, { any }: PrintOptions): string {
  const { src, dst } = ethernetOf(packet);
  const length = headerLength(packet) + sizeOfPayload(packet);
  if (any) {
    const index = packet.interface === "lo" ? 1 : 2;
    return `ifindex ${index} ${hardwareText(src)} ethertype IPv4 (0x0800), length ${length + 20}: `;
  }
  return `${hardwareText(src)} > ${hardwareText(dst)}, ethertype IPv4 (0x0800), length ${length + 14}: `;
}

function hexOf(packet: SeenPacket, { hex }: PrintOptions): string {
  if (!hex) return "";
  const isDns = packet.protocol === "UDP" && portsOf(packet).includes("53");
  const bytes = packetBytes(isDns ? { ...packet, payload: "" } : packet, sizeOfPayload(packet));
  const { src, dst } = ethernetOf(packet);
  return hexRows(hex.ethernet ? [...dst, ...src, 8, 0, ...bytes] : bytes, hex.letters);
}

function timeText(times: number, epochMs: number, sinceLastMs: number): string {
  if (times === 1) return "";
  const micros = String(Math.floor((epochMs % 1000) * 1000)).padStart(6, "0");
  if (times === 2) return `${Math.floor(epochMs / 1000)}.${micros} `;
  const clock = (ms: number): string => {
    const { hour, minute, second } = toCivil(ms);
    const text = [hour, minute, second].map((value) => String(value).padStart(2, "0")).join(":");
    return `${text}.${String(Math.floor((ms % 1000) * 1000)).padStart(6, "0")} `;
  };
  if (times === 3) return ` ${clock(sinceLastMs)}`;
  if (times < 4) return clock(epochMs);
  const { year, month, day } = toCivil(epochMs);
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")} ${clock(epochMs)}`;
}

function shown(address: string, { names }: PrintOptions): string {
  const [ip = "", port] = address.split(":");
  const host = names?.[ip] ?? ip;
  if (port === undefined) return host;
  return `${host}.${(names && serviceOf(port)) ?? port}`;
}

function portsOf({ src, dst }: SeenPacket): [string, string] {
  return [src.split(":")[1] ?? "", dst.split(":")[1] ?? ""];
}

function quickText({ protocol, length }: SeenPacket): string {
  if (protocol === "TCP") return `tcp ${length}`;
  return protocol === "UDP" ? `UDP, length ${length}` : `ICMP, length ${length}`;
}

function bodyOf(packet: SeenPacket, options: PrintOptions): string {
  if (packet.protocol === "TCP") return tcpText(packet, options);
  if (packet.protocol !== "UDP") return `ICMP ${packet.icmp ?? ""}, length ${packet.length}`;
  const isDns = portsOf(packet).includes("53");
  return (isDns ? dnsText(packet.payload ?? "") : undefined) ?? `UDP, length ${packet.length}`;
}

function tcpText(packet: SeenPacket, { verbose }: PrintOptions): string {
  const { flags = "", seq = 0, ack = 0, length, payload } = packet;
  const hasSeq = length > 0 || /[SFR]/.test(flags);
  const from = hasSeq ? `, seq ${length > 0 ? `${seq}:${seq + length}` : seq}` : "";
  const acks = flags.includes(".") ? `, ack ${ack}` : "";
  const isSyn = flags.includes("S");
  const window = flags.includes("R") ? 0 : isSyn ? (flags === "S" ? 64_240 : 65_160) : 502;
  const base = `Flags [${flags}]${from}${acks}, win ${window}${optionText(packet, isSyn)}, length ${length}`;
  const isHttp = portsOf(packet).some((port) => HTTP_PORTS.has(port));
  if (length === 0 || !isHttp || payload === undefined || !/^[\x20-\x7e]+\r?\n/.test(payload)) return base;
  if (!verbose) return `${base}: HTTP: ${payload.split(/\r?\n/, 1)[0]!}`;
  const lines = withoutTrailing(payload, "\r\n").split(/\r?\n/);
  return `${base}: HTTP, length: ${length}${lines.map((line) => `\n\t${line}`).join("")}`;
}

function optionText(packet: SeenPacket, isSyn: boolean): string {
  const { flags = "", src, dst } = packet;
  if (flags.includes("R")) return "";
  const times = `TS val ${tcpClock(packet, src)} ecr ${flags === "S" ? 0 : tcpClock(packet, dst)}`;
  return `, options [${isSyn ? `mss 1460,sackOK,${times},nop,wscale 7` : `nop,nop,${times}`}]`;
}

const RCODES: Record<string, string> = {
  NOERROR: "",
  FORMERR: " FormErr",
  SERVFAIL: " ServFail",
  NXDOMAIN: " NXDomain",
  NOTIMP: " NotImp",
  REFUSED: " Refused",
};

function dnsText(payload: string): string | undefined {
  const answer = decodeAnswer(payload);
  if (answer) {
    const { id, flags, rcode, additional, authority, edns } = answer;
    const signs = `${RCODES[rcode] ?? ""}${flags.aa ? "*" : ""}${flags.ra ? "" : "-"}`;
    const counts = `${answer.answer.length}/${authority.length}/${additional.length + (edns ? 1 : 0)}`;
    const records = answer.answer.map((record) => ` ${recordText(record)}`).join(",");
    return `${id}${signs} ${counts}${records} (${answerSize(answer)})`;
  }
  const query = decodeQuery(payload);
  if (!query) return undefined;
  const { id, name, type, recursion, edns } = query;
  return `${id}${recursion ? "+" : ""}${edns ? " [1au]" : ""} ${type}? ${name} (${querySize(query)})`;
}

function recordText({ type, data }: ResourceRecord): string {
  if (type !== "SRV") return `${type} ${data}`;
  const [priority, weight, port, target] = data.split(" ");
  return `SRV ${target}:${port} ${priority} ${weight}`;
}

function sizeOfPayload(packet: SeenPacket): number {
  const isDns = packet.protocol === "UDP" && portsOf(packet).includes("53");
  const dns = isDns ? /\((\d+)\)$/.exec(dnsText(packet.payload ?? "") ?? "")?.[1] : undefined;
  return dns === undefined ? packet.length : Number(dns);
}

function headerLength({ protocol, flags = "" }: SeenPacket): number {
  if (protocol !== "TCP") return protocol === "UDP" ? 28 : 20;
  return flags.includes("S") ? 60 : flags.includes("R") ? 40 : 52;
}

function ipHeader(packet: SeenPacket): string {
  const { protocol, stream = 0, at } = packet;
  const number = { TCP: 6, UDP: 17, ICMP: 1, SCTP: 132 }[protocol];
  const id = protocol === "TCP" ? fnv1a(`${stream}/${Math.floor(at)}`) & 0xffff : 0;
  const length = headerLength(packet) + sizeOfPayload(packet);
  return `(tos 0x0, ttl 64, id ${id}, offset 0, flags [DF], proto ${protocol} (${number}), length ${length})`;
}

/** -A: headers are dots, as most of their bytes are no letters; the payload follows. */
function asciiOf(packet: SeenPacket): string {
  const payload = portsOf(packet).includes("53") ? "" : (packet.payload ?? "");
  const text = payload.replace(/\r\n/g, "\n").replace(/[^\n\t\x20-\x7e]/g, ".");
  return `E${".".repeat(headerLength(packet) - 1)}${text}\n`;
}
