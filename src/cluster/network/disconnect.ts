// How connections end: the client hangs up, the server's process dies, or the server stops listening.
import type { Context } from "../machine/component.ts";
import { wayMs } from "./latency.ts";
import { seeClosed } from "./segments.ts";
import { unbind } from "./sockets.ts";
import { forget, stopWaiting } from "./waiting.ts";
import type { Connection, NetworkState, Socket } from "./state.ts";
import type { ExchangeAnswer } from "./types.ts";

/** The client is done with it. */
export function endConnection(context: Context, state: NetworkState, connection: Connection): void {
  stopWaiting(context, connection);
  for (const id of connection.exchanges) {
    const item = state.exchanges.get(id);
    if (item?.deadline !== undefined) context.cancel(item.deadline);
  }
  forget(state, connection);
}

/** The client's host is gone: whoever worked for it there hears that nothing comes any more. */
export function abandon(context: Context, state: NetworkState, connection: Connection): void {
  const elapsedMs = context.now - connection.startedAt;
  if (connection.state === "connecting") {
    context.reply(connection.replyTo, { outcome: "unreachable", place: null, elapsedMs });
  }
  for (const id of connection.exchanges) {
    const item = state.exchanges.get(id);
    if (item) context.reply(item.replyTo, { outcome: "reset", elapsedMs: context.now - item.startedAt });
  }
  endConnection(context, state, connection);
}

/** Stops listening. `reset`: the process is gone, and its kernel tells the clients of its connections. */
export function closeSocket(
  context: Context,
  state: NetworkState,
  socket: Socket,
  options: { reset?: boolean } = {},
): void {
  if (!socket.closed) unbind(state, socket);
  if (!options.reset) return;
  for (const id of socket.connections) {
    const connection = state.connections.get(id);
    if (!connection) continue;
    connection.owner = undefined;
    seeClosed(context, state, connection, "server");
    const end = connection.stations[connection.stations.length - 1]!;
    if (end.node !== undefined && state.down.has(end.node)) continue;
    context.after(wayMs(context.settings, connection.stations), "hangUp", { id });
  }
}

/** The client learns that the server has closed the connection. */
export function onHangUp(context: Context, state: NetworkState, data: { id: number }): void {
  const connection = state.connections.get(data.id);
  if (!connection) return;
  if (connection.stations.some(({ node }) => node !== undefined && state.down.has(node))) return;
  const waiting = connection.exchanges.flatMap((id) => state.exchanges.get(id) ?? []);
  endConnection(context, state, connection);
  for (const item of waiting) {
    // A request that was read before the end gets an orderly close, another one a reset.
    const outcome = item.deliveredAt === undefined ? "reset" : "empty";
    const answer: ExchangeAnswer = { outcome, elapsedMs: context.now - item.startedAt };
    context.reply(item.replyTo, answer);
  }
}
