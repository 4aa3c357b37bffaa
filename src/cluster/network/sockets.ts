// Listening sockets of hosts: who is bound to which address and port.
import type { Protocol } from "#api/service/types";
import type { Host, NetworkState, Socket } from "./state.ts";
import type { HostId, Listener, OpenConnection } from "./types.ts";

const ANY = "0.0.0.0";

/** A protocol's port as one number: packets are looked up by it, and a text would be written for each. */
export function portKey(protocol: Protocol, port: number): number {
  return protocol === "TCP" ? port : protocol === "UDP" ? 0x10000 + port : 0x20000 + port;
}

export function listen(
  state: NetworkState,
  listener: Listener,
): { ok: true; id: number } | { ok: false; reason: "addressInUse" } {
  const host = state.hosts.get(listener.host);
  // The pod's network went before its process came up.
  if (!host) return { ok: false, reason: "addressInUse" };
  const key = portKey(listener.protocol, listener.port);
  const bound = host.sockets.get(key) ?? [];
  const clash = bound.some(({ address }) => {
    return address === listener.address || address === ANY || listener.address === ANY;
  });
  if (clash) return { ok: false, reason: "addressInUse" };
  const socket: Socket = { ...listener, id: state.nextId++, connections: new Set() };
  host.sockets.set(key, [...bound, socket]);
  host.listening.clear();
  state.sockets.set(socket.id, socket);
  return { ok: true, id: socket.id };
}

/** Accepts no more. The socket is remembered while connections that it accepted are open. */
export function unbind(state: NetworkState, socket: Socket): void {
  socket.closed = true;
  if (socket.connections.size === 0) state.sockets.delete(socket.id);
  const host = state.hosts.get(socket.host);
  if (!host) return;
  const key = portKey(socket.protocol, socket.port);
  const left = (host.sockets.get(key) ?? []).filter((other) => other.id !== socket.id);
  if (left.length > 0) host.sockets.set(key, left);
  else host.sockets.delete(key);
  host.listening.clear();
}

export function socketFor(host: Host, protocol: Protocol, ip: string, port: number): Socket | undefined {
  const sockets = host.sockets.get(portKey(protocol, port));
  if (sockets === undefined) return undefined;
  for (const socket of sockets) if (socket.address === ANY || socket.address === ip) return socket;
  return undefined;
}

/** "ip:port" of all sockets, as journeys show them: one list for all that come between two changes. */
export function listeningOf(host: Host, protocol: Protocol): string[] {
  const known = host.listening.get(protocol);
  if (known) return known;
  const listening: string[] = [];
  for (const sockets of host.sockets.values()) {
    for (const socket of sockets)
      if (socket.protocol === protocol) listening.push(`${socket.address}:${socket.port}`);
  }
  host.listening.set(protocol, listening);
  return listening;
}

export function listenersOf(state: NetworkState, host: HostId): Listener[] {
  return [...(state.hosts.get(host)?.sockets.values() ?? [])].flat();
}

/** Open connections, those that the host dialled first. */
export function connectionsOf(state: NetworkState, id: HostId): OpenConnection[] {
  const host = state.hosts.get(id);
  if (!host) return [];
  const open: OpenConnection[] = [];
  for (const number of host.dialled) {
    const connection = state.connections.get(number);
    if (connection?.state === "open") open.push({ local: connection.local, peer: connection.remote });
  }
  for (const socket of [...host.sockets.values()].flat()) {
    for (const number of socket.connections) {
      const connection = state.connections.get(number);
      const end = connection?.stations.at(-1);
      if (connection?.state === "open" && end) open.push({ local: end.before.dst, peer: end.before.src });
    }
  }
  return open;
}
