// The kube-proxies of all nodes: each follows Services and EndpointSlices and brings its node's rules up to date a
// while after a change, at a moment of its own. Rules are computed once for each changed Service and shared.
import { nextFloat } from "#base/random";
import { followSlice, type SlicesByService } from "#api/endpointslice/by-service";
import type { Node } from "#api/node/types";
import type { Service } from "#api/service/types";
import { defineComponent, isKind, type Change, type Context } from "../machine/component.ts";
import type { PortRule } from "../network/rules.ts";
import { answerHealthCheck, followHealthChecks, type HealthChecks } from "./health-check.ts";
import { rulesOf } from "./rules.ts";

/** Pauses between two synchronisations, and how long one takes. */
// Kubernetes: pkg/proxy/iptables, --iptables-min-sync-period 1s (v1.35)
const MIN_SYNC_PERIOD_MS = 1000;
const SYNC_TAKES_MS = 100;

interface NodeProxy {
  /** Without its Node it does nothing; what changes meanwhile stays pending. */
  // Kubernetes: pkg/proxy/node.go (v1.35): it ends when its Node goes, and waits for one when it starts again.
  hasNode: boolean;
  zone: string | undefined;
  /** Services that changed since the last synchronisation. */
  pending: Set<string>;
  scheduled: boolean;
  /** Computed, and in effect as soon as the synchronisation is through. */
  writing: Map<string, PortRule[]>;
  healthChecks: HealthChecks;
}

interface KubeProxyState {
  services: Map<string, Service>;
  slices: SlicesByService;
  /** Rules that are up to date; absent after a change until a node needs them. */
  compiled: Map<string, PortRule[]>;
  nodes: Map<string, NodeProxy>;
}

export const kubeProxy = defineComponent<KubeProxyState>({
  name: "kube-proxy",
  start: () => ({ services: new Map(), slices: new Map(), compiled: new Map(), nodes: new Map() }),
  watches: ["Service", "EndpointSlice", "Node"],
  onChanges: (context, state, changes) => {
    const touched = new Set<string>();
    for (const change of changes) take(context, state, change, touched);
    if (touched.size > 0) for (const [name, proxy] of state.nodes) mark(context, name, proxy, touched);
  },
  timers: { sync, write, healthCheck: answerHealthCheck },
});

function take(context: Context, state: KubeProxyState, change: Change, touched: Set<string>): void {
  if (isKind(change, "Service")) {
    const key = `${change.object.metadata.namespace}/${change.object.metadata.name}`;
    if (change.type === "DELETED") state.services.delete(key);
    else if (change.old && sameRules(change.old, change.object)) {
      state.services.set(key, change.object);
      return;
    } else state.services.set(key, change.object);
    touch(state, key, touched);
  } else if (isKind(change, "EndpointSlice")) {
    for (const service of followSlice(state.slices, change)) touch(state, service, touched);
  } else if (isKind(change, "Node")) takeNode(context, state, change.object, change.type === "DELETED");
}

/** Only spec and status make rules: a label or an annotation on a Service changes none. */
function sameRules(before: Service, after: Service): boolean {
  return before.spec === after.spec && before.status === after.status;
}

function touch(state: KubeProxyState, service: string, touched: Set<string>): void {
  state.compiled.delete(service);
  touched.add(service);
}

function takeNode(context: Context, state: KubeProxyState, node: Node, gone: boolean): void {
  const { name, labels } = node.metadata;
  const zone = labels?.["topology.kubernetes.io/zone"];
  const known = state.nodes.get(name);
  if (gone) {
    if (known) known.hasNode = false;
    return;
  }
  if (known?.hasNode && known.zone === zone) return;
  const proxy: NodeProxy = known ?? {
    hasNode: true,
    zone,
    pending: new Set(),
    scheduled: false,
    writing: new Map(),
    healthChecks: new Map(),
  };
  proxy.hasNode = true;
  proxy.zone = zone;
  state.nodes.set(name, proxy);
  mark(context, name, proxy, state.services.keys());
}

function mark(context: Context, name: string, proxy: NodeProxy, services: Iterable<string>): void {
  for (const service of services) proxy.pending.add(service);
  if (proxy.scheduled || !proxy.hasNode) return;
  proxy.scheduled = true;
  context.after(nextFloat(context.random) * MIN_SYNC_PERIOD_MS, "sync", { node: name });
}

/** Reads what has changed; what changes from now on is for the next time. */
// Simplified: a stopped node keeps its rules and gets new ones, as if its kube-proxy had caught up when it starts.
function sync(context: Context, state: KubeProxyState, { node }: { node: string }): void {
  const proxy = state.nodes.get(node)!;
  proxy.scheduled = false;
  if (!proxy.hasNode) return;
  for (const service of proxy.pending) {
    let rules = state.compiled.get(service);
    if (!rules) {
      const object = state.services.get(service);
      rules = object ? rulesOf(object, [...(state.slices.get(service)?.values() ?? [])]) : [];
      if (object) state.compiled.set(service, rules);
    }
    proxy.writing.set(service, rules);
  }
  proxy.pending.clear();
  context.after(SYNC_TAKES_MS, "write", { node });
}

function write(context: Context, state: KubeProxyState, { node }: { node: string }): void {
  const proxy = state.nodes.get(node)!;
  const services = [...proxy.writing];
  proxy.writing.clear();
  if (services.length === 0) return;
  context.network.setRules(node, {
    mode: context.settings.proxyMode ?? "iptables",
    zone: proxy.zone,
    services,
  });
  followHealthChecks(context, node, proxy.healthChecks, services, state.services);
}
