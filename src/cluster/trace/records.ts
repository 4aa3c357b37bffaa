// What is written down of every request, made by constructors; called by the network and by the recorder itself.
// The engine watches how long each object literal's objects live, and compiles all code around it anew once they turn
// out to stay; constructors are exempt. These hold nothing but fields: plain data all the same.
import type { JsonObject } from "#base/json";
import type { Addresses, Journey, JourneyEnd, Leg, Place, Step } from "./types.ts";

type EndOf<K extends JourneyEnd["kind"]> = Extract<JourneyEnd, { kind: K }>;
type StepOf<K extends Step["step"]> = Extract<Step, { step: K }>;

export class PacketAddresses implements Addresses {
  declare src: Addresses["src"];
  declare dst: Addresses["dst"];

  constructor(src: string, dst: string) {
    this.src = src;
    this.dst = dst;
  }
}

export class JourneyRecord implements Journey {
  declare id: Journey["id"];
  declare startedAt: Journey["startedAt"];
  declare client: Journey["client"];
  declare request: Journey["request"];
  declare legs: Journey["legs"];
  declare steps: Journey["steps"];
  declare parent?: number;
  declare end?: JourneyEnd;

  constructor(id: number, startedAt: number, client: Journey["client"], request: Journey["request"]) {
    this.id = id;
    this.startedAt = startedAt;
    this.client = client;
    this.request = request;
    this.legs = [];
    this.steps = [];
  }
}

export class JourneyClient {
  declare place: Place;
  declare ip: string;
  declare program: string;

  constructor(place: Place, ip: string, program: string) {
    this.place = place;
    this.ip = ip;
    this.program = program;
  }
}

export class JourneyQuestion {
  declare method: string;
  declare url: string;
  declare headers: Record<string, string>;

  constructor(method: string, url: string, headers: Record<string, string>) {
    this.method = method;
    this.url = url;
    this.headers = headers;
  }
}

export class ResponseEnd implements EndOf<"response"> {
  declare kind: EndOf<"response">["kind"];
  declare at: EndOf<"response">["at"];
  declare status: EndOf<"response">["status"];
  declare body: EndOf<"response">["body"];

  constructor(at: number, status: number, body: string) {
    this.kind = "response";
    this.at = at;
    this.status = status;
    this.body = body;
  }
}

export class LegRecord implements Leg {
  declare from: Leg["from"];
  declare to: Leg["to"];
  declare direction: Leg["direction"];
  declare purpose: Leg["purpose"];
  declare start: Leg["start"];
  declare end: Leg["end"];
  declare packet: Leg["packet"];
  declare via?: Leg["via"];
  declare lost?: Leg["lost"];

  constructor(
    from: Place,
    to: Place,
    direction: Leg["direction"],
    times: { purpose: Leg["purpose"]; start: number; end: number },
    packet: Addresses,
  ) {
    this.from = from;
    this.to = to;
    this.direction = direction;
    this.purpose = times.purpose;
    this.start = times.start;
    this.end = times.end;
    this.packet = packet;
  }
}

export class ServiceStep implements StepOf<"service"> {
  declare at: StepOf<"service">["at"];
  declare step: StepOf<"service">["step"];
  declare service: StepOf<"service">["service"];
  declare port: StepOf<"service">["port"];
  declare matched: StepOf<"service">["matched"];
  declare node: StepOf<"service">["node"];
  declare policy: StepOf<"service">["policy"];
  declare portName?: StepOf<"service">["portName"];

  constructor(
    at: number,
    rule: { service: string; portName: string; port: number },
    matched: StepOf<"service">["matched"],
    node: string,
    policy: StepOf<"service">["policy"],
  ) {
    this.at = at;
    this.step = "service";
    this.service = rule.service;
    if (rule.portName) this.portName = rule.portName;
    this.port = rule.port;
    this.matched = matched;
    this.node = node;
    this.policy = policy;
  }
}

export class EndpointsStep implements StepOf<"endpoints"> {
  declare at: StepOf<"endpoints">["at"];
  declare step: StepOf<"endpoints">["step"];
  declare service: StepOf<"endpoints">["service"];
  declare candidates: StepOf<"endpoints">["candidates"];
  declare pool: StepOf<"endpoints">["pool"];
  declare omitted?: StepOf<"endpoints">["omitted"];

  constructor(
    at: number,
    service: string,
    candidates: StepOf<"endpoints">["candidates"],
    pool: StepOf<"endpoints">["pool"],
  ) {
    this.at = at;
    this.step = "endpoints";
    this.service = service;
    this.candidates = candidates;
    this.pool = pool;
  }
}

export class ChoiceStep implements StepOf<"choice"> {
  declare at: StepOf<"choice">["at"];
  declare step: StepOf<"choice">["step"];
  declare endpoint: StepOf<"choice">["endpoint"];
  declare how: StepOf<"choice">["how"];
  declare among: StepOf<"choice">["among"];
  declare pod?: StepOf<"choice">["pod"];
  declare node?: StepOf<"choice">["node"];

  constructor(
    at: number,
    endpoint: { address: string; pod?: string; node?: string },
    how: StepOf<"choice">["how"],
    among: number,
  ) {
    this.at = at;
    this.step = "choice";
    this.endpoint = endpoint.address;
    this.how = how;
    this.among = among;
    if (endpoint.pod) this.pod = endpoint.pod;
    if (endpoint.node) this.node = endpoint.node;
  }
}

export class RewriteStep implements StepOf<"rewrite"> {
  declare at: StepOf<"rewrite">["at"];
  declare step: StepOf<"rewrite">["step"];
  declare node: StepOf<"rewrite">["node"];
  declare kind: StepOf<"rewrite">["kind"];
  declare before: StepOf<"rewrite">["before"];
  declare after: StepOf<"rewrite">["after"];

  constructor(
    at: number,
    node: string,
    kind: StepOf<"rewrite">["kind"],
    before: Addresses,
    after: Addresses,
  ) {
    this.at = at;
    this.step = "rewrite";
    this.node = node;
    this.kind = kind;
    this.before = before;
    this.after = after;
  }
}

export class SocketStep implements StepOf<"socket"> {
  declare at: StepOf<"socket">["at"];
  declare step: StepOf<"socket">["step"];
  declare place: StepOf<"socket">["place"];
  declare address: StepOf<"socket">["address"];
  declare found: StepOf<"socket">["found"];
  declare listening: StepOf<"socket">["listening"];
  declare process?: StepOf<"socket">["process"];

  constructor(at: number, place: Place, address: string, process: string | undefined, listening: string[]) {
    this.at = at;
    this.step = "socket";
    this.place = place;
    this.address = address;
    this.found = process !== undefined;
    this.listening = listening;
    if (process !== undefined) this.process = process;
  }
}

/** What of the addresses a node changed on the way out. */
export function rewriteKind(before: Addresses, after: Addresses): StepOf<"rewrite">["kind"] | undefined {
  const dnat = before.dst !== after.dst;
  const snat = before.src !== after.src;
  if (!dnat && !snat) return undefined;
  return dnat && snat ? "DNAT+SNAT" : dnat ? "DNAT" : "SNAT";
}

/** A request as the server saw it. */
export class SeenRequest {
  declare method: string;
  declare path: string;
  declare headers: Record<string, string>;
  declare peer: string;

  constructor(message: { method: string; path: string; headers: Record<string, string> }, peer: string) {
    this.method = message.method;
    this.path = message.path;
    this.headers = message.headers;
    this.peer = peer;
  }
}

export class SeenStatus {
  declare status: number;

  constructor(status: number) {
    this.status = status;
  }
}

export class ExchangeStep implements StepOf<"exchange"> {
  declare at: StepOf<"exchange">["at"];
  declare step: StepOf<"exchange">["step"];
  declare place: StepOf<"exchange">["place"];
  declare request: StepOf<"exchange">["request"];
  declare response: StepOf<"exchange">["response"];
  declare durationMs: StepOf<"exchange">["durationMs"];

  constructor(
    at: number,
    place: Place,
    request: SeenRequest,
    response: SeenStatus | JsonObject,
    durationMs: number,
  ) {
    this.at = at;
    this.step = "exchange";
    this.place = place;
    this.request = request as unknown as JsonObject;
    this.response = response as JsonObject;
    this.durationMs = durationMs;
  }
}
