// How clients of databases reach their server: a name, a connection, and perhaps a text to which an answer comes.
import type { Json } from "#base/json";
import type { ResolveAnswer } from "../../../http-client/types.ts";
import type { ConnectAnswer, ExchangeAnswer } from "../../../network/types.ts";
import type { CommandContext, Outcome, Resume } from "../command.ts";
import { IPV4 } from "../dns/ask.ts";

export interface Target {
  /** Undefined: the server on this machine, by its socket. */
  host?: string | undefined;
  port: number;
}

export type Reached =
  | { outcome: "open"; ip: string; answer?: string }
  | { outcome: "refused" | "timeout" | "unknown"; ip: string };

interface State {
  step: "name" | "connect" | "exchange";
  ip: string;
  connection: number;
}

const LOCAL = "127.0.0.1";
const PATIENCE_MS = 3000;

/** Goes on by itself until it is known; then `done` says how the command ends. */
export function dial(
  context: CommandContext,
  resume: Resume | undefined,
  { host = LOCAL, port }: Target,
  text: string | undefined,
  done: (reached: Reached) => Outcome,
): Outcome {
  const state = (resume?.state ?? null) as unknown as State | null;
  const open = (ip: string): Outcome => ({
    wait: {
      for: "connect",
      spec: { to: { ip, port }, protocol: "TCP", latency: "real", timeoutMs: PATIENCE_MS },
    },
    state: keep({ step: "connect", ip, connection: 0 }),
  });
  if (!state) {
    if (host === "localhost") return open(LOCAL);
    if (IPV4.test(host)) return open(host);
    return { wait: { for: "resolve", name: host }, state: keep({ step: "name", ip: "", connection: 0 }) };
  }
  const { ip, connection } = state;
  if (state.step === "name") {
    const answer = resume!.answer as unknown as ResolveAnswer;
    return answer.outcome === "resolved" ? open(answer.addresses[0]!) : done({ outcome: "unknown", ip });
  }
  if (state.step === "connect") {
    const answer = resume!.answer as unknown as ConnectAnswer;
    if (answer.outcome !== "connected")
      return done({ outcome: answer.outcome === "refused" ? "refused" : "timeout", ip });
    if (text === undefined) {
      context.context.network.disconnect(answer.connection);
      return done({ outcome: "open", ip });
    }
    const request = { method: "", path: "", headers: {}, body: text };
    const spec = { connection: answer.connection, request, timeoutMs: PATIENCE_MS };
    return {
      wait: { for: "exchange", spec },
      state: keep({ step: "exchange", ip, connection: answer.connection }),
    };
  }
  const answer = resume!.answer as unknown as ExchangeAnswer;
  context.context.network.disconnect(connection);
  return done({ outcome: "open", ip, answer: answer.outcome === "garbage" ? answer.raw : "" });
}

const keep = (state: State): Json => state as unknown as Json;
