// The component "clients": programs that people put around and into the cluster and that ask at a rate or when told
// to. Set, removed and told to send by actions.
import { defineComponent, type Context } from "../machine/component.ts";
import { onAnswer, sendOne } from "./sending.ts";
import { keepAliveKey, type ClientsState, type ClientState } from "./state.ts";
import type { ClientSpec, ClientStatus } from "./types.ts";

export type { ClientsState } from "./state.ts";

/** Between requests that are sent by hand, so that they can be told apart. */
const BY_HAND_GAP_MS = 40;

export const clients = defineComponent<ClientsState>({
  name: "clients",
  start: () => ({ version: 0, nextGeneration: 1, clients: new Map() }),
  timers: { tick: onTick, sendOne: onSend, answer: onAnswer },
});

/** Adds a client or gives it another specification; its counters stay. */
export function setClient(context: Context, state: ClientsState, spec: ClientSpec): void {
  const before = state.clients.get(spec.name);
  const client: ClientState = {
    spec,
    host: `outside:${spec.name}`,
    status: { name: spec.name, sent: 0, succeeded: 0, failed: 0, ...before?.status, inFlight: 0 },
    generation: state.nextGeneration++,
    started: 0,
    waiting: 0,
    cookies: before?.cookies ?? new Map(),
  };
  if (before) context.http.forget(keepAliveKey(before));
  moveHost(context, before?.spec, spec);
  state.clients.set(spec.name, client);
  state.version++;
  if (spec.rate > 0) context.after(0, "tick", { name: spec.name, generation: client.generation });
}

/** An outside client's machine comes and goes with it. */
function moveHost(context: Context, before: ClientSpec | undefined, spec: ClientSpec): void {
  const old = before?.location.kind === "outside" ? before.location.ip : undefined;
  const ip = spec.location.kind === "outside" ? spec.location.ip : undefined;
  if (old === ip) return;
  if (old !== undefined) context.network.removeOutsideHost(spec.name);
  if (ip !== undefined) context.network.addOutsideHost(spec.name, ip);
}

export function removeClient(context: Context, state: ClientsState, name: string): void {
  const client = state.clients.get(name);
  if (!client) return;
  context.http.forget(keepAliveKey(client));
  if (client.spec.location.kind === "outside") context.network.removeOutsideHost(name);
  state.clients.delete(name);
  state.version++;
}

/** Sends `count` requests now, beside whatever its rate sends. */
export function sendByHand(context: Context, state: ClientsState, name: string, count: number): void {
  const client = state.clients.get(name);
  if (!client) return;
  const { generation } = client;
  for (let index = 0; index < count; index++)
    context.after(index * BY_HAND_GAP_MS, "sendOne", { name, generation });
}

/** In the order in which they were first set. */
export function listClients(state: ClientsState): { spec: ClientSpec; status: ClientStatus }[] {
  return [...state.clients.values()].map(({ spec, status }) => ({ spec, status: { ...status } }));
}

/** Changes whenever a client is set or removed. */
export function clientsVersion(state: ClientsState): number {
  return state.version;
}

function find(state: ClientsState, data: { name: string; generation: number }): ClientState | undefined {
  const client = state.clients.get(data.name);
  return client?.generation === data.generation ? client : undefined;
}

function onTick(context: Context, state: ClientsState, data: { name: string; generation: number }): void {
  const client = find(state, data);
  if (!client) return;
  const { count = Infinity, rate } = client.spec;
  if (client.started >= count) return;
  client.started++;
  // A client with one connection cannot ask faster than it is answered; what it misses does not pile up.
  if (client.waiting === 0) sendOne(context, client);
  if (client.started < count) context.after(1000 / rate, "tick", data);
}

function onSend(context: Context, state: ClientsState, data: { name: string; generation: number }): void {
  const client = find(state, data);
  if (client) sendOne(context, client);
}
