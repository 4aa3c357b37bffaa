// host, of BIND 9.18.
import type { Json } from "#base/json";
import type { DnsAnswer, RecordType } from "../../../dns/message.ts";
import { defineCommand, type CommandContext, type Outcome } from "../command.ts";
import { parseOptions, type Options } from "../options.ts";
import { ask, candidates, nameOf, readReply, resolverOf } from "./ask.ts";

interface State {
  names: string[];
  index: number;
  /** Types still to ask for once a name answered. */
  types: RecordType[];
  server: string;
  attempt: number;
  found: string | null;
}

const WORDS: Partial<Record<RecordType, string>> = {
  A: "has address",
  AAAA: "has IPv6 address",
  CNAME: "is an alias for",
  PTR: "domain name pointer",
  MX: "mail is handled by",
  NS: "name server",
  TXT: "descriptive text",
  SRV: "has SRV record",
  SOA: "has SOA record",
};

export const host = defineCommand({
  name: "host",
  run(context, resume) {
    const options = parseOptions(context.argv, "vadlrsTU46", "tWRcN");
    const [target, given] = options.operands;
    if (target === undefined) {
      context.err(
        "Usage: host [-aCdilrTvVw] [-c class] [-N ndots] [-t type] [-W time]\n            [-R number] [-m flag] [-p port] hostname [server]\n",
      );
      return { exit: 1 };
    }
    if (resume) return answered(context, options, resume.state as unknown as State, resume.answer);
    const { name, reverse } = nameOf(target);
    const server = given ?? resolverOf(context).nameservers[0] ?? "127.0.0.1";
    const type = options.values["t"]?.toUpperCase() as RecordType | undefined;
    const types: RecordType[] = type ? [type] : reverse ? ["PTR"] : ["A", "AAAA", "MX"];
    if (given !== undefined)
      context.out(`Using domain server:\nName: ${given}\nAddress: ${given}#53\nAliases: \n\n`);
    const names = reverse ? [name] : candidates(context, name);
    return send(context, options, { names, index: 0, types, server, attempt: 1, found: null });
  },
});

function send(context: CommandContext, options: Options, state: State): Outcome {
  const name = state.found ?? state.names[state.index]!;
  if (options.values["v"] !== undefined) context.out(`Trying "${name.replace(/\.$/, "")}"\n`);
  const timeoutMs = Number(options.values["W"] ?? 5) * 1000;
  return {
    wait: ask(context, { name, type: state.types[0]!, server: state.server, timeoutMs }),
    state: state as unknown as Json,
  };
}

function answered(context: CommandContext, options: Options, state: State, answer: Json): Outcome {
  const reply = readReply(answer);
  if (!reply.ok) {
    context.out(`;; communications error to ${state.server}#53: ${reply.reason}\n`);
    const tries = Number(options.values["R"] ?? 1) + 1;
    if (state.attempt < tries) return send(context, options, { ...state, attempt: state.attempt + 1 });
    context.out(";; no servers could be reached\n");
    return { exit: 1 };
  }
  const { message } = reply;
  if (state.found === null && message.answer.length === 0 && state.index + 1 < state.names.length) {
    return send(context, options, { ...state, index: state.index + 1, attempt: 1 });
  }
  const asked = state.found ?? state.names[state.index]!;
  if (message.rcode !== "NOERROR" && state.found === null) {
    const code = { NXDOMAIN: 3, SERVFAIL: 2, REFUSED: 5 }[message.rcode as "NXDOMAIN"] ?? 1;
    const shown = message.question.name.endsWith(".in-addr.arpa.") ? asked : (options.operands[0] ?? "");
    context.out(`Host ${shown} not found: ${code}(${message.rcode})\n`);
    return { exit: 1 };
  }
  if (options.values["v"] !== undefined) context.out(verbose(message));
  else
    print(
      context,
      message,
      state.types[0]!,
      asked,
      state.found === null && options.values["t"] !== undefined,
    );
  const types = state.types.slice(1);
  if (types.length === 0) return { exit: 0 };
  const last = message.answer.at(-1)?.name ?? asked;
  return send(context, options, { ...state, types, found: last, attempt: 1 });
}

function print(
  context: CommandContext,
  message: DnsAnswer,
  type: RecordType,
  asked: string,
  single: boolean,
): void {
  for (const record of message.answer) {
    const name = record.name.replace(/\.$/, "");
    const data = record.type === "A" || record.type === "AAAA" ? record.data : record.data;
    context.out(`${name} ${WORDS[record.type] ?? record.type} ${data}\n`);
  }
  if (message.answer.length === 0 && single)
    context.out(`${asked.replace(/\.$/, "")} has no ${type} record\n`);
}

function verbose(message: DnsAnswer): string {
  const flags = ["qr", ...(["aa", "rd", "ra"] as const).filter((flag) => message.flags[flag])].join(" ");
  const lines = [
    `;; ->>HEADER<<- opcode: QUERY, status: ${message.rcode}, id: ${message.id}`,
    `;; flags: ${flags}; QUERY: 1, ANSWER: ${message.answer.length}, AUTHORITY: ${message.authority.length}, ADDITIONAL: ${message.additional.length}`,
    "",
    ";; QUESTION SECTION:",
    `;${message.question.name}\tIN\t${message.question.type}`,
    "",
  ];
  if (message.answer.length > 0) lines.push(";; ANSWER SECTION:");
  for (const record of message.answer)
    lines.push(`${record.name} ${record.ttl} IN ${record.type} ${record.data}`);
  return `${lines.join("\n")}\n\n`;
}
