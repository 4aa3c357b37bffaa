// Questions to name servers, as dig, host and nslookup ask them: one datagram (or one exchange over TCP) a try.
import { nextUint32 } from "#base/random";
import {
  absolute,
  decodeAnswer,
  encodeQuery,
  reverseName,
  type DnsAnswer,
  type RecordType,
} from "../../../dns/message.ts";
import type { DatagramAnswer, ExchangeAnswer, ResolverConfig } from "../../../network/types.ts";
import type { CommandContext, Wait } from "../command.ts";

export const IPV4 = /^\d+\.\d+\.\d+\.\d+$/;

export interface Question {
  name: string;
  type: RecordType;
  server: string;
  port?: number;
  timeoutMs: number;
  edns?: boolean;
  sourcePort?: number;
}

export function ask(context: CommandContext, question: Question): Wait {
  const hex = (): string => nextUint32(context.context.random).toString(16).padStart(8, "0");
  return {
    for: "datagram",
    spec: {
      to: { ip: question.server, port: question.port ?? 53 },
      payload: encodeQuery({
        id: nextUint32(context.context.random) & 0xffff,
        name: absolute(question.name),
        type: question.type,
        recursion: true,
        ...(question.edns ? { edns: { udp: 1232, cookie: hex() + hex() } } : {}),
      }),
      latency: "real",
      timeoutMs: question.timeoutMs,
      ...(question.sourcePort === undefined ? {} : { sourcePort: question.sourcePort }),
    },
  };
}

export type Reply =
  | { ok: true; message: DnsAnswer }
  | { ok: false; reason: "timed out" | "connection refused" };

export function readReply(answer: unknown): Reply {
  const datagram = answer as DatagramAnswer | ExchangeAnswer;
  const text =
    datagram.outcome === "answer"
      ? datagram.payload
      : datagram.outcome === "response"
        ? datagram.body
        : undefined;
  const message = text === undefined ? undefined : decodeAnswer(text);
  if (message) return { ok: true, message };
  const refused = (datagram as { outcome: string }).outcome === "refused";
  return { ok: false, reason: refused ? "connection refused" : "timed out" };
}

/** The reverse name of an address, or the name itself. */
export function nameOf(target: string): { name: string; reverse: boolean } {
  return IPV4.test(target) ? { name: reverseName(target), reverse: true } : { name: target, reverse: false };
}

export function resolverOf({ context, resolver, host }: CommandContext): ResolverConfig {
  return context.network.resolverOf(resolver ?? host);
}

/** Names to try in turn, as the resolver library of the host would. */
export function candidates(context: CommandContext, name: string, atLeastDots?: number): string[] {
  if (name.endsWith(".")) return [name];
  const { searches, ndots } = resolverOf(context);
  const dots = name.split(".").length - 1;
  const searched = searches
    .filter((domain) => domain !== ".")
    .map((domain) => `${name}.${domain.replace(/^\.|\.$/g, "")}.`);
  return dots >= (atLeastDots ?? ndots) ? [`${name}.`, ...searched] : [...searched, `${name}.`];
}
