// Packed journeys as their readers know them: follows a connection's way from station to station and makes the legs
// and steps of it. Called by cluster.ts for the page, and by whoever asks the recorder for a journey.
import { candidatesOf } from "../network/candidates.ts";
import type { Choice, PortRule, RuleEndpoint } from "../network/rules.ts";
import type { HttpMessage } from "../network/types.ts";
import { ARGUMENT_SHIFT, choiceArgument, LOST, OP, type PackedJourney } from "./packed.ts";
import { samePlace } from "./places.ts";
import {
  ChoiceStep,
  EndpointsStep,
  ExchangeStep,
  JourneyRecord,
  LegRecord,
  PacketAddresses,
  ResponseEnd,
  RewriteStep,
  rewriteKind,
  SeenRequest,
  SeenStatus,
  ServiceStep,
  SocketStep,
} from "./records.ts";
import type { Addresses, Journey, Leg, Place, Step } from "./types.ts";

/** A place on the way, and the addresses of packets that come there and leave. */
interface Stop {
  place: Place;
  before: Addresses;
  after: Addresses;
  node: string | undefined;
  via: string[] | undefined;
}

class Reader {
  readonly packed: PackedJourney;
  readonly journey: JourneyRecord;
  number = 1;
  ref = 0;
  stops: Stop[] = [];

  constructor(packed: PackedJourney) {
    this.packed = packed;
    this.journey = new JourneyRecord(packed.id, packed.numbers[0]!, packed.client, packed.request);
    if (packed.parent !== undefined) this.journey.parent = packed.parent;
  }

  nextNumber(): number {
    return this.packed.numbers[this.number++]!;
  }

  /** Each operation knows what it wrote. */
  nextRef<T>(): T {
    return this.packed.refs[this.ref++] as T;
  }

  get here(): Stop {
    return this.stops[this.stops.length - 1]!;
  }
}

export function journeyOf(packed: PackedJourney): Journey {
  const reader = new Reader(packed);
  const { numbers } = packed;
  while (reader.number < numbers.length) {
    const first = reader.nextNumber();
    read(reader, first & 15, first >> ARGUMENT_SHIFT);
  }
  if (packed.failure) reader.journey.end = packed.failure;
  return reader.journey;
}

function read(reader: Reader, op: number, argument: number): void {
  const { journey } = reader;
  switch (op) {
    case OP.leg:
      journey.legs.push(reader.nextRef<Leg>());
      return;
    case OP.step:
      journey.steps.push(reader.nextRef<Step>());
      return;
    case OP.way:
      readWay(reader);
      return;
    case OP.move:
      readMove(reader, argument);
      return;
    case OP.choice:
      readChoice(reader, argument);
      return;
    case OP.rewritten: {
      const { here } = reader;
      here.after = reader.nextRef<Addresses>();
      here.node = reader.nextRef<string | undefined>();
      here.via = reader.nextRef<string[] | undefined>();
      return;
    }
    case OP.forward: {
      const station = argument >> 2;
      forward(reader, reader.stops[station]!, reader.stops[station + 1]!, "data", argument & 3);
      return;
    }
    case OP.acknowledge:
      back(reader, argument, "connect");
      return;
    case OP.back:
      back(reader, argument, "data");
      return;
    default:
      readEnd(reader, op, argument);
  }
}

/** What happens where the way ends, and on the way back. */
function readEnd(reader: Reader, op: number, argument: number): void {
  const { journey, here } = reader;
  const at = reader.nextNumber();
  if (op === OP.socket) {
    const listening = reader.nextRef<string[]>();
    const process = reader.nextRef<string | undefined>();
    journey.steps.push(new SocketStep(at, here.place, here.before.dst, process, listening));
  } else if (op === OP.exchange) {
    const durationMs = reader.nextNumber();
    const request = new SeenRequest(reader.nextRef<HttpMessage>(), here.before.src);
    journey.steps.push(new ExchangeStep(at, here.place, request, new SeenStatus(argument), durationMs));
  } else if (op === OP.reverse) {
    const { node, before, after } = reader.stops[argument]!;
    journey.steps.push(new RewriteStep(at, node!, "reverse", turned(after), turned(before)));
  } else journey.end = new ResponseEnd(at, argument, reader.nextRef<string>());
}

function readWay(reader: Reader): void {
  const place = reader.nextRef<Place>();
  const source = `${reader.nextRef<string>()}:${reader.nextRef<number>()}`;
  const addresses = new PacketAddresses(source, `${reader.nextRef<string>()}:${reader.nextRef<number>()}`);
  reader.stops = [{ place, before: addresses, after: addresses, node: undefined, via: undefined }];
}

function readMove(reader: Reader, lost: number): void {
  const { here } = reader;
  const addresses = here.after;
  const place = reader.nextRef<Place>();
  const stop: Stop = { place, before: addresses, after: addresses, node: undefined, via: undefined };
  reader.stops.push(stop);
  forward(reader, here, stop, "connect", lost);
}

function readChoice(reader: Reader, argument: number): void {
  const { here, journey } = reader;
  const { matched, policy, how } = choiceArgument(argument);
  const at = reader.nextNumber();
  const rule = reader.nextRef<PortRule>();
  const { endpoints, pool } = reader.nextRef<Choice>();
  const endpoint = reader.nextRef<RuleEndpoint>();
  const node = reader.nextRef<string>();
  here.after = new PacketAddresses(
    `${reader.nextRef<string>()}:${reader.nextRef<number>()}`,
    `${endpoint.ip}:${endpoint.port}`,
  );
  here.node = node;
  here.via = rule.via;
  journey.steps.push(new ServiceStep(at, rule, matched, node, policy));
  const candidates = candidatesOf(rule, node, policy, endpoints, pool);
  const step = new EndpointsStep(at, rule.service, candidates, pool);
  if (rule.endpoints.length > candidates.length) step.omitted = rule.endpoints.length - candidates.length;
  journey.steps.push(step, new ChoiceStep(at, endpoint, how, endpoints.length));
  const kind = rewriteKind(here.before, here.after);
  if (kind) journey.steps.push(new RewriteStep(at, node, kind, here.before, here.after));
}

function forward(reader: Reader, from: Stop, to: Stop, purpose: Leg["purpose"], lost: number): void {
  const times = { purpose, start: reader.nextNumber(), end: reader.nextNumber() };
  if (samePlace(from.place, to.place)) return;
  const leg = new LegRecord(from.place, to.place, "request", times, from.after);
  if (from.via) leg.via = from.via;
  const how = LOST[lost];
  if (how) leg.lost = how;
  reader.journey.legs.push(leg);
}

function back(reader: Reader, station: number, purpose: Leg["purpose"]): void {
  const from = reader.stops[station]!;
  const to = reader.stops[station - 1]!;
  const times = { purpose, start: reader.nextNumber(), end: reader.nextNumber() };
  if (samePlace(from.place, to.place)) return;
  const leg = new LegRecord(from.place, to.place, "response", times, turned(to.after));
  if (to.via) leg.via = to.via;
  reader.journey.legs.push(leg);
}

function turned({ src, dst }: Addresses): Addresses {
  return new PacketAddresses(dst, src);
}
