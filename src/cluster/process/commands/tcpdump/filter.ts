// The filter expressions of tcpdump (pcap-filter), as far as they ask for what packets here have: protocols, hosts,
// networks, ports, directions, lengths and TCP's flags. `and` and `or` bind equally and from the left.
import { contains, parseCidr, parseIp } from "#base/ipv4";
import type { SeenPacket } from "../../../network/types.ts";
import { portOf } from "../services.ts";

export type Filter = (packet: SeenPacket) => boolean;

/** `names` are host names that stand for addresses; one that is missing there is reported. */
export type FilterResult =
  | { ok: true; filter: Filter }
  | { ok: false; error: string }
  | { ok: false; name: string };

interface Qualifiers {
  protocol?: string;
  direction?: "src" | "dst" | "src and dst";
  type?: string;
}

class FilterError extends Error {}

class UnknownName extends Error {}

const PROTOCOLS = new Set(["ip", "ip6", "arp", "tcp", "udp", "icmp", "icmp6"]);
const TYPES = new Set(["host", "net", "port", "portrange"]);
const FLAG_BITS: Record<string, number> = {
  "tcp-fin": 1,
  "tcp-syn": 2,
  "tcp-rst": 4,
  "tcp-push": 8,
  "tcp-ack": 16,
  "tcp-urg": 32,
};
const FLAG_LETTERS: Record<string, number> = { F: 1, S: 2, R: 4, P: 8, ".": 16 };

export function parseFilter(text: string, names: Readonly<Record<string, string[]>>): FilterResult {
  if (text.trim() === "") return { ok: true, filter: () => true };
  const reader = new Reader(text, names);
  try {
    return { ok: true, filter: reader.whole() };
  } catch (error) {
    if (error instanceof UnknownName) return { ok: false, name: error.message };
    if (!(error instanceof FilterError)) throw error;
    return { ok: false, error: error.message };
  }
}

class Reader {
  private readonly words: string[];
  private readonly names: Readonly<Record<string, string[]>>;
  private at = 0;
  private last: Qualifiers = {};

  constructor(text: string, names: Readonly<Record<string, string[]>>) {
    this.words = text.match(/tcp\[(?:tcpflags|13)\]|&&|\|\||[!=]=|[()!&|=<>]|[^\s()!&|=<>]+/g) ?? [];
    this.names = names;
  }

  whole(): Filter {
    const filter = this.list();
    if (this.at < this.words.length) throw new FilterError("syntax error");
    return filter;
  }

  private peek(): string {
    return this.words[this.at] ?? "";
  }

  private take(): string {
    return this.words[this.at++] ?? "";
  }

  private takeOne(...options: string[]): string | undefined {
    return options.includes(this.peek()) && this.peek() !== "" ? this.take() : undefined;
  }

  private list(): Filter {
    let left = this.factor();
    for (;;) {
      const isAnd = this.takeOne("and", "&&") !== undefined;
      if (!isAnd && this.takeOne("or", "||") === undefined) return left;
      const before = left;
      const right = this.factor();
      left = isAnd
        ? (packet) => before(packet) && right(packet)
        : (packet) => before(packet) || right(packet);
    }
  }

  private factor(): Filter {
    if (this.takeOne("not", "!") !== undefined) {
      const inner = this.factor();
      return (packet) => !inner(packet);
    }
    if (this.takeOne("(") !== undefined) {
      const inner = this.list();
      if (this.takeOne(")") === undefined) throw new FilterError("syntax error");
      return inner;
    }
    if (this.peek().startsWith("tcp[")) return this.flags();
    if (this.takeOne("greater") !== undefined) return this.size((length, limit) => length >= limit);
    if (this.takeOne("less") !== undefined) return this.size((length, limit) => length <= limit);
    return this.primitive();
  }

  private size(fits: (length: number, limit: number) => boolean): Filter {
    const limit = this.number(this.take());
    return (packet) => fits(frameLength(packet), limit);
  }

  private number(text: string): number {
    if (!/^\d+$/.test(text)) throw new FilterError("syntax error");
    return Number(text);
  }

  private primitive(): Filter {
    const own: Qualifiers = {};
    if (PROTOCOLS.has(this.peek())) own.protocol = this.take();
    if (this.peek() === "src" || this.peek() === "dst") own.direction = this.direction();
    if (TYPES.has(this.peek())) own.type = this.take();
    if (own.protocol !== undefined && own.direction === undefined && own.type === undefined) {
      if (!this.isId()) return ofProtocol(own.protocol);
    }
    if (!this.isId()) throw new FilterError("syntax error");
    const given = own.protocol ?? own.direction ?? own.type;
    // A bare address or port means the same as the one before it.
    const meant = given === undefined ? this.last : own;
    this.last = meant;
    return this.matching(meant, this.take());
  }

  private direction(): Qualifiers["direction"] {
    const first = this.take();
    const [joint, second] = [this.peek(), this.words[this.at + 1]];
    const isPair = (second === "src" || second === "dst") && second !== first && /^(and|or)$/.test(joint);
    if (!isPair) return first as "src" | "dst";
    this.at += 2;
    return joint === "and" ? "src and dst" : undefined;
  }

  private isId(): boolean {
    return this.peek() !== "" && !/^(and|or|not|src|dst|[()!&|=<>]+|&&|\|\|)$/.test(this.peek());
  }

  private matching(meant: Qualifiers, id: string): Filter {
    const { type = "host", direction } = meant;
    const test = type === "port" || type === "portrange" ? this.ports(type, id) : this.addresses(type, id);
    const ofSide = (address: string): boolean => test(address);
    const protocol = meant.protocol === undefined ? undefined : ofProtocol(meant.protocol);
    return (packet) => {
      if (protocol && !protocol(packet)) return false;
      if (direction === "src") return ofSide(packet.src);
      if (direction === "dst") return ofSide(packet.dst);
      if (direction === "src and dst") return ofSide(packet.src) && ofSide(packet.dst);
      return ofSide(packet.src) || ofSide(packet.dst);
    };
  }

  private ports(type: string, id: string): (address: string) => boolean {
    const range = type === "portrange" ? /^(\d+)-(\d+)$/.exec(id) : undefined;
    const first = range ? Number(range[1]) : (portOf(id) ?? Number(id));
    const last = range ? Number(range[2]) : first;
    if (!Number.isInteger(first)) throw new FilterError(`unknown port '${id}'`);
    return (address) => {
      const colon = address.indexOf(":");
      const port = Number(address.slice(colon + 1));
      return colon > 0 && port >= first && port <= last;
    };
  }

  private addresses(type: string, id: string): (address: string) => boolean {
    const ipOf = (address: string): string => address.split(":")[0]!;
    if (type === "net") {
      const dots = id.split("/")[0]!.split(".").length;
      const cidr = parseCidr(id.includes("/") ? id : `${id}${".0".repeat(4 - dots)}/${dots * 8}`);
      if (!cidr) throw new FilterError("syntax error");
      return (address) => contains(cidr, parseIp(ipOf(address)) ?? 0);
    }
    const known = parseIp(id) === undefined ? this.names[id] : [id];
    if (!known) throw new UnknownName(id);
    return (address) => known.includes(ipOf(address));
  }

  /** tcp[tcpflags] & (tcp-syn|tcp-fin) != 0, tcp[13] == 2 and the like. */
  private flags(): Filter {
    this.take();
    let mask = 0xff;
    if (this.takeOne("&") !== undefined) mask = this.bits();
    const operator = this.takeOne("==", "=", "!=", ">");
    if (operator === undefined) throw new FilterError("syntax error");
    const wanted = this.bits();
    return ({ flags }) => {
      if (flags === undefined) return false;
      const value = [...flags].reduce((sum, letter) => sum | (FLAG_LETTERS[letter] ?? 0), 0) & mask;
      return operator === "!=" ? value !== wanted : operator === ">" ? value > wanted : value === wanted;
    };
  }

  private bits(): number {
    const inParentheses = this.takeOne("(") !== undefined;
    let value = 0;
    do {
      const word = this.take();
      value |=
        FLAG_BITS[word] ??
        this.number(word.replace(/^0x([0-9a-f]+)$/i, (_, hex: string) => String(parseInt(hex, 16))));
    } while (this.takeOne("|") !== undefined);
    if (inParentheses && this.takeOne(")") === undefined) throw new FilterError("syntax error");
    return value;
  }
}

function ofProtocol(name: string): Filter {
  if (name === "ip") return () => true;
  return (packet) => packet.protocol.toLowerCase() === name;
}

/** With the headers of Ethernet, IP and the protocol. */
function frameLength({ protocol, flags, length }: SeenPacket): number {
  const header = protocol === "TCP" ? (flags?.includes("S") ? 40 : 32) : 8;
  return 14 + 20 + header + length;
}
