// Actions come from links too, so their shape is checked before they reach the machine.
import { isObject } from "#base/json";
import { parsePerl } from "#base/regexp/perl";
import { compile } from "#base/regexp/program";
import {
  absent,
  flag,
  id,
  list,
  milliseconds,
  number,
  object,
  oneOf,
  optional,
  port,
  text,
  texts,
  type Shape,
} from "./action-shapes.ts";
import type { Action } from "./actions.ts";
import type { WorkstationAction, WorkstationCall } from "./workstation/types.ts";

const POD = { namespace: text(), pod: text(), container: optional(text()) };
const SESSION = { session: text(100) };
const WORDS = list(text(10_000));
const BODY = text(1_000_000);
const MESSAGE = object({ method: text(40), path: text(20_000), headers: texts, body: BODY });
const LONGEST_PATTERN = 200;

const FAULTS = object({
  slowMs: optional(number(0, 600_000)),
  localhostOnly: optional(flag),
  failStatus: optional(number(100, 599)),
});

/** Checks of a client, each with what is wrong where it fails. */
const CLIENT: readonly [Shape, string][] = [
  [object({}), "a client is an object"],
  [object({ name: (name) => text(60)(name) && name !== "" }), "a client needs a name"],
  [object({ location: isLocation }), "a client needs a location"],
  [object({ program: oneOf("curl", "browser") }), "a client is curl or a browser"],
  [object({ url: text(), method: text(20), body: optional(BODY) }), "a client needs a url and a method"],
  [object({ headers: texts }), "headers are texts"],
  [object({ rate: number(0, 1000) }), "rate lies between 0 and 1000"],
  [
    object({ count: optional(number(0, 1_000_000)), maxTimeMs: optional(milliseconds) }),
    "count and time are numbers",
  ],
  [object({ hosts: optional(texts) }), "hosts are texts"],
];

function isLocation(location: unknown): boolean {
  if (!isObject(location)) return false;
  switch (location["kind"]) {
    case "outside":
      return text(60)(location["ip"]);
    case "node":
      return text()(location["name"]);
    case "pod":
      return object({ namespace: text(), name: optional(text()), labels: optional(texts) })(location);
    default:
      return false;
  }
}

/** What a packet or a call is sent with. Journeys are begun by the cluster itself. */
const SENT = { timeoutMs: optional(milliseconds), sourcePort: optional(port), journey: absent };
const TO = object({ ip: text(60), port });

const CALLS: Record<WorkstationCall, Shape> = {
  http: object({
    url: text(20_000),
    method: text(40),
    program: text(40),
    headers: texts,
    body: optional(BODY),
    connectTimeoutMs: optional(milliseconds),
    maxTimeMs: optional(milliseconds),
    keepAliveKey: optional(text()),
    resolve: optional(texts),
    authorities: optional(list(text())),
    curlVersion: optional(text(40)),
    parent: absent,
  }),
  resolve: object({ ...SENT, name: text(1000) }),
  connect: object({ ...SENT, to: TO, protocol: oneOf("TCP", "UDP") }),
  datagram: object({ ...SENT, to: TO, payload: text(100_000) }),
  exchange: object({
    ...SENT,
    connection: id,
    request: MESSAGE,
    tls: optional(object({ serverName: text() })),
  }),
  ping: object({ ip: text(60), timeoutMs: milliseconds, echo: optional(text()) }),
  watchPackets: object({ key: text() }),
};

const PATTERNS = list(isPattern);
const PROXY_RULES = object({
  prefix: text(),
  hosts: PATTERNS,
  paths: PATTERNS,
  notPaths: PATTERNS,
  notMethods: PATTERNS,
  www: optional((files) => isObject(files) && Object.values(files).every(BODY)),
  wwwPrefix: optional(text()),
});

function isPattern(pattern: unknown): boolean {
  if (typeof pattern !== "string" || pattern.length > LONGEST_PATTERN) return false;
  try {
    compile(parsePerl(pattern, "go"));
    return true;
  } catch {
    return false;
  }
}

const WORKSTATION: Record<WorkstationAction["do"], [shape: Shape, problem: string]> = {
  call: [
    (action) => object({ id })(action) && isCall(action as Record<string, unknown>),
    "a workstation call needs an id and a specification",
  ],
  forget: [object({ key: text() }), "forget needs a key"],
  disconnect: [object({ connection: id }), "disconnect needs a connection"],
  forward: [
    object({ ...POD, id, localPort: number(1, 65_535), port: number(1, 65_535) }),
    "forward needs a pod and ports",
  ],
  proxy: [object({ id, localPort: number(1, 65_535), rules: PROXY_RULES }), "proxy needs a port and rules"],
  stopForward: [object({ id }), "stopForward needs an id"],
};

function isCall({ call, spec }: Record<string, unknown>): boolean {
  return typeof call === "string" && Object.hasOwn(CALLS, call) && CALLS[call as WorkstationCall](spec);
}

const ACTIONS: Record<
  Exclude<Action["type"], "setClient" | "workstation">,
  [shape: Shape, problem: string]
> = {
  api: [object({ request: object({ method: text(), path: text() }) }), "an api action needs a request"],
  exec: [object({ ...POD, command: WORDS }), "an exec action needs a pod and a command"],
  crash: [object(POD), "a crash action needs a pod"],
  setFaults: [object({ ...POD, faults: FAULTS }), "a setFaults action needs a pod and faults"],
  removeClient: [object({ name: text() }), "a removeClient action needs a name"],
  send: [object({ client: text(), count: number(1, 10_000) }), "a send action needs a client and a count"],
  nodePower: [object({ node: text(), up: flag }), "a nodePower action needs a node"],
  openSession: [
    object({ ...SESSION, ...POD, command: optional(WORDS) }),
    "an openSession action needs a session and a pod",
  ],
  typeIntoSession: [
    object({ ...SESSION, text: BODY }),
    "a typeIntoSession action needs a session and a text",
  ],
  interruptSession: [object(SESSION), "an interruptSession action needs a session"],
  closeSession: [object(SESSION), "a closeSession action needs a session"],
  loadBalancerProvider: [object({ on: flag }), "a loadBalancerProvider action says on or off"],
};

/** What is wrong with an action, or undefined if it can be performed. */
export function actionProblem(action: unknown): string | undefined {
  if (!isObject(action)) return "an action is an object";
  const { type } = action;
  if (type === "setClient") return CLIENT.find(([shape]) => !shape(action["client"]))?.[1];
  if (type === "workstation") return problemIn(WORKSTATION, action["do"], action, "workstation action");
  return problemIn(ACTIONS, type, action, "action");
}

function problemIn(
  known: Readonly<Record<string, [shape: Shape, problem: string]>>,
  name: unknown,
  action: unknown,
  what: string,
): string | undefined {
  const entry = typeof name === "string" && Object.hasOwn(known, name) ? known[name] : undefined;
  if (!entry) return `unknown ${what} ${String(name)}`;
  const [shape, problem] = entry;
  return shape(action) ? undefined : problem;
}
