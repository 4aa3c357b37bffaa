// The timers and indexes that a connection holds while it lives, and their end.
import type { Context } from "../machine/component.ts";
import type { Connection, NetworkState } from "./state.ts";

export function stopWaiting(context: Context, connection: Connection): void {
  if (connection.retry !== undefined) context.cancel(connection.retry);
  if (connection.deadline !== undefined) context.cancel(connection.deadline);
  connection.retry = undefined;
  connection.deadline = undefined;
}

export function forget(state: NetworkState, connection: Connection): void {
  connection.state = "closed";
  state.connections.delete(connection.id);
  state.streams.delete(connection.id);
  state.hosts.get(connection.from)?.dialled.delete(connection.id);
  const socket = connection.socket === undefined ? undefined : state.sockets.get(connection.socket);
  socket?.connections.delete(connection.id);
  if (socket?.closed && socket.connections.size === 0) state.sockets.delete(socket.id);
  for (const id of connection.exchanges) state.exchanges.delete(id);
}
