// Connections that a curl process or a browser keeps for its next request to the same server.
import type { Context } from "../machine/component.ts";
import type { CallState, HttpState, KeptConnection } from "./state.ts";

function serverOf({ url }: CallState): string {
  return `${url.scheme}://${url.host}:${url.port}`;
}

/** An idle connection to the call's server that is still open. */
export function takeIdle(context: Context, state: HttpState, item: CallState): KeptConnection | undefined {
  const key = item.call.keepAliveKey;
  if (key === undefined) return undefined;
  let pool = state.pools.get(key);
  if (!pool) state.pools.set(key, (pool = new Map()));
  const idle = pool.get(serverOf(item)) ?? [];
  while (idle.length > 0) {
    const kept = idle.pop()!;
    if (context.network.isOpen(kept.connection)) return kept;
  }
  return undefined;
}

/** After an answer: keeps the connection if the client does, closes it otherwise. */
export function giveBack(context: Context, state: HttpState, item: CallState): void {
  if (item.connection === undefined) return;
  const { connection, remote, local } = item;
  const { keepAliveKey } = item.call;
  const pool = keepAliveKey === undefined ? undefined : state.pools.get(keepAliveKey);
  if (!pool) {
    context.network.disconnect(connection);
    return;
  }
  const idle = pool.get(serverOf(item));
  if (idle) idle.push({ connection, remote, local });
  else pool.set(serverOf(item), [{ connection, remote, local }]);
}
