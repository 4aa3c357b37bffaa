// The bytes of a packet, for tcpdump's -x and -X, and its Ethernet addresses, for -e.
// Simplified: checksums are zero, and what print.ts makes up is made up here too.
import { fnv1a } from "#base/hash";
import { parseIp } from "#base/ipv4";
import { encodeUtf8 } from "#base/utf8";
import type { SeenPacket } from "../../../network/types.ts";

const PROTOCOLS = { TCP: 6, UDP: 17, ICMP: 1, SCTP: 132 };
const FLAGS: Record<string, number> = { F: 1, S: 2, R: 4, P: 8, ".": 16 };
const two = (value: number): number[] => [(value >> 8) & 255, value & 255];
const four = (value: number): number[] => [...two(value >>> 16), ...two(value & 0xffff)];

const ipOf = (address: string): string => address.split(":")[0]!;
const portOf = (address: string): number => Number(address.split(":")[1] ?? 0);

/** As container networks give them out: made of the IPv4 address. */
function hardwareOf(ip: string): number[] {
  return [0x0a, 0x58, ...four(parseIp(ip) ?? 0)];
}

/** The host's own card and its gateway's, which every packet goes by. */
export function ethernetOf(packet: SeenPacket): { src: number[]; dst: number[] } {
  if (packet.interface === "lo") return { src: [0, 0, 0, 0, 0, 0], dst: [0, 0, 0, 0, 0, 0] };
  const isOut = packet.direction === "Out";
  const own = ipOf(isOut ? packet.src : packet.dst);
  const [mine, gateway] = [hardwareOf(own), hardwareOf(own.replace(/\d+$/, "1"))];
  return isOut ? { src: mine, dst: gateway } : { src: gateway, dst: mine };
}

export const hardwareText = (bytes: readonly number[]): string =>
  bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(":");

/** From the IP header on. */
export function packetBytes(packet: SeenPacket, payloadLength: number): number[] {
  const payload = encodeUtf8(packet.payload ?? "").slice(0, payloadLength);
  while (payload.length < payloadLength) payload.push(0);
  const inner = [...transportHeader(packet, payloadLength), ...payload];
  const id = packet.protocol === "TCP" ? fnv1a(`${packet.stream ?? 0}/${Math.floor(packet.at)}`) & 0xffff : 0;
  return [
    0x45,
    0,
    ...two(20 + inner.length),
    ...two(id),
    0x40,
    0,
    64,
    PROTOCOLS[packet.protocol],
    0,
    0,
    ...four(parseIp(ipOf(packet.src)) ?? 0),
    ...four(parseIp(ipOf(packet.dst)) ?? 0),
    ...inner,
  ];
}

function transportHeader(packet: SeenPacket, length: number): number[] {
  const { protocol, src, dst, seq = 0, ack = 0, flags = "" } = packet;
  const ports = [...two(portOf(src)), ...two(portOf(dst))];
  if (protocol === "UDP") return [...ports, ...two(8 + length), 0, 0];
  if (protocol !== "TCP") return [];
  const bits = [...flags].reduce((sum, letter) => sum | (FLAGS[letter] ?? 0), 0);
  const window = flags.includes("R") ? 0 : flags.includes("S") ? (flags === "S" ? 64_240 : 65_160) : 502;
  const options = tcpOptions(packet);
  const words = (20 + options.length) / 4;
  return [...ports, ...four(seq), ...four(ack), words << 4, bits, ...two(window), 0, 0, 0, 0, ...options];
}

/** What a host's TCP clock says. */
export function tcpClock({ stream = 0, at }: SeenPacket, address: string): number {
  return (fnv1a(`${address}/${stream}`) + Math.floor(at)) >>> 0;
}

/** The same that print.ts names. */
function tcpOptions(packet: SeenPacket): number[] {
  const { flags = "", src, dst } = packet;
  if (flags.includes("R")) return [];
  const times = [8, 10, ...four(tcpClock(packet, src)), ...four(flags === "S" ? 0 : tcpClock(packet, dst))];
  return flags.includes("S") ? [2, 4, ...two(1460), 4, 2, ...times, 1, 3, 3, 7] : [1, 1, ...times];
}

/** Rows of 16 bytes, with letters beside them for -X. */
export function hexRows(bytes: readonly number[], withLetters: boolean): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 16) {
    const row = bytes.slice(at, at + 16);
    let numbers = "";
    row.forEach(
      (byte, index) => (numbers += (index % 2 === 0 ? " " : "") + byte.toString(16).padStart(2, "0")),
    );
    const letters = row.map((byte) => (byte > 32 && byte < 127 ? String.fromCharCode(byte) : ".")).join("");
    const place = at.toString(16).padStart(4, "0");
    text += `\t0x${place}: ${withLetters ? `${numbers.padEnd(40)}  ${letters}` : numbers}\n`;
  }
  return text;
}
