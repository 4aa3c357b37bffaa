// The end of a curl process or a browser: its idle connections close, its calls are cancelled.
import type { Context } from "../machine/component.ts";
import { cancelCall } from "./finish.ts";
import type { HttpState } from "./state.ts";

export function forget(context: Context, state: HttpState, key: string): void {
  const pool = state.pools.get(key);
  if (!pool) return;
  for (const idle of pool.values()) {
    for (const { connection } of idle) context.network.disconnect(connection);
  }
  state.pools.delete(key);
  for (const item of state.calls.values())
    if (item.call.keepAliveKey === key) cancelCall(context, state, item);
}
