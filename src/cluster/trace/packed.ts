// A journey as it is kept: numbers in one list, references in another. Thousands are kept, and as objects for each
// leg and step they would cost the collector more than the machine takes to run. The network writes what happens on a
// connection's way by these functions; unpacked.ts makes legs and steps of it for whoever reads.
import type { HttpMessage } from "../network/types.ts";
import type { Choice, PortRule, RuleEndpoint, Matched } from "../network/rules.ts";
import type { Addresses, Journey, JourneyEnd, Leg, Place, Step } from "./types.ts";

/** What happened. The low four bits of its first number; the rest is an argument. */
export const OP = {
  /** Whole, as it is. References: the leg or the step. */
  leg: 0,
  step: 1,
  /** A connection begins its way. References: place, source address and port, destination address and port. */
  way: 2,
  /** To the next station, with how it is lost on the way. Start, end; its place. */
  move: 3,
  /** A rule's choice. When; rule, choice, endpoint, node, and the source address and port from here on. */
  choice: 4,
  /** Otherwise rewritten at the last station, as a step tells. Addresses from here on, node, Services. */
  rewritten: 5,
  /** At the end. When; what listens there, and which process took it. */
  socket: 6,
  /** From the station of this number on, with how it is lost. Start, end. */
  forward: 7,
  /** From the station of this number back: an acknowledgement, or data. Start, end. */
  acknowledge: 8,
  back: 9,
  /** With the answer's status. When, how long; the request. */
  exchange: 10,
  /** The addresses are put back at the station of this number. When. */
  reverse: 11,
  /** The answer's status. When; its body. */
  answered: 12,
} as const;

export const ARGUMENT_SHIFT = 4;

const MATCHED: readonly Matched[] = ["clusterIP", "nodePort", "loadBalancer", "externalIP"];
const HOW = ["random", "affinity", "only", "conntrack"] as const;
export type How = (typeof HOW)[number];

export class PackedJourney {
  declare readonly id: number;
  declare readonly client: Journey["client"];
  declare readonly request: Journey["request"];
  declare readonly parent: number | undefined;
  /** The end, unless an answer is. */
  declare failure: JourneyEnd | undefined;
  declare ended: boolean;
  /** The first is the journey's beginning. */
  declare readonly numbers: number[];
  declare readonly refs: unknown[];

  constructor(
    id: number,
    startedAt: number,
    client: Journey["client"],
    request: Journey["request"],
    parent: number | undefined,
  ) {
    this.id = id;
    this.client = client;
    this.request = request;
    this.parent = parent;
    this.failure = undefined;
    this.ended = false;
    this.numbers = [startedAt];
    this.refs = [];
  }
}

/** How a packet is lost, as a number. */
export const LOST: readonly (Leg["lost"] | undefined)[] = [undefined, "refused", "dropped"];

function lostNumber(lost: Leg["lost"]): number {
  return lost === undefined ? 0 : lost === "refused" ? 1 : 2;
}

export function packLeg({ numbers, refs }: PackedJourney, leg: Leg): void {
  numbers.push(OP.leg);
  refs.push(leg);
}

export function packStep({ numbers, refs }: PackedJourney, step: Step): void {
  numbers.push(OP.step);
  refs.push(step);
}

export function packWay(
  { numbers, refs }: PackedJourney,
  place: Place,
  flow: { srcIp: string; srcPort: number; dstIp: string; dstPort: number },
): void {
  numbers.push(OP.way);
  refs.push(place, flow.srcIp, flow.srcPort, flow.dstIp, flow.dstPort);
}

export function packMove(
  { numbers, refs }: PackedJourney,
  place: Place,
  lost: Leg["lost"],
  start: number,
  end: number,
): void {
  numbers.push(OP.move | (lostNumber(lost) << ARGUMENT_SHIFT), start, end);
  refs.push(place);
}

interface PackedChoice {
  rule: PortRule;
  choice: Choice;
  endpoint: RuleEndpoint;
  node: string;
  srcIp: string;
  srcPort: number;
}

export function packChoice(
  { numbers, refs }: PackedJourney,
  at: number,
  matched: Matched,
  policy: "Cluster" | "Local",
  how: How,
  of: PackedChoice,
): void {
  const local = policy === "Local" ? 1 : 0;
  const argument = (MATCHED.indexOf(matched) << 3) | (HOW.indexOf(how) << 1) | local;
  numbers.push(OP.choice | (argument << ARGUMENT_SHIFT), at);
  refs.push(of.rule, of.choice, of.endpoint, of.node, of.srcIp, of.srcPort);
}

export function choiceArgument(argument: number): {
  matched: Matched;
  policy: "Cluster" | "Local";
  how: How;
} {
  return {
    matched: MATCHED[argument >> 3]!,
    how: HOW[(argument >> 1) & 3]!,
    policy: argument & 1 ? "Local" : "Cluster",
  };
}

export function packRewritten(
  { numbers, refs }: PackedJourney,
  after: Addresses,
  node: string | undefined,
  via: string[] | undefined,
): void {
  numbers.push(OP.rewritten);
  refs.push(after, node, via);
}

export function packSocket(
  { numbers, refs }: PackedJourney,
  at: number,
  listening: string[],
  process: string | undefined,
): void {
  numbers.push(OP.socket, at);
  refs.push(listening, process);
}

export function packForward(
  { numbers }: PackedJourney,
  station: number,
  lost: Leg["lost"],
  start: number,
  end: number,
): void {
  numbers.push(OP.forward | (((station << 2) | lostNumber(lost)) << ARGUMENT_SHIFT), start, end);
}

export function packBack(
  { numbers }: PackedJourney,
  purpose: Leg["purpose"],
  station: number,
  start: number,
  end: number,
): void {
  const op = purpose === "data" ? OP.back : OP.acknowledge;
  numbers.push(op | (station << ARGUMENT_SHIFT), start, end);
}

export function packExchange(
  { numbers, refs }: PackedJourney,
  at: number,
  durationMs: number,
  status: number,
  message: HttpMessage,
): void {
  numbers.push(OP.exchange | (status << ARGUMENT_SHIFT), at, durationMs);
  refs.push(message);
}

export function packReverse({ numbers }: PackedJourney, station: number, at: number): void {
  numbers.push(OP.reverse | (station << ARGUMENT_SHIFT), at);
}

export function packAnswered(
  { numbers, refs }: PackedJourney,
  at: number,
  status: number,
  body: string,
): void {
  numbers.push(OP.answered | (status << ARGUMENT_SHIFT), at);
  refs.push(body);
}
