// tcpdump: shows the packets that pass the interfaces of the container's network namespace, until -c, Ctrl-C or a
// signal ends it.
import type { Json } from "#base/json";
import { reverseName } from "../../../dns/message.ts";
import type { ResolveAnswer } from "../../../http-client/types.ts";
import type { SeenPacket } from "../../../network/types.ts";
import { epochNow } from "../../clock.ts";
import { defineCommand, type CommandContext, type Outcome } from "../command.ts";
import { ask, readReply, resolverOf } from "../dns/ask.ts";
import { parseOptions, type Options } from "../options.ts";
import { parseFilter, type Filter } from "./filter.ts";
import { packetLines } from "./print.ts";

interface State {
  step: "name" | "listen" | "reverse";
  /** Of the filter's host names. */
  hosts: Record<string, string[]>;
  /** The host name that is looked up, or the address whose name is asked for. */
  asked: string;
  /** Names of addresses, once they were asked for. */
  names: Record<string, string>;
  waiting: SeenPacket[];
  captured: number;
  lastAt: number;
}

const DEVICES = new Set(["eth0", "lo", "any"]);
const FLAGS = "AbdDefhHIJKlLnNOpqStuUvxX#";
const VALUED = "BcCEFGiIjmMQrsTVwWyzZ";
const LONG = {
  "immediate-mode": "immediate",
  interface: "i=",
  count: "count",
  number: "#",
  "list-interfaces": "D",
  version: "version",
};

export const tcpdump = defineCommand({
  name: "tcpdump",
  stopsOn: [15],
  run(context, resume) {
    const options = parseOptions(context.argv, FLAGS, VALUED, LONG, false);
    const state = resume ? (resume.state as unknown as State) : undefined;
    if (!state) return begin(context, options);
    if (state.step === "name")
      return named(context, options, state, resume!.answer as unknown as ResolveAnswer);
    if (state.step === "reverse") {
      const reply = readReply(resume!.answer);
      const record = reply.ok ? reply.message.answer.find(({ type }) => type === "PTR") : undefined;
      state.names[state.asked] = record?.data.replace(/\.$/, "") ?? state.asked;
    } else state.waiting.push(...(resume!.answer as unknown as { packets: SeenPacket[] }).packets);
    return show(context, options, state);
  },
  interrupted(context, state) {
    context.out("\n");
    return (state as unknown as State).step === "name" ? 130 : summary(context, state as unknown as State);
  },
});

function begin(context: CommandContext, options: Options): Outcome {
  const { values } = options;
  if (options.unknown !== undefined || options.missing !== undefined) {
    const option = options.unknown ?? options.missing!;
    const problem = option.startsWith("--")
      ? `unrecognized option '${option}'`
      : `${options.unknown === undefined ? "option requires an argument" : "invalid option"} -- '${option.slice(1)}'`;
    context.err(
      `${context.argv[0]}: ${problem}\ntcpdump version 4.99.3\nUsage: tcpdump [-AbdDefhHIJKlLnNOpqStuUvxX#] [ -c count ] [ -i interface ] [ expression ]\n`,
    );
    return { exit: 1 };
  }
  if (values["D"] !== undefined) {
    context.out(
      "1.eth0 [Up, Running, Connected]\n2.any (Pseudo-device that captures on all interfaces) [Up, Running]\n3.lo [Up, Running, Loopback]\n",
    );
    return { exit: 0 };
  }
  if (values["r"] !== undefined) return replay(context, options, values["r"]);
  const device = values["i"] ?? "eth0";
  if (!DEVICES.has(device)) {
    context.err(`tcpdump: ${device}: No such device exists\n(SIOCGIFHWADDR: No such device)\n`);
    return { exit: 1 };
  }
  const now = context.context.now;
  return listen(context, options, {
    step: "name",
    hosts: {},
    asked: "",
    names: {},
    waiting: [],
    captured: 0,
    lastAt: now,
  });
}

/** Reads the filter, looks its names up, and says that it listens. */
function listen(context: CommandContext, options: Options, state: State): Outcome {
  const { values } = options;
  const parsed = parseFilter(options.operands.join(" "), state.hosts);
  if (!parsed.ok && "name" in parsed) {
    const asking: State = { ...state, asked: parsed.name };
    return { wait: { for: "resolve", name: parsed.name }, state: asking as unknown as Json };
  }
  if (!parsed.ok) {
    context.err(`tcpdump: can't parse filter expression: ${parsed.error}\n`);
    return { exit: 1 };
  }
  const device = values["i"] ?? "eth0";
  const [type, title] = device === "any" ? ["LINUX_SLL2", "Linux cooked v2"] : ["EN10MB", "Ethernet"];
  if (device === "any") context.err("tcpdump: data link type LINUX_SLL2\n");
  const isVerbose = values["v"] !== undefined;
  const writes = values["w"] !== undefined;
  if (writes) context.files.write(values["w"]!, MAGIC);
  if (!isVerbose && !writes)
    context.err("tcpdump: verbose output suppressed, use -v[v]... for full protocol decode\n");
  const listening = `listening on ${device}, link-type ${type} (${title}), snapshot length 262144 bytes\n`;
  context.err(isVerbose || writes ? `tcpdump: ${listening}` : listening);
  return goOn({ ...state, step: "listen" });
}

/** Simplified: a file of -w holds packets in a form that only -r reads. */
const MAGIC = "\u00d4\u00c3\u00b2\u00a1\n";

/** -r: the packets of a file that -w wrote. */
function replay(context: CommandContext, options: Options, path: string): Outcome {
  const file = context.files.read(path);
  if ("error" in file) {
    context.err(`tcpdump: ${path}: ${file.error}\n`);
    return { exit: 1 };
  }
  if (!file.text.startsWith(MAGIC)) {
    const isShort = file.text.length < 4;
    context.err(
      isShort
        ? `tcpdump: truncated dump file; tried to read 4 file header bytes, only got ${file.text.length}\n`
        : "tcpdump: unknown file format\n",
    );
    return { exit: 1 };
  }
  const parsed = parseFilter(options.operands.join(" "), {});
  if (!parsed.ok) {
    context.err(
      "name" in parsed
        ? `tcpdump: unknown host '${parsed.name}'\n`
        : `tcpdump: can't parse filter expression: ${parsed.error}\n`,
    );
    return { exit: 1 };
  }
  context.err(`reading from file ${path}, link-type EN10MB (Ethernet), snapshot length 262144\n`);
  const waiting = file.text
    .slice(MAGIC.length)
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as SeenPacket);
  const now = context.context.now;
  return show(context, options, {
    step: "listen",
    hosts: {},
    asked: "",
    names: {},
    waiting,
    captured: 0,
    lastAt: now,
  });
}

const goOn = (state: State): Outcome => ({ wait: { for: "packets" }, state: state as unknown as Json });

function named(context: CommandContext, options: Options, state: State, answer: ResolveAnswer): Outcome {
  if (answer.outcome !== "resolved") {
    context.err(`tcpdump: unknown host '${state.asked}'\n`);
    return { exit: 1 };
  }
  state.hosts[state.asked] = answer.addresses;
  return listen(context, options, state);
}

function wanted(options: Options, filter: Filter, packet: SeenPacket): boolean {
  const { values } = options;
  const device = values["r"] === undefined ? (values["i"] ?? "eth0") : packet.interface;
  if (device !== "any" && device !== packet.interface) return false;
  // On the loopback device each packet is seen once.
  if (packet.interface === "lo" && packet.direction === "Out") return false;
  const direction = values["Q"] ?? values["P"] ?? "inout";
  if (direction !== "inout" && direction !== packet.direction.toLowerCase()) return false;
  return filter(packet);
}

function show(context: CommandContext, options: Options, state: State): Outcome {
  const parsed = parseFilter(options.operands.join(" "), state.hosts);
  const filter = parsed.ok ? parsed.filter : () => false;
  const most = Number(options.values["c"] ?? Infinity);
  for (let packet = state.waiting[0]; packet; packet = state.waiting[0]) {
    if (wanted(options, filter, packet) && options.values["w"] !== undefined) {
      context.files.append(options.values["w"], `${JSON.stringify(packet)}\n`);
      state.captured++;
    } else if (wanted(options, filter, packet)) {
      const unknown = nameless(options, state, packet);
      if (unknown !== undefined) return askName(context, state, unknown);
      print(context, options, state, packet);
      state.captured++;
    }
    state.waiting.shift();
    if (state.captured >= most)
      return options.values["r"] === undefined ? { exit: summary(context, state) } : { exit: 0 };
  }
  if (options.values["r"] !== undefined) return { exit: 0 };
  return goOn({ ...state, step: "listen" });
}

/** An address in the packet whose name was not asked for yet. */
function nameless(options: Options, state: State, packet: SeenPacket): string | undefined {
  if (options.values["n"] !== undefined) return undefined;
  return [packet.src, packet.dst]
    .map((address) => address.split(":")[0]!)
    .find((ip) => state.names[ip] === undefined);
}

function askName(context: CommandContext, state: State, ip: string): Outcome {
  const server = resolverOf(context).nameservers[0] ?? "127.0.0.1";
  const wait = ask(context, { name: reverseName(ip), type: "PTR", server, timeoutMs: 5000 });
  return { wait, state: { ...state, step: "reverse", asked: ip } as unknown as Json };
}

function print(context: CommandContext, options: Options, state: State, packet: SeenPacket): void {
  const count = (letter: string): number => options.all.filter(([name]) => name === letter).length;
  const epochMs = epochNow(context.context) - context.context.now + packet.at;
  const lines = packetLines(
    packet,
    {
      times: count("t"),
      any: options.values["i"] === "any",
      quick: count("q") > 0,
      verbose: count("v") > 0,
      ascii: count("A") > 0,
      ethernet: count("e") > 0,
      ...(count("x") + count("X") > 0 && {
        hex: { letters: count("X") > 0, ethernet: count("x") > 1 || count("X") > 1 },
      }),
      ...(count("n") > 0 ? {} : { names: state.names }),
    },
    epochMs,
    packet.at - state.lastAt,
  );
  state.lastAt = packet.at;
  context.out(lines);
}

function summary(context: CommandContext, { captured }: State): number {
  const packets = `${captured} packet${captured === 1 ? "" : "s"}`;
  context.err(`${packets} captured\n${packets} received by filter\n0 packets dropped by kernel\n`);
  return 0;
}
