// The cloud's service controller: gives Services of type LoadBalancer an address of the provider's pool and takes it
// back. Without a provider nobody answers, and EXTERNAL-IP stays <pending>.
// Kubernetes: staging/src/k8s.io/cloud-provider/controllers/service/controller.go (v1.35)
import type { Service } from "#api/service/types";
import { formatIp, parseIp } from "#base/ipv4";
import { deepEqual } from "#base/json";
import { defineComponent, isKind, type Change, type Context } from "../machine/component.ts";
import { WORLD } from "../settings.ts";
import { keyOf, splitKey } from "../controllers/keys.ts";

export const LOAD_BALANCER_COMPONENT = "service-controller";
const FINALIZER = "service.kubernetes.io/load-balancer-cleanup";
/** How long the provider takes to set a load balancer up. */
const SETUP_MS = 1200;
const RETRY_MS = 5000;

export interface LoadBalancerState {
  on: boolean;
  /** Address of each Service that has a load balancer, by its key. */
  addresses: Map<string, string>;
  /** Uids of Services that are being set up or retried. */
  pending: Set<string>;
}

export const loadBalancerController = defineComponent<LoadBalancerState>({
  name: LOAD_BALANCER_COMPONENT,
  start: (context) => ({
    on: context.settings.loadBalancerProvider,
    addresses: new Map(),
    pending: new Set(),
  }),
  watches: ["Service"],
  watchDelayMs: () => 20,
  onChanges(context, state, changes) {
    for (const change of changes) if (isKind(change, "Service")) onService(context, state, change);
  },
  timers: {
    ready(context, state, data: { key: string; uid: string }) {
      state.pending.delete(data.uid);
      const service = context.api.get("Service", ...splitKey(data.key));
      if (service?.metadata.uid === data.uid) finish(context, state, service);
    },
  },
});

/** Switches the provider. Load balancers that stand keep their address; waiting Services get one when it comes on. */
export function setLoadBalancerProvider(context: Context, state: LoadBalancerState, on: boolean): void {
  if (state.on === on) return;
  state.on = on;
  if (!on) return;
  for (const service of context.api.list("Service")) ensure(context, state, service);
}

function wantsLoadBalancer(service: Service): boolean {
  const { type, loadBalancerClass } = service.spec;
  return (
    type === "LoadBalancer" &&
    loadBalancerClass === undefined &&
    service.metadata.deletionTimestamp === undefined
  );
}

function onService(
  context: Context,
  state: LoadBalancerState,
  change: Change & { object: Service; old?: Service },
): void {
  const key = keyOf(change.object);
  if (change.type === "DELETED") {
    state.addresses.delete(key);
    return;
  }
  const service = context.api.get("Service", ...splitKey(key));
  if (!service) return;
  const { old } = change;
  if (!wantsLoadBalancer(service)) {
    release(context, state, service, old);
    return;
  }
  if (!state.on) return;
  if (old && old.spec.type !== change.object.spec.type) typeEvent(context, service, old);
  if (!state.addresses.has(key) || (old && needsUpdate(old, change.object))) ensure(context, state, service);
}

function needsUpdate(old: Service, service: Service): boolean {
  return (
    !deepEqual(old.spec.ports, service.spec.ports) ||
    !deepEqual(old.spec.loadBalancerSourceRanges, service.spec.loadBalancerSourceRanges) ||
    old.spec.sessionAffinity !== service.spec.sessionAffinity ||
    old.spec.externalTrafficPolicy !== service.spec.externalTrafficPolicy ||
    old.metadata.uid !== service.metadata.uid
  );
}

function event(
  context: Context,
  involvedObject: Service,
  reason: string,
  message: string,
  warning = false,
): void {
  const type = warning ? "Warning" : "Normal";
  context.api.recordEvent({ involvedObject, type, reason, message, component: LOAD_BALANCER_COMPONENT });
}

function typeEvent(context: Context, service: Service, old: Service): void {
  event(context, service, "Type", `${old.spec.type} -> ${service.spec.type}`);
}

/** Begins to set up, or to bring up to date. */
function ensure(context: Context, state: LoadBalancerState, service: Service): void {
  if (!state.on || !wantsLoadBalancer(service) || state.pending.has(service.metadata.uid)) return;
  let current = service;
  if (!service.metadata.finalizers?.includes(FINALIZER)) {
    const finalizers = [...(service.metadata.finalizers ?? []), FINALIZER];
    const outcome = context.api.update("Service", {
      ...service,
      metadata: { ...service.metadata, finalizers },
    });
    if (!outcome.ok) return;
    current = outcome.object;
  }
  event(context, current, "EnsuringLoadBalancer", "Ensuring load balancer");
  finishIn(context, state, current, SETUP_MS);
}

function finishIn(context: Context, state: LoadBalancerState, service: Service, delayMs: number): void {
  const { uid } = service.metadata;
  state.pending.add(uid);
  context.after(delayMs, "ready", { key: keyOf(service), uid });
}

function finish(context: Context, state: LoadBalancerState, service: Service): void {
  const key = keyOf(service);
  if (!wantsLoadBalancer(service) || !state.on) return;
  const ip = state.addresses.get(key) ?? freeAddress(state, service.spec.loadBalancerIP);
  if (ip === undefined) {
    const why = "Error syncing load balancer: failed to ensure load balancer: no address is free in the pool";
    event(context, service, "SyncLoadBalancerFailed", why, true);
    finishIn(context, state, service, RETRY_MS);
    return;
  }
  state.addresses.set(key, ip);
  const loadBalancer = { ingress: [{ ip, ipMode: "VIP" as const }] };
  let current = service;
  if (!deepEqual(service.status.loadBalancer, loadBalancer)) {
    const outcome = context.api.updateStatus("Service", {
      ...service,
      status: { ...service.status, loadBalancer },
    });
    if (outcome.ok) current = outcome.object;
  }
  event(context, current, "EnsuredLoadBalancer", "Ensured load balancer");
}

/** The wanted address if it is free, or else the first free one. */
function freeAddress(state: LoadBalancerState, wanted: string | undefined): string | undefined {
  const taken = new Set(state.addresses.values());
  const first = parseIp(WORLD.loadBalancerPool.first)!;
  const last = parseIp(WORLD.loadBalancerPool.last)!;
  if (wanted !== undefined && wanted !== "") {
    const value = parseIp(wanted);
    const inside = value !== undefined && value >= first && value <= last;
    return inside && !taken.has(wanted) ? wanted : undefined;
  }
  for (let value = first; value <= last; value++) if (!taken.has(formatIp(value))) return formatIp(value);
  return undefined;
}

// Simplified: what was set up is cleaned up even while the provider is switched off, so that no Service hangs.
function release(
  context: Context,
  state: LoadBalancerState,
  service: Service,
  old: Service | undefined,
): void {
  const key = keyOf(service);
  if (!service.metadata.finalizers?.includes(FINALIZER)) {
    state.addresses.delete(key);
    return;
  }
  if (old && old.spec.type !== service.spec.type) typeEvent(context, service, old);
  event(context, service, "DeletingLoadBalancer", "Deleting load balancer");
  let current = service;
  if (service.status.loadBalancer.ingress && service.metadata.deletionTimestamp === undefined) {
    const outcome = context.api.updateStatus("Service", {
      ...service,
      status: { ...service.status, loadBalancer: {} },
    });
    if (outcome.ok) current = outcome.object;
  }
  const { finalizers = [], ...metadata } = current.metadata;
  const others = finalizers.filter((finalizer) => finalizer !== FINALIZER);
  context.api.update("Service", {
    ...current,
    metadata: others.length > 0 ? { ...metadata, finalizers: others } : metadata,
  });
  state.addresses.delete(key);
  event(context, service, "DeletedLoadBalancer", "Deleted load balancer");
}
