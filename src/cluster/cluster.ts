// The whole cluster behind one door: time, API requests, actions, and what was recorded. Used by the worker, tests,
// benchmarks and servers alike.
import type { AnyObject } from "#api/kinds";
import { KINDS } from "#api/registry";
import { parseRfc3339 } from "#base/time";
import type { Action } from "./actions.ts";
import { apiServer } from "./apiserver/apiserver.ts";
import type { ApiRequest, ApiResponse } from "./apiserver/client.ts";
import { clientsVersion, listClients, type ClientsState } from "./clients/clients.ts";
import type { ClientSpec, ClientStatus } from "./clients/types.ts";
import { COMPONENTS } from "./components.ts";
import { http } from "./http-client/http-client.ts";
import { containerOf, stoppedNodes } from "./kubelet/container-of.ts";
import type { KubeletState } from "./kubelet/state.ts";
import type { Change, Component } from "./machine/component.ts";
import { createMachine, type Machine } from "./machine/machine.ts";
import { network } from "./network/network.ts";
import { faultsByContainer, perform } from "./perform.ts";
import { runtime } from "./process/runtime.ts";
import type { ProcessFaults } from "./process/types.ts";
import type { ClusterSettings } from "./settings.ts";
import type { PackedJourney } from "./trace/packed.ts";
import { drainJourneys, trace, type TraceState } from "./trace/trace.ts";
import { journeyOf } from "./trace/unpacked.ts";
import type { Journey } from "./trace/types.ts";
import { createWatches, type WatchListener } from "./watch.ts";

export interface Cluster {
  readonly now: number;
  readonly machine: Machine;
  handle(request: ApiRequest): ApiResponse;
  act(action: Action): void;
  /** Runs everything that is due within the next `ms` virtual milliseconds. */
  advance(ms: number): void;
  runUntil(time: number): void;
  nextAt(): number | undefined;
  onPublish(listener: (change: Change) => void): void;
  /** Streams changes of a resource until stopped; `request` is a GET of a collection, with selectors in its query. */
  watch(request: ApiRequest, listener: WatchListener): { stop(): void };
  /** Wall-clock milliseconds since 1970. */
  wallMs(): number;
  /** Everything that is stored, kind by kind. */
  allObjects(): AnyObject[];
  /** Journeys that began or grew since the last call, oldest first: for journeyOf() of trace/unpacked.ts to read. */
  drainJourneys(): PackedJourney[];
  recentJourneys(count: number): Journey[];
  journeys(): Journey[];
  journey(id: number): Journey | undefined;
  /** Changes whenever a journey begins, grows or ends. */
  journeyVersion(): number;
  /** When the next leg under way begins or ends. */
  nextLegEdge(): number | undefined;
  clients(): { spec: ClientSpec; status: ClientStatus }[];
  /** Changes whenever a client is set or removed. */
  clientsVersion(): number;
  faults(): Record<string, ProcessFaults>;
  stoppedNodes(): string[];
  /** A container's log as `kubectl logs` shows it; empty where there is no such container. */
  logs(namespace: string, pod: string, container?: string): string[];
  /** A running container's environment, "NAME=value" lines. */
  environment(namespace: string, pod: string, container?: string): string[];
}

/** `components` are all but the five services; others than the usual ones are for measurements. */
export function createCluster(
  settings: ClusterSettings,
  components: readonly Component[] = COMPONENTS,
): Cluster {
  const services = { trace, api: apiServer, network, runtime, http };
  const machine = createMachine(settings, services, components);
  const { context } = machine;
  const traceState = machine.enter<TraceState>("trace").state;
  const clientsState = machine.enter<ClientsState>("clients").state;
  const kubeletState = machine.enter<KubeletState>("kubelet").state;
  const now = (): number => machine.state.now;
  const epoch = parseRfc3339(settings.startedAt) ?? 0;
  const wallMs = (): number => epoch + now();
  const watches = createWatches({ handle: (request) => context.api.handle(request), nowMs: wallMs });
  machine.onPublish(watches.onChange);
  return {
    get now() {
      return now();
    },
    machine,
    handle: (request) => context.api.handle(request),
    act: (action) => perform(machine, action),
    advance: (ms) => machine.runUntil(now() + ms),
    runUntil: (time) => machine.runUntil(Math.max(time, now())),
    nextAt: machine.nextAt,
    onPublish: machine.onPublish,
    watch: watches.watch,
    wallMs,
    allObjects: () => KINDS.flatMap(({ kind }) => [...context.api.list(kind)]),
    drainJourneys: () => drainJourneys(traceState),
    recentJourneys: (count) => [...traceState.journeys.values()].slice(-count).map(journeyOf),
    journeys: () => [...traceState.journeys.values()].map(journeyOf),
    journey: (id) => context.trace.get(id),
    journeyVersion: () => traceState.version,
    nextLegEdge: () => nextLegEdge(traceState, now()),
    clients: () => listClients(clientsState),
    clientsVersion: () => clientsVersion(clientsState),
    faults: () => faultsByContainer(machine),
    stoppedNodes: () => stoppedNodes(kubeletState),
    logs: (namespace, pod, container) => {
      const id = containerOf(kubeletState, namespace, pod, container);
      return id === undefined ? [] : context.runtime.logs(id).map((line) => line.text);
    },
    environment: (namespace, pod, container) => {
      const id = containerOf(kubeletState, namespace, pod, container);
      return id === undefined ? [] : context.runtime.environment(id);
    },
  };
}

function nextLegEdge(state: TraceState, now: number): number | undefined {
  let soonest: number | undefined;
  for (const journey of state.journeys.values()) {
    if (journey.ended) continue;
    for (const { start, end } of journeyOf(journey).legs) {
      for (const edge of [start, end])
        if (edge > now && (soonest === undefined || edge < soonest)) soonest = edge;
    }
  }
  return soonest;
}
