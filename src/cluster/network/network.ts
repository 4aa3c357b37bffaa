// The service "network": everything that hosts do on the wire, behind one interface. Pods are attached by kubelets,
// processes listen, clients and probes dial; kube-proxy writes the rules of each node.
import { defineService, isKind } from "../machine/component.ts";
import type { Context } from "../machine/component.ts";
import { addHost, attachPod, createState, internetHost, removeHost } from "./hosts.ts";
import { apiFrontAnswer, startApiFront } from "./api-front.ts";
import { endWatch, onPacket, watchPackets } from "./capture.ts";
import { connect, onConnectTimeout, onEstablished, onRefused, onRetransmit, onSyn } from "./connect.ts";
import {
  answerDatagram,
  datagram,
  onDatagram,
  onDatagramAnswer,
  onDatagramRefused,
  onDatagramTimeout,
} from "./datagram.ts";
import { isNameOf } from "../tls/host-names.ts";
import { abandon, closeSocket, endConnection, onHangUp } from "./disconnect.ts";
import { exchange, isOpen, onExchangeTimeout, onRequest, onResponse, respondNow } from "./exchange.ts";
import { followService, onHealth, scheduleCheck } from "./load-balancers.ts";
import { ping } from "./ping.ts";
import { applyUpdate, createRules } from "./rules.ts";
import { seeClosed } from "./segments.ts";
import { connectionsOf, listen, listenersOf, unbind } from "./sockets.ts";
import type { NetworkState } from "./state.ts";
import type { Certificate, HttpAnswer, Incoming, Listener, Network } from "./types.ts";

/** Machines of the internet are there as soon as somebody listens on them. */
const INTERNET = "internet:";

export const network = defineService<NetworkState, Network>({
  name: "network",
  start: (context) => {
    const state = createState(context.settings);
    startApiFront(state);
    return state;
  },
  provide: (context, state) => ({
    ...hostFunctions(context, state),
    ...trafficFunctions(context, state),
  }),
  watches: ["Service"],
  onChanges: (context, state, changes) => {
    for (const change of changes) {
      if (isKind(change, "Service")) followService(state, change.object, change.type === "DELETED");
    }
    scheduleCheck(context, state);
  },
  timers: {
    syn: onSyn,
    established: onEstablished,
    refused: onRefused,
    retransmit: onRetransmit,
    connectTimeout: onConnectTimeout,
    request: onRequest,
    answer: onAnswer,
    response: onResponse,
    exchangeTimeout: onExchangeTimeout,
    hangUp: onHangUp,
    datagram: onDatagram,
    datagramAnswer: onDatagramAnswer,
    datagramRefused: onDatagramRefused,
    datagramTimeout: onDatagramTimeout,
    health: onHealth,
    apiFront: onApiFront,
    packet: onPacket,
  },
});

type HostFunctions =
  | "attachPod"
  | "detachPod"
  | "addOutsideHost"
  | "removeOutsideHost"
  | "setResolver"
  | "resolverOf"
  | "placeOf"
  | "ipOf"
  | "setNodeUp"
  | "isNodeUp"
  | "setRules";

function hostFunctions(context: Context, state: NetworkState): Pick<Network, HostFunctions> {
  return {
    attachPod: (pod) => attachPod(state, pod),
    detachPod: (uid) => {
      dropHost(context, state, `pod:${uid}`);
      state.podResolvers.delete(`pod:${uid}`);
    },
    addOutsideHost: (name, ip) => {
      const id = `outside:${name}`;
      removeHost(state, id);
      addHost(state, { id, kind: "outside", ips: [ip], place: { kind: "client", name } });
      return id;
    },
    removeOutsideHost: (name) => dropHost(context, state, `outside:${name}`),
    // A pod may go while somebody still works for it: what is asked of a host that is gone stays harmless.
    setResolver: (host, resolver) => {
      const known = state.hosts.get(host);
      if (known) known.resolver = resolver;
      else state.podResolvers.set(host, resolver);
    },
    resolverOf: (host) =>
      state.hosts.get(host)?.resolver ??
      state.podResolvers.get(host) ?? { nameservers: [], searches: [], ndots: 1, hosts: {} },
    placeOf: (host) => state.hosts.get(host)?.place ?? { kind: "client", name: host },
    ipOf: (host) => state.hosts.get(host)?.ips[0] ?? "0.0.0.0",
    setNodeUp: (node, up) => {
      if (up) state.down.delete(node);
      else state.down.add(node);
      scheduleCheck(context, state);
    },
    isNodeUp: (node) => !state.down.has(node),
    setRules: (node, update) => {
      let rules = state.rules.get(node);
      if (!rules) state.rules.set(node, (rules = createRules()));
      applyUpdate(rules, update);
      scheduleCheck(context, state);
    },
  };
}

/** The host's own connections end with it; those to it are left hanging. */
function dropHost(context: Context, state: NetworkState, id: string): void {
  const host = state.hosts.get(id);
  if (!host) return;
  for (const connectionId of host.dialled) {
    const connection = state.connections.get(connectionId);
    if (connection) abandon(context, state, connection);
  }
  for (const socket of [...host.sockets.values()].flat()) unbind(state, socket);
  removeHost(state, id);
}

function trafficFunctions(context: Context, state: NetworkState): Omit<Network, HostFunctions> {
  return {
    listen: (listener) => {
      if (listener.host.startsWith(INTERNET)) internetHost(state, listener.host.slice(INTERNET.length));
      return listen(state, listener);
    },
    close: (id, options) => {
      const socket = state.sockets.get(id);
      if (socket) closeSocket(context, state, socket, options);
    },
    listeners: (host) => listenersOf(state, host),
    connections: (host) => connectionsOf(state, host),
    setTls: (id, tls) => {
      const socket = state.sockets.get(id);
      if (socket) socket.tls = tls;
    },
    connect: (spec) => connect(context, state, spec),
    exchange: (spec) => exchange(context, state, spec),
    disconnect: (id) => {
      const connection = state.connections.get(id);
      if (!connection) return;
      seeClosed(context, state, connection, "client");
      endConnection(context, state, connection);
    },
    isOpen: (id) => {
      const connection = state.connections.get(id);
      return connection !== undefined && isOpen(connection, context.now);
    },
    certificate: (id, serverName) => certificateFor(state.connections.get(id)?.tls, serverName),
    datagram: (spec) => datagram(context, state, spec),
    respond: (id, answer, delayMs = 0) => {
      if (delayMs > 0) context.after(delayMs, "answer", { id, answer: { ...answer } as never });
      else onAnswer(context, state, { id, answer });
    },
    ping: (spec) => ping(context, state, spec),
    watchPackets: (spec) => watchPackets(context, state, spec),
    endWatch: (key) => endWatch(state, key),
  };
}

function onAnswer(context: Context, state: NetworkState, data: { id: number; answer: HttpAnswer }): void {
  const item = state.exchanges.get(data.id);
  if (item) respondNow(context, state, item, data.answer);
  const packet = state.datagrams.get(data.id);
  if (packet && "datagram" in data.answer) answerDatagram(context, state, packet, data.answer.datagram);
}

function onApiFront(context: Context, state: NetworkState, data: Incoming): void {
  if ("datagram" in data.request) return;
  onAnswer(context, state, { id: data.exchange, answer: apiFrontAnswer(context, data.request) });
}

/** The one for the asked name, or else the listener's own. */
function certificateFor(tls: Listener["tls"], serverName: string): Certificate | undefined {
  if (!tls) return undefined;
  const own = tls.byName?.find(({ names }) => names.some((name) => isNameOf(name, serverName)));
  const { byName: _byName, ...standard } = tls;
  return own ?? standard;
}
