// How the wanted endpoints are spread over slices of at most 100, so that as few slices as possible are written.
// Pure: takes the slices that exist, returns those to create, update and delete.
// Kubernetes: staging/src/k8s.io/endpointslice/reconciler.go (v1.35)
import { deepEqual } from "#base/json";
import type { Endpoint, EndpointSlice, EndpointSlicePort } from "#api/endpointslice/types";
import { portsKey, type PortGroup } from "./desired.ts";

export const MAX_ENDPOINTS = 100;

export interface Content {
  ports: EndpointSlicePort[] | null;
  endpoints: Endpoint[] | null;
}

export interface SlicePlan {
  create: Content[];
  update: { slice: EndpointSlice; content: Content }[];
  delete: EndpointSlice[];
}

interface Draft {
  ports: EndpointSlicePort[] | null;
  endpoints: Endpoint[];
  slice?: EndpointSlice;
  changed: boolean;
}

/** `stale` slices are written again even if their endpoints are right (their labels are not). */
export function planSlices(
  existing: readonly EndpointSlice[],
  groups: Map<string, PortGroup>,
  stale: (slice: EndpointSlice) => boolean,
): SlicePlan {
  const plan: SlicePlan = { create: [], update: [], delete: [] };
  const byPorts = new Map<string, EndpointSlice[]>();
  for (const slice of existing) {
    const key = portsKey(slice.ports);
    if (!groups.has(key)) plan.delete.push(slice);
    else if (byPorts.has(key)) byPorts.get(key)!.push(slice);
    else byPorts.set(key, [slice]);
  }
  for (const [key, group] of groups) planGroup(plan, byPorts.get(key) ?? [], group, stale);
  if (existing.length === plan.delete.length && plan.create.length === 0) keepPlaceholder(plan, stale);
  reuseNames(plan);
  return plan;
}

function planGroup(
  plan: SlicePlan,
  existing: readonly EndpointSlice[],
  group: PortGroup,
  stale: (slice: EndpointSlice) => boolean,
): void {
  const missing = new Map(group.endpoints);
  const drafts: Draft[] = [];
  for (const slice of existing) {
    const draft = refresh(slice, group, missing);
    if (draft.endpoints.length === 0) plan.delete.push(slice);
    else drafts.push(stale(slice) ? { ...draft, changed: true } : draft);
  }
  const queue = [...missing.values()];
  const touched = drafts
    .filter((draft) => draft.changed)
    .sort((a, b) => b.endpoints.length - a.endpoints.length);
  for (const draft of touched)
    draft.endpoints.push(...queue.splice(0, MAX_ENDPOINTS - draft.endpoints.length));
  while (queue.length > 0) {
    const draft = fullestWithRoom(drafts) ?? {
      ports: group.ports,
      endpoints: [],
      changed: true,
    };
    draft.changed = true;
    draft.endpoints.push(...queue.splice(0, MAX_ENDPOINTS - draft.endpoints.length));
    if (!draft.slice) plan.create.push({ ports: draft.ports, endpoints: draft.endpoints });
  }
  for (const { slice, ports, endpoints, changed } of drafts) {
    if (slice && changed) plan.update.push({ slice, content: { ports, endpoints } });
  }
}

/** The slice without what is no longer wanted and with what changed; takes what it holds out of `missing`. */
function refresh(slice: EndpointSlice, group: PortGroup, missing: Map<string, Endpoint>): Draft {
  let changed = false;
  const endpoints: Endpoint[] = [];
  for (const endpoint of slice.endpoints ?? []) {
    const uid = endpoint.targetRef?.uid ?? "";
    const wanted = missing.get(uid);
    if (!wanted) {
      changed = true;
      continue;
    }
    missing.delete(uid);
    if (endpoint === wanted || deepEqual(endpoint, wanted)) endpoints.push(endpoint);
    else {
      endpoints.push(wanted);
      changed = true;
    }
  }
  return { slice, ports: group.ports, endpoints, changed };
}

// Simplified: a real controller leaves a slice alone that cannot take all of the new endpoints, but it is told of them
// one by one, so that its slices fill up too.
function fullestWithRoom(drafts: readonly Draft[]): Draft | undefined {
  let best: Draft | undefined;
  for (const draft of drafts) {
    if (draft.endpoints.length >= MAX_ENDPOINTS) continue;
    if (!best || draft.endpoints.length > best.endpoints.length) best = draft;
  }
  return best;
}

/** A Service always has a slice, an empty one if need be. */
function keepPlaceholder(plan: SlicePlan, stale: (slice: EndpointSlice) => boolean): void {
  const [only] = plan.delete;
  const isPlaceholder =
    plan.delete.length === 1 && !only!.ports && (only!.endpoints ?? []).length === 0 && !stale(only!);
  if (isPlaceholder) plan.delete = [];
  else plan.create.push({ ports: null, endpoints: null });
}

/** Slices that would be deleted take the content of slices that would be created. */
function reuseNames(plan: SlicePlan): void {
  while (plan.delete.length > 0 && plan.create.length > 0) {
    plan.update.push({ slice: plan.delete.shift()!, content: plan.create.pop()! });
  }
}
