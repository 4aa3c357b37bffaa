// The service "http": HTTP calls and name look-ups on behalf of any host, each a plain-data state that the network's
// answers move on.
import { defineService } from "../machine/component.ts";
import { call, onConnected, onResolved } from "./call.ts";
import { onExchanged } from "./exchange.ts";
import { forget } from "./forget.ts";
import { onDnsAnswer, onLookupTimeout, resolve } from "./lookup.ts";
import type { HttpState } from "./state.ts";
import type { HttpClient } from "./types.ts";

export const http = defineService<HttpState, HttpClient>({
  name: "http",
  start: () => ({ nextId: 1, calls: new Map(), lookups: new Map(), pools: new Map() }),
  provide: (context, state) => ({
    call: (spec) => call(context, state, spec),
    resolve: (spec) => resolve(context, state, spec),
    forget: (key) => forget(context, state, key),
  }),
  timers: {
    resolved: onResolved,
    connected: onConnected,
    exchanged: onExchanged,
    dnsAnswer: onDnsAnswer,
    lookupTimeout: onLookupTimeout,
  },
});
