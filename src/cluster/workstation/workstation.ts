// The component "workstation": a machine outside of the cluster, from which people run curl, dig and kubectl. Its
// programs run elsewhere; here are its address, what it asks of the network, and its forwarded ports.
import { unreachable } from "#base/assert";
import type { Json, JsonObject } from "#base/json";
import { nextUint32 } from "#base/random";
import { defineComponent, type Context } from "../machine/component.ts";
import type { ConnectAnswer, ExchangeAnswer, HttpMessage, Incoming } from "../network/types.ts";
import { proxyAnswer, type ProxyRules } from "./proxy.ts";
import { WORKSTATION, type WorkstationAction } from "./types.ts";

interface Forward {
  /** The pod's network namespace. */
  host: string;
  port: number;
  localPort: number;
  listener: number;
  /** Connections that came and what went wrong, not yet taken. */
  events: ForwardEvent[];
}

export type ForwardEvent = { type: "connection" } | { type: "lost"; error: string };

export interface WorkstationState {
  answers: { id: number; answer: JsonObject }[];
  forwards: Map<number, Forward>;
  proxies: Map<number, { listener: number; rules: ProxyRules }>;
}

const HOST = `outside:${WORKSTATION}`;

export const workstation = defineComponent<WorkstationState>({
  name: "workstation",
  start: () => ({ answers: [], forwards: new Map(), proxies: new Map() }),
  timers: {
    answer: onAnswer,
    incoming: onIncoming,
    proxied: onProxied,
    connected: onConnected,
    exchanged: onExchanged,
  },
});

export function takeForwardEvents(state: WorkstationState, id: number): ForwardEvent[] {
  const forward = state.forwards.get(id);
  if (!forward || forward.events.length === 0) return [];
  const { events } = forward;
  forward.events = [];
  return events;
}

/** What came since the last call. */
export function takeAnswers(state: WorkstationState): WorkstationState["answers"] {
  if (state.answers.length === 0) return [];
  const { answers } = state;
  state.answers = [];
  return answers;
}

function onAnswer(_context: Context, state: WorkstationState, data: { id: number } & JsonObject): void {
  const { id, ...answer } = data;
  state.answers.push({ id, answer });
  // Nobody listens where a link is replayed.
  if (state.answers.length > 1000) state.answers.splice(0, 500);
}

/** `host` is the pod's network namespace for a forward; the caller has found it. */
export function performWorkstation(
  context: Context,
  state: WorkstationState,
  action: WorkstationAction,
  host: string | undefined,
): void {
  switch (action.do) {
    case "call":
      return call(context, action);
    case "forget":
      context.network.endWatch(action.key);
      return context.http.forget(action.key);
    case "disconnect":
      return context.network.disconnect(action.connection);
    case "forward": {
      const { id, port, localPort } = action;
      if (host === undefined) return;
      const listening = context.network.listen({
        host: HOST,
        address: "127.0.0.1",
        port: localPort,
        protocol: "TCP",
        process: "kubectl port-forward",
        owner: { to: WORKSTATION, what: "incoming", data: { forward: id } },
      });
      if (listening.ok) state.forwards.set(id, { host, port, localPort, listener: listening.id, events: [] });
      return;
    }
    case "proxy": {
      const { id, localPort, rules } = action;
      const listening = context.network.listen({
        host: HOST,
        address: "127.0.0.1",
        port: localPort,
        protocol: "TCP",
        process: "kubectl proxy",
        owner: { to: WORKSTATION, what: "proxied", data: { proxy: id } },
      });
      if (listening.ok) state.proxies.set(id, { listener: listening.id, rules });
      return;
    }
    case "stopForward": {
      const open = state.forwards.get(action.id) ?? state.proxies.get(action.id);
      if (open) context.network.close(open.listener, { reset: true });
      state.forwards.delete(action.id);
      state.proxies.delete(action.id);
      return;
    }
    default:
      unreachable(action);
  }
}

function call(context: Context, action: Extract<WorkstationAction, { do: "call" }>): void {
  const replyTo = { to: WORKSTATION, what: "answer", data: { id: action.id } };
  // The specification was made by a command for just this call.
  const spec = { ...action.spec, from: HOST, host: HOST, replyTo } as never;
  if (action.call === "http") context.http.call(spec);
  else if (action.call === "resolve") context.http.resolve(spec);
  else context.network[action.call](spec);
}

function onProxied(
  context: Context,
  state: WorkstationState,
  data: { proxy: number } & Incoming & JsonObject,
): void {
  const proxy = state.proxies.get(data.proxy);
  const { exchange } = data;
  const request = data.request as unknown as HttpMessage;
  if (!proxy) return context.network.respond(exchange, { hangUp: true });
  context.network.respond(exchange, proxyAnswer(proxy.rules, request, context.api.handle));
}

type Passing = { forward: number; exchange: number; request: Json };

/** A connection to the forwarded port: the kubelet dials the pod's own port from inside its network namespace. */
function onIncoming(
  context: Context,
  state: WorkstationState,
  data: { forward: number } & Incoming & JsonObject,
): void {
  const forward = state.forwards.get(data.forward);
  if (!forward) return context.network.respond(data.exchange, { hangUp: true });
  forward.events.push({ type: "connection" });
  const passing: Passing = {
    forward: data.forward,
    exchange: data.exchange,
    request: data.request as unknown as Json,
  };
  context.network.connect({
    from: forward.host,
    to: { ip: "127.0.0.1", port: forward.port },
    protocol: "TCP",
    latency: "real",
    replyTo: { to: WORKSTATION, what: "connected", data: passing },
  });
}

function onConnected(context: Context, state: WorkstationState, data: Passing & ConnectAnswer): void {
  if (data.outcome !== "connected") {
    const forward = state.forwards.get(data.forward);
    if (forward) forward.events.push({ type: "lost", error: lostText(context, forward) });
    return context.network.respond(data.exchange, { hangUp: true });
  }
  context.network.exchange({
    connection: data.connection,
    request: data.request as unknown as HttpMessage,
    replyTo: {
      to: WORKSTATION,
      what: "exchanged",
      data: { exchange: data.exchange, connection: data.connection },
    },
  });
}

// Kubernetes: containerd's internal/cri/server/sandbox_portforward_linux.go (v2.1)
function lostText({ random }: Context, { port, localPort }: Forward): string {
  const digits = (length: number): string => {
    let text = "";
    while (text.length < length) text += nextUint32(random).toString(16).padStart(8, "0");
    return text.slice(0, length);
  };
  const sandbox = digits(64);
  const space = [8, 4, 4, 4, 12].map(digits).join("-");
  const refused = (version: 4 | 6, address: string): string =>
    `dial tcp${version} ${address}:${port}: connect: connection refused`;
  return (
    `an error occurred forwarding ${localPort} -> ${port}: error forwarding port ${port} to pod ${sandbox}, uid : ` +
    `failed to execute portforward in network namespace "/var/run/netns/cni-${space}": failed to connect to ` +
    `localhost:${port} inside namespace "${sandbox}", IPv4: ${refused(4, "127.0.0.1")} IPv6 ${refused(6, "[::1]")} `
  );
}

function onExchanged(
  context: Context,
  _state: WorkstationState,
  data: { exchange: number; connection: number } & ExchangeAnswer,
): void {
  const { exchange } = data;
  if (data.outcome === "response") {
    const { status, headers, body } = data;
    context.network.respond(exchange, { status, headers, body });
  } else if (data.outcome === "garbage") context.network.respond(exchange, { raw: data.raw });
  else context.network.respond(exchange, { hangUp: true });
  context.network.disconnect(data.connection);
}
