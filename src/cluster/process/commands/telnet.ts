// telnet: netkit's and busybox's. Dials a port and says what came of it; what is typed goes to the server.
import type { Json } from "#base/json";
import type { ResolveAnswer } from "../../http-client/types.ts";
import type { ConnectAnswer, ExchangeAnswer } from "../../network/types.ts";
import { answerText } from "../../network/wire-text.ts";
import { complain, defineCommand, type CommandContext, type Outcome } from "./command.ts";
import { IPV4 } from "./dns/ask.ts";
import { toMessage } from "./nc.ts";

interface State {
  step: "name" | "connect" | "input" | "exchange";
  host: string;
  ip: string;
  connection: number;
}

const goOn = (state: State, wait: Extract<Outcome, { wait: unknown }>["wait"]): Outcome => ({
  wait,
  state: state as unknown as Json,
});

export const telnet = defineCommand({
  name: "telnet",
  run(context, resume) {
    const [host, port = "23"] = context.argv.slice(1).filter((word) => !word.startsWith("-"));
    if (host === undefined) {
      context.err(
        context.flavour === "busybox"
          ? "BusyBox v1.37.0 multi-call binary.\n\nUsage: telnet [-a] [-l USER] HOST [PORT]\n"
          : "telnet> ",
      );
      return { exit: 1 };
    }
    if (!resume) {
      const state: State = { step: "name", host, ip: host, connection: 0 };
      return IPV4.test(host) ? dial(context, state, port) : goOn(state, { for: "resolve", name: host });
    }
    const state = resume.state as unknown as State;
    if (state.step === "name") return named(context, state, port, resume.answer as unknown as ResolveAnswer);
    if (state.step === "connect") return connected(context, state, resume.answer as unknown as ConnectAnswer);
    if (state.step === "exchange")
      return exchanged(context, state, resume.answer as unknown as ExchangeAnswer);
    return typed(context, state);
  },
});

function named(context: CommandContext, state: State, port: string, answer: ResolveAnswer): Outcome {
  if (answer.outcome === "resolved") {
    const host = context.flavour === "busybox" ? state.host : answer.name.replace(/\.$/, "");
    return dial(context, { ...state, host, ip: answer.addresses[0]! }, port);
  }
  const reason =
    answer.outcome === "notFound" ? "Name or service not known" : "Temporary failure in name resolution";
  if (context.flavour === "busybox") complain(context, `bad address '${state.host}'`);
  else complain(context, `could not resolve ${state.host}/${port}: ${reason}`);
  return { exit: 1 };
}

function dial(context: CommandContext, state: State, port: string): Outcome {
  if (context.flavour !== "busybox") context.out(`Trying ${state.ip}...\n`);
  const to = { ip: state.ip, port: Number(port) };
  return goOn(
    { ...state, step: "connect" },
    { for: "connect", spec: { to, protocol: "TCP", latency: "real" } },
  );
}

const REASONS = {
  refused: "Connection refused",
  timeout: "Connection timed out",
  unreachable: "No route to host",
} as const;

function connected(context: CommandContext, state: State, answer: ConnectAnswer): Outcome {
  const busybox = context.flavour === "busybox";
  if (answer.outcome !== "connected") {
    const reason = REASONS[answer.outcome];
    complain(
      context,
      busybox
        ? `can't connect to remote host (${state.ip}): ${reason}`
        : `Unable to connect to remote host: ${reason}`,
    );
    return { exit: 1 };
  }
  context.out(
    busybox
      ? `Connected to ${state.host}\n\nEntering character mode\nEscape character is '^]'.\n\n`
      : `Connected to ${state.host}.\nEscape character is '^]'.\n`,
  );
  return typed(context, { ...state, step: "input", connection: answer.connection });
}

/** A request is sent once it is whole, and any other text line by line; ^] or the end of the input leaves. */
function typed(context: CommandContext, state: State): Outcome {
  const { text, ended } = context.input();
  const isHttp = /^[A-Z]+ \S+ HTTP\//.test(text);
  const isWhole = isHttp ? /\r?\n\r?\n/.test(text) : text.includes("\n");
  if (text.includes("\u001d") || (ended && text === "")) {
    context.context.network.disconnect(state.connection);
    if (context.flavour === "busybox") return { exit: 0 };
    context.err("Connection closed by foreign host.\n");
    return { exit: 1 };
  }
  if (!isWhole && !ended) return goOn(state, { for: "input" });
  context.take(text.length);
  const spec = { connection: state.connection, request: toMessage(text) };
  return goOn({ ...state, step: "exchange" }, { for: "exchange", spec });
}

function exchanged(context: CommandContext, state: State, answer: ExchangeAnswer): Outcome {
  if (answer.outcome === "response") {
    const { status, headers, body } = answer;
    context.out(answerText({ status, headers, body }));
    if (context.context.network.isOpen(state.connection)) return typed(context, { ...state, step: "input" });
  } else if (answer.outcome === "garbage") context.out(answer.raw);
  context.err(`Connection closed by foreign host${context.flavour === "busybox" ? "" : "."}\n`);
  return { exit: 1 };
}
