// The EndpointSlice controller: the slices of each Service with a selector, which kube-proxy, DNS and Ingress
// controllers read.
// Kubernetes: pkg/controller/endpointslice/endpointslice_controller.go (v1.35)
import { SERVICE_NAME } from "#api/endpointslice/by-service";
import type { EndpointSlice } from "#api/endpointslice/types";
import { controllerOf, controllerReference } from "#api/owners";
import type { Service } from "#api/service/types";
import { deepEqual } from "#base/json";
import { nextFloat } from "#base/random";
import { defineComponent, isKind, type Change, type Context } from "../../machine/component.ts";
import { body, keyOf, splitKey } from "../keys.ts";
import { countWrites, createBatch, dueNow, type Batch } from "../services/batch.ts";
import { applyToPodSets, podsOfService, type PodSets } from "../services/pod-sets.ts";
import { isHeadless } from "../services/pod-endpoint.ts";
import { TRIGGER_TIME, triggerTime, type TriggerTimes } from "../services/trigger-times.ts";
import { desiredEndpoints, withHints } from "./desired.ts";
import { planSlices, type Content } from "./plan.ts";

export const MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
const HEADLESS = "service.kubernetes.io/headless";
const CONTROLLER = "endpointslice-controller.k8s.io";

interface State {
  sets: PodSets;
  batch: Batch;
  times: TriggerTimes;
  /** The resourceVersion of each slice as this controller last wrote it; absent once the slice is deleted. */
  written: Map<string, string>;
}

export const endpointSliceController = defineComponent<State>({
  name: "endpointslice-controller",
  start: () => ({ sets: new Map(), batch: createBatch(), times: new Map(), written: new Map() }),
  watches: ["Service", "Pod", "EndpointSlice"],
  watchDelayMs: (context) => 10 + 20 * nextFloat(context.random),
  onChanges(context, state, changes) {
    const dirty = applyToPodSets(context, state.sets, changes);
    for (const change of changes) {
      const service = disturbedService(state, change);
      if (service !== undefined) dirty.add(service);
    }
    for (const key of dueNow(context, state, dirty)) sync(context, state, key);
  },
  timers: {
    sync(context, state, data: { key: string }) {
      state.batch.waiting.delete(data.key);
      sync(context, state, data.key);
    },
  },
});

/** The Service whose slice somebody else wrote or deleted. */
function disturbedService(state: State, change: Change): string | undefined {
  if (!isKind(change, "EndpointSlice")) return undefined;
  const labels = [change.object.metadata.labels, change.old?.metadata.labels].find(
    (item) => item?.[MANAGED_BY] === CONTROLLER,
  );
  if (!labels) return undefined;
  const key = keyOf(change.object);
  const written = state.written.get(key);
  if (change.type === "DELETED") {
    state.written.delete(key);
    if (written === undefined) return undefined;
  } else if (written !== undefined && Number(change.object.metadata.resourceVersion) <= Number(written)) {
    return undefined;
  }
  return `${change.object.metadata.namespace ?? ""}/${labels[SERVICE_NAME] ?? ""}`;
}

function sync(context: Context, state: State, key: string): void {
  const [namespace, name] = splitKey(key);
  const service = context.api.get("Service", namespace, name);
  if (!service) {
    state.times.delete(key);
    return;
  }
  const { selector, type, trafficDistribution } = service.spec;
  if (type === "ExternalName" || !selector || Object.keys(selector).length === 0) return;
  if (service.metadata.deletionTimestamp !== undefined) return;
  const pods = podsOfService(context, state.sets, key);
  const time = triggerTime(state.times, key, service, pods);
  const groups = desiredEndpoints(context, service, pods);
  for (const { endpoints } of groups.values()) {
    if (trafficDistribution === undefined) break;
    for (const [uid, endpoint] of endpoints) endpoints.set(uid, withHints(endpoint, trafficDistribution));
  }
  const labels = sliceLabels(service);
  const existing = context.api
    .list("EndpointSlice", { namespace, labels: { [SERVICE_NAME]: name, [MANAGED_BY]: CONTROLLER } })
    .filter((slice) => controllerOf(slice)?.uid === service.metadata.uid);
  const plan = planSlices(existing, groups, (slice) => !deepEqual(slice.metadata.labels, labels));
  countWrites(context, state.batch, plan.create.length + plan.update.length + plan.delete.length);
  for (const content of plan.create) create(context, state, service, content, time);
  for (const { slice, content } of plan.update) update(context, state, { slice, content, labels, time });
  for (const slice of plan.delete) {
    state.written.delete(keyOf(slice));
    context.api.delete("EndpointSlice", namespace, slice.metadata.name);
  }
}

function sliceLabels(service: Service): Record<string, string> {
  const labels: Record<string, string> = { ...service.metadata.labels };
  delete labels[HEADLESS];
  if (isHeadless(service)) labels[HEADLESS] = "";
  return { ...labels, [SERVICE_NAME]: service.metadata.name, [MANAGED_BY]: CONTROLLER };
}

function create(
  context: Context,
  state: State,
  service: Service,
  content: Content,
  time: string | undefined,
): void {
  const outcome = context.api.create(
    "EndpointSlice",
    service.metadata.namespace,
    body({
      apiVersion: "discovery.k8s.io/v1",
      kind: "EndpointSlice",
      metadata: {
        generateName: `${service.metadata.name}-`,
        labels: sliceLabels(service),
        ...(time !== undefined && { annotations: { [TRIGGER_TIME]: time } }),
        ownerReferences: [controllerReference(service)],
      },
      addressType: "IPv4",
      ...content,
    }),
  );
  if (outcome.ok) remember(state, outcome.object);
}

interface SliceUpdate {
  slice: EndpointSlice;
  content: Content;
  labels: Record<string, string>;
  time: string | undefined;
}

function update(context: Context, state: State, { slice, content, labels, time }: SliceUpdate): void {
  const { annotations: old, ...metadata } = slice.metadata;
  const annotations: Record<string, string> = { ...old };
  delete annotations[TRIGGER_TIME];
  if (time !== undefined) annotations[TRIGGER_TIME] = time;
  const outcome = context.api.update("EndpointSlice", {
    ...slice,
    metadata: { ...metadata, labels, ...(Object.keys(annotations).length > 0 && { annotations }) },
    ...content,
  });
  if (outcome.ok) remember(state, outcome.object);
}

function remember(state: State, slice: EndpointSlice): void {
  state.written.set(keyOf(slice), slice.metadata.resourceVersion);
}
