// What the network writes into journeys: a leg for each movement, a step for each decision with its evidence.
import { packChoice, type PackedJourney, packRewritten } from "../trace/packed.ts";
import {
  ChoiceStep,
  EndpointsStep,
  LegRecord,
  PacketAddresses,
  RewriteStep,
  rewriteKind,
  ServiceStep,
  SocketStep,
} from "../trace/records.ts";
import { samePlace } from "../trace/places.ts";
import type { Addresses, Leg, Place, Step, Trace } from "../trace/types.ts";
import { candidatesOf } from "./candidates.ts";
import type { Flow, Station } from "./state.ts";
import type { Decision } from "./decide.ts";
import type { Ruling } from "./travel.ts";

export function recordRuling(trace: Trace, at: number, journey: number, ruling: Ruling): void {
  const { decision, node } = ruling;
  const steps: Step[] = [];
  if (decision.kind === "dnat" || decision.kind === "drop" || decision.kind === "reject") {
    addMatch(steps, at, node, decision, ruling.before);
  }
  if (ruling.noRule) {
    steps.push({ at, step: "noRule", node, address: ruling.before.dst, reason: ruling.noRule });
  }
  const rewrite = rewriteStep(at, node, ruling.before, ruling.after);
  if (rewrite) steps.push(rewrite);
  if (steps.length > 0) trace.steps(journey, steps);
}

/** A ruling on a way that is packed. */
export function packRuling(
  trace: Trace,
  at: number,
  log: PackedJourney,
  ruling: Ruling,
  { stations, srcIp, srcPort }: Flow,
): void {
  const { decision, node, before, after } = ruling;
  if (decision.kind === "dnat" && after !== before && !ruling.noRule) {
    const { match, choice, endpoint, how } = decision;
    const { rule, matched, policy } = match;
    packChoice(log, at, matched, policy, how, { rule, choice, endpoint, node, srcIp, srcPort });
    return;
  }
  recordRuling(trace, at, log.id, ruling);
  const { rewriter, via } = stations[stations.length - 1]!;
  if (after !== before || via) packRewritten(log, after, rewriter, via);
}

/** Which node the load balancer picked, or why none. */
export function recordPick(
  trace: Trace,
  at: number,
  journey: number,
  pick: Place | "portNotInService" | "noHealthyNode",
  address: string,
): void {
  const node = "load-balancer";
  if (pick === "portNotInService") trace.step(journey, { at, step: "noRule", node, address, reason: pick });
  else if (pick === "noHealthyNode")
    trace.step(journey, { at, step: "verdict", node, verdict: "drop", reason: pick });
  else trace.step(journey, { at, step: "route", to: pick, reason: "loadBalancerPick" });
}

function addMatch(
  steps: Step[],
  at: number,
  node: string,
  decision: Decision & { kind: "dnat" | "drop" | "reject" },
  addresses: Addresses,
): void {
  const { match, choice } = decision;
  if (match) {
    const { rule, matched, policy } = match;
    steps.push(new ServiceStep(at, rule, matched, node, policy));
    if (choice) {
      const candidates = candidatesOf(rule, node, policy, choice.endpoints, choice.pool);
      const omitted = rule.endpoints.length - candidates.length;
      const step = new EndpointsStep(at, rule.service, candidates, choice.pool);
      if (omitted > 0) step.omitted = omitted;
      steps.push(step);
    }
  }
  if (decision.kind === "dnat") {
    const { endpoint, how } = decision;
    steps.push(new ChoiceStep(at, endpoint, how, decision.choice.endpoints.length));
    return;
  }
  const { reason } = decision;
  if (reason === "portNotInService" || reason === "sourceRange") {
    steps.push({ at, step: "noRule", node, address: addresses.dst, reason });
  }
  steps.push({ at, step: "verdict", node, verdict: decision.kind, reason });
}

export function rewriteStep(at: number, node: string, before: Addresses, after: Addresses): Step | undefined {
  if (before === after) return undefined;
  const kind = rewriteKind(before, after);
  return kind && new RewriteStep(at, node, kind, before, after);
}

interface LegTimes {
  purpose: Leg["purpose"];
  start: number;
  end: number;
}

/** A movement forward between two neighbouring stations. */
export function recordLeg(
  trace: Trace,
  journey: number,
  from: Station,
  to: Station,
  times: LegTimes,
  lost: Leg["lost"],
): void {
  if (samePlace(from.place, to.place)) return;
  const leg = new LegRecord(from.place, to.place, "request", times, from.after);
  if (from.via) leg.via = from.via;
  if (lost) leg.lost = lost;
  trace.leg(journey, leg);
}

/** A packet that no station takes: refused or swallowed. */
export function recordLoss(
  trace: Trace,
  journey: number,
  from: Station,
  to: Place,
  times: LegTimes & { lost: "refused" | "dropped"; service?: string },
): void {
  if (samePlace(from.place, to)) return;
  const leg = new LegRecord(from.place, to, "request", times, from.after);
  leg.lost = times.lost;
  if (times.service) leg.via = [times.service];
  trace.leg(journey, leg);
}

/** The movement back from `from` to `to`, its neighbour nearer to the client. */
export function recordReturn(
  trace: Trace,
  journey: number,
  from: Station,
  to: Station,
  times: LegTimes,
): void {
  if (samePlace(from.place, to.place)) return;
  const leg = new LegRecord(from.place, to.place, "response", times, answerAfter(to));
  if (to.via) leg.via = to.via;
  trace.leg(journey, leg);
}

export function rewrites({ before, after, rewriter }: Station): boolean {
  return before !== after && rewriter !== undefined;
}

/** Nobody has the address that the packet was sent to. */
export function recordGone(
  trace: Trace,
  at: number,
  journey: number,
  { machine }: Station,
  flow: Flow,
): void {
  const address = `${flow.dstIp}:${flow.dstPort}`;
  trace.step(journey, { at, step: "noRule", node: machine, address, reason: "addressGone" });
}

/** The rewriting node puts the addresses back. */
export function recordReverse(trace: Trace, at: number, journey: number, station: Station): void {
  if (!rewrites(station)) return;
  const before = answerAfter(station);
  const after = answerBefore(station);
  trace.step(journey, new RewriteStep(at, station.rewriter!, "reverse", before, after));
}

/** The addresses of answers at this station; the same for all that pass it. */
function answerAfter(station: Station): Addresses {
  const { src, dst } = station.after;
  return (station.answerAfter ??= new PacketAddresses(dst, src));
}

function answerBefore(station: Station): Addresses {
  const { src, dst } = station.before;
  return (station.answerBefore ??= new PacketAddresses(dst, src));
}

/** Whether a socket takes the packet, and what the host listens on instead. */
export function recordSocket(
  trace: Trace,
  at: number,
  journey: number,
  { place, before }: Station,
  listening: string[],
  process: string | undefined,
): void {
  trace.step(journey, new SocketStep(at, place, before.dst, process, listening));
}
