// nc: OpenBSD's and busybox's. As a client it sends its input and prints what comes; as a server it answers with its
// input, or with what a program (-e) says.
import type { Json } from "#base/json";
import type { ResolveAnswer } from "../../http-client/types.ts";
import type {
  ConnectAnswer,
  DatagramAnswer,
  ExchangeAnswer,
  HttpMessage,
  Incoming,
} from "../../network/types.ts";
import { complain, defineCommand, type CommandContext, type Outcome, type Resume } from "./command.ts";
import { reasonPhrase } from "./http-words.ts";
import { parseOptions, type Options } from "./options.ts";
import { IPV4 } from "./dns/ask.ts";
import { serviceOf } from "./services.ts";

interface State {
  step: "name" | "connect" | "input" | "exchange" | "datagram" | "linger" | "listen";
  ip: string;
  connection: number;
  text: string;
}

export const nc = defineCommand({
  name: "nc",
  run(context, resume) {
    const { argv, program } = splitProgram(context.argv);
    const options = parseOptions(argv, "lzvunkN46CdhLr", "wpsqiIXx");
    if (options.values["l"] !== undefined) return listen(context, options, program, resume);
    const [host, port] = options.operands;
    if (host === undefined || port === undefined) {
      context.err(
        context.flavour === "busybox"
          ? "BusyBox v1.37.0 multi-call binary.\n\nUsage: nc [OPTIONS] HOST PORT\n"
          : "usage: nc [-46CDdFhklNnrStUuvZz] [destination] [port]\n",
      );
      return { exit: 1 };
    }
    const state = (resume?.state ?? null) as unknown as State | null;
    if (!state) {
      if (IPV4.test(host)) return open(context, options, host);
      return { wait: { for: "resolve", name: host }, state: { step: "name" } as unknown as Json };
    }
    return next(context, options, state, resume!.answer);
  },
});

/** busybox's -e takes the whole rest of the line. */
function splitProgram(argv: readonly string[]): { argv: readonly string[]; program?: string[] } {
  const at = argv.findIndex((word) => word === "-e" || word === "-c");
  if (at < 0) return { argv };
  const program = argv[at] === "-c" ? ["sh", "-c", ...argv.slice(at + 1)] : argv.slice(at + 1);
  return {
    argv: argv.slice(0, at).map((word) => (word === "-ll" || word === "-lk" ? "-l" : word)),
    program: [...program],
  };
}

const timeoutOf = (options: Options): { timeoutMs?: number } =>
  options.values["w"] === undefined ? {} : { timeoutMs: Number(options.values["w"]) * 1000 };

function open(context: CommandContext, options: Options, ip: string): Outcome {
  const port = Number(options.operands[1]);
  const source = options.values["p"] === undefined ? {} : { sourcePort: Number(options.values["p"]) };
  const state: State = { step: "connect", ip, connection: 0, text: "" };
  if (options.values["u"] !== undefined) {
    if (options.values["z"] === undefined) return sendInput(context, options, { ...state, step: "input" });
    const spec = { to: { ip, port }, payload: "X", latency: "real", ...source, timeoutMs: 1000 } as const;
    return { wait: { for: "datagram", spec }, state: { ...state, step: "datagram" } as unknown as Json };
  }
  const spec = {
    to: { ip, port },
    protocol: "TCP",
    latency: "real",
    ...source,
    ...timeoutOf(options),
  } as const;
  return { wait: { for: "connect", spec }, state: state as unknown as Json };
}

function next(context: CommandContext, options: Options, state: State, answer: Json): Outcome {
  if (state.step === "name") return named(context, options, answer as unknown as ResolveAnswer);
  if (state.step === "connect") return connected(context, options, state, answer as unknown as ConnectAnswer);
  if (state.step === "input") return sendInput(context, options, state);
  if (state.step === "exchange")
    return exchanged(context, options, state, answer as unknown as ExchangeAnswer);
  if (state.step === "datagram")
    return received(context, options, state, answer as unknown as DatagramAnswer);
  if (state.connection > 0) context.context.network.disconnect(state.connection);
  return { exit: 0 };
}

function named(context: CommandContext, options: Options, answer: ResolveAnswer): Outcome {
  const [host = "", port = ""] = options.operands;
  if (answer.outcome === "resolved") return open(context, options, answer.addresses[0]!);
  const reason =
    answer.outcome === "notFound" ? "Name or service not known" : "Temporary failure in name resolution";
  if (context.flavour === "busybox") complain(context, `bad address '${host}'`);
  else complain(context, `getaddrinfo for host "${host}" port ${port}: ${reason}`);
  return { exit: 1 };
}

function connected(context: CommandContext, options: Options, state: State, answer: ConnectAnswer): Outcome {
  const [host = "", port = ""] = options.operands;
  const verbose = options.values["v"] !== undefined;
  const shown = host === state.ip ? host : `${host} (${state.ip})`;
  const busybox = context.flavour === "busybox";
  if (answer.outcome !== "connected") {
    const refused = answer.outcome === "refused";
    const reason = refused
      ? "Connection refused"
      : answer.outcome === "timeout"
        ? "Operation now in progress"
        : "No route to host";
    const gnu = `connect to ${shown} port ${port} (tcp) ${answer.outcome === "timeout" ? "timed out" : "failed"}: ${reason}`;
    if (verbose)
      complain(
        context,
        busybox ? `${host} (${state.ip}:${port}): ${refused ? reason : "Connection timed out"}` : gnu,
      );
    return { exit: 1 };
  }
  if (verbose) {
    const service = serviceOf(port) ?? "*";
    context.err(
      busybox
        ? `${host} (${state.ip}:${port}) open\n`
        : `Connection to ${shown} ${port} port [tcp/${service}] succeeded!\n`,
    );
  }
  if (options.values["z"] !== undefined) {
    context.context.network.disconnect(answer.connection);
    return { exit: 0 };
  }
  return sendInput(context, options, { ...state, step: "input", connection: answer.connection });
}

function sendInput(context: CommandContext, options: Options, state: State): Outcome {
  const { text, ended } = context.input();
  context.take(text.length);
  state.text += text;
  const udp = options.values["u"] !== undefined;
  // At a terminal each line goes out as it is typed; a request to a web server is sent once it is whole.
  const byLine = udp || (context.tty && !/^[A-Z]+ \S+ HTTP\//.test(state.text));
  const complete = ended || (byLine ? state.text.includes("\n") : /\r?\n\r?\n/.test(state.text));
  if (!complete) return { wait: { for: "input" }, state: state as unknown as Json };
  if (state.text === "") {
    if (state.connection > 0) context.context.network.disconnect(state.connection);
    return { exit: 0 };
  }
  const limit = timeoutOf(options).timeoutMs;
  if (udp) {
    const source = options.values["p"] === undefined ? {} : { sourcePort: Number(options.values["p"]) };
    const to = { ip: state.ip, port: Number(options.operands[1]) };
    const spec = {
      to,
      payload: state.text,
      latency: "visible",
      ...source,
      timeoutMs: limit ?? 30_000,
    } as const;
    return { wait: { for: "datagram", spec }, state: { ...state, step: "datagram" } as unknown as Json };
  }
  const spec = { connection: state.connection, request: toMessage(state.text), timeoutMs: limit ?? 30_000 };
  return { wait: { for: "exchange", spec }, state: { ...state, step: "exchange" } as unknown as Json };
}

/** HTTP if it looks like it, else the text as a body without a method. */
export function toMessage(text: string): HttpMessage {
  const match = /^([A-Z]+) (\S+) HTTP\/[\d.]+\r?\n([^]*?)\r?\n\r?\n([^]*)$/.exec(
    `${text}\r\n\r\n`.replace(/(\r?\n\r?\n)\r\n\r\n$/, "$1"),
  );
  const bare = match ?? /^([A-Z]+) (\S+) HTTP\/[\d.]+()\r?\n\r?\n([^]*)$/.exec(text);
  if (!bare) return { method: "", path: "", headers: {}, body: text };
  const headers: Record<string, string> = {};
  for (const line of bare[3]!.split(/\r?\n/)) {
    const at = line.indexOf(":");
    if (at > 0) headers[line.slice(0, at)] = line.slice(at + 1).trim();
  }
  return { method: bare[1]!, path: bare[2]!, headers, body: bare[4]! };
}

function exchanged(context: CommandContext, options: Options, state: State, answer: ExchangeAnswer): Outcome {
  if (answer.outcome === "response") {
    const lines = Object.entries(answer.headers)
      .filter(([name]) => name.toLowerCase() !== "transfer-encoding")
      .map(([name, value]) => `${name}: ${value}\r\n`);
    context.out(
      `HTTP/1.1 ${answer.status} ${reasonPhrase(answer.status)}\r\n${lines.join("")}\r\n${answer.body}`,
    );
  } else if (answer.outcome === "garbage") context.out(answer.raw);
  if (context.tty && !context.input().ended && context.context.network.isOpen(state.connection)) {
    return { wait: { for: "input" }, state: { ...state, step: "input", text: "" } as unknown as Json };
  }
  const isOld = /^\S+ \S+ HTTP\/1\.0/.test(state.text);
  const stays = answer.outcome === "response" && !isOld && options.values["N"] === undefined;
  const limit = timeoutOf(options).timeoutMs;
  if (stays && limit !== undefined)
    return { wait: { for: "time", ms: limit }, state: { ...state, step: "linger" } as unknown as Json };
  context.context.network.disconnect(state.connection);
  return { exit: 0 };
}

function received(context: CommandContext, options: Options, state: State, answer: DatagramAnswer): Outcome {
  if (options.values["z"] !== undefined) {
    const [host = "", port = ""] = options.operands;
    if (answer.outcome === "refused") return { exit: 1 };
    if (options.values["v"] !== undefined) {
      const shown = host === state.ip ? host : `${host} (${state.ip})`;
      context.err(`Connection to ${shown} ${port} port [udp/${serviceOf(port) ?? "*"}] succeeded!\n`);
    }
    return { exit: 0 };
  }
  if (answer.outcome === "answer") context.out(answer.payload);
  const limit = timeoutOf(options).timeoutMs;
  // It waits for more until -w is over.
  if (answer.outcome === "answer" && limit !== undefined) {
    return { wait: { for: "time", ms: limit }, state: { ...state, step: "linger" } as unknown as Json };
  }
  return { exit: 0 };
}

function listen(
  context: CommandContext,
  options: Options,
  program: string[] | undefined,
  resume: Resume | undefined,
): Outcome {
  const given = options.values["p"] ?? options.operands.at(-1);
  const port = Number(given);
  const isUdp = options.values["u"] !== undefined;
  const address =
    options.values["s"] ??
    (options.values["p"] === undefined && options.operands.length > 1 ? options.operands[0]! : "0.0.0.0");
  const wait = { for: "incoming", port, address, protocol: isUdp ? "UDP" : "TCP" } as const;
  const keeps =
    options.values["k"] !== undefined || context.argv.some((word) => /^-[a-z]*(ll|lk)/.test(word));
  const incoming = resume?.answer as unknown as (Incoming & { failed?: string }) | null | undefined;
  if (incoming?.failed) {
    complain(
      context,
      context.flavour === "busybox" ? "bind: Address already in use" : "Address already in use",
    );
    return { exit: 1 };
  }
  if (!incoming) return { wait, state: { step: "listen" } as unknown as Json };
  const text = "datagram" in incoming.request ? incoming.request.datagram : requestText(incoming.request);
  if (program) {
    context.answerWith(incoming.exchange, program, text);
    return { wait, state: { step: "listen" } as unknown as Json };
  }
  context.out(text);
  const { text: own } = context.input();
  context.take(own.length);
  const { network } = context.context;
  if (isUdp) {
    if (own !== "") network.respond(incoming.exchange, { datagram: own });
  } else if (own !== "") network.respond(incoming.exchange, { raw: own });
  else network.respond(incoming.exchange, { hangUp: true });
  return keeps ? { wait, state: { step: "listen" } as unknown as Json } : { exit: 0 };
}

function requestText(request: HttpMessage): string {
  if (request.method === "") return request.body;
  const lines = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${request.method} ${request.path} HTTP/1.1\r\n${lines.join("")}\r\n${request.body}`;
}
