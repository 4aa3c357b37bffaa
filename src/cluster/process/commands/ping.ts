// ping: iputils' and busybox's.
import type { ResolveAnswer } from "../../http-client/types.ts";
import type { PingAnswer } from "../../network/types.ts";
import type { Json } from "#base/json";
import { complain, defineCommand, type CommandContext, type Outcome } from "./command.ts";
import { parseOptions, type Options } from "./options.ts";
import { IPV4 } from "./dns/ask.ts";

interface State {
  step: "name" | "echo" | "pause";
  ip: string;
  name: string;
  sent: number;
  times: number[];
  errors: number;
  startedAt: number;
  sentAt: number;
}

const countOf = ({ values }: Options): number => Number(values["c"] ?? Infinity);
const intervalMs = ({ values }: Options): number => Number(values["i"] ?? 1) * 1000;

export const ping = defineCommand({
  name: "ping",
  run(context, resume) {
    const options = parseOptions(context.argv, "qnvAbDf46aOr", "cWiwstIMpQ");
    const target = options.operands[0];
    if (target === undefined) {
      complain(
        context,
        context.flavour === "busybox"
          ? "usage: ping [OPTIONS] HOST"
          : "usage error: Destination address required",
      );
      return { exit: context.flavour === "busybox" ? 1 : 2 };
    }
    const state = (resume?.state ?? null) as unknown as State | null;
    if (!state) {
      if (IPV4.test(target)) return begin(context, options, target, target);
      const first: State = {
        step: "name",
        ip: "",
        name: target,
        sent: 0,
        times: [],
        errors: 0,
        startedAt: 0,
        sentAt: 0,
      };
      return { wait: { for: "resolve", name: target }, state: first as unknown as Json };
    }
    if (state.step === "name")
      return resolved(context, options, target, resume!.answer as unknown as ResolveAnswer);
    if (state.step === "pause") return send(context, options, state);
    return answered(context, options, state, resume!.answer as unknown as PingAnswer);
  },
  interrupted(context, state) {
    const pinging = state as unknown as State | null;
    if (!pinging || pinging.step === "name") return 130;
    const outcome = finish(context, pinging);
    return "exit" in outcome ? outcome.exit : 0;
  },
});

function resolved(context: CommandContext, options: Options, target: string, answer: ResolveAnswer): Outcome {
  const busybox = context.flavour === "busybox";
  if (answer.outcome !== "resolved") {
    const gnu =
      answer.outcome === "notFound" ? "Name or service not known" : "Temporary failure in name resolution";
    complain(context, busybox ? `bad address '${target}'` : `${target}: ${gnu}`);
    return { exit: busybox ? 1 : 2 };
  }
  return begin(context, options, answer.addresses[0]!, busybox ? target : answer.name.replace(/\.$/, ""));
}

function begin(context: CommandContext, options: Options, ip: string, name: string): Outcome {
  const busybox = context.flavour === "busybox";
  context.out(
    busybox ? `PING ${name} (${ip}): 56 data bytes\n` : `PING ${name} (${ip}) 56(84) bytes of data.\n`,
  );
  const { now } = context.context;
  return send(context, options, {
    step: "echo",
    ip,
    name,
    sent: 0,
    times: [],
    errors: 0,
    startedAt: now,
    sentAt: now,
  });
}

function send(context: CommandContext, options: Options, state: State): Outcome {
  state.step = "echo";
  state.sent++;
  state.sentAt = context.context.now;
  const patienceMs = Number(options.values["W"] ?? 10) * 1000;
  // The next packet leaves on time whether or not there was an answer; only the last one is waited for.
  const timeoutMs = state.sent < countOf(options) ? Math.min(patienceMs, intervalMs(options)) : patienceMs;
  const echo = `id ${context.pid}, seq ${context.flavour === "busybox" ? state.sent - 1 : state.sent}`;
  return { wait: { for: "ping", ip: state.ip, timeoutMs, echo }, state: state as unknown as Json };
}

function answered(context: CommandContext, options: Options, state: State, answer: PingAnswer): Outcome {
  const quiet = options.values["q"] !== undefined;
  const busybox = context.flavour === "busybox";
  const isName = state.name !== state.ip;
  if (answer.outcome !== "answer" && answer.notSent) {
    complain(context, `${busybox ? "sendto" : "sendmsg"}: Operation not permitted`);
    if (busybox) return { exit: 1 };
  }
  if (answer.outcome === "answer") {
    state.times.push(answer.elapsedMs);
    const who = isName && !busybox ? `${state.name} (${state.ip})` : state.ip;
    const time = busybox ? answer.elapsedMs.toFixed(3) : digits(answer.elapsedMs);
    const seq = busybox ? `seq=${state.sent - 1}` : `icmp_seq=${state.sent}`;
    if (!quiet) context.out(`64 bytes from ${who}: ${seq} ttl=${answer.ttl} time=${time} ms\n`);
  } else if (answer.outcome === "unreachable") {
    state.errors++;
    const from = isName ? `${answer.from} (${answer.from})` : answer.from;
    if (!quiet && !busybox) context.out(`From ${from} icmp_seq=${state.sent} Destination Port Unreachable\n`);
  }
  if (state.sent >= countOf(options)) return finish(context, state);
  const pause = Math.max(0, state.sentAt + intervalMs(options) - context.context.now);
  return { wait: { for: "time", ms: pause }, state: { ...state, step: "pause" } as unknown as Json };
}

/** Three significant digits, as iputils prints times. */
function digits(ms: number): string {
  if (ms >= 100) return ms.toFixed(0);
  return ms >= 10 ? ms.toFixed(1) : ms >= 1 ? ms.toFixed(2) : ms.toFixed(3);
}

function finish(context: CommandContext, state: State): Outcome {
  const { times, sent, name, errors } = state;
  const busybox = context.flavour === "busybox";
  const loss = Math.round((100 * (sent - times.length)) / sent);
  const total = Math.floor(state.sentAt - state.startedAt);
  context.out(`\n--- ${name} ping statistics ---\n`);
  const min = Math.min(...times);
  const max = Math.max(...times);
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  if (busybox) {
    context.out(`${sent} packets transmitted, ${times.length} packets received, ${loss}% packet loss\n`);
    if (times.length > 0) {
      context.out(`round-trip min/avg/max = ${min.toFixed(3)}/${mean.toFixed(3)}/${max.toFixed(3)} ms\n`);
    }
  } else {
    const failed = errors > 0 ? ` +${errors} errors,` : "";
    context.out(
      `${sent} packets transmitted, ${times.length} received,${failed} ${loss}% packet loss, time ${total}ms\n`,
    );
    const deviation = Math.sqrt(times.reduce((sum, time) => sum + (time - mean) ** 2, 0) / times.length);
    const row = [min, mean, max, deviation].map((value) => value.toFixed(3)).join("/");
    context.out(times.length > 0 ? `rtt min/avg/max/mdev = ${row} ms\n` : "\n");
  }
  return { exit: times.length > 0 ? 0 : 1 };
}
