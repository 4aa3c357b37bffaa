// traceroute: the machines between two addresses, as the layout of the networks has them.
// Simplified: whether the end answers is asked with one echo; routers are the nodes, always by their usual addresses.
import type { Json } from "#base/json";
import type { ResolveAnswer } from "../../http-client/types.ts";
import type { PingAnswer } from "../../network/types.ts";
import { WORLD } from "../../settings.ts";
import { complain, defineCommand, type CommandContext, type Outcome } from "./command.ts";
import { parseOptions, type Options } from "./options.ts";
import { IPV4 } from "./dns/ask.ts";

interface State {
  step: "name" | "echo" | "silence";
  ip: string;
  hop: number;
}

const DEFAULT_HOPS = 30;
const PROBES = 3;
const PROBE_MS = 5000;

export const traceroute = defineCommand({
  name: "traceroute",
  run(context, resume) {
    const options = parseOptions(context.argv, "nI46TUFdlrv", "mwqfispzgt");
    const [target] = options.operands;
    if (target === undefined) {
      context.err(
        context.flavour === "busybox"
          ? "BusyBox v1.37.0 multi-call binary.\n\nUsage: traceroute [OPTIONS] HOST [BYTES]\n"
          : "Usage:\n  traceroute [ -46dFITnreAUDV ] [ -f first_ttl ] [ -m max_ttl ] [ -q nqueries ] host [ packetlen ]\n",
      );
      return { exit: context.flavour === "busybox" ? 1 : 2 };
    }
    if (!resume) {
      const state = { step: "name", ip: "", hop: 0 };
      return IPV4.test(target)
        ? begin(context, options, target, target)
        : { wait: { for: "resolve", name: target }, state };
    }
    const state = resume.state as unknown as State;
    if (state.step === "silence") return silence(context, options, state);
    if (state.step === "echo")
      return answered(context, options, state, resume.answer as unknown as PingAnswer);
    const answer = resume.answer as unknown as ResolveAnswer;
    if (answer.outcome === "resolved") return begin(context, options, target, answer.addresses[0]!);
    if (context.flavour === "busybox") complain(context, `bad address '${target}'`);
    else
      context.err(
        `${target}: Name or service not known\nCannot handle "host" cmdline arg \`${target}' on position 1 (argc ${context.argv.length - 1})\n`,
      );
    return { exit: context.flavour === "busybox" ? 1 : 2 };
  },
});

const mostHops = ({ values }: Options): number => Number(values["m"] ?? DEFAULT_HOPS);
const probes = ({ values }: Options): number => Number(values["q"] ?? PROBES);

function begin(context: CommandContext, options: Options, target: string, ip: string): Outcome {
  const bytes = context.flavour === "busybox" ? 46 : 60;
  context.out(`traceroute to ${target} (${ip}), ${mostHops(options)} hops max, ${bytes} byte packets\n`);
  return { wait: { for: "ping", ip, timeoutMs: PROBE_MS }, state: { step: "echo", ip, hop: 0 } };
}

/** The nodes that pass a packet on: a pod's own, and the one before a pod of another node. */
function routers(context: CommandContext, ip: string): string[] {
  const own = context.context.network.ipOf(context.host);
  const podNode = (address: string): number =>
    address.startsWith("10.244.") ? Number(address.split(".")[2]) : 0;
  const [from, to] = [podNode(own), podNode(ip)];
  const first = from > 0 && own !== ip ? [`10.244.${from}.1`] : [];
  return to > 0 && to !== from ? [...first, WORLD.nodeInternalIp(to)] : first;
}

function line(options: Options, hop: number, ip: string, ms: number): string {
  const times = Array.from({ length: probes(options) }, (_, index) => (ms * (1 - index * 0.07)).toFixed(3));
  const shown = options.values["n"] === undefined ? `${ip} (${ip})` : ip;
  const number = String(hop).padStart(2);
  return `${number}  ${shown}  ${times.map((time) => `${time} ms`).join("  ")}\n`;
}

function answered(context: CommandContext, options: Options, state: State, answer: PingAnswer): Outcome {
  const way = routers(context, state.ip);
  const reached = answer.outcome === "answer";
  const first = way.slice(0, reached ? way.length : 1);
  const total = reached ? answer.elapsedMs : 0.06;
  first.forEach((router, index) => {
    const ms = (total * (index + 1)) / (first.length + 1);
    if (index < mostHops(options)) context.out(line(options, index + 1, router, ms));
  });
  if (reached) {
    if (first.length < mostHops(options)) context.out(line(options, first.length + 1, state.ip, total));
    return { exit: 0 };
  }
  return silence(context, options, { ...state, step: "silence", hop: first.length });
}

/** Nobody answers any more; the next hop is tried all the same. */
function silence(context: CommandContext, options: Options, state: State): Outcome {
  if (state.hop > 0 && state.step === "silence" && state.hop >= mostHops(options)) return { exit: 0 };
  const hop = state.hop + 1;
  context.out(`${String(hop).padStart(2)} ${" *".repeat(probes(options))}\n`);
  const patience = Number(options.values["w"] ?? PROBE_MS / 1000) * 1000;
  // GNU's sends sixteen packets at once.
  const ms = context.flavour === "busybox" ? patience * probes(options) : patience / 5;
  const next = { step: "silence", ip: state.ip, hop };
  return hop >= mostHops(options)
    ? { exit: 0 }
    : { wait: { for: "time", ms }, state: next as unknown as Json };
}
